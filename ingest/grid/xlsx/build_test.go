package xlsx

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/distbase/distbase/ingest/grid/sheet"
)

const (
	testRels     = `<Relationships><Relationship Id="r0" Type="http://x/officeDocument" Target="xl/workbook.xml"/></Relationships>`
	testBookRels = `<Relationships><Relationship Id="rId1" Type="http://x/worksheet" Target="worksheets/sheet1.xml"/>` +
		`<Relationship Id="rId2" Type="http://x/styles" Target="styles.xml"/><Relationship Id="rId3" Type="http://x/sharedStrings" Target="sharedStrings.xml"/></Relationships>`
	testBook = `<workbook xmlns:r="r"><sheets><sheet name="Июль" sheetId="1" r:id="rId1"/></sheets></workbook>`
)

// packed makes a zip of name, content, name, content, ...
func packed(parts ...string) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i+1 < len(parts); i += 2 {
		w, err := z.Create(parts[i])
		if err != nil {
			panic(err)
		}
		if _, err := w.Write([]byte(parts[i+1])); err != nil {
			panic(err)
		}
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// workbookOf makes a workbook of one sheet; more parts go before the usual ones and
// so replace them.
func workbookOf(sheet string, more ...string) []byte {
	return packed(append(append([]string{}, more...), "_rels/.rels", testRels, "xl/_rels/workbook.xml.rels", testBookRels,
		"xl/workbook.xml", testBook, "xl/worksheets/sheet1.xml", sheet)...)
}

// rowsOf is the part of a sheet that has these rows.
func rowsOf(rows string) string {
	return "<worksheet><sheetData>" + rows + "</sheetData></worksheet>"
}

func readBook(data []byte, by split) (*sheet.Book, error) {
	book := &sheet.Book{}
	b := sheet.NewBudget(context.Background(), sheet.Options{})
	return book, read(b, data, b.Metered(book), by)
}

func mustRead(t testing.TB, data []byte) *sheet.Book {
	t.Helper()
	book, err := readBook(data, split{cores: 1, size: pieceSize})
	if err != nil {
		t.Fatal(err)
	}
	return book
}

// dump shows a book as lines: cells as A1=n:1.5|shown.
func dump(book *sheet.Book) string {
	var b strings.Builder
	for _, w := range book.Warnings {
		fmt.Fprintf(&b, "warning %s %s\n", w.Code, w.Text)
	}
	for _, s := range book.Sheets {
		fmt.Fprintf(&b, "sheet %s hidden=%v merges=%v\n", s.Name, s.Hidden, s.Merges)
		for _, w := range s.Warnings {
			fmt.Fprintf(&b, "warning %s %s%d %s\n", w.Code, sheet.ColumnName(w.Col), w.Row, w.Text)
		}
		for r := range s.All() {
			for _, c := range r.Cells {
				fmt.Fprintf(&b, "%s%d=%s:%s", sheet.ColumnName(c.Col), c.Row, c.Kind.Letter(), visible.Replace(c.Value))
				if c.Text != c.Value {
					b.WriteString("|" + visible.Replace(c.Text))
				}
				if c.Bold || c.Hidden || c.Indent+c.Outline > 0 {
					fmt.Fprintf(&b, " bold=%v hidden=%v indent=%d outline=%d", c.Bold, c.Hidden, c.Indent, c.Outline)
				}
				b.WriteByte('\n')
			}
		}
	}
	return b.String()
}

// visible shows line ends.
var visible = strings.NewReplacer("\n", `\n`, "\r", `\r`)

// cellsOf is what dump shows of the cells.
func cellsOf(book *sheet.Book) string {
	var cells []string
	for line := range strings.Lines(dump(book)) {
		if !strings.HasPrefix(line, "sheet ") {
			cells = append(cells, strings.TrimSpace(line))
		}
	}
	return strings.Join(cells, " ")
}
