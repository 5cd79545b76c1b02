package xlsx

import (
	"path"
	"strconv"
	"strings"

	"github.com/distbase/distbase/ingest/grid/numfmt"
	"github.com/distbase/distbase/ingest/grid/sheet"
)

// workbook is an open package with what every sheet needs.
type workbook struct {
	*pack
	sheets  []sheetRef
	strings *sharedStrings // nil when the part is not there
	styles  *styles
	days    numfmt.System
	missing []string // parts that are named and not there
}

// sheetRef is a line of the workbook's list of sheets.
type sheetRef struct {
	name, part string
	hidden     bool
}

// openWorkbook finds the workbook part and reads what all sheets share.
func openWorkbook(p *pack) (*workbook, error) {
	w := &workbook{pack: p, styles: newStyles(nil)}
	main, err := p.mainPart()
	if err != nil {
		return nil, err
	}
	list, byID, err := p.relations(main)
	if err != nil {
		return nil, err
	}
	if err := w.readList(main, byID); err != nil {
		return nil, err
	}
	return w, w.readShared(path.Dir(main), list)
}

// mainPart is where the package says its workbook is, else the usual place, else the
// first part of that name.
func (p *pack) mainPart() (string, error) {
	list, _, err := p.relations("")
	if err != nil {
		return "", err
	}
	for _, r := range list {
		if r.kind == "officeDocument" && p.find(r.part) != nil {
			return r.part, nil
		}
	}
	const usual = "xl/workbook.xml"
	if p.find(usual) != nil {
		return usual, nil
	}
	found := ""
	for name := range p.parts {
		if path.Base(name) == "workbook.xml" && (found == "" || name < found) {
			found = name
		}
	}
	if found == "" {
		return "", &sheet.ReadError{Code: sheet.CodeBroken, Expected: "workbook.xml"}
	}
	return found, nil
}

// readList reads which sheets there are, in order, and the date system (ECMA-376
// part 1, 18.2.19, 18.2.28).
func (w *workbook) readList(main string, byID map[string]relation) error {
	err := w.each(main, func(s *scanner) error {
		switch string(s.name) {
		case "workbookPr":
			w.days.Base1904 = w.days.Base1904 || isTrue(s.attr("date1904"))
		case "sheet":
			state := string(s.attr("state"))
			ref := sheetRef{name: string(unescape([]byte(s.textAttr("name")))), hidden: state == "hidden" || state == "veryHidden"}
			id := s.textAttr("id")
			r, ok := byID[id]
			if ref.part = r.part; !ok && id != "" {
				ref.part = w.usualPart(main, len(w.sheets)+1)
			}
			if r.kind == "chartsheet" {
				return nil
			}
			if w.sheets = append(w.sheets, ref); len(w.sheets) > w.b.Options.MaxMembers {
				return &sheet.ReadError{Code: sheet.CodeTooBig, Found: "members"}
			}
		}
		return nil
	})
	if err == nil && len(w.sheets) == 0 {
		err = &sheet.ReadError{Code: sheet.CodeEmpty, Expected: "worksheet"}
	}
	return err
}

// usualPart is where sheet n lies when the relations do not tell.
func (w *workbook) usualPart(main string, n int) string {
	name := path.Dir(main) + "/worksheets/sheet" + strconv.Itoa(n) + ".xml"
	if w.find(name) == nil {
		return ""
	}
	return name
}

// readShared reads strings and styles, from their usual place where no relation
// names them.
func (w *workbook) readShared(dir string, list []relation) error {
	named := map[string]string{"sharedStrings": dir + "/sharedStrings.xml", "styles": dir + "/styles.xml"}
	seen := map[string]bool{}
	for _, r := range list {
		if _, ok := named[r.kind]; ok && !seen[r.kind] {
			named[r.kind], seen[r.kind] = r.part, true
		}
	}
	for kind, part := range named {
		if w.find(part) == nil {
			if seen[kind] && w.recovered {
				w.missing = append(w.missing, strings.TrimPrefix(part, "./"))
			}
			named[kind] = ""
		}
	}
	var err error
	if part := named["styles"]; part != "" {
		w.styles, err = w.readStyles(part)
		switch {
		case err != nil && w.recovered && !isBound(err):
			w.missing = append(w.missing, part) // values do not hang on it, but for dates
		case err != nil:
			return err
		}
	}
	if part := named["sharedStrings"]; part != "" {
		w.strings, err = w.readStrings(part)
	}
	return err
}
