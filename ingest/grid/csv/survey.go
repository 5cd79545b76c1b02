package csv

import (
	"errors"
	"strings"
	"unicode/utf8"

	"github.com/distbase/distbase/ingest/grid/sheet"
)

// pieceSize is about how much one core takes at a time.
const pieceSize = 128 << 10

// errUnclean: a text that looked like UTF-8 has something else in it.
var errUnclean = errors.New("not UTF-8 all through")

// plan is what the first pass found: the pieces that begin where records do, and
// what the columns prove.
type plan struct {
	pieces   [][]piece // by window
	columns  []facts
	widths   map[int]int // records by their number of fields
	rows     int
	unclosed int // the first row with a quote that never closes
}

// piece is a part of a window that begins and ends with records.
type piece struct{ from, to, firstRow, cells int }

// proof is what one piece gave.
type proof struct {
	piece
	columns  []facts
	widths   map[int]int
	rows     int
	unclosed int // row within the piece, from 1
	err      error
}

// survey goes over the text for what its columns prove.
func (r *reader) survey() (*plan, error) {
	p := &plan{widths: map[int]int{}}
	return p, r.source.windows(func(_ int, text string, final bool) (int, error) {
		p.pieces = append(p.pieces, nil)
		return r.surveyWindow(p, text, final)
	})
}

func (r *reader) surveyWindow(p *plan, text string, final bool) (int, error) {
	cuts := cutsOf(text)
	pos := 0
	err := inOrder(len(cuts)-1, func(i int) proof { return r.prove(text, cuts[i], cuts[i+1], final) }, func(i int, f proof) error {
		if err := r.b.Alive(); err != nil {
			return err
		}
		if f.from != pos && f.err == nil {
			if pos >= cuts[i+1] {
				return nil // a record before it took the whole piece
			}
			f = r.prove(text, pos, cuts[i+1], final)
		}
		if f.err != nil {
			return f.err
		}
		pos = f.to
		p.take(f)
		return nil
	})
	return pos, err
}

// take adds what a piece gave.
func (p *plan) take(f proof) {
	f.firstRow = p.rows + 1
	w := len(p.pieces) - 1
	if f.rows > 0 {
		p.pieces[w] = append(p.pieces[w], f.piece)
	}
	if f.unclosed > 0 && p.unclosed == 0 {
		p.unclosed = p.rows + f.unclosed
	}
	p.rows += f.rows
	for len(p.columns) < len(f.columns) {
		p.columns = append(p.columns, facts{})
	}
	for i := range f.columns {
		p.columns[i].add(&f.columns[i])
	}
	for width, n := range f.widths {
		p.widths[width] += n
	}
}

// cutsOf are the places where pieces begin, and the end: behind line ends, where
// a record begins unless it is inside quotes.
func cutsOf(text string) []int {
	cuts := []int{0}
	for at := pieceSize; at < len(text); at += pieceSize {
		end := strings.IndexByte(text[at:], '\n')
		if end < 0 {
			if end = strings.IndexByte(text[at:], '\r'); end < 0 {
				break
			}
		}
		if at += end + 1; at < len(text) {
			cuts = append(cuts, at)
		}
	}
	return append(cuts, len(text))
}

// prove cuts the records that begin from one place on and before another.
func (r *reader) prove(text string, from, to int, final bool) proof {
	f := proof{piece: piece{from: from}, widths: map[int]int{}}
	if r.source.clean && (strings.IndexByte(text[from:to], 0) >= 0 || !utf8.ValidString(text[from:to])) {
		return proof{piece: piece{from: from}, err: errUnclean}
	}
	c := newCutter(r.dialect, text, final)
	c.reset(text, from, final)
	var widths [64]int
	for c.pos < to && c.record() {
		f.rows++
		if c.unclosed && f.unclosed == 0 {
			f.unclosed = f.rows
		}
		if c.width < len(widths) {
			widths[c.width]++
		} else if f.widths[c.width]++; len(c.fields) >= maxFields {
			f.err = &sheet.ReadError{Code: sheet.CodeTooBig, Found: "cells", Row: f.rows}
			return f
		}
		f.cells += len(c.fields)
		f.see(c.fields)
	}
	for width, n := range widths {
		if n > 0 {
			f.widths[width] = n
		}
	}
	f.to = c.pos
	return f
}

func (f *proof) see(fields []field) {
	for i := range fields {
		x := &fields[i]
		if !mayBeValue(x.text) {
			continue
		}
		if x.col > len(f.columns) {
			if x.col > maxTyped {
				return
			}
			f.columns = append(f.columns, make([]facts, x.col-len(f.columns))...)
		}
		f.columns[x.col-1].see(x.text)
	}
}

// usualWidth is how many fields most records have, not counting blank lines.
func (p *plan) usualWidth() int {
	best := 0
	for width, n := range p.widths {
		if width > 1 && (n > p.widths[best] || n == p.widths[best] && width < best) {
			best = width
		}
	}
	if best == 0 && p.rows > 0 {
		return 1
	}
	return best
}

// verdicts are how the columns are read.
func (r *reader) verdicts(p *plan) []verdict {
	var all facts
	for i := range p.columns {
		all.add(&p.columns[i])
	}
	out := make([]verdict, len(p.columns))
	for i := range out {
		out[i] = p.columns[i].verdict(&all, r.style)
	}
	return out
}
