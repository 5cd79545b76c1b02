package html

import (
	"errors"
	"io"
	"strconv"
	"strings"

	"github.com/distbase/distbase/ingest/grid/numfmt"
	"github.com/distbase/distbase/ingest/grid/sheet"

	nethtml "golang.org/x/net/html"
)

// maxNested bounds tables in tables; deeper ones are taken for the last level.
const maxNested = 50

// page is one that is being read.
type page struct {
	b      *sheet.Budget
	styles *styles
	tokens *nethtml.Tokenizer
	tables []*table // in the order in which they begin
	open   []*table // inside each other
	book   book     // what Excel says of the workbook
	frames bool
	raw    string // the element whose text is no text of the page
	steps  int
	// formats are those met, by their codes.
	formats map[string]*numfmt.Format
}

func newPage(b *sheet.Budget, st *styles) *page {
	return &page{b: b, styles: st, formats: map[string]*numfmt.Format{}}
}

// attributes of an element, names in lower case.
type attributes map[string]string

func (a attributes) number(name string, limit int) int {
	n, err := strconv.Atoi(strings.TrimSpace(a[name]))
	if err != nil || n < 1 {
		return 1
	}
	return min(n, limit)
}

// read goes over the whole page.
func (p *page) read(source string) error {
	p.tokens = nethtml.NewTokenizer(strings.NewReader(source))
	for {
		if p.steps++; p.steps%4096 == 0 {
			if err := p.b.Alive(); err != nil {
				return err
			}
		}
		var err error
		switch p.tokens.Next() {
		case nethtml.ErrorToken:
			if err := p.tokens.Err(); !errors.Is(err, io.EOF) {
				return &sheet.ReadError{Code: sheet.CodeBroken, Expected: format, Err: err}
			}
			return p.end()
		case nethtml.TextToken:
			p.text(string(p.tokens.Text()))
		case nethtml.CommentToken:
			p.book.read(string(p.tokens.Raw()))
		case nethtml.StartTagToken, nethtml.SelfClosingTagToken:
			err = p.start()
		case nethtml.EndTagToken:
			name, _ := p.tokens.TagName()
			err = p.finish(string(name))
		}
		if err != nil {
			return err
		}
	}
}

func (p *page) top() *table {
	if len(p.open) == 0 {
		return nil
	}
	return p.open[len(p.open)-1]
}

func (p *page) text(s string) {
	t := p.top()
	switch {
	case p.raw != "":
		if p.raw == "style" {
			p.styles.read(s)
		}
	case t == nil:
	case t.titled:
		t.caption.add(s)
	case t.cell != nil:
		if len(t.cell.out) == 0 && strings.TrimSpace(s) != "" {
			t.cell.bold = t.bold > 0
		}
		t.cell.add(s)
	}
}

// start handles the start of an element.
func (p *page) start() error {
	tag, more := p.tokens.TagName()
	name, a := string(tag), attributes{}
	for more && len(a) < 64 {
		var key, value []byte
		key, value, more = p.tokens.TagAttr()
		if k := string(key); k != "" {
			if _, twice := a[k]; !twice {
				a[k] = string(value)
			}
		}
	}
	switch name {
	case "table":
		return p.startTable(a)
	case "style", "script", "template", "noscript", "title", "textarea", "iframe", "noframes":
		p.raw = name
	case "frameset":
		p.frames = true
	}
	if t := p.top(); t != nil {
		return p.inTable(t, name, a)
	}
	return nil
}

// inTable handles the start of an element inside a table.
func (p *page) inTable(t *table, name string, a attributes) error {
	switch name {
	case "tr":
		if err := p.endRow(t); err != nil {
			return err
		}
		t.startRow(p.lookOf(a))
	case "td", "th":
		return p.startCell(t, name, a)
	case "thead", "tbody", "tfoot":
		return p.endRow(t)
	case "col":
		t.column(a.number("span", maxColSpan), p.lookOf(a).hidden)
	case "caption":
		t.titled = true
	case "b", "strong":
		t.bold++
	case "br":
		if t.cell != nil {
			t.cell.end()
		}
	case "p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "hr":
		if t.cell != nil {
			t.cell.block()
		}
	}
	return nil
}

func (p *page) startTable(a attributes) error {
	if len(p.open) >= maxNested {
		return nil
	}
	if len(p.tables) >= p.b.Options.MaxMembers {
		return &sheet.ReadError{Code: sheet.CodeTooBig, Found: "members"}
	}
	t := &table{}
	_, hidden := a["hidden"]
	t.sheet.Hidden = hidden || p.lookOf(a).hidden
	p.tables, p.open = append(p.tables, t), append(p.open, t)
	return nil
}

func (p *page) lookOf(a attributes) look { return p.styles.of(a["class"], a["style"]) }

func (p *page) startCell(t *table, name string, a attributes) error {
	if err := p.endCell(t); err != nil {
		return err
	}
	if !t.open {
		t.startRow(look{})
	}
	c := &cell{hint: hintOf(a), look: t.rowLook.over(p.lookOf(a)), header: name == "th"}
	c.col = t.place(a.number("colspan", maxColSpan), a.number("rowspan", maxRowSpan), !c.look.notMerged)
	t.cell, t.bold, t.titled = c, 0, false
	return nil
}

// endCell puts the cell that is open into its row, if something stands in it.
func (p *page) endCell(t *table) error {
	c := t.cell
	if t.cell = nil; c == nil || c.col == 0 {
		return nil
	}
	out := sheet.Cell{Row: t.row.N, Col: c.col, Indent: c.look.indent, Bold: c.header || c.bold || c.look.bold}
	out.Hidden = c.look.hidden || t.row.Hidden || t.isHidden(c.col)
	p.fill(&out, c)
	if out.Kind == sheet.Empty {
		return nil
	}
	t.row.Cells = append(t.row.Cells, out)
	return p.b.SpendCells(1)
}

func (p *page) endRow(t *table) error {
	if err := p.endCell(t); err != nil || !t.open {
		return err
	}
	return t.endRow()
}

// finish handles the end of an element.
func (p *page) finish(name string) error {
	if p.raw == name {
		p.raw = ""
	}
	t := p.top()
	if t == nil {
		return nil
	}
	switch name {
	case "table":
		p.open = p.open[:len(p.open)-1]
		return p.endRow(t)
	case "tr", "thead", "tbody", "tfoot":
		return p.endRow(t)
	case "td", "th":
		return p.endCell(t)
	case "caption":
		t.titled = false
	case "b", "strong":
		t.bold = max(0, t.bold-1)
	case "p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6":
		if t.cell != nil {
			t.cell.block()
		}
	}
	return nil
}

// end closes what the page left open.
func (p *page) end() error {
	for len(p.open) > 0 {
		if err := p.finish("table"); err != nil {
			return err
		}
	}
	return nil
}
