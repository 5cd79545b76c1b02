package lines

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// sketch reads rows whose cells are parted by bars, each behind its label.
func sketch(text string) (rows [][]string, want []string) {
	for line := range strings.Lines(strings.TrimSpace(text)) {
		label, cells, _ := strings.Cut(strings.TrimRight(line, "\n"), ":")
		want = append(want, strings.TrimSpace(label))
		rows = append(rows, strings.Split(cells, "|"))
	}
	return rows, want
}

func TestRowsAreTold(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"sums below": `
metadata:Table 12. Sales by region
empty:
header:Region|2004|2005|2006
data:North|120|130|141
data:South|80|90|95
data:West|44|41|50
derived:Total|244|261|286
empty:
notes:Source: Bureau of Sales, annual report.`,
		"print-out in Russian": `
metadata:Отчет по продажам за июль 2026
empty:
header:Номенклатура|Количество|Сумма|Цена
data:Шампунь Ромашка 400|12|1446.5|120.54
data:Шампунь Крапива 250|6|539.4|89.9
data:Мыло детское|31|1240|40
data:Паста зубная|9|810|90
derived:Итого|58|4035.9|
`,
		"list of mostly text": `
header:Дата|Документ|Клиент|Товар|Ед.|Кол-во
data:01.07.2026|РН-001|Магазин Ромашка|Мыло детское|шт|12
data:01.07.2026|РН-001|Магазин Ромашка|Паста зубная|шт|3
data:02.07.2026|РН-002|ИП Петров|Шампунь Крапива 250|шт|6
data:03.07.2026|РН-003|Лавка|Мыло детское|шт|24
`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			rows, want := sketch(text)
			labels, sure := Learned().Labels(rows)
			var got []string
			for i, l := range labels {
				got = append(got, l.String())
				if sure[i] < 0 || sure[i] > 1 {
					t.Errorf("row %d: probability %g", i, sure[i])
				}
			}
			if d := cmp.Diff(want, got); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestTrainingIsRepeatable(t *testing.T) {
	t.Parallel()
	var lessons []Lesson
	for _, text := range []string{"metadata:Title\nheader:a|b\ndata:x|1\ndata:y|2\nderived:Total|3\n", "header:c|d\ndata:z|5\ndata:w|6\nnotes:Note: old\n"} {
		rows, words := sketch(text)
		l := Lesson{Rows: rows}
		for _, w := range words {
			label, _ := Parse(w)
			l.Labels = append(l.Labels, label)
		}
		lessons = append(lessons, l)
	}
	settings := Settings{Trees: 5, Leaves: 4, Rate: 0.2, MinChild: 0.1, Columns: 0.5, Above: 1, Follow: 0.5, Seed: 3}
	var first []byte
	for range 2 {
		m, err := Train(lessons, settings)
		if err != nil {
			t.Fatal(err)
		}
		data, err := m.MarshalBinary()
		if err != nil {
			t.Fatal(err)
		}
		if first != nil && string(first) != string(data) {
			t.Error("the same lessons gave another model")
		}
		first = data
		var back Model
		if err := back.UnmarshalBinary(data); err != nil || len(back.sequence(make([][classes]float64, 3))) != 3 {
			t.Errorf("not read back: %v", err)
		}
		if err := back.UnmarshalBinary(data[:100]); err == nil {
			t.Error("half a model was read")
		}
	}
}

// TestVisibleSetIsTold holds the shipped weights to what they were learned from; how
// well they do on sheets left out is in doc.go.
func TestVisibleSetIsTold(t *testing.T) {
	t.Parallel()
	f, err := os.Open("../../../../shared/bench/structure/saus.jsonl.gz")
	if errors.Is(err, os.ErrNotExist) {
		t.Skip("the set is not beside the project")
	} else if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	var lessons []Lesson
	var guesses [][]Label
	for dec := json.NewDecoder(bufio.NewReader(z)); ; {
		var in struct {
			Rows [][]string `json:"rows"`
			Line []string   `json:"line"`
		}
		if err := dec.Decode(&in); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		l := Lesson{Rows: in.Rows}
		for _, w := range in.Line {
			label, ok := Parse(w)
			if !ok {
				t.Fatalf("label %q", w)
			}
			l.Labels = append(l.Labels, label)
		}
		lessons = append(lessons, l)
		labels, _ := Learned().Labels(in.Rows)
		guesses = append(guesses, labels)
	}
	got := Measure(lessons, guesses)
	t.Log(got)
	if got.Macro < 0.96 || got.F1[Header] < 0.97 || got.Exact < 0.8 {
		t.Errorf("under the floors: %v", got)
	}
}

func FuzzLabels(f *testing.F) {
	f.Add("Title\n\na|b\n1|2\n3|4\nTotal|4|6\nNote: x")
	f.Add("|||1e308\n|||-1e308\nNaN|Inf|0x1p-2\n\\1|(X)|--")
	f.Fuzz(func(t *testing.T, text string) {
		var rows [][]string
		for line := range strings.Lines(text) {
			rows = append(rows, strings.Split(strings.TrimRight(line, "\n"), "|"))
		}
		labels, sure := Learned().Labels(rows)
		if len(labels) != len(rows) || len(sure) != len(rows) {
			t.Fatalf("%d labels of %d rows", len(labels), len(rows))
		}
	})
}

// BenchmarkLabels labels a report of 200,000 rows of twelve cells.
func BenchmarkLabels(b *testing.B) {
	random := rand.New(rand.NewPCG(1, 1))
	rows := [][]string{{"Sales of July"}, {}, {"Code", "Item", "Client", "Date", "Q1", "Q2", "Q3", "Q4", "Q5", "Q6", "Price", "Amount"}}
	for i := range 200_000 {
		row := []string{fmt.Sprintf("%06d", i), fmt.Sprintf("Green tea %d g", random.IntN(5000)), fmt.Sprintf("Shop %d", random.IntN(900)), fmt.Sprintf("%02d.07.2026", 1+random.IntN(31))}
		for range 8 {
			row = append(row, strconv.FormatFloat(float64(random.IntN(1_000_000))/100, 'f', 2, 64))
		}
		rows = append(rows, row)
	}
	model := Learned()
	b.ReportAllocs()
	for b.Loop() {
		model.Labels(rows)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(rows)), "ns/row")
}

func TestFiguresAreRead(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]float64{
		"12": 12, "-1.5": -1.5, "1 234,5": 1234.5, "1,234": 1234, "1,234,567.25": 1234567.25, "\u22123": -3, "$ 7": 7, "(1\u00a0000)": 1000,
		"12%": 12, "1.5e3": 1500, "123456789012345678": 123456789012345678, "0.1": 0.1, "(NA)": 0, "–": 0, `\1`: 0,
	} {
		if got, ok := number(text); !ok || got != want {
			t.Errorf("%q is %g, %v", text, got, ok)
		}
	}
	for _, text := range []string{"", "a", "e5", "1.2.3", "01.07.2026", "12 pcs", "+", "1-2", "Inf", "0x10", strings.Repeat("1", 30)} {
		if got, ok := number(text); ok {
			t.Errorf("%q is %g", text, got)
		}
	}
}
