package xmlss

import (
	"strings"
	"testing"

	"github.com/distbase/distbase/ingest/grid/internal/gridtest"
	"github.com/distbase/distbase/ingest/grid/sheet"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"pgregory.net/rapid"
)

// workbook puts rows into a sheet of a workbook that has some styles.
func workbook(rows string) string {
	return `<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Styles><Style ss:ID="date"><NumberFormat ss:Format="dd/mm/yyyy"/></Style><Style ss:ID="time"><NumberFormat ss:Format="Short Time"/></Style>
<Style ss:ID="money"><NumberFormat ss:Format="Standard"/></Style><Style ss:ID="head"><Font ss:Bold="1"/><Alignment ss:Indent="2"/></Style>
<Style ss:ID="child" ss:Parent="money"><Font ss:Bold="1"/></Style></Styles>
<Worksheet ss:Name="Лист"><Table>` + rows + `</Table></Worksheet></Workbook>`
}

func TestReadGivesCellsWhereTheyStand(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ data, want string }{
		"gaps": {workbook(`<Row ss:Index="3"><Cell ss:Index="2"><Data ss:Type="String">a</Data></Cell><Cell><Data ss:Type="Number">5.25</Data></Cell></Row>` +
			`<Row ss:Span="1"/><Row><Cell><Data ss:Type="String">b</Data></Cell></Row>`), "[Лист] B3=s:a C3=n:5.25 A6=s:b"},
		"merged areas": {workbook(`<Row><Cell ss:MergeAcross="2" ss:MergeDown="1"><Data ss:Type="String">a</Data></Cell><Cell><Data ss:Type="String">b</Data></Cell></Row>`),
			"[Лист] A1=s:a D1=s:b A1:C2"},
		"kinds": {workbook(`<Row><Cell><Data ss:Type="Boolean">1</Data></Cell><Cell><Data ss:Type="Error">#N/A</Data></Cell>` +
			`<Cell ss:StyleID="date"><Data ss:Type="DateTime">2024-03-08T00:00:00.000</Data></Cell>` +
			`<Cell ss:StyleID="date"><Data ss:Type="Number">45359</Data></Cell>` +
			`<Cell ss:StyleID="time"><Data ss:Type="DateTime">1899-12-31T10:20:00.000</Data></Cell>` +
			`<Cell><Data ss:Type="DateTime">2024-03-08T10:20:30</Data></Cell>` +
			`<Cell ss:StyleID="child"><Data ss:Type="Number">-1234.5</Data></Cell><Cell><Data ss:Type="Number">1E-3</Data></Cell></Row>`),
			"[Лист] A1=b:TRUE B1=e:#N/A C1=d:2024-03-08|08/03/2024{dd/mm/yyyy} D1=d:2024-03-08|08/03/2024{dd/mm/yyyy} E1=d:10:20:00|10:20{h:mm} F1=d:2024-03-08T10:20:30 G1=n:-1234.5|-1,234.50{#,##0.00}* H1=n:0.001"},
		"what is no number stays text": {workbook(`<Row><Cell><Data ss:Type="Number">12 шт</Data></Cell><Cell><Data ss:Type="DateTime">вчера</Data></Cell></Row>`),
			"[Лист] A1=s:12 шт B1=s:вчера"},
		"text with entities, CDATA and lines": {workbook(`<Row><Cell><Data ss:Type="String">a&amp;b&#10;c &lt;d&gt;&#x41F;&foo;</Data></Cell><Cell><Data ss:Type="String"><![CDATA[x<y]]></Data></Cell></Row>`),
			`[Лист] A1=s:a&b\nc <d>П&foo; B1=s:x<y`},
		"rich text without its marks": {workbook(`<Row><Cell><ss:Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40"><B>жир</B>ный<Font html:Size="8"> два</Font></ss:Data></Cell></Row>`),
			"[Лист] A1=s:жирный два"},
		"comments are no cells": {workbook(`<Row><Cell><Data ss:Type="Number">1</Data><Comment ss:Author="x"><ss:Data xmlns="http://www.w3.org/TR/REC-html40"><B>x:</B>note</ss:Data></Comment></Cell>` +
			`<Cell><Comment><ss:Data>only a note</ss:Data></Comment></Cell></Row>`), "[Лист] A1=n:1"},
		"hidden and styles of columns and rows": {workbook(`<Column ss:Span="1" ss:Hidden="1"/><Column ss:Index="4" ss:StyleID="head"/><Row><Cell><Data ss:Type="String">a</Data></Cell>` +
			`<Cell ss:Index="3"><Data ss:Type="String">c</Data></Cell><Cell><Data ss:Type="String">d</Data></Cell></Row>` +
			`<Row ss:Hidden="1" ss:StyleID="child"><Cell ss:Index="4"><Data ss:Type="Number">2</Data></Cell></Row>`),
			"[Лист] A1=s:a~ C1=s:c D1=s:d>>* D2=n:2|2.00{#,##0.00}*~"},
		"prefixes of any name": {`<?xml version="1.0"?><x:Workbook xmlns:x="urn:schemas-microsoft-com:office:spreadsheet"><x:Worksheet x:Name="A"><x:Table><x:Row><x:Cell x:Index="2"><x:Data x:Type="Number">1</x:Data></x:Cell></x:Row></x:Table>` +
			`<WorksheetOptions><Visible>SheetHidden</Visible></WorksheetOptions></x:Worksheet><x:Worksheet x:Name="B"/></x:Workbook>`, "[A]~ B1=n:1\n[B]"},
		"base of 1904": {strings.Replace(workbook(`<Row><Cell ss:StyleID="date"><Data ss:Type="Number">43897</Data></Cell><Cell ss:StyleID="date"><Data ss:Type="DateTime">2024-03-08T00:00:00.000</Data></Cell></Row>`),
			"<Styles>", `<ExcelWorkbook><Date1904/></ExcelWorkbook><Styles>`, 1), "[Лист] A1=d:2024-03-08|08/03/2024{dd/mm/yyyy} B1=d:2024-03-08|08/03/2024{dd/mm/yyyy}"},
		"cut off": {strings.Split(workbook(`<Row><Cell><Data ss:Type="String">a</Data></Cell></Row><Row><Cell><Data ss:Type="String">CUT`), "CUT")[0],
			"[Лист] A1=s:a !truncated(2)"},
		"out of range": {workbook(`<Row ss:Index="2147483647"><Cell><Data ss:Type="String">a</Data></Cell></Row><Row ss:Index="1"><Cell ss:Index="2000000000"><Data ss:Type="String">b</Data></Cell><Cell ss:Index="1" ss:MergeAcross="2147483647"><Data ss:Type="String">c</Data></Cell></Row>`),
			"[Лист] A1=s:c A1:XFD1 !out_of_range(A2147483647)"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			gridtest.Reads(t, Read, c.data, c.want)
		})
	}
}

func TestReadTellsTheEncodingByTheBytes(t *testing.T) {
	t.Parallel()
	text := func(declared string) string {
		return strings.Replace(workbook(`<Row><Cell><Data ss:Type="String">Молоко «Домик»</Data></Cell></Row>`), `?>`, ` encoding="`+declared+`"?>`, 1)
	}
	for name, data := range map[string]string{
		"UTF-8": text("UTF-8"), "UTF-8 that says windows-1251": text("windows-1251"), "with a mark": "\ufeff" + text("UTF-8"),
		"windows-1251":                  gridtest.Encoded(charmap.Windows1251, text("windows-1251")),
		"windows-1251 that says UTF-8":  gridtest.Encoded(charmap.Windows1251, text("UTF-8")),
		"windows-1251 that says 8859-1": gridtest.Encoded(charmap.Windows1251, text("ISO-8859-1")),
		"koi8-r that says nothing":      gridtest.Encoded(charmap.KOI8R, strings.ReplaceAll(strings.Replace(text("x"), ` encoding="x"`, "", 1), "«Домик»", "Домик")),
		"UTF-16":                        gridtest.Encoded(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), text("UTF-16")),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := gridtest.Show(gridtest.Book(t, Read, data)); !strings.Contains(strings.NewReplacer("«", "", "»", "").Replace(got), "[Лист] A1=s:Молоко Домик") {
				t.Errorf("got %s", got)
			}
		})
	}
}

func TestReadRefusesWhatIsNoWorkbook(t *testing.T) {
	t.Parallel()
	for name, data := range map[string]string{"nothing": "", "no sheets": `<Workbook><CORRUPTED DATA></Workbook>`, "open tag": "<Workbook", "comment": "<!-- "} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			gridtest.Refuses(t, Read, data, "broken workbook without sheets")
		})
	}
}

func TestReadRefusesEntitiesOfADTD(t *testing.T) {
	t.Parallel()
	for name, dtd := range map[string]string{"external": `<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>`, "internal": `<!DOCTYPE x [<!ENTITY a "aaa"><!ENTITY b "&a;&a;">]>`} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			gridtest.Refuses(t, Read, dtd+workbook(`<Row><Cell><Data ss:Type="String">&a;</Data></Cell></Row>`), "unsupported xml_entities")
		})
	}
}

// TestTextComesBack whatever characters it has.
func TestTextComesBack(t *testing.T) {
	t.Parallel()
	escape := strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "\r", "&#13;")
	rapid.Check(t, func(t *rapid.T) {
		want := rapid.StringOfN(rapid.RuneFrom([]rune("aЯ&<>\"'\n\r \u00a0;#x]1")), 1, 40, -1).Draw(t, "text")
		book := gridtest.Book(t, Read, workbook(`<Row><Cell><Data ss:Type="String">`+escape.Replace(want)+`</Data></Cell></Row>`))
		if c, _ := book.Sheets[0].Cell(1, 1); c.Value != want {
			t.Fatalf("got %q, want %q", c.Value, want)
		}
	})
}

func FuzzRead(f *testing.F) {
	f.Add(workbook(`<Column ss:Hidden="1"/><Row ss:Index="3"><Cell ss:Index="2" ss:MergeAcross="1" ss:StyleID="date"><Data ss:Type="Number">45359</Data></Cell></Row>`))
	f.Add(workbook(`<Row><Cell><ss:Data ss:Type="String"><B>a</B>&#10;<![CDATA[x]]></ss:Data><Comment><Data>n</Data></Comment></Cell></Row>`))
	f.Add(`<!DOCTYPE a [<!ENTITY b "c">]><Workbook><Worksheet ss:Name='a"b'><Table/></Worksheet>`)
	f.Fuzz(func(t *testing.T, data string) {
		gridtest.Fuzz(t, Read, data, sheet.Options{MaxCells: 1 << 16}, gridtest.Filled)
	})
}
