package table

import (
	"slices"
	"testing"
)

// TestPricesOfSeveralDays learns a list that tells prices of two days and reads it again,
// and the one of the month after.
func TestPricesOfSeveralDays(t *testing.T) {
	t.Parallel()
	read := func(before, now string, known ...Layout) *Table {
		file, src := parseSketch("@file taps.xlsx\nCODE|ITEM NAME|MRP as on " + before + "|MRP as on " + now +
			"\nQP-20|Bib Cock|158|160\nQP-22|Pillar Cock|268|272\nQP-24|Angle Cock|228|231")
		tables, err := Understand(file, src, known)
		if err != nil || len(tables) != 1 {
			t.Fatalf("%d tables, %v", len(tables), err)
		}
		return tables[0]
	}
	first := read("1st Jan, 2026", "15th Feb, 2026")
	for _, c := range []struct {
		name string
		got  *Table
		day  string
	}{
		{"at first sight", first, "2026-02-15"},
		{"again", read("1st Jan, 2026", "15th Feb, 2026", first.Layout()), "2026-02-15"},
		{"the next", read("15th Feb, 2026", "1st Apr, 2026", first.Layout()), "2026-04-01"},
	} {
		price, _ := c.got.Records[0].Decimal(Price)
		if c.got.Kind != Pricelist || price.String() != "160" || c.got.Period == nil || isoDay(c.got.Period.From) != c.day {
			t.Errorf("%s: %s, price %s, of %v, want 160 of %s", c.name, c.got.Kind, price, c.got.Period, c.day)
		}
		if slices.ContainsFunc(c.got.Drift, Drift.Asks) {
			t.Errorf("%s: asks %+v", c.name, c.got.Drift)
		}
	}
}
