package grid_test

import (
	"context"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"github.com/distbase/distbase/ingest/grid"
	"github.com/distbase/distbase/ingest/grid/internal/gridtest"
)

const testStyles = `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="dd\.mm\.yyyy"/><numFmt numFmtId="165" formatCode="#,##0.00&quot; ₽&quot;"/></numFmts>
<fonts><font/><font><b/></font></fonts>
<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="165" fontId="1"><alignment indent="3"/></xf><xf numFmtId="21"/><xf numFmtId="46"/></cellXfs></styleSheet>`

const testSheet = `<worksheet><cols><col min="4" max="4" hidden="1"/></cols><sheetData>
<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><r><t>Коли</t></r><r><t>чество</t></r><rPh><t>x</t></rPh></is></c><c r="D1" t="str"><f>A1</f><v> </v></c></row>
<row r="3" outlineLevel="2" hidden="1"><c r="A3" t="b"><v>1</v></c><c r="B3" t="e"><v>#N/A</v></c><c r="C3"/><c r="D3"><v>18456.200000000001</v></c></row>
<row r="4"><c r="A4" s="1"><v>46204</v></c><c r="B4" s="1"><v>46204.5</v></c><c r="C4" s="2"><v>-1234567.5</v></c><c r="D4" s="3"><v>0.4309027777777778</v></c><c r="E4" s="4"><v>1.5</v></c><c r="F4"><v>4600123456789</v></c><c r="G4"><v>46001234567890123456</v></c></row>
<row><c t="s"><v>1</v></c><c><v>1E-3</v></c></row>
</sheetData><mergeCells><mergeCell ref="A1:B2"/></mergeCells></worksheet>`

const testStrings = `<sst><si><t xml:space="preserve">Товар_x000D_
, шт</t></si><si><t>Итого</t></si></sst>`

func TestWorkbookKeepsTypesValuesAndTexts(t *testing.T) {
	t.Parallel()
	f := read(t, gridtest.Workbook(testSheet, "xl/styles.xml", testStyles, "xl/SharedStrings.xml", testStrings))
	golden(t, "workbook.jsonl", lines(t, f, grid.Cells))
	golden(t, "workbook.summary.jsonl", lines(t, f, grid.Summary))
	golden(t, "workbook.csv", lines(t, f, grid.CSV))
}

func TestWorkbookKeepsStructure(t *testing.T) {
	t.Parallel()
	s := read(t, gridtest.Workbook(testSheet, "xl/styles.xml", testStyles, "xl/sharedStrings.xml", testStrings)).Sheets[0]
	if d := cmp.Diff([]grid.Range{{FirstRow: 1, FirstCol: 1, LastRow: 2, LastCol: 2}}, s.Merges); d != "" {
		t.Error(d)
	}
	c, ok := s.Cell(4, 3)
	if !ok || c.Indent != 3 || !c.Bold || c.Format != `#,##0.00" ₽"` {
		t.Errorf("C4 is %+v", c)
	}
	if c, _ := s.Cell(3, 1); c.Outline != 2 || !c.Hidden {
		t.Errorf("A3 is %+v, want outline 2 of a hidden row", c)
	}
	if c, _ := s.Cell(4, 4); !c.Hidden {
		t.Error("D4 stands in a hidden column")
	}
	if _, ok := s.Cell(3, 3); ok {
		t.Error("C3 is empty")
	}
}

func TestTextsWithoutTheirTableAreRefused(t *testing.T) {
	t.Parallel()
	re := refused(t, gridtest.Workbook(testSheet), grid.Options{})
	if re.Code != grid.CodeBroken || re.Expected != "shared_strings" || re.Sheet != "Июль" || re.Row != 1 || re.Col != 1 || re.Path != "file" {
		t.Errorf("got %+v", re)
	}
}

func TestRowsOutOfOrderAreSorted(t *testing.T) {
	t.Parallel()
	f := read(t, gridtest.Workbook(`<worksheet><sheetData><row r="2"><c r="B2"><v>4</v></c><c r="A2"><v>3</v></c></row><row r="1"><c r="A1"><v>1</v></c></row></sheetData></worksheet>`))
	var got []string
	for r := range f.Sheets[0].All() {
		for _, c := range r.Cells {
			got = append(got, c.Value)
		}
	}
	if strings.Join(got, " ") != "1 3 4" {
		t.Errorf("cells come as %v", got)
	}
}

func TestSheetsSayThatTheyAreHidden(t *testing.T) {
	t.Parallel()
	f := read(t, gridtest.Workbook(`<worksheet/>`, "xl/workbook.xml", `<workbook><workbookPr date1904="1"/><sheets><sheet name="a" r:id="rId1"/><sheet name="b" state="veryHidden" r:id=""/></sheets></workbook>`))
	if len(f.Sheets) != 2 || f.Sheets[0].Hidden || !f.Sheets[1].Hidden || f.Sheets[1].Index != 2 {
		t.Errorf("sheets are %+v %+v", f.Sheets[0], f.Sheets[1])
	}
}

func TestEncryptedWorkbookOpensWithItsPasswordOnly(t *testing.T) {
	t.Parallel()
	x := excelize.NewFile()
	if err := x.SetCellValue("Sheet1", "B2", 12.5); err != nil {
		t.Fatal(err)
	}
	b, err := x.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	secret, err := excelize.Encrypt(b.Bytes(), &excelize.Options{Password: "пароль"})
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"": "xlsx", "nope": "wrong_password"} {
		if re := refused(t, secret, grid.Options{Password: name}); re.Code != grid.CodeEncrypted || re.Found != want {
			t.Errorf("password %q: got %+v", name, re)
		}
	}
	f, err := grid.Read(context.Background(), "f", secret, grid.Options{Password: "пароль"})
	if err != nil {
		t.Fatal(err)
	}
	if c, _ := f.Sheets[0].Cell(2, 2); c.Value != "12.5" {
		t.Errorf("B2 is %+v", c)
	}
}
