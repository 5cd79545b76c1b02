package docx

import (
	"archive/zip"
	"encoding/xml"
	"errors"

	"github.com/distbase/distbase/ingest/grid/sheet"
)

// maxBasedOn is how deep Word lets styles be based on each other.
const maxBasedOn = 11

// style is what a style says of its text (ECMA-376 part 1, 17.7).
type style struct {
	base   string
	bold   bool
	saysIt bool // whether it is bold
	list   string
	level  int
}

// styles are those of paragraphs and characters by their id.
type styles map[string]*style

// readStyles reads the part; one that breaks off gives what it has.
func (p *pack) readStyles(f *zip.File) (styles, error) {
	r, err := p.open(f)
	if err != nil {
		return nil, nil
	}
	defer r.Close()
	out := styles{}
	var at *style
	for x := newScanner(r); ; {
		token, err := x.next()
		var re *sheet.ReadError
		if errors.As(err, &re) {
			return nil, err
		}
		if err != nil {
			return out, nil
		}
		e, ok := token.(xml.StartElement)
		switch {
		case ok && e.Name.Local == "style":
			at = &style{}
			if kind := attr(e, "type"); kind != "table" && kind != "numbering" {
				out[attr(e, "styleId")] = at
			}
		case ok && at != nil:
			at.take(e)
		}
	}
}

func (s *style) take(e xml.StartElement) {
	switch e.Name.Local {
	case "basedOn":
		s.base = attr(e, "val")
	case "b":
		s.bold, s.saysIt = on(e), true
	case "numId":
		s.list = attr(e, "val")
	case "ilvl":
		s.level = levelOf(attr(e, "val"))
	}
}

// bold is whether text of a style is, by its own word or by that of the style it
// is based on; ok is false where neither says it.
func (s styles) bold(id string) (bold, ok bool) {
	for range maxBasedOn {
		at := s[id]
		if at == nil {
			return false, false
		}
		if at.saysIt {
			return at.bold, true
		}
		id = at.base
	}
	return false, false
}

// list is the list that paragraphs of a style are items of, and their level in it.
func (s styles) list(id string) (list string, level int) {
	for range maxBasedOn {
		at := s[id]
		if at == nil {
			return "", 0
		}
		if level == 0 {
			level = at.level
		}
		if at.list != "" {
			return at.list, level
		}
		id = at.base
	}
	return "", 0
}
