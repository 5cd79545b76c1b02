package gridtest_test

import (
	"testing"

	"github.com/distbase/distbase/ingest/grid/internal/gridtest"
	"github.com/distbase/distbase/ingest/grid/sheet"
)

// failure is what a test that has failed leaves behind.
type failure struct{}

func (failure) Helper()               {}
func (failure) Errorf(string, ...any) { panic(failure{}) }
func (failure) Fatalf(string, ...any) { panic(failure{}) }

// fails tells whether a test fails.
func fails(test func(t gridtest.T)) (failed bool) {
	defer func() { failed = recover() != nil }()
	test(failure{})
	return
}

func TestFuzzSeesBrokenPromises(t *testing.T) {
	t.Parallel()
	one, two := &sheet.Sheet{Name: "a"}, &sheet.Sheet{Name: "b"}
	lying := &sheet.Sheet{Merges: []sheet.Range{{FirstRow: 2, FirstCol: 1, LastRow: 1, LastCol: 1}}}
	cell := func(row, col int) sheet.Cell {
		return sheet.Cell{Row: row, Col: col, Kind: sheet.Text, Value: "x", Text: "x"}
	}
	for name, c := range map[string]struct {
		read   gridtest.Reader
		broken bool
	}{
		"kept":                    {reader(begin(one), row(1, cell(1, 1), cell(1, 3)), row(4, cell(4, 2)), end(one), begin(two), end(two)), false},
		"no sheet and no error":   {reader(), true},
		"a sheet in another":      {reader(begin(one), begin(two), end(two), end(one)), true},
		"a sheet that stays open": {reader(begin(one)), true},
		"another ends":            {reader(begin(one), end(two)), true},
		"a row outside":           {reader(row(1)), true},
		"a row before the first":  {reader(begin(one), row(0), end(one)), true},
		"a cell of another row":   {reader(begin(one), row(1, cell(2, 1)), end(one)), true},
		"a cell in no column":     {reader(begin(one), row(1, cell(1, 0)), end(one)), true},
		"a cell of nothing":       {reader(begin(one), row(1, sheet.Cell{Row: 1, Col: 1}), end(one)), true},
		"a row of nothing":        {reader(begin(one), row(1), end(one)), true},
		"two cells in a column":   {reader(begin(one), row(1, cell(1, 1), cell(1, 1)), end(one)), true},
		"cells in no order":       {reader(begin(one), row(1, cell(1, 2), cell(1, 1)), end(one)), true},
		"an area that is none":    {reader(begin(lying), end(lying)), true},
	} {
		t.Run(name, func(t *testing.T) {
			if got := fails(func(t gridtest.T) {
				gridtest.Fuzz(t, c.read, "", sheet.Options{}, gridtest.Filled, gridtest.Ordered)
			}); got != c.broken {
				t.Errorf("failed: %v, want %v", got, c.broken)
			}
		})
	}
}
