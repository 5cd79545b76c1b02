package service_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/distbase/distbase/cmd/distbase/demo/world"
	"github.com/distbase/distbase/ingest/grid"
	"github.com/distbase/distbase/ingest/grid/drifttest"
	"github.com/distbase/distbase/storage"
)

// months are those that reports are sent about, each later than the one before.
var months = strings.Fields("январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь")

// monthly is a distributor who sends the same report every month.
type monthly struct {
	*chats
	analyst *counter
	sender  person
	report  func(month string) *grid.Sheet
	sent    int
}

// sends sends the report of the next month, changed, and gives its month.
func (m *monthly) sends(change drifttest.Change) string {
	m.t.Helper()
	month := fmt.Sprintf("%s %d", months[m.sent%12], 2024+m.sent/12)
	m.sent++
	data, err := drifttest.Workbook(change(m.report(month)))
	if err != nil {
		m.t.Fatal(err)
	}
	m.sender.send(world.File{Name: "Отчет.xlsx", Data: data})
	return month
}

// isFollowed sends the report with a drift, which must be loaded without a tap.
func (m *monthly) isFollowed(what string, change drifttest.Change) {
	m.t.Helper()
	asked := m.count("select count(*) from question where kind <> 'item' and kind <> 'client'")
	month := m.sends(change)
	m.sender.sees("Продажи за "+month, "Загружено")
	if n := m.count("select count(*) from question where kind <> 'item' and kind <> 'client'"); n != asked {
		m.t.Errorf("%s: %d questions", what, n-asked)
	}
	m.t.Logf("%s: 0 taps", what)
}

// isAsked sends the report with a change of meaning, which the analyst confirms.
func (m *monthly) isAsked(what string, change drifttest.Change, words ...string) {
	m.t.Helper()
	m.analyst.taps = 0
	month := m.sends(change)
	m.analyst.tap("Ответить", "Новый вид отчёта", month)
	m.analyst.sees(append(words, "Отчёт изменился")...)
	m.analyst.tap("Всё верно", "Отчёт изменился", month)
	m.sender.sees(month, "Загружено")
	if m.analyst.taps > 3 {
		m.t.Errorf("%s: %d taps", what, m.analyst.taps)
	}
	m.t.Logf("%s: %d taps", what, m.analyst.taps)
}

func unchanged(s *grid.Sheet) *grid.Sheet { return s }

// TestReportsThatDriftNeedNoTap sends a report of codes without a title, changed in
// every way that changes no meaning, then in those that do.
func TestReportsThatDriftNeedNoTap(t *testing.T) {
	t.Parallel()
	c := newChats(t, nil)
	m := &monthly{chats: c, analyst: &counter{person: c.invite(101, "Ольга", storage.RoleAnalyst, storage.Cut{})}, sender: c.reporter(1)}
	m.report = func(month string) *grid.Sheet {
		return drifttest.Sheet("Лист1",
			[]any{"Продажи за " + month},
			[]any{"Клиент", "", "Товар", "Количество", "Количество", "Сумма с НДС"},
			[]any{"ООО Альфа", "СЯ-1001", "Сок яблочный 1л", 3, 36, 360.5},
			[]any{"ООО Бета", "ВН-2002", "Вода 0,5л", 4, 48, 480.25},
			[]any{"ООО Бета", "ЧЧ-3003", "Чай чёрный", 5, 60, 600.75 + float64(m.sent)})
	}
	m.sends(unchanged)
	m.analyst.tap("Ответить", "Новый вид отчёта")
	m.analyst.tap("Столбцы", "Так я прочитал")
	m.analyst.sees("B без названия за «клиент»")
	m.analyst.tap("E Количество", "Какой столбец")
	m.analyst.tap("Количество", "Что это?")
	m.analyst.tap("Всё верно", "✔ E Количество")
	m.sender.sees("Загружено")
	if m.analyst.taps > 10 {
		t.Errorf("%d taps for a new distributor", m.analyst.taps)
	}
	t.Logf("new: %d taps", m.analyst.taps)

	h := drifttest.Heading{First: 2, Last: 2}
	records := map[int]bool{3: true, 4: true, 5: true}
	added := func(title string, place int) drifttest.Change {
		return h.Added(place, drifttest.Column{Title: title, Records: records, Headings: []drifttest.Heading{h}, Value: func(i int) grid.Cell {
			text := fmt.Sprintf("прим. %d", i)
			return grid.Cell{Kind: grid.Text, Value: text, Text: text}
		}})
	}
	titled := drifttest.Titled("Отдел логистики", "Сформировано автоматически")
	m.isFollowed("same", unchanged)
	m.isFollowed("column moved to the end", h.Moved(1, -1))
	m.isFollowed("column moved to the front", h.Moved(6, 0))
	m.isFollowed("untitled column moved", h.Moved(2, 4))
	m.isFollowed("column added in front", added("Комментарий", 0))
	m.isFollowed("column added in the middle", added("Основание", 3))
	m.isFollowed("column added at the end", added("Город доставки", -1))
	m.isFollowed("two title rows", titled)
	m.isFollowed("sheet renamed", drifttest.Renamed("Выгрузка 7"))
	m.isFollowed("all at once", added("Комментарий", 0).Then(titled).Then(drifttest.Renamed("TDSheet")))
	if n := c.count("select count(distinct code) from item where code in ('СЯ-1001', 'ВН-2002', 'ЧЧ-3003')"); n != 3 {
		t.Errorf("%d codes of the column without a title were kept", n)
	}

	m.isAsked("VAT", h.Retitled(6, func(string) string { return "Сумма без НДС" }), "Сумма: была с НДС, стала без НДС?")
	m.isAsked("unit", h.Retitled(5, func(s string) string { return s + ", кор" }), "стало в «кор»")
	m.isAsked("titles swapped", h.Swapped(5, 6))
}

// TestGroupsThatDriftNeedNoTap sends a report of groups, indented otherwise each month.
func TestGroupsThatDriftNeedNoTap(t *testing.T) {
	t.Parallel()
	c := newChats(t, nil)
	m := &monthly{chats: c, analyst: &counter{person: c.invite(101, "Ольга", storage.RoleAnalyst, storage.Cut{})}, sender: c.reporter(1)}
	m.report = func(month string) *grid.Sheet {
		more := 12.5 * float64(m.sent)
		return drifttest.Sheet("TDSheet",
			[]any{"Продажи за " + month},
			[]any{"Клиент", "Количество", "Сумма"},
			[]any{"Номенклатура"},
			[]any{"ООО Альфа", 7, 840.75 + more},
			[]any{"> Сок яблочный 1л", 3, 360.5 + more},
			[]any{"> Вода 0,5л", 4, 480.25},
			[]any{"ООО Бета", 5, 600.75},
			[]any{"> Чай чёрный", 5, 600.75},
			[]any{"Итого", 12, 1441.5 + more})
	}
	m.sends(unchanged)
	m.sender.sees("Загружено")
	h := drifttest.Heading{First: 2, Last: 3}
	m.isFollowed("same", unchanged)
	m.isFollowed("indents doubled", h.Indented(func(d uint8) uint8 { return 2 * d }))
	m.isFollowed("indents one more", h.Indented(func(d uint8) uint8 { return d + 1 }))
	m.isFollowed("outline for indents", h.Outlined())
	m.isFollowed("names moved to the end", h.Moved(1, -1))
	m.isFollowed("two title rows and indents", h.Indented(func(d uint8) uint8 { return 2 * d }).Then(drifttest.Titled("Отдел логистики", "Сформировано автоматически")))
}
