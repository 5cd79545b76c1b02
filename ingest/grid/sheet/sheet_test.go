package sheet

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// TestSheetGivesBackWhatWasAppended, whatever the order: rows and cells come out
// sorted, and of two cells at one place the last stays.
func TestSheetGivesBackWhatWasAppended(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.SampledFrom([]string{"", "шт", "12.5"}), rapid.StringN(0, 200, -1),
			rapid.Map(rapid.IntRange(arenaChunk-20, 3*arenaChunk), func(n int) string { return strings.Repeat("x", n) }))
		var s Sheet
		want := map[[2]int]Cell{}
		for range rapid.IntRange(0, 30).Draw(t, "rows") {
			r := Row{N: rapid.IntRange(1, 12).Draw(t, "n")}
			for range rapid.IntRange(0, 6).Draw(t, "cells") {
				c := Cell{
					Row: r.N, Col: rapid.SampledFrom([]int{1, 2, 3, 5, 8, wideCol - 1, wideCol, wideCol + 7}).Draw(t, "col"), Kind: rapid.SampledFrom([]Kind{Empty, Number, Text, Date}).Draw(t, "kind"), Value: text.Draw(t, "value"), Text: text.Draw(t, "text"),
					Format: rapid.SampledFrom([]string{"", "0.00"}).Draw(t, "format"), Indent: uint8(rapid.IntRange(0, 3).Draw(t, "indent")),
					Bold: rapid.Bool().Draw(t, "bold"), Hidden: rapid.Bool().Draw(t, "hidden"),
				}
				r.Cells = append(r.Cells, c)
				want[[2]int{c.Row, c.Col}] = c
			}
			if err := s.Append(r); err != nil {
				t.Fatal(err)
			}
		}
		got := map[[2]int]Cell{}
		last := 0
		for r := range s.All() {
			if r.N <= last {
				t.Fatalf("row %d behind row %d", r.N, last)
			}
			last = r.N
			col := 0
			for _, c := range r.Cells {
				if c.Col <= col {
					t.Fatalf("row %d: column %d behind %d", r.N, c.Col, col)
				}
				col = c.Col
				got[[2]int{c.Row, c.Col}] = c
			}
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Fatal(d)
		}
		for place, c := range want {
			if found, ok := s.Cell(place[0], place[1]); !ok || found != c {
				t.Fatalf("cell %v: %+v, want %+v", place, found, c)
			}
		}
	})
}

func TestEmptySheetHasNothing(t *testing.T) {
	t.Parallel()
	var s Sheet
	if _, ok := s.Cell(1, 1); ok || s.Len() != 0 || len(s.Rows()) != 0 {
		t.Error("an empty sheet holds something")
	}
}

// BenchmarkAppend tells the bytes a cell takes in a sheet full of text, against
// the same cells in slices of rows.
func BenchmarkAppend(b *testing.B) {
	fill := func(keep func(Row)) {
		row := Row{Cells: make([]Cell, 12)}
		for n := 1; n <= 50_000; n++ {
			row.N = n
			for c := range row.Cells {
				v := fmt.Sprintf("Наименование %d", n*(c+1)%20_000)
				row.Cells[c] = Cell{Row: n, Col: c + 1, Kind: Text, Value: v, Text: v}
			}
			keep(row)
		}
	}
	held := func(make func() any) float64 {
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		kept := make()
		runtime.GC()
		runtime.ReadMemStats(&after)
		runtime.KeepAlive(kept)
		return float64(after.HeapAlloc-before.HeapAlloc) / (50_000 * 12)
	}
	for b.Loop() {
		packed := held(func() any {
			var s Sheet
			fill(func(r Row) { _ = s.Append(r) })
			return &s
		})
		loose := held(func() any {
			var rows []Row
			fill(func(r Row) {
				r.Cells = append([]Cell(nil), r.Cells...)
				rows = append(rows, r)
			})
			return rows
		})
		b.ReportMetric(packed, "B/cell")
		b.ReportMetric(loose/packed, "x-slices")
	}
}
