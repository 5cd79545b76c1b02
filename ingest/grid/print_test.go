package grid_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/distbase/distbase/ingest/grid"
	"github.com/distbase/distbase/ingest/grid/internal/gridtest"
)

// TestPrintingIsTheSameStreamedAndWhole, also where rows come in no order.
func TestPrintingIsTheSameStreamedAndWhole(t *testing.T) {
	t.Parallel()
	disorder := `<worksheet><sheetData><row r="2"><c r="B2"><v>4</v></c><c r="A2"><v>3</v></c></row><row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2"><v>5</v></c></row></sheetData></worksheet>`
	for name, data := range map[string][]byte{
		"a workbook": gridtest.Workbook(testSheet, "xl/styles.xml", testStyles, "xl/sharedStrings.xml", testStrings),
		"disorder":   gridtest.Workbook(disorder),
		"a text":     []byte(russian),
		"an archive": gridtest.Zip("a.csv", "a;b\n1;2\n", "x.png", "\x89PNG\r\n\x1a\n", "b.csv", "c;d\n3;4\n"),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, mode := range []grid.Mode{grid.Cells, grid.Summary, grid.CSV} {
				var b bytes.Buffer
				if err := grid.Print(context.Background(), &b, "file", data, grid.Options{}, mode); err != nil {
					t.Fatal(err)
				}
				if want := lines(t, read(t, data), mode); b.String() != string(want) {
					t.Errorf("mode %d prints\n%s\nwant\n%s", mode, b.String(), want)
				}
			}
		})
	}
}

func TestFileThatFailsEarlyPrintsNothing(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	if err := grid.Print(context.Background(), &b, "file", gridtest.Workbook(testSheet), grid.Options{}, grid.Cells); err == nil || b.Len() > 0 {
		t.Errorf("error %v, printed %s", err, b.String())
	}
}

// TestCellsArePrintedAsEncodingJSONDoes whatever is in them.
func TestCellsArePrintedAsEncodingJSONDoes(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.String(), rapid.Map(rapid.SliceOf(rapid.Byte()), func(b []byte) string { return string(b) }),
			rapid.Map(rapid.SliceOf(rapid.SampledFrom([]string{"\u2028", "\u2029", "<&>", "\"", "\\", "\x00", "\x1f", "\x7f", "\b\f\n\r\t", "ж", "😀", "\xed\xa0\x80"})), func(s []string) string { return strings.Join(s, "") }))
		v, w := text.Draw(t, "value"), text.Draw(t, "text")
		s := &grid.Sheet{}
		if err := s.Append(grid.Row{N: 1, Cells: []grid.Cell{{Row: 1, Col: 2, Kind: grid.Text, Value: v, Text: w}}}); err != nil {
			t.Fatal(err)
		}
		var got, want bytes.Buffer
		if err := grid.WriteJSON(&got, &grid.File{Sheets: []*grid.Sheet{s}}, grid.Cells); err != nil {
			t.Fatal(err)
		}
		e := json.NewEncoder(&want)
		e.SetEscapeHTML(false)
		_ = e.Encode(struct {
			Sheet  string `json:"sheet"`
			Index  int    `json:"index"`
			Hidden bool   `json:"hidden"`
		}{})
		_ = e.Encode(struct {
			R int    `json:"r"`
			C int    `json:"c"`
			T string `json:"t"`
			V string `json:"v"`
			W string `json:"w"`
		}{1, 2, "s", v, w})
		if got.String() != want.String() {
			t.Fatalf("got  %s\nwant %s", got.String(), want.String())
		}
	})
}

func BenchmarkPrint(b *testing.B) {
	var part strings.Builder
	part.WriteString("<worksheet><sheetData>")
	for i := range 20_000 {
		fmt.Fprintf(&part, `<row><c t="inlineStr"><is><t>Торговый дом № %d</t></is></c><c><v>%d.5</v></c></row>`, i%700, i)
	}
	part.WriteString("</sheetData></worksheet>")
	data := gridtest.Workbook(part.String())
	for b.Loop() {
		if err := grid.Print(context.Background(), &bytes.Buffer{}, "f", data, grid.Options{}, grid.Cells); err != nil {
			b.Fatal(err)
		}
	}
}
