package xlsx

import (
	"bytes"
	"context"
	"errors"
	"net/url"
	"path"
	"strings"

	"github.com/distbase/distbase/ingest/grid/internal/xmlscan"
	"github.com/distbase/distbase/ingest/grid/sheet"
)

const format = "xlsx"

var (
	errMissing = errors.New("the part is not there")
	errSum     = errors.New("the checksum differs")
)

// pack is an open package.
type pack struct {
	b         *sheet.Budget
	parts     map[string]*member // by partName
	recovered bool               // the end of the archive is gone
	damaged   []string           // parts whose checksum differs
}

func openPack(b *sheet.Budget, data []byte) (*pack, error) {
	list, recovered := members(data)
	if len(list) == 0 {
		return nil, &sheet.ReadError{Code: sheet.CodeBroken, Expected: format}
	}
	if len(list) > b.Options.MaxMembers {
		return nil, &sheet.ReadError{Code: sheet.CodeTooBig, Found: "members"}
	}
	p := &pack{b: b, parts: make(map[string]*member, len(list)), recovered: recovered}
	for i := range list {
		name := partName(list[i].name)
		if p.parts[name] == nil {
			p.parts[name] = &list[i]
		}
	}
	return p, nil
}

// partName is the form under which parts are found: systems disagree on letter case
// and slashes.
func partName(name string) string {
	name = strings.ToLower(strings.ReplaceAll(name, `\`, "/"))
	return strings.TrimPrefix(path.Clean("/"+name), "/")
}

// find gives a part, nil when it is not there. Names may be written as addresses.
func (p *pack) find(name string) *member {
	if m := p.parts[partName(name)]; m != nil || !strings.Contains(name, "%") {
		return m
	}
	plain, err := url.PathUnescape(name)
	if err != nil {
		return nil
	}
	return p.parts[partName(plain)]
}

// scan opens a part for its tokens.
func (p *pack) scan(name string, buffer int) (*scanner, error) {
	m := p.find(name)
	if m == nil {
		return nil, &sheet.ReadError{Code: sheet.CodeBroken, Expected: name, Err: errMissing}
	}
	r, err := m.open(p.b)
	if err != nil {
		return nil, err
	}
	r, err = xmlscan.UTF8(r)
	if err != nil {
		return nil, &sheet.ReadError{Code: sheet.CodeBroken, Found: name, Err: err}
	}
	return scanFrom(r, buffer), nil
}

// each shows the start tags of a small part to the visitor, whose error ends the
// scan. A part that breaks off is an error.
func (p *pack) each(name string, visit func(*scanner) error) error {
	s, err := p.scan(name, scanBuffer)
	if err != nil {
		return err
	}
	for {
		switch s.next() {
		case tokenOpen:
			if err := visit(s); err != nil {
				return err
			}
		case tokenEnd:
			return p.ended(s, name)
		}
	}
}

// ended is what is wrong with a part that was scanned to its end. One that is whole
// but not as it was written is noted.
func (p *pack) ended(s *scanner, name string) error {
	if errors.Is(s.err, errSum) {
		p.damaged = append(p.damaged, name)
		return nil
	}
	return s.ended(name)
}

// ended is what is wrong with a part that was scanned to its end.
func (s *scanner) ended(name string) error {
	switch {
	case s.err == nil && s.depth <= 0:
		return nil
	case s.err == nil:
		return &sheet.ReadError{Code: sheet.CodeBroken, Found: name, Err: errors.New("elements are left open")}
	case isBound(s.err):
		return s.err
	}
	return &sheet.ReadError{Code: sheet.CodeBroken, Found: name, Err: s.err}
}

// isBound tells the errors of the budget from those of the file.
func isBound(err error) bool {
	var re *sheet.ReadError
	return errors.As(err, &re) && re.Code != sheet.CodeBroken || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
}

// relation is an entry of a .rels part (ECMA-376 part 2, 9.3); kind is the last word
// of its type, which the strict and the transitional kind have in common.
type relation struct{ kind, part string }

// relations reads what a part points to, in order and by identifier; "" is the
// package itself. A part that is not there points to nothing.
func (p *pack) relations(part string) (list []relation, byID map[string]relation, err error) {
	dir, base := path.Split(part)
	name := dir + "_rels/" + base + ".rels"
	byID = map[string]relation{}
	if p.find(name) == nil {
		return nil, byID, nil
	}
	err = p.each(name, func(s *scanner) error {
		if string(s.name) != "Relationship" || bytes.EqualFold(s.attr("TargetMode"), []byte("external")) {
			return nil
		}
		target := strings.ReplaceAll(s.textAttr("Target"), `\`, "/")
		if !strings.HasPrefix(target, "/") {
			target = path.Join("/", dir, target)
		}
		if len(list) > 2*p.b.Options.MaxMembers {
			return &sheet.ReadError{Code: sheet.CodeTooBig, Found: "members"}
		}
		r := relation{kind: path.Base(s.textAttr("Type")), part: strings.TrimPrefix(target, "/")}
		list = append(list, r)
		byID[s.textAttr("Id")] = r
		return nil
	})
	return list, byID, err
}
