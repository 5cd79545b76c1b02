package gridtest_test

import (
	"fmt"

	"github.com/distbase/distbase/ingest/grid/internal/gridtest"
	"github.com/distbase/distbase/ingest/grid/sheet"
)

// reader is one that sends what is written here.
func reader(send ...func(to sheet.Sink) error) gridtest.Reader {
	return func(_ *sheet.Budget, _ []byte, to sheet.Sink) error {
		for _, s := range send {
			if err := s(to); err != nil {
				return err
			}
		}
		return nil
	}
}

func begin(s *sheet.Sheet) func(sheet.Sink) error {
	return func(to sheet.Sink) error { return to.Begin(s) }
}

func end(s *sheet.Sheet) func(sheet.Sink) error {
	return func(to sheet.Sink) error { return to.End(s) }
}

func row(n int, cells ...sheet.Cell) func(sheet.Sink) error {
	return func(to sheet.Sink) error { return to.Row(sheet.Row{N: n, Cells: cells}) }
}

func ExampleShow() {
	july := &sheet.Sheet{Name: "Июль", Hidden: true, Merges: []sheet.Range{{FirstRow: 1, FirstCol: 1, LastRow: 1, LastCol: 2}}, Warnings: []sheet.Warning{{Code: "not_a_number", Row: 3, Col: 1, Text: "1,5"}}}
	nameless := &sheet.Sheet{}
	read := reader(
		begin(july), row(1, sheet.Cell{Row: 1, Col: 1, Kind: sheet.Text, Value: "Товар,\nшт", Text: "Товар,\nшт", Bold: true}),
		func(to sheet.Sink) error {
			return to.Row(sheet.Row{N: 3, Outline: 1, Cells: []sheet.Cell{{Row: 3, Col: 2, Kind: sheet.Number, Value: "1.5", Text: "1,50", Format: "0.00", Indent: 2, Hidden: true}}})
		}, end(july),
		begin(nameless), row(1, sheet.Cell{Row: 1, Col: 1, Kind: sheet.Bool, Value: "TRUE", Text: "TRUE"}), end(nameless),
		func(to sheet.Sink) error {
			to.Warn(sheet.Warning{Code: "truncated", Sheet: "Июль", Row: 3})
			return nil
		},
	)
	book, _ := gridtest.Read(read, "", sheet.Options{})
	fmt.Println(gridtest.Show(book))
	// Output:
	// [Июль]~ A1=s:Товар,\nшт* B3=n:1.5|1,50{0.00}>>^~ A1:B1 !not_a_number(A3 1,5)
	// A1=b:TRUE
	// !truncated(Июль 3)
}
