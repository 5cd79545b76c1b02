package xlsb

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strings"

	"github.com/distbase/distbase/ingest/grid/sheet"
)

// pack is the archive with its parts (ECMA-376 part 2).
type pack struct {
	b     *sheet.Budget
	parts map[string]*zip.File // by partName
	names []string             // in the order of the archive
}

func openPack(b *sheet.Budget, data []byte) (*pack, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, &sheet.ReadError{Code: sheet.CodeBroken, Expected: format, Err: err}
	}
	if len(z.File) > b.Options.MaxMembers {
		return nil, &sheet.ReadError{Code: sheet.CodeTooBig, Found: "members"}
	}
	p := &pack{b: b, parts: map[string]*zip.File{}}
	for _, f := range z.File {
		if f.Flags&1 != 0 {
			return nil, &sheet.ReadError{Code: sheet.CodeEncrypted, Found: format}
		}
		name := partName(f.Name)
		if p.parts[name] == nil {
			p.parts[name] = f
			p.names = append(p.names, name)
		}
	}
	return p, nil
}

// partName is the form under which parts are found: systems disagree on letter
// case and slashes.
func partName(name string) string {
	name = strings.ToLower(strings.ReplaceAll(name, `\`, "/"))
	return strings.TrimPrefix(path.Clean("/"+name), "/")
}

// open reads a part within the budget; nil where it is not there.
func (p *pack) open(name string) (io.ReadCloser, error) {
	f := p.parts[partName(name)]
	if name == "" || f == nil {
		return nil, nil
	}
	r, err := f.Open()
	if err != nil {
		return nil, &sheet.ReadError{Code: sheet.CodeBroken, Found: name, Err: err}
	}
	return struct {
		io.Reader
		io.Closer
	}{p.b.Unpack(r, int64(f.CompressedSize64)), r}, nil
}

// relation is what a part points to (ECMA-376 part 2, 9.3); kind is the last word
// of its type.
type relation struct{ id, kind, part string }

// maxRelations bounds a part of relations: some hundred bytes a sheet.
const maxRelations = 8 << 20

// relations are those of a part, of the archive itself for "". Where they cannot
// be read there are none, and the usual places are looked at.
func (p *pack) relations(part string) ([]relation, error) {
	dir, base := path.Split(part)
	r, err := p.open(dir + "_rels/" + base + ".rels")
	if err != nil || r == nil {
		return nil, nil
	}
	defer r.Close()
	var rels []relation
	for x := xml.NewDecoder(io.LimitReader(r, maxRelations)); ; {
		token, err := x.RawToken()
		var re *sheet.ReadError
		if errors.As(err, &re) {
			return nil, err
		}
		if err != nil {
			return rels, nil
		}
		e, ok := token.(xml.StartElement)
		if !ok || e.Name.Local != "Relationship" || attr(e, "TargetMode") == "External" {
			continue
		}
		target := strings.ReplaceAll(attr(e, "Target"), `\`, "/")
		if !strings.HasPrefix(target, "/") {
			target = "/" + dir + target
		}
		rels = append(rels, relation{id: attr(e, "Id"), kind: path.Base(attr(e, "Type")), part: partName(target)})
	}
}

func attr(e xml.StartElement, local string) string {
	for _, a := range e.Attr {
		if a.Name.Local == local {
			return a.Value
		}
	}
	return ""
}

// target finds the part that relations of a kind name, at its usual place else,
// "" where it is nowhere.
func (p *pack) target(rels []relation, kind, usual string) string {
	for _, r := range rels {
		if r.kind == kind && p.parts[r.part] != nil {
			return r.part
		}
	}
	if p.parts[partName(usual)] != nil {
		return partName(usual)
	}
	return ""
}

// mainPart is the workbook: where the archive says, at its usual place, or any
// part of its name.
func (p *pack) mainPart() (string, error) {
	rels, err := p.relations("")
	if err != nil {
		return "", err
	}
	if part := p.target(rels, "officeDocument", "xl/workbook.bin"); part != "" {
		return part, nil
	}
	for _, name := range p.names {
		if path.Base(name) == "workbook.bin" {
			return name, nil
		}
	}
	return "", &sheet.ReadError{Code: sheet.CodeBroken, Expected: "workbook.bin"}
}
