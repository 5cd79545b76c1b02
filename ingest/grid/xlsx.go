package grid

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"github.com/distbase/distbase/ingest/grid/numfmt"
	"github.com/distbase/distbase/ingest/grid/sheet"
)

// workbook is an open package with the parts every sheet needs.
type workbook struct {
	b       *sheet.Budget
	parts   map[string]*zip.File // by partName
	strings *sharedStrings
	styles  *styles
	date    numfmt.System
}

// sheetRef is a line of the workbook's list of sheets.
type sheetRef struct {
	name, part string
	hidden     bool
}

// readWorkbook reads an OOXML spreadsheet (ECMA-376 part 1, 18).
func readWorkbook(b *sheet.Budget, data []byte, to Sink) error {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return &ReadError{Code: CodeBroken, Expected: formatXLSX, Err: err}
	}
	if len(z.File) > b.Options.MaxMembers {
		return &ReadError{Code: CodeTooBig, Found: "members"}
	}
	w := &workbook{b: b, parts: map[string]*zip.File{}}
	for _, f := range z.File {
		if f.Flags&1 != 0 {
			return &ReadError{Code: CodeEncrypted, Found: formatXLSX}
		}
		if _, dup := w.parts[partName(f.Name)]; !dup {
			w.parts[partName(f.Name)] = f
		}
	}
	refs, err := w.open()
	if err != nil {
		return err
	}
	for _, ref := range refs {
		if err := w.readSheet(ref, to); err != nil {
			return fmt.Errorf("read sheet %q: %w", ref.name, err)
		}
	}
	return nil
}

// open finds the workbook part and reads the parts all sheets share.
func (w *workbook) open() ([]sheetRef, error) {
	main, err := w.mainPart()
	if err != nil {
		return nil, err
	}
	rels, err := w.relations(main)
	if err != nil {
		return nil, err
	}
	refs, err := w.sheetList(main, rels)
	if err != nil {
		return nil, err
	}
	for _, r := range rels {
		switch r.kind {
		case "sharedStrings":
			if w.strings == nil {
				w.strings, err = w.readStrings(r.part)
			}
		case "styles":
			if w.styles == nil {
				w.styles, err = w.readStyles(r.part)
			}
		}
		if err != nil {
			return nil, err
		}
	}
	return refs, w.unnamedParts(main)
}

// unnamedParts takes the strings and styles that stand at their usual place though no relation names them.
func (w *workbook) unnamedParts(main string) (err error) {
	dir := path.Dir(main)
	if w.strings == nil && w.parts[partName(dir+"/sharedStrings.xml")] != nil {
		if w.strings, err = w.readStrings(dir + "/sharedStrings.xml"); err != nil {
			return err
		}
	}
	if w.styles == nil && w.parts[partName(dir+"/styles.xml")] != nil {
		if w.styles, err = w.readStyles(dir + "/styles.xml"); err != nil {
			return err
		}
	}
	if w.styles == nil {
		w.styles = &styles{}
	}
	return nil
}

// mainPart is where the package says its workbook is, else the usual place, else any part of that name.
func (w *workbook) mainPart() (string, error) {
	rels, err := w.relations("")
	if err != nil && !isMissing(err) {
		return "", err
	}
	for _, r := range rels {
		if r.kind == "officeDocument" && w.parts[partName(r.part)] != nil {
			return r.part, nil
		}
	}
	if w.parts["xl/workbook.xml"] != nil {
		return "xl/workbook.xml", nil
	}
	for name := range w.parts {
		if path.Base(name) == "workbook.xml" {
			return name, nil
		}
	}
	return "", &ReadError{Code: CodeBroken, Expected: "workbook.xml"}
}

// sheetList reads the workbook part: which sheets there are, in order, and the date system.
func (w *workbook) sheetList(main string, rels []relation) ([]sheetRef, error) {
	var refs []sheetRef
	err := w.scan(main, func(t *xmlToken) error {
		switch {
		case t.start("workbookPr") && !t.within("extLst"):
			w.date.Base1904 = isTrue(t.attr("date1904"))
		case t.start("sheet"):
			state := t.attr("state")
			ref := sheetRef{name: t.attr("name"), hidden: state == "hidden" || state == "veryHidden"}
			kind := ""
			for _, r := range rels {
				if r.id == t.attr("id") {
					ref.part, kind = r.part, r.kind
				}
			}
			if kind != "chartsheet" {
				refs = append(refs, ref)
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if len(refs) == 0 {
		return nil, &ReadError{Code: CodeEmpty, Expected: "worksheet"}
	}
	return refs, nil
}

// partName is the form under which parts are found: systems disagree on letter case and slashes.
func partName(name string) string {
	name = strings.ToLower(strings.ReplaceAll(name, `\`, "/"))
	return strings.TrimPrefix(path.Clean("/"+name), "/")
}

// openPart opens a part for reading within the budget.
func (w *workbook) openPart(name string) (io.ReadCloser, error) {
	f := w.parts[partName(name)]
	if f == nil {
		return nil, &ReadError{Code: CodeBroken, Expected: name, Err: errMissing}
	}
	r, err := f.Open()
	if err != nil {
		return nil, &ReadError{Code: CodeBroken, Found: name, Err: err}
	}
	return struct {
		io.Reader
		io.Closer
	}{w.b.Unpack(r, int64(f.CompressedSize64)), r}, nil
}

var errMissing = errors.New("the part is not there")

func isMissing(err error) bool { return errors.Is(err, errMissing) }
