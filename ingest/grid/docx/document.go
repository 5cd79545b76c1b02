package docx

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"

	"github.com/distbase/distbase/ingest/grid/sheet"
)

// document is the walk over the main part.
type document struct {
	b         *sheet.Budget
	styles    styles
	numbering *numbering

	tables []*table // around the place of the walk, outermost first
	done   []*table
	count  int // of tables begun
	flat   int // tables too deep to be one
	skip   int // elements open since one whose content is not shown
	run    run

	paragraph paragraph
	inText    bool
	keepSpace bool // of the text that is open
}

// paragraph is what the properties of the current one say (17.3.1).
type paragraph struct {
	inProps bool
	bold    bool // by its style
	list    string
	level   int
	suffix  string // stands before the first text, behind the number of an item
}

// run is a piece of text under the same properties (ECMA-376 part 1, 17.3.2).
type run struct {
	inProps      bool
	bold, hidden bool
}

// skipped are elements whose content is not shown: deletions, what stands in
// another place now, and what stands twice for older programs.
const skipped = " del moveFrom rt instrText delText delInstrText tblPrEx tblPrChange trPrChange tcPrChange rPrChange pPrChange sectPr Fallback "

// read walks the document up to where it ends or breaks off.
func (d *document) read(r io.Reader) error {
	x := newScanner(r)
	for n := 0; ; n++ {
		if n%4096 == 0 && d.b.Alive() != nil {
			return d.b.Alive()
		}
		token, err := x.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err == nil {
			err = d.take(token)
		}
		if err != nil {
			d.close()
			return err
		}
	}
}

func (d *document) take(token xml.Token) error {
	switch t := token.(type) {
	case xml.StartElement:
		if d.skip == 0 {
			return d.start(t)
		}
		d.skip++
	case xml.EndElement:
		if d.skip == 0 {
			return d.end(t.Name.Local)
		}
		d.skip--
	case xml.CharData:
		if d.inText && d.skip == 0 {
			d.write(string(t))
		}
		if c := d.cell(); c != nil && c.text.Len() > maxPiece {
			return &sheet.ReadError{Code: sheet.CodeTooBig, Found: "text"}
		}
	}
	return nil
}

// close ends the tables that a document which breaks off leaves open.
func (d *document) close() {
	for n := len(d.tables); n > 0; n = len(d.tables) {
		if t := d.tables[n-1]; t.cell != nil {
			_ = t.endCell(d.b) // the error that ended the walk is told already
		}
		if d.endTable() != nil {
			return
		}
	}
}

func (d *document) top() *table {
	if n := len(d.tables); n > 0 {
		return d.tables[n-1]
	}
	return nil
}

// cell is that in which the walk stands, nil outside of tables.
func (d *document) cell() *cell {
	if t := d.top(); t != nil {
		return t.cell
	}
	return nil
}

func (d *document) start(e xml.StartElement) error {
	name := e.Name.Local
	if strings.Contains(skipped, " "+name+" ") && !d.marksRow(name) {
		d.skip = 1
		return nil
	}
	switch name {
	case "tbl":
		return d.beginTable()
	case "tr", "tc":
		d.beginPart(name)
	case "p":
		d.paragraph = paragraph{}
		if c := d.cell(); c != nil {
			if c.started {
				c.text.WriteByte('\n')
			}
			c.started = true
		}
	case "r":
		d.run = run{bold: d.paragraph.bold}
	case "t":
		d.inText, d.keepSpace = true, attr(e, "space") == "preserve"
	default:
		d.property(e)
	}
	return nil
}

// marksRow tells the mark of a deleted row from deleted text around runs: it
// stands in the properties of the row.
func (d *document) marksRow(name string) bool {
	t := d.top()
	return name == "del" && t != nil && t.cell == nil && t.row > 0
}

func (d *document) beginPart(name string) {
	t := d.top()
	switch {
	case t == nil || d.flat > 0:
	case name == "tr":
		t.beginRow()
	case t.cell == nil && t.row > 0:
		t.cell = &cell{span: 1}
	}
}

func (d *document) beginTable() error {
	if len(d.tables) >= maxNesting {
		d.flat++
		return nil
	}
	d.count++
	d.tables = append(d.tables, &table{number: d.count})
	return nil
}

func (d *document) endTable() error {
	t := d.top()
	d.tables = d.tables[:len(d.tables)-1]
	if len(t.rows) == 0 {
		return nil
	}
	if len(d.done) >= maxTables {
		return &sheet.ReadError{Code: sheet.CodeTooBig, Found: "tables"}
	}
	d.done = append(d.done, t)
	return nil
}

func (d *document) end(name string) error {
	t := d.top()
	switch {
	case name == "t":
		d.inText = false
	case name == "rPr":
		d.run.inProps = false
	case name == "pPr":
		d.endParagraphProps()
	case t == nil:
	case name == "tbl" && d.flat > 0:
		d.flat--
	case name == "tbl":
		return d.endTable()
	case d.flat > 0:
	case name == "tr" && t.row > 0:
		t.endRow()
	case name == "tc" && t.cell != nil:
		return t.endCell(d.b)
	}
	return nil
}

// write takes the text of a run. Blanks around it count only where it says so.
func (d *document) write(text string) {
	if !d.keepSpace {
		text = strings.Trim(text, " \t\r\n")
	}
	d.put(text)
}

func (d *document) put(text string) {
	c := d.cell()
	if c == nil || d.run.hidden || text == "" {
		return
	}
	if strings.TrimSpace(text) != "" {
		c.strong = c.strong || d.run.bold
		c.plain = c.plain || !d.run.bold
	}
	c.text.WriteString(d.paragraph.suffix)
	d.paragraph.suffix = ""
	c.text.WriteString(text)
}
