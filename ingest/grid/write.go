package grid

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"path"
	"strings"
)

// Mode says what WriteJSON prints of a file.
type Mode uint8

// The outputs of the grid command.
const (
	Cells      Mode = iota // a line a sheet, then a line a cell
	Summary                // an object a sheet
	CSV                    // the sheets as CSV, nothing left out
	DialectTSV             // one line: file, delimiter, quote, encoding
)

type sheetLine struct {
	Sheet  string `json:"sheet"`
	Index  int    `json:"index"`
	Hidden bool   `json:"hidden"`
}

type summaryLine struct {
	sheetLine
	Rows     int            `json:"rows"`
	Cols     int            `json:"cols"`
	Cells    map[string]int `json:"cells"`
	Warnings []warningLine  `json:"warnings"`
}

type warningLine struct {
	Code string `json:"code"`
	Row  int    `json:"r,omitempty"`
	Col  int    `json:"c,omitempty"`
	Text string `json:"text,omitempty"`
}

// WriteJSON prints a file as the grid command does. Modes CSV and DialectTSV are no JSON, but of the same command.
func WriteJSON(w io.Writer, file *File, mode Mode) error {
	bw := bufio.NewWriterSize(w, 64<<10)
	if mode == DialectTSV {
		_, _ = bw.WriteString(DialectLine(file.Name, file))
		return bw.Flush()
	}
	write := map[Mode]func(*bufio.Writer, *File, *Sheet) error{Cells: writeCells, Summary: writeSummary, CSV: writeCSV}[mode]
	for _, s := range file.Sheets {
		if err := write(bw, file, s); err != nil {
			return fmt.Errorf("write sheet %q: %w", s.Name, err)
		}
	}
	return bw.Flush()
}

// DialectLine is what the dialect mode prints of a file: FAIL as delimiter where file is nil or has no dialect.
func DialectLine(name string, file *File) string {
	base := path.Base(strings.ReplaceAll(name, `\`, "/"))
	if file == nil || file.Dialect == nil {
		return base + "\tFAIL\t\t\n"
	}
	delimiter := strings.ReplaceAll(file.Dialect.Delimiter, "\t", `\t`)
	return base + "\t" + delimiter + "\t" + file.Dialect.Quote + "\t" + file.Encoding + "\n"
}

func line(s *Sheet) sheetLine { return sheetLine{s.FullName(), s.Index, s.Hidden} }

// newEncoder leaves < and & as they are.
func newEncoder(w io.Writer) *json.Encoder {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e
}

func writeCells(w *bufio.Writer, _ *File, s *Sheet) error {
	e := newEncoder(w)
	if err := e.Encode(line(s)); err != nil {
		return err
	}
	var cells []byte
	for row := range s.All() {
		cells = cells[:0]
		for i := range row.Cells {
			if row.Cells[i].Kind != Empty {
				cells = appendCell(cells, &row.Cells[i])
			}
		}
		if _, err := w.Write(cells); err != nil {
			return err
		}
	}
	return nil
}

func writeSummary(w *bufio.Writer, file *File, s *Sheet) error {
	sum := summaryLine{sheetLine: line(s), Cells: map[string]int{"n": 0, "s": 0, "b": 0, "d": 0, "e": 0}, Warnings: []warningLine{}}
	for row := range s.All() {
		for _, c := range row.Cells {
			if c.Kind != Empty {
				sum.Cells[c.Kind.Letter()]++
				sum.Rows, sum.Cols = max(sum.Rows, c.Row), max(sum.Cols, c.Col)
			}
		}
	}
	for _, list := range [][]Warning{file.Warnings, s.Warnings} {
		sum.Warnings = append(sum.Warnings, warningLines(list)...)
	}
	return newEncoder(w).Encode(sum)
}

// writeCSV prints every row up to the last one with a value, all of one width. A blank line parts the sheets.
func writeCSV(w *bufio.Writer, file *File, s *Sheet) error {
	if s.Index > 1 {
		_ = w.WriteByte('\n')
	}
	width, last := 0, 0
	for row := range s.All() {
		if n := len(row.Cells); n > 0 {
			width, last = max(width, row.Cells[n-1].Col), row.N
		}
	}
	out := csv.NewWriter(w)
	next := 1
	for row := range s.All() {
		if row.N > last {
			break
		}
		for ; next < row.N; next++ {
			if err := out.Write(make([]string, width)); err != nil {
				return err
			}
		}
		record := make([]string, width)
		for _, c := range row.Cells {
			record[c.Col-1] = shown(c, file.Dialect != nil)
		}
		if err := out.Write(record); err != nil {
			return err
		}
		next = row.N + 1
	}
	out.Flush()
	return out.Error()
}

// shown is what CSV holds of a cell: the source's own text where the source is text, else the value without loss.
func shown(c Cell, textual bool) string {
	if textual {
		return c.Text
	}
	return c.Value
}
