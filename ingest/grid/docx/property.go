package docx

import (
	"encoding/xml"
	"strconv"
)

// property takes what says how text and cells are.
func (d *document) property(e xml.StartElement) {
	switch e.Name.Local {
	case "rPr":
		d.run.inProps = true
	case "b":
		if d.run.inProps {
			d.run.bold = on(e)
		}
	case "vanish", "webHidden":
		if d.run.inProps {
			d.run.hidden = on(e)
		}
	case "rStyle":
		if bold, ok := d.styles.bold(attr(e, "val")); ok {
			d.run.bold = bold
		}
	case "pPr":
		d.run, d.paragraph.inProps = run{}, true // they are of the mark that ends it, and of no text
	default:
		if d.paragraph.inProps {
			d.paragraphProperty(e)
		} else if t := d.top(); t != nil && (d.flat > 0 || !t.property(e)) {
			d.special(e)
		}
	}
}

func (d *document) paragraphProperty(e xml.StartElement) {
	switch p := &d.paragraph; e.Name.Local {
	case "pStyle":
		id := attr(e, "val")
		p.bold, _ = d.styles.bold(id)
		p.list, p.level = d.styles.list(id)
	case "numId":
		p.list = attr(e, "val")
	case "ilvl":
		p.level = levelOf(attr(e, "val"))
	}
}

// endParagraphProps puts the number before the item of a list. Lists go on counting
// outside of tables.
func (d *document) endParagraphProps() {
	p := &d.paragraph
	p.inProps = false
	if p.list == "" {
		return
	}
	number, suffix := d.numbering.next(p.list, p.level)
	if c := d.cell(); c != nil && number != "" {
		c.text.WriteString(number)
		p.suffix = suffix
	}
}

// property takes the properties of a table, row or cell; false where it is none of
// them.
func (t *table) property(e xml.StartElement) bool {
	value := attr(e, "val")
	switch e.Name.Local {
	case "tblCaption":
		t.title = value
	case "gridBefore":
		if n, err := strconv.Atoi(value); err == nil && n > 0 && t.cell == nil {
			t.col += min(n, maxColumns)
		}
	case "del":
		n := len(t.rows)
		t.rowDel = t.cell == nil && (n == 0 || t.rows[n-1].N < t.row)
	case "hidden":
		t.rowHide = on(e)
	default:
		return t.cell != nil && t.cell.property(e.Name.Local, value)
	}
	return true
}

func (c *cell) property(name, value string) bool {
	switch name {
	case "gridSpan":
		if n, err := strconv.Atoi(value); err == nil {
			c.span = n
		}
	case "vMerge":
		c.vertical = orContinue(value)
	case "hMerge":
		c.horizontal = orContinue(value)
	case "cellDel":
		c.deleted = true
	default:
		return false
	}
	return true
}

// orContinue is the value of a merge that says nothing (17.18.57).
func orContinue(value string) string {
	if value == "" {
		return "continue"
	}
	return value
}

// special writes elements that stand for a character (17.3.3).
func (d *document) special(e xml.StartElement) {
	if d.run.inProps {
		return
	}
	switch e.Name.Local {
	case "tab", "ptab":
		d.put("\t")
	case "br", "cr":
		d.put("\n")
	case "noBreakHyphen":
		d.put("\u2011")
	case "sym":
		if n, err := strconv.ParseUint(attr(e, "char"), 16, 16); err == nil {
			d.put(string(rune(n)))
		}
	}
}
