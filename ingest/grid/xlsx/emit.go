package xlsx

import (
	"github.com/distbase/distbase/ingest/grid/sheet"
)

// batchCells is how many cells are read before they are handed on.
const batchCells = 2048

// readRows reads what the element sheetData holds; the scanner goes on behind it.
func (ws *worksheet) readRows(s *scanner) error {
	outside := s.depth - 1
	var err error
	if ws.by.cores > 1 && s.r != nil && ws.pieces == nil {
		err = ws.readPieces(s)
	} else {
		err = ws.readStream(s)
	}
	s.depth = outside
	return err
}

// readStream reads the rows one after the other.
func (ws *worksheet) readStream(s *scanner) error {
	var out batch
	r := rowReader{scanner: s, w: ws.w, hidden: &ws.hidden, out: &out, n: ws.last, limit: batchCells, careful: ws.by.careful}
	for {
		end := r.run()
		ws.last = r.n
		if err := ws.emit(&out, 0, 0); err != nil {
			return err
		}
		switch end {
		case endFull:
			out.reset()
		case endError:
			return out.err
		case endData:
			return nil
		default:
			s.cut() // the part cannot end here
			return nil
		}
	}
}

// emit hands the rows of a batch on. The first floor of them count from base.
func (ws *worksheet) emit(b *batch, base, floor int) error {
	if ws.given += b.repeated; ws.given > ws.w.b.Options.MaxBytes {
		return &sheet.ReadError{Code: sheet.CodeTooBig, Found: "unpacked"}
	}
	for _, w := range b.warnings {
		ws.warn(w.Row, w.Col, w.Code, w.Text)
	}
	for i := range b.rows {
		x := &b.rows[i]
		end := len(b.cells)
		if i+1 < len(b.rows) {
			end = b.rows[i+1].first
		}
		cells := b.cells[x.first:end:end]
		if len(cells) == 0 {
			continue
		}
		if i < floor {
			x.n += base
			for k := range cells {
				cells[k].Row = x.n
			}
		}
		ws.some = true
		if err := ws.to.Row(sheet.Row{N: x.n, Outline: x.outline, Hidden: x.hidden, Cells: cells}); err != nil {
			return err
		}
	}
	return nil
}
