package grid

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
)

// Print reads a file and prints it as the grid command does. Cells and summaries are
// printed as they are read, so that memory does not grow with the file; CSV, whose
// width is known at the end only, is not. Where a file fails after heldBytes of
// output, that is printed.
func Print(ctx context.Context, w io.Writer, name string, data []byte, opt Options, mode Mode) error {
	if mode == Cells || mode == Summary {
		out := &heldWriter{w: w}
		err := printStream(ctx, out, name, data, opt, mode)
		if !errors.Is(err, errDisorder) {
			return err
		}
	}
	file, err := Read(ctx, name, data, opt)
	if err != nil {
		return err
	}
	return WriteJSON(w, file, mode)
}

func printStream(ctx context.Context, out *heldWriter, name string, data []byte, opt Options, mode Mode) error {
	p := &printer{out: out}
	if mode == Summary {
		p.sums = []summaryLine{}
	}
	if _, err := Stream(ctx, name, data, opt, p); err != nil {
		var disorder disorderError
		if errors.As(err, &disorder) {
			return errDisorder
		}
		return err
	}
	for i := range p.sums {
		p.sums[i].Warnings = append(append([]warningLine{}, p.warnings...), p.sums[i].Warnings...)
		if err := newEncoder(out).Encode(p.sums[i]); err != nil {
			return fmt.Errorf("print summary: %w", err)
		}
	}
	return out.flush()
}

// disorderError ends a stream whose rows are not in order while there is time to
// read the file as a whole.
type disorderError struct{}

func (disorderError) Error() string { return "rows are not in order" }

var errDisorder = disorderError{}

// printer is a sink that prints cells, or counts them where sums is not nil.
type printer struct {
	out      *heldWriter
	last     int // row of the sheet
	line     []byte
	sums     []summaryLine
	warnings []warningLine
}

// Begin prints the line of a sheet.
func (p *printer) Begin(s *Sheet) error {
	p.last = 0
	if p.sums != nil {
		p.sums = append(p.sums, summaryLine{sheetLine: line(s), Cells: map[string]int{"n": 0, "s": 0, "b": 0, "d": 0, "e": 0}, Warnings: []warningLine{}})
		return nil
	}
	if err := newEncoder(p.out).Encode(line(s)); err != nil {
		return fmt.Errorf("print sheet: %w", err)
	}
	return nil
}

// Row prints its cells. A file that has rows or cells in no order is read as a whole
// as long as nothing of it went out; then its cells come as they stand in it.
func (p *printer) Row(r Row) error {
	if !p.inOrder(r) && !p.out.open {
		return errDisorder
	}
	if p.sums != nil {
		p.count(r)
		return nil
	}
	p.line = p.line[:0]
	for i := range r.Cells {
		if r.Cells[i].Kind != Empty {
			p.line = appendCell(p.line, &r.Cells[i])
		}
	}
	_, err := p.out.Write(p.line)
	return err
}

func (p *printer) inOrder(r Row) bool {
	ok := r.N > p.last
	p.last = r.N
	for i := range r.Cells {
		ok = ok && (i == 0 || r.Cells[i].Col > r.Cells[i-1].Col)
	}
	return ok
}

func (p *printer) count(r Row) {
	sum := &p.sums[len(p.sums)-1]
	for i := range r.Cells {
		if c := &r.Cells[i]; c.Kind != Empty {
			sum.Cells[c.Kind.Letter()]++
			sum.Rows, sum.Cols = max(sum.Rows, c.Row), max(sum.Cols, c.Col)
		}
	}
}

// End takes the warnings of a sheet.
func (p *printer) End(s *Sheet) error {
	if p.sums != nil {
		sum := &p.sums[len(p.sums)-1]
		sum.Warnings = append(sum.Warnings, warningLines(s.Warnings)...)
	}
	return nil
}

// Warn takes a warning about the file.
func (p *printer) Warn(w Warning) { p.warnings = append(p.warnings, warningLines([]Warning{w})...) }

func warningLines(list []Warning) []warningLine {
	var lines []warningLine
	for _, x := range list {
		lines = append(lines, warningLine{x.Code, x.Row, x.Col, x.Text})
	}
	return lines
}

// appendCell writes a cell as encoding/json would.
func appendCell(dst []byte, c *Cell) []byte {
	dst = strconv.AppendInt(append(dst, `{"r":`...), int64(c.Row), 10)
	dst = strconv.AppendInt(append(dst, `,"c":`...), int64(c.Col), 10)
	dst = append(append(dst, `,"t":"`...), c.Kind.Letter()...)
	dst = appendJSON(append(dst, `","v":`...), c.Value)
	dst = appendJSON(append(dst, `,"w":`...), c.Text)
	return append(dst, '}', '\n')
}

// heldBytes is how much is printed at once, so that a file that fails early, or has
// its rows in no order, has printed nothing.
const heldBytes = 4 << 20

// heldWriter holds the first bytes back.
type heldWriter struct {
	w    io.Writer
	held []byte
	open bool
}

// Write holds the bytes, or lets them go where there are enough.
func (h *heldWriter) Write(b []byte) (int, error) {
	h.held = append(h.held, b...)
	if len(h.held) < heldBytes && (!h.open || len(h.held) < 64<<10) {
		return len(b), nil
	}
	h.open = true
	return len(b), h.flush()
}

func (h *heldWriter) flush() error {
	_, err := h.w.Write(h.held)
	h.held = h.held[:0]
	if err != nil {
		return fmt.Errorf("print: %w", err)
	}
	return nil
}
