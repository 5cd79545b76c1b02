package plain

import (
	"encoding/csv"
	"fmt"
	"io"

	"github.com/distbase/distbase/ingest/grid"
)

// WriteCSV prints the first table of a file. A file without a table gives nothing.
func WriteCSV(w io.Writer, f *grid.File) error {
	declared := 0
	if f.Dialect != nil {
		declared = f.Dialect.Columns
	}
	for _, s := range f.Sheets {
		if t, ok := read(s, declared); ok {
			return t.write(w)
		}
	}
	return nil
}

func (t *table) write(w io.Writer) error {
	t.findHeading()
	records := t.records()
	titles := t.titles()
	from, width := t.bounds(records, titles)
	out := csv.NewWriter(w)
	if titles != nil {
		if err := out.Write(t.fit(titles[min(from-1, len(titles)):])); err != nil {
			return fmt.Errorf("write titles: %w", err)
		}
	}
	record := make([]string, width)
	for _, i := range records {
		record = record[:width]
		clear(record)
		for _, c := range t.cellsOf(i) {
			for len(record) <= c.Col-from {
				record = append(record, "")
			}
			record[c.Col-from] = c.Text
		}
		if err := out.Write(t.fit(record)); err != nil {
			return fmt.Errorf("write row %d: %w", t.sheet.RowAt(t.rows[i].at, nil).N, err)
		}
	}
	out.Flush()
	if err := out.Error(); err != nil {
		return fmt.Errorf("write table: %w", err)
	}
	return nil
}

// maxSurplus is how many cells too many are looked into.
const maxSurplus = 32

// fit takes surplus empty cells out of a row that is longer than the source's
// table is wide, each where what follows then stands best under its columns.
func (t *table) fit(row []string) []string {
	if len(row) > t.declared+maxSurplus {
		return row
	}
	for t.declared > 0 && len(row) > t.declared && row[len(row)-1] != "" {
		best, bestFit := -1, -1
		fit := 0 // of the cells before a place, as they stand
		rest := 0
		for col := 1; col < len(row); col++ {
			rest += t.fits(col-1, row[col])
		}
		for i, text := range row {
			if i > 0 {
				rest -= t.fits(i-1, text)
			}
			if text == "" && fit+rest > bestFit {
				best, bestFit = i, fit+rest
			}
			fit += t.fits(i, text)
		}
		if best < 0 {
			return row
		}
		row = append(row[:best], row[best+1:]...)
	}
	return row
}

// fits is 1 where a cell is made as its column is.
func (t *table) fits(col int, text string) int {
	if col < len(t.columns) && text != "" && t.columns[col].make() == makeupOf(text) {
		return 1
	}
	return 0
}

// bounds are the first column and the number of columns. Text has them as its
// source writes them; a sheet's table begins where its first cells stand.
func (t *table) bounds(records []int, titles []string) (from, width int) {
	if t.declared > 0 {
		return 1, t.declared
	}
	from, last := 0, len(titles)
	for i := t.headFrom; i < t.headTo; i++ {
		from = least(from, t.rows[i].first)
	}
	for _, i := range records {
		from = least(from, t.rows[i].first)
		last = max(last, t.rows[i].last)
	}
	from = max(from, 1)
	return from, max(last-from+1, 0)
}

// least is the smaller of two columns, 0 being none.
func least(a, b int) int {
	if a == 0 || b > 0 && b < a {
		return b
	}
	return a
}
