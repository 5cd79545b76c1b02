package lines

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"errors"
	"io"
	"os"
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
	settings := Settings{Trees: 5, Leaves: 4, Rate: 0.2, MinChild: 0.1, Columns: 0.5, Follow: 0.5, Seed: 3}
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

func BenchmarkLabels(b *testing.B) {
	rows, _ := sketch("metadata:Title\nheader:a|b|c|d|e|f\n" + strings.Repeat("data:x|1|2|3|4|5\n", 20_000))
	b.ReportAllocs()
	for b.Loop() {
		Learned().Labels(rows)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(rows)), "ns/row")
}
