package table

import (
	"encoding/csv"
	"fmt"
	"io"

	"github.com/distbase/distbase/ingest/grid"
)

// WriteCSV prints the first table of a file as CSV: its own titles, the source's
// own text, detail rows only. Rows of a heading are joined by a space per column.
func WriteCSV(w io.Writer, f *grid.File) error {
	for _, s := range f.Sheets {
		p := readPlain(s)
		if p.width == 0 {
			continue
		}
		cw := csv.NewWriter(w)
		if p.titles != nil {
			if err := cw.Write(p.titles); err != nil {
				return fmt.Errorf("write titles: %w", err)
			}
		}
		for ri, label := range p.labels {
			if label != labelData {
				continue
			}
			row := make([]string, p.width)
			for _, c := range s.RowAt(ri, nil).Cells {
				if c.Col <= p.width {
					row[c.Col-1] = c.Text
				}
			}
			if err := cw.Write(row); err != nil {
				return fmt.Errorf("write row %d: %w", p.v.rows[ri].N, err)
			}
		}
		cw.Flush()
		if err := cw.Error(); err != nil {
			return fmt.Errorf("write table: %w", err)
		}
		return nil
	}
	return nil
}
