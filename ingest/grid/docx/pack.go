package docx

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strings"

	"github.com/distbase/distbase/ingest/grid/internal/xmlscan"
	"github.com/distbase/distbase/ingest/grid/sheet"
)

// pack is the archive with its parts (ECMA-376 part 2).
type pack struct {
	b     *sheet.Budget
	files []*zip.File
}

// find gives a part by its name, which has no case and, from some writers, the
// slashes of Windows.
func (p *pack) find(name string) *zip.File {
	if name == "" {
		return nil
	}
	for _, f := range p.files {
		if strings.EqualFold(strings.TrimPrefix(strings.ReplaceAll(f.Name, `\`, "/"), "/"), name) {
			return f
		}
	}
	return nil
}

// mainPart finds the document by the relations of the archive, at its usual place
// else.
func (p *pack) mainPart() (*zip.File, error) {
	target, err := p.related("_rels/.rels", "", "officeDocument")
	if err != nil {
		return nil, err
	}
	if f := p.find(target); f != nil {
		return f, nil
	}
	if f := p.find(usualPart); f != nil {
		return f, nil
	}
	return nil, &sheet.ReadError{Code: sheet.CodeBroken, Expected: usualPart}
}

const usualPart = "word/document.xml"

// beside finds a part by the relations of the document, at its usual place else;
// nil where there is none.
func (p *pack) beside(main *zip.File, kind string) (*zip.File, error) {
	dir, base := path.Split(strings.TrimPrefix(strings.ReplaceAll(main.Name, `\`, "/"), "/"))
	target, err := p.related(dir+"_rels/"+base+".rels", dir, kind)
	if target == "" {
		target = dir + kind + ".xml"
	}
	return p.find(target), err
}

// related gives the target of the first relation of a kind, "" where there is none.
func (p *pack) related(rels, dir, kind string) (string, error) {
	f := p.find(rels)
	if f == nil {
		return "", nil
	}
	r, err := p.open(f)
	if err != nil {
		return "", nil
	}
	defer r.Close()
	for x := newScanner(r); ; {
		token, err := x.next()
		var re *sheet.ReadError
		if errors.As(err, &re) {
			return "", err
		}
		if err != nil {
			return "", nil // without relations the usual places are looked at
		}
		e, ok := token.(xml.StartElement)
		if !ok || e.Name.Local != "Relationship" || !strings.HasSuffix(attr(e, "Type"), "/"+kind) {
			continue
		}
		target := strings.ReplaceAll(attr(e, "Target"), `\`, "/")
		if !strings.HasPrefix(target, "/") {
			target = dir + target
		}
		return strings.TrimPrefix(path.Clean("/"+target), "/"), nil
	}
}

// open reads a part as UTF-8.
func (p *pack) open(f *zip.File) (io.ReadCloser, error) {
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	text, _ := xmlscan.UTF8(&limited{Reader: p.b.Unpack(r, int64(f.CompressedSize64)), left: p.b.Options.MaxText})
	return struct {
		io.Reader
		io.Closer
	}{text, r}, nil
}
