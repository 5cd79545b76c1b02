package table

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"

	"github.com/distbase/distbase/ingest/grid"
	"github.com/shopspring/decimal"
)

// Labels of rows in [WriteLines].
const (
	labelMetadata = "metadata"
	labelHeader   = "header"
	labelGroup    = "group"
	labelData     = "data"
	labelDerived  = "derived"
	labelNotes    = "notes"
	labelEmpty    = "empty"
)

// plainTable is any table, whatever it is about: a label a row and the joined titles.
type plainTable struct {
	v      *view
	labels []string // by position in the view
	titles []string // nil without a heading
	width  int
}

// readPlain labels the rows of a sheet without asking what the table is about.
func readPlain(s *grid.Sheet) plainTable {
	v := newView(s)
	p := plainTable{v: v, labels: make([]string, len(v.rows)), width: v.maxCol}
	h := v.findHeading()
	if g := v.plainHeading(); h == nil || g != nil && g.first < h.first && len(v.filled(g.first)) > len(v.filled(h.first)) {
		h = g
	}
	rd := &reading{v: v, h: h, problemCount: map[string]int{}, name: -1}
	if h == nil {
		rd.h = &heading{first: -1, last: -1, parts: make([][]string, v.maxCol)}
	} else {
		p.titles = make([]string, v.maxCol)
		for i := range p.titles {
			p.titles[i] = h.title(i + 1)
		}
	}
	rd.cols = make([]column, v.maxCol)
	stats := v.stats(rd.h.last + 1)
	for i := range rd.cols {
		c := &rd.cols[i]
		c.col, c.title, c.stats = i+1, rd.h.title(i+1), stats[i]
		numeric := c.stats.numbers + c.stats.numericTexts
		switch {
		case c.stats.filled > 0 && 2*numeric > c.stats.filled:
			rd.measures = append(rd.measures, i)
		case rd.name < 0 && c.stats.filled > 0:
			rd.name = i
		}
	}
	rd.readLines()
	rd.markNotes()
	rd.findGroups()
	p.label(rd)
	return p
}

// label brings the classes of lines into labels.
func (p *plainTable) label(rd *reading) {
	for ri := range p.labels {
		switch {
		case len(p.v.filled(ri)) == 0:
			p.labels[ri] = labelEmpty
		case ri < rd.h.first:
			p.labels[ri] = labelMetadata
		default:
			p.labels[ri] = labelHeader
		}
	}
	for _, l := range rd.lines {
		switch l.class {
		case "":
			p.labels[l.ri] = labelData
		case SkipGroup:
			p.labels[l.ri] = labelGroup
		case SkipTotal, SkipSubtotal:
			p.labels[l.ri] = labelDerived
		case SkipNote:
			p.labels[l.ri] = labelNotes
		}
	}
}

// plainHeading takes the first wide row as the heading if it is all texts, and
// the cells below differ from it; nil where the table has none.
func (v *view) plainHeading() *heading {
	widths := map[int]int{}
	for ri := range v.rows {
		widths[len(v.filled(ri))]++
	}
	usual, most := 0, 0
	for w, n := range widths {
		if w > 1 && (n > most || n == most && w > usual) {
			usual, most = w, n
		}
	}
	for ri := range v.rows {
		cells := v.filled(ri)
		if usual == 0 || len(cells) < 2 || 10*len(cells) < 6*usual {
			continue
		}
		if !v.differsBelow(ri, cells) {
			return nil
		}
		h := &heading{first: ri, last: ri}
		v.extendDown(h)
		h.parts = v.titleParts(h)
		return h
	}
	return nil
}

// differsBelow: the cells are distinct texts, and somewhere numbers stand below.
func (v *view) differsBelow(ri int, cells []cell) bool {
	seen := map[string]bool{}
	for _, c := range cells {
		t := c.text
		if c.kind != grid.Text || looksNumeric(&c) || len([]rune(t)) > maxTitle {
			return false
		}
		if _, ok := parseDay(t, false); ok || seen[t] {
			return false
		}
		seen[t] = true
	}
	if ri+1 >= len(v.rows) {
		return true
	}
	stats := v.stats(ri + 1)
	for _, c := range cells {
		st := &stats[c.col-1]
		if 2*(st.numbers+st.numericTexts+st.dates) > st.filled && st.filled > 0 {
			return true
		}
	}
	return ri == 0 || len(v.filled(ri-1)) <= 1
}

// linesIn and linesOut are one line each of the input and output of [WriteLines].
type linesIn struct {
	File  string     `json:"file"`
	Sheet string     `json:"sheet"`
	Rows  [][]string `json:"rows"`
}

type linesOut struct {
	File  string   `json:"file"`
	Sheet string   `json:"sheet"`
	Line  []string `json:"line"`
}

// WriteLines reads grids as JSON Lines and prints a label for every row of each:
// metadata, header, group, data, derived, notes or empty.
func WriteLines(r io.Reader, w io.Writer) error {
	dec := json.NewDecoder(bufio.NewReader(r))
	bw := bufio.NewWriter(w)
	enc := json.NewEncoder(bw)
	enc.SetEscapeHTML(false)
	for {
		var in linesIn
		if err := dec.Decode(&in); err == io.EOF {
			break
		} else if err != nil {
			return fmt.Errorf("read grid: %w", err)
		}
		p := readPlain(sheetOf(in))
		if err := enc.Encode(linesOut{in.File, in.Sheet, p.labels}); err != nil {
			return fmt.Errorf("write labels: %w", err)
		}
	}
	if err := bw.Flush(); err != nil {
		return fmt.Errorf("write labels: %w", err)
	}
	return nil
}

// sheetOf makes a sheet of texts; what is a number becomes one.
func sheetOf(in linesIn) *grid.Sheet {
	s := &grid.Sheet{Name: in.Sheet, Index: 1}
	for i, texts := range in.Rows {
		row := grid.Row{N: i + 1}
		for j, t := range texts {
			if t == "" {
				continue
			}
			c := grid.Cell{Row: i + 1, Col: j + 1, Kind: grid.Text, Value: t, Text: t}
			if d, err := decimal.NewFromString(t); err == nil {
				c.Kind, c.Value = grid.Number, d.String()
			}
			row.Cells = append(row.Cells, c)
		}
		_ = s.Append(row)
	}
	return s
}
