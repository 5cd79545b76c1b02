package gridtest

// Parts of a workbook of one sheet, Июль, in Office Open XML.
const (
	PackageRelations  = `<Relationships><Relationship Id="r0" Type="http://x/officeDocument" Target="xl/workbook.xml"/></Relationships>`
	WorkbookRelations = `<Relationships><Relationship Id="rId1" Type="http://x/worksheet" Target="worksheets/sheet1.xml"/>` +
		`<Relationship Id="rId2" Type="http://x/styles" Target="styles.xml"/><Relationship Id="rId3" Type="http://x/sharedStrings" Target="sharedStrings.xml"/></Relationships>`
	WorkbookPart = `<workbook xmlns:r="r"><sheets><sheet name="Июль" sheetId="1" r:id="rId1"/></sheets></workbook>`
)

// Workbook packs the part of a sheet with what makes a workbook of it. More parts,
// each a name and a content, go before these and so replace them.
func Workbook(sheet string, more ...string) []byte {
	return Zip(append(append([]string{}, more...), "[Content_Types].xml", "<Types/>", "_rels/.rels", PackageRelations,
		"xl/_rels/workbook.xml.rels", WorkbookRelations, "xl/workbook.xml", WorkbookPart, "xl/worksheets/sheet1.xml", sheet)...)
}
