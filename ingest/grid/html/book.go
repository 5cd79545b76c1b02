package html

import (
	"html"
	"path"
	"strings"
)

// bookSheet is what Excel notes of a sheet.
type bookSheet struct {
	name   string
	source string // base name of the page it lies in, of workbooks of several
	hidden bool
}

// book is the workbook as Excel describes it in a comment for itself
// (x:ExcelWorkbook, "Microsoft Office HTML and XML Reference").
type book struct{ sheets []bookSheet }

const maxBookSheets = 10_000

// read takes in a comment.
func (b *book) read(comment string) {
	if !strings.Contains(comment, "<x:ExcelWorksheet>") {
		return
	}
	for i, part := range strings.Split(comment, "<x:ExcelWorksheet>") {
		if i == 0 || len(b.sheets) >= maxBookSheets {
			continue
		}
		part, _, _ = strings.Cut(part, "</x:ExcelWorksheet>")
		s := bookSheet{name: strings.Join(strings.Fields(html.UnescapeString(between(part, "<x:Name>", "</x:Name>"))), " ")}
		s.hidden = strings.HasPrefix(between(part, "<x:Visible>", "</x:Visible>"), "Sheet")
		_, href, _ := strings.Cut(part, "<x:WorksheetSource")
		_, href, _ = strings.Cut(href, "HRef=\"")
		href, _, _ = strings.Cut(href, `"`)
		s.source = baseName(html.UnescapeString(href))
		b.sheets = append(b.sheets, s)
	}
}

func between(s, open, end string) string {
	_, s, _ = strings.Cut(s, open)
	s, _, _ = strings.Cut(s, end)
	return strings.TrimSpace(s)
}

// baseName is the last part of an address, in lower case.
func baseName(address string) string {
	address = strings.ReplaceAll(strings.TrimSpace(address), `\`, "/")
	if address == "" {
		return ""
	}
	return strings.ToLower(path.Base(address))
}
