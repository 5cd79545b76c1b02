package csv_test

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"

	"github.com/distbase/distbase/ingest/grid/internal/gridtest"
)

const drawn = `       Остатки ТМЦ на складе "Основной", ООО "Ромашка"

┌───────┬──────────────────────────┬──────────┐
│ Код   │ Наименование             │ Кол-во   │
├───────┼──────────────────────────┼──────────┤
│ 00012 │ Шампунь "Ромашка" 400 мл │   24,000 │
│ 00013 │ Мыло, 100 г              │    6,000 │
├───────┴──────────────────────────┼──────────┤
│ ИТОГО:                           │   30,000 │
└──────────────────────────────────┴──────────┘
Кладовщик: ______________
`

const drawnCells = `1:Остатки ТМЦ на складе "Основной", ООО "Ромашка" 2: 3: 4:Код·Наименование·Кол-во 5: 6:00012·Шампунь "Ромашка" 400 мл·24,000 ` +
	`7:00013·Мыло, 100 г·6,000 8: 9:ИТОГО:·30,000 10: 11:Кладовщик: ______________`

const aligned = `    Отчет по продажам за июль 2026 года, склад

Код    Наименование              Кол-во      Сумма
00012  Шампунь 400 мл            24,000   1 234,50
00013  Мыло, 100 г                6,000     120,00
00014  Порошок Лотос 3 кг        12,000   2 400,00
00015  Гель                       1,000      99,90
00016  Крем детский               2,000     199,90
`

func TestPrintOutsAreCutByPlace(t *testing.T) {
	t.Parallel()
	ascii := strings.NewReplacer("│", "|", "─", "-", "┌", "+", "┬", "+", "┐", "+", "├", "+", "┼", "+", "┤", "+", "┴", "+", "└", "+", "┘", "+")
	for _, c := range []struct{ name, text, want, delimiter string }{
		{"drawn lines", drawn, drawnCells, "│"},
		{"a line outside the frame", strings.Replace(drawn, "Кладовщик: ", "Итого│30,000│", 1), strings.Replace(drawnCells, "Кладовщик: ", "Итого·30,000·", 1), "│"},
		{"dashes and crosses", ascii.Replace(drawn), drawnCells, "|"},
		{"broken bars", strings.ReplaceAll(ascii.Replace(drawn), "|", "¦"), drawnCells, "¦"},
		{"exclamation marks", strings.ReplaceAll(ascii.Replace(drawn), "|", "!"), drawnCells, "!"},
		{
			"aligned columns", aligned,
			"1:Отчет по продажам за июль 2026 года, склад 2: 3:Код·Наименование·Кол-во·Сумма 4:00012·Шампунь 400 мл·24,000·1 234,50 " +
				"5:00013·Мыло, 100 г·6,000·120,00 6:00014·Порошок Лотос 3 кг·12,000·2 400,00 7:00015·Гель·1,000·99,90 8:00016·Крем детский·2,000·199,90", " ",
		},
		{
			"dashes under the titles", "Код Товар    Шт\n--- ------- ---\n1   Мыло     12\n2   Порошок   3\n",
			"1:Код·Товар·Шт 2: 3:1·Мыло·12 4:2·Порошок·3", " ",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := read(t, c.text)
			if got := show(r.sheet); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
			if r.found.Dialect.Delimiter != c.delimiter {
				t.Errorf("delimiter is %q", r.found.Dialect.Delimiter)
			}
		})
	}
}

func TestDrawnColumnsKeepTheirPlace(t *testing.T) {
	t.Parallel()
	r := read(t, gridtest.Encoded(charmap.CodePage866, drawn))
	if r.found.Encoding != "cp866" {
		t.Errorf("encoding is %s", r.found.Encoding)
	}
	if c, ok := r.sheet.Cell(9, 3); !ok || c.Value != "30" {
		t.Errorf("C9 is %+v, want the total under its column", c)
	}
}
