package xlsx

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"golang.org/x/text/encoding/unicode"

	"github.com/distbase/distbase/ingest/grid/internal/gridtest"
	"github.com/distbase/distbase/ingest/grid/sheet"
)

const strings2 = `<sst><si><t>Товар</t></si><si><t>Итого</t></si></sst>`

func TestCellsAreWhatTheirMarkupSays(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, rows, want string }{
		{"number", `<row r="1"><c r="A1"><v>18456.200000000001</v></c></row>`, "A1=n:18456.2"},
		{"number with blanks and an exponent", `<row r="1"><c r="A1"><v> 1E-3
</v></c></row>`, "A1=n:0.001"},
		{"long code keeps its digits", `<row r="1"><c r="A1"><v>046001234567890123456</v></c></row>`, "A1=n:46001234567890123456|4.60012E+19"},
		{"negative zero", `<row r="1"><c r="A1"><v>-0</v></c></row>`, "A1=n:0"},
		{"no number", `<row r="1"><c r="A1"><v>1,5</v></c></row>`, "A1=s:1,5 !not_a_number(A1 1,5)"},
		{"shared string", `<row r="1"><c r="B1" t="s"><v>1</v></c></row>`, "B1=s:Итого"},
		{"shared string that is not there", `<row r="1"><c r="B1" t="s"><v>2</v></c></row>`, "!string_index(B1 2)"},
		{"inline runs, no phonetic hints", `<row r="1"><c r="A1" t="inlineStr"><is><r><rPr><b/></rPr><t>Коли</t></r><r><t>чество</t></r><rPh><t>x</t></rPh><t>!</t></is></c></row>`, "A1=s:Количество!"},
		{"inline text beside a value", `<row r="1"><c r="A1" t="inlineStr"><v>1.0</v><is><t>1.</t></is></c><c r="B1"><is><t>x</t></is><v>2</v></c></row>`, "A1=s:1. B1=n:2"},
		{"inline text without a type", `<row r="1"><c r="A1"><is><t>x</t></is></c></row>`, "A1=s:x"},
		{"formula with a cached text", `<row r="1"><c r="A1" t="str"><f>B1&amp;"&lt;"</f><v>a&lt;b &amp; c&#x44F;&#1071;</v></c></row>`, "A1=s:a<b & cяЯ"},
		{"escapes", `<row r="1"><c r="A1" t="inlineStr"><is><t>a_x000D__x005F_x000A__x00</t></is></c></row>`, `A1=s:a\r_x000A__x00`},
		{"CDATA and comment", `<row r="1"><c r="A1" t="str"><v>a<!-- </v></c></row> --><![CDATA[<b>&amp;]]>c</v></c></row>`, "A1=s:a<b>&amp;c"},
		{"line ends", "<row r=\"1\"><c r=\"A1\" t=\"str\"><v>a\r\nb\rc&#13;d</v></c></row>", `A1=s:a\nb\nc\rd`},
		{"entities nobody knows", `<row r="1"><c r="A1" t="str"><v>R&D &lol9; &amp;</v></c></row>`, "A1=s:R&D &lol9; &"},
		{"boolean, error, one as text", `<row r="1"><c r="A1" t="b"><v>1</v></c><c r="B1" t="b"><v>0</v></c><c r="C1" t="e"><v>#N/A</v></c><c r="D1" t="str"><v>#REF!</v></c></row>`, "A1=b:TRUE B1=b:FALSE C1=e:#N/A D1=e:#REF!"},
		{"ISO dates", `<row r="1"><c r="A1" t="d"><v>2026-07-01T10:20:30.5</v></c><c r="B1" t="d"><v>2026-07-01T00:00:00</v></c><c r="C1" t="d"><v>10:20</v></c></row>`, "A1=d:2026-07-01T10:20:30.5 B1=d:2026-07-01 C1=d:10:20:00"},
		{"one blank is nothing", `<row r="1"><c r="A1" t="str"><v> </v></c><c r="B1"><v/></c><c r="C1"/></row>`, ""},
		{"no references", `<row><c><v>1</v></c><c><v>2</v></c></row><row/><row><c><v>3</v></c></row>`, "A1=n:1 B1=n:2 A3=n:3"},
		{"rows numbered by their cells", `<row><c r="A5"><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>`, "A5=n:1 B5=n:2 A6=n:3"},
		{"a row against its cells", `<row r="2"><c r="B7"><v>1</v></c></row>`, "B2=n:1 !row_mismatch(B7)"},
		{"out of order", `<row r="2"><c r="B2"><v>4</v></c><c r="A2"><v>3</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>`, "A1=n:1 A2=n:3 B2=n:4"},
		{"the last of two counts", `<row r="1"><c r="A1"><v>1</v></c></row><row r="1"><c r="A1"><v>2</v></c></row>`, "A1=n:2"},
		{"prefixes and quotes", `<x:row x:r='1'><x:c r = 'A1' t="str" note="a>b"><x:v>1</x:v></x:c></x:row>`, "A1=s:1"},
		{"hidden row, outline", `<row r="1" hidden="1" outlineLevel="2"><c r="A1"><v>1</v></c></row>`, "A1=n:1^^~"},
		{"foreign elements", `<row r="1"><c r="A1"><v>1</v><extLst><ext><v>2</v></ext></extLst></c><alien><c r="B1"><v>3</v></c></alien></row>`, "A1=n:1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			data := gridtest.Workbook(rowsOf(c.rows), "xl/SharedStrings.xml", strings2)
			for _, how := range []split{{cores: 1, size: pieceSize}, {cores: 1, size: pieceSize, careful: true}, {cores: 1, size: 16}, {cores: 2, size: 16}, {cores: 4, size: 64}} {
				t.Run(fmt.Sprintf("%+v", how), func(t *testing.T) {
					gridtest.Reads(t, by(how), data, strings.TrimSpace("[Июль] "+c.want))
				})
			}
		})
	}
}

func TestPackagesAreOpenedHoweverTheyAreWritten(t *testing.T) {
	t.Parallel()
	const row, want = `<row r="1"><c r="A1" t="s"><v>0</v></c></row>`, "[Июль] A1=s:Товар"
	rels := func(target string) string {
		return strings.ReplaceAll(strings.ReplaceAll(gridtest.WorkbookRelations, "worksheets/sheet1.xml", target), "http://x/", "http://purl.oclc.org/ooxml/officeDocument/relationships/")
	}
	for _, c := range []struct {
		name string
		data []byte
	}{
		{"as usual", gridtest.Workbook(rowsOf(row), "xl/sharedStrings.xml", strings2)},
		{"letters of 1C", gridtest.Workbook(rowsOf(row), "xl/SharedStrings.xml", strings2)},
		{"backslashes", gridtest.Zip(`_rels\.rels`, gridtest.PackageRelations, `xl\_rels\workbook.xml.rels`, gridtest.WorkbookRelations, `xl\workbook.xml`, gridtest.WorkbookPart, `xl\worksheets\sheet1.xml`, rowsOf(row), `xl\sharedStrings.xml`, strings2)},
		{"absolute target", gridtest.Workbook(rowsOf(row), "xl/sharedStrings.xml", strings2, "xl/_rels/workbook.xml.rels", rels("/xl/worksheets/sheet1.xml"))},
		{"target with dots and slants", gridtest.Workbook(rowsOf(row), "xl/sharedStrings.xml", strings2, "xl/_rels/workbook.xml.rels", rels(`.\..\xl/worksheets\sheet1.xml`))},
		{"target as an address", gridtest.Workbook("", "xl/sharedStrings.xml", strings2, "xl/worksheets/a b.xml", rowsOf(row), "xl/_rels/workbook.xml.rels", rels(`worksheets/a%20b.xml`))},
		{"no relations of the package", gridtest.Zip("xl/_rels/workbook.xml.rels", gridtest.WorkbookRelations, "xl/workbook.xml", gridtest.WorkbookPart, "xl/worksheets/sheet1.xml", rowsOf(row), "xl/sharedStrings.xml", strings2)},
		{"no relations at all", gridtest.Zip("xl/workbook.xml", gridtest.WorkbookPart, "xl/worksheets/sheet1.xml", rowsOf(row), "xl/sharedStrings.xml", strings2)},
		{"UTF-16", gridtest.Workbook(gridtest.Encoded(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), `<?xml version="1.0" encoding="UTF-16"?>`+rowsOf(row)), "xl/sharedStrings.xml", gridtest.Encoded(unicode.UTF16(unicode.BigEndian, unicode.UseBOM), strings2))},
		{"byte order mark", gridtest.Workbook("\ufeff"+rowsOf(row), "xl/sharedStrings.xml", "\ufeff"+strings2)},
		{"windows-1251", gridtest.Workbook(rowsOf(row), "xl/sharedStrings.xml", "<?xml version='1.0' encoding='windows-1251'?><sst><si><t>\xd2\xee\xe2\xe0\xf0</t></si></sst>")},
		{"wrong dimension", gridtest.Workbook("<worksheet><dimension ref=\"C3:XFD9\"/>"+rowsOf(row)[len("<worksheet>"):], "xl/sharedStrings.xml", strings2)},
		{"document type", gridtest.Workbook(rowsOf(row), "xl/sharedStrings.xml", `<!DOCTYPE sst [<!ELEMENT a "]>">]>`+strings2)},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			gridtest.Reads(t, Read, c.data, want)
		})
	}
}

func TestEntitiesAreRefused(t *testing.T) {
	t.Parallel()
	bomb := gridtest.Workbook(rowsOf(`<row><c t="s"><v>0</v></c></row>`), "xl/sharedStrings.xml", `<!DOCTYPE x [<!ENTITY a "]>"><!ENTITY b "&a;&a;">]>`+strings2)
	gridtest.Refuses(t, Read, bomb, "unsupported xml_entities")
}

func TestStylesGiveFormatIndentAndWeight(t *testing.T) {
	t.Parallel()
	styles := `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="dd\.mm\.yyyy"/><numFmt numFmtId="165" formatCode="# ##0,00"/><numFmt numFmtId="166" formatCode="[h]:mm"/></numFmts>
<fonts><font/><font><b/></font><font><b val="0"/></font></fonts><dxfs><dxf><numFmt numFmtId="164" formatCode="0"/></dxf></dxfs>
<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="4" fontId="1"><alignment indent="3"/></xf><xf numFmtId="166" fontId="2"/><xf numFmtId="14"/></cellXfs></styleSheet>`
	rows := `<row r="1"><c r="A1" s="1"><v>46204</v></c><c r="B1" s="2"><v>-1234567.5</v></c><c r="C1" s="3"><v>1.5</v></c><c r="D1" s="4"><v>46204.5</v></c><c r="E1" s="99"><v>7</v></c></row>`
	part := strings.Replace(rowsOf(rows), "<sheetData>", `<cols><col min="3" max="3" hidden="1"/></cols><sheetData>`, 1)
	gridtest.Reads(t, Read, gridtest.Workbook(part, "xl/styles.xml", styles), `[Июль] A1=d:2026-07-01|01.07.2026{dd\.mm\.yyyy} B1=n:-1234567.5|-1,234,567.50{#,##0.00}>>>* C1=d:36:00:00|36:00{[h]:mm}~ D1=d:2026-07-01T12:00:00|7/1/26{m/d/yy} E1=n:7`)
	book := `<workbook><workbookPr date1904="true"/><sheets><sheet name="a" r:id="rId1"/><sheet name="b" state="veryHidden" r:id=""/></sheets></workbook>`
	gridtest.Reads(t, Read, gridtest.Workbook(part, "xl/styles.xml", styles, "xl/workbook.xml", book), `[a] A1=d:2030-07-02|02.07.2030{dd\.mm\.yyyy} B1=n:-1234567.5|-1,234,567.50{#,##0.00}>>>* C1=d:36:00:00|36:00{[h]:mm}~ D1=d:2030-07-02T12:00:00|7/2/30{m/d/yy} E1=n:7`+"\n[b]~ !sheet_without_part(b)")
}

func TestMergesAreKept(t *testing.T) {
	t.Parallel()
	part := `<worksheet><sheetData/><mergeCells><mergeCell ref="$A$1:B2"/><mergeCell ref="B1"/><mergeCell ref="D4:C3"/></mergeCells></worksheet>`
	gridtest.Reads(t, Read, gridtest.Workbook(part), "[Июль] A1:B2")
}

func TestTextsWithoutTheirTableAreRefused(t *testing.T) {
	t.Parallel()
	_, err := gridtest.Read(by(split{cores: 2, size: 16}), gridtest.Workbook(rowsOf(`<row><c><v>1</v></c><c t="s"><v>0</v></c></row>`)), sheet.Options{})
	var re *sheet.ReadError
	if !errors.As(err, &re) || re.Code != sheet.CodeBroken || re.Expected != "shared_strings" || re.Sheet != "Июль" || re.Row != 1 || re.Col != 2 {
		t.Errorf("got %+v", re)
	}
}

func TestWhatIsLeftOfADamagedFileIsGiven(t *testing.T) {
	t.Parallel()
	var rows strings.Builder
	for i := range 3000 {
		rows.WriteString(`<row><c t="inlineStr"><is><t>` + strings.Repeat("ш", i%7) + `т</t></is></c></row>`)
	}
	whole := gridtest.Workbook(rowsOf(rows.String()))
	at := bytes.Index(whole, []byte("sheet1.xml")) + 200
	for _, cores := range []int{1, 4} {
		book := gridtest.Book(t, by(split{cores: cores, size: 4 << 10}), whole[:at+1500])
		s := book.Sheets[0]
		if n := s.Len(); n < 100 || n == 3000 || len(s.Warnings) != 1 || s.Warnings[0].Code != "truncated" || s.Warnings[0].Row < n {
			t.Errorf("%d rows, warnings %v", n, s.Warnings)
		}
		if book.Warnings[0].Code != "truncated" {
			t.Errorf("warnings %v", book.Warnings)
		}
	}
	gridtest.Refuses(t, by(split{cores: 1, size: pieceSize}), whole[:at-188], "broken xl/worksheets/sheet1.xml")
}

func TestWrongChecksumsAreSaid(t *testing.T) {
	t.Parallel()
	data := gridtest.Workbook(rowsOf(`<row><c t="s"><v>0</v></c></row>`), "xl/sharedStrings.xml", strings2)
	end := bytes.LastIndex(data, []byte("PK\x05\x06"))
	entries := data[:end]
	for _, part := range []string{"xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"} {
		entry := bytes.LastIndex(entries, []byte(part)) - 46
		data[entry+16] ^= 1 // CRC-32 of the directory
	}
	gridtest.Reads(t, Read, data, "[Июль] A1=s:Товар !checksum(1)\n!checksum(xl/sharedStrings.xml)")
}

func TestBoundsHold(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("0", 3*maxToken)
	for _, c := range []struct {
		name, want string
		data       []byte
	}{
		{"text without end", "too_big token", gridtest.Workbook(rowsOf("<row><c><v>" + long))},
		{"tag without end", "too_big token", gridtest.Workbook(rowsOf("<row r='" + long))},
		{"shared string without end", "too_big token", gridtest.Workbook(rowsOf(""), "xl/sharedStrings.xml", "<sst><si><t>"+long)},
		{"row", "broken row 1048577", gridtest.Workbook(rowsOf(`<row r="1048577"><c><v>1</v></c></row>`))},
		{"row after the last", "broken row 1048577", gridtest.Workbook(rowsOf(`<row r="1048576"><c><v>1</v></c></row><row><c><v>1</v></c></row>`))},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			for _, cores := range []int{1, 2} {
				gridtest.Refuses(t, by(split{cores: cores, size: 64}), c.data, c.want)
			}
		})
	}
}
