package xlsx

import (
	"github.com/distbase/distbase/ingest/grid/internal/gridtest"
	"github.com/distbase/distbase/ingest/grid/sheet"
)

const (
	testRels     = `<Relationships><Relationship Id="r0" Type="http://x/officeDocument" Target="xl/workbook.xml"/></Relationships>`
	testBookRels = `<Relationships><Relationship Id="rId1" Type="http://x/worksheet" Target="worksheets/sheet1.xml"/>` +
		`<Relationship Id="rId2" Type="http://x/styles" Target="styles.xml"/><Relationship Id="rId3" Type="http://x/sharedStrings" Target="sharedStrings.xml"/></Relationships>`
	testBook = `<workbook xmlns:r="r"><sheets><sheet name="Июль" sheetId="1" r:id="rId1"/></sheets></workbook>`
)

// workbookOf makes a workbook of one sheet; more parts go before the usual ones and
// so replace them.
func workbookOf(sheet string, more ...string) []byte {
	return gridtest.Zip(append(append([]string{}, more...), "_rels/.rels", testRels, "xl/_rels/workbook.xml.rels", testBookRels,
		"xl/workbook.xml", testBook, "xl/worksheets/sheet1.xml", sheet)...)
}

// rowsOf is the part of a sheet that has these rows.
func rowsOf(rows string) string {
	return "<worksheet><sheetData>" + rows + "</sheetData></worksheet>"
}

// by reads on as many cores and in such pieces as it is told.
func by(how split) gridtest.Reader {
	return func(b *sheet.Budget, data []byte, to sheet.Sink) error { return read(b, data, to, how) }
}
