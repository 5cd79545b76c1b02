package csv

import (
	"slices"
	"sync"

	"github.com/distbase/distbase/ingest/grid/sheet"
)

// batch is the rows of one piece. It is used again for later pieces.
type batch struct {
	cells []sheet.Cell
	ends  []int // where the cells of each row end
	first int   // number of the first row
	err   error
}

// send cuts the text again, along the plan, and hands typed rows on in order.
func (r *reader) send(p *plan, to sheet.Sink) error {
	verdicts := r.verdicts(p)
	batches := sync.Pool{New: func() any { return new(batch) }}
	return r.source.windows(func(n int, text string, final bool) (int, error) {
		pieces := p.pieces[n]
		end := 0
		err := inOrder(len(pieces), func(i int) *batch {
			b := batches.Get().(*batch)
			r.fill(b, verdicts, text, pieces[i], final)
			return b
		}, func(i int, b *batch) error {
			end = pieces[i].to
			if b.err != nil {
				return b.err
			}
			if err := r.b.Alive(); err != nil {
				return err
			}
			err := b.send(to)
			batches.Put(b)
			return err
		})
		return end, err
	})
}

// fill makes the cells of a piece.
func (r *reader) fill(b *batch, verdicts []verdict, text string, p piece, final bool) {
	b.cells, b.ends, b.first, b.err = b.cells[:0], b.ends[:0], p.firstRow, nil
	b.cells = slices.Grow(b.cells, p.cells)
	types := newTypist(verdicts)
	c := newCutter(r.dialect, text, final)
	c.reset(text, p.from, final)
	for row := p.firstRow; c.pos < p.to && c.record(); row++ {
		for _, f := range c.fields {
			b.cells = append(b.cells, sheet.Cell{})
			cell := &b.cells[len(b.cells)-1] // filled where it lies: a cell is a hundred bytes
			cell.Row, cell.Col, cell.Kind, cell.Value, cell.Text = row, f.col, sheet.Text, f.text, f.text
			if mayBeValue(f.text) {
				types.set(cell)
			}
		}
		b.ends = append(b.ends, len(b.cells))
	}
}

func (b *batch) send(to sheet.Sink) error {
	from := 0
	for i, end := range b.ends {
		if err := to.Row(sheet.Row{N: b.first + i, Cells: b.cells[from:end:end]}); err != nil {
			return err
		}
		from = end
	}
	return nil
}
