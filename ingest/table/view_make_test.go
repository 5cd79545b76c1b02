package table

import (
	"reflect"
	"strconv"
	"testing"

	"github.com/distbase/distbase/ingest/grid"
)

// TestASheetLooksTheSameInParts, also where parts of it hold cells with nothing to see.
func TestASheetLooksTheSameInParts(t *testing.T) {
	t.Parallel()
	s := &grid.Sheet{Merges: []grid.Range{{FirstRow: 2, LastRow: 3, FirstCol: 1, LastCol: 1}}}
	for n := 1; n <= 200; n++ {
		r := grid.Row{N: 2 * n, Outline: uint8(n % 3)}
		for col := 1; col <= n%7; col++ {
			c := grid.Cell{Row: r.N, Col: col, Kind: grid.Text, Value: "  Товар " + strconv.Itoa(n/3*col)}
			switch (n + col) % 4 {
			case 0:
				c = grid.Cell{Row: r.N, Col: col, Kind: grid.Empty}
			case 1:
				c = grid.Cell{Row: r.N, Col: col, Kind: grid.Number, Value: strconv.Itoa(n), Text: strconv.Itoa(n)}
			case 2:
				c.Value = "\u00a0" // blank
			}
			r.Cells = append(r.Cells, c)
		}
		if err := s.Append(r); err != nil {
			t.Fatal(err)
		}
	}
	want := newViewOf(s, 1)
	if len(want.rows) == 0 || len(want.cells) == 0 || want.maxCol != 6 {
		t.Fatalf("%d rows, %d cells, %d columns", len(want.rows), len(want.cells), want.maxCol)
	}
	for shares := 2; shares <= 9; shares++ {
		if got := newViewOf(s, shares); !reflect.DeepEqual(got, want) {
			t.Errorf("in %d parts it looks otherwise", shares)
		}
	}
}
