package docx_test

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/text/encoding/unicode"

	"github.com/distbase/distbase/ingest/grid/docx"
	"github.com/distbase/distbase/ingest/grid/internal/gridtest"
	"github.com/distbase/distbase/ingest/grid/sheet"
)

const space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

func xmlOf(body string) string {
	return `<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="` + space + `" xmlns:m="urn:m" xmlns:mc="urn:mc"><w:body>` + body + `</w:body></w:document>`
}

func document(body string) []byte { return gridtest.Zip("word/document.xml", xmlOf(body)) }

// tbl, tr, tc and p write elements around their content.
func tbl(content ...string) string { return "<w:tbl>" + strings.Join(content, "") + "</w:tbl>" }
func tr(content ...string) string  { return "<w:tr>" + strings.Join(content, "") + "</w:tr>" }
func tc(content string) string     { return "<w:tc>" + content + "</w:tc>" }
func p(runs ...string) string      { return "<w:p>" + strings.Join(runs, "") + "</w:p>" }
func r(text string) string         { return `<w:r><w:t xml:space="preserve">` + text + `</w:t></w:r>` }

// c is a cell of one paragraph; props are those of the cell.
func c(text string, props ...string) string {
	return tc("<w:tcPr>" + strings.Join(props, "") + "</w:tcPr>" + p(r(text)))
}

func TestTablesOfADocument(t *testing.T) {
	t.Parallel()
	restart, goesOn := `<w:vMerge w:val="restart"/>`, `<w:vMerge/>`
	for _, c := range []struct{ name, body, want string }{
		{"two tables", p(r("Отчёт")) + tbl(tr(c("Товар"), c("Кол-во")), tr(c("Чай"), c("12,5"))) + p() + tbl(tr(c("x"))),
			"A1=s:Товар B1=s:Кол-во A2=s:Чай B2=s:12,5\nA1=s:x"},
		{"cells over columns", tbl(tr(c("a", `<w:gridSpan w:val="3"/>`), c("b")), tr(c("1"), c("2"), c("3"), c("4"))),
			`A1=s:a D1=s:b A2=s:1 B2=s:2 C2=s:3 D2=s:4 A1:C1`},
		{"cells over rows", tbl(tr(c("a", restart), c("1")), tr(c("lost", goesOn), c("2")), tr(c("", goesOn), c("3")), tr(c("z"), c("4"))),
			`A1=s:a B1=s:1 B2=s:2 B3=s:3 A4=s:z B4=s:4 A1:A3`},
		{"over rows and columns", tbl(tr(c("a", `<w:gridSpan w:val="2"/>`, restart), c("1")), tr(c("", `<w:gridSpan w:val="2"/>`, goesOn), c("2"))),
			`A1=s:a C1=s:1 C2=s:2 A1:B2`},
		{"going on from nothing", tbl(tr(c("a"), c("1")), tr(c("b", goesOn), c("2"))), `A1=s:a B1=s:1 A2=s:b B2=s:2`},
		{"old merge of columns", tbl(tr(c("a", `<w:hMerge w:val="restart"/>`), c("lost", `<w:hMerge/>`), c("b"))), `A1=s:a C1=s:b A1:B1`},
		{"columns left free", tbl(tr(`<w:trPr><w:gridBefore w:val="2"/></w:trPr>`, c("x"))), `C1=s:x`},
		{"table in a cell", tbl(tr(tc(p(r("out"))+tbl(tr(c("in")))+p(r("side"))), c("b"))), "A1=s:out\\nside B1=s:b\nA1=s:in"},
		{"row of blanks", tbl(tr(c(" ")), tr(c("x"))), `A2=s:x`},
		{"paragraphs and breaks", tbl(tr(tc(p(r("a"), "<w:r><w:br/><w:t>b</w:t><w:tab/><w:t>c</w:t></w:r>") + p(r("d")) + p()))), `A1=s:a\nb\tc\nd`},
		{"stops are no tabs", tbl(tr(tc(p(`<w:pPr><w:tabs><w:tab w:val="left"/></w:tabs><w:rPr><w:b/></w:rPr></w:pPr>`, r("a"))))), `A1=s:a`},
		{"blanks that do not count", tbl(tr(tc(p("<w:r><w:t> a </w:t></w:r>", r(" b "))))), `A1=s:a b `},
		{"deleted and inserted", tbl(tr(tc(p("<w:del><w:r><w:delText>old</w:delText><w:t>old</w:t></w:r></w:del><w:ins>"+r("new")+"</w:ins>"))),
			tr(`<w:trPr><w:del w:id="1"/></w:trPr>`, c("gone")), tr(c("last"))), `A1=s:new A2=s:last`},
		{"moved away", tbl(tr(tc(p("<w:moveFrom>" + r("a") + "</w:moveFrom><w:moveTo>" + r("b") + "</w:moveTo>")))), `A1=s:b`},
		{"field", tbl(tr(tc(p(`<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> SUM(ABOVE) </w:instrText></w:r>`, r("42"))))), `A1=s:42`},
		{"hidden text", tbl(tr(tc(p("<w:r><w:rPr><w:vanish/></w:rPr><w:t>no</w:t></w:r>", r("yes"))))), `A1=s:yes`},
		{"signs", tbl(tr(tc(p(`<w:r><w:t>a</w:t><w:noBreakHyphen/><w:softHyphen/><w:t>b</w:t><w:sym w:font="Symbol" w:char="2116"/></w:r>`)))), "A1=s:a\u2011b№"},
		{"twice for old programs", tbl(tr(tc(p("<w:r><mc:AlternateContent><mc:Choice>" + r("a") + "</mc:Choice><mc:Fallback>" + r("a") + "</mc:Fallback></mc:AlternateContent></w:r>")))), `A1=s:a`},
		{"bold", tbl(tr(tc(p("<w:r><w:rPr><w:b/></w:rPr><w:t>a</w:t></w:r>")), tc(p("<w:r><w:rPr><w:b/></w:rPr><w:t>a</w:t></w:r>", r("b"))),
			tc(p(`<w:r><w:rPr><w:b w:val="0"/></w:rPr><w:t>a</w:t></w:r>`)))), `A1=s:a* B1=s:ab C1=s:a`},
		{"controls around cells", tbl("<w:sdt><w:sdtContent>" + tr("<w:sdt><w:sdtContent>"+c("a")+"</w:sdtContent></w:sdt>", c("b")) + "</w:sdtContent></w:sdt>"), `A1=s:a B1=s:b`},
		{"caption and hidden row", tbl(`<w:tblPr><w:tblCaption w:val="Продажи"/></w:tblPr>`, tr("<w:trPr><w:hidden/></w:trPr>", c("a"))), `[Продажи] A1=s:a~`},
		{"a span of lies", tbl(tr(c("a", `<w:gridSpan w:val="2000000000"/>`), c("b"))), `A1=s:a A1:XFD1`},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			gridtest.Reads(t, docx.Read, document(c.body), c.want)
		})
	}
}

func TestPartsAtUnusualPlaces(t *testing.T) {
	t.Parallel()
	body := xmlOf(tbl(tr(tc("<w:p><w:pPr><w:pStyle w:val=\"Head\"/></w:pPr>"+r("a")+"</w:p>"), c("b"))))
	wide := gridtest.Encoded(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), strings.Replace(body, "UTF-8", "UTF-16", 1))
	styles := `<w:styles xmlns:w="` + space + `"><w:style w:type="paragraph" w:styleId="Base"><w:rPr><w:b/></w:rPr></w:style>` +
		`<w:style w:type="paragraph" w:styleId="Head"><w:basedOn w:val="Base"/></w:style></w:styles>`
	relation := func(kind, target string) string {
		return `<Relationships><Relationship Type="http://x/` + kind + `" Target="` + target + `"/></Relationships>`
	}
	for name, data := range map[string][]byte{
		"by relation": gridtest.Zip("_rels/.rels", relation("officeDocument", "/doc/main.xml"), "doc/main.xml", body,
			"doc/_rels/main.xml.rels", relation("styles", "look.xml"), "doc/look.xml", styles),
		"back slashes and case": gridtest.Zip(`Word\Document.XML`, body, `word\styles.xml`, styles),
		"utf-16":                gridtest.Zip("word/document.xml", wide, "word/styles.xml", styles),
		"relation to nowhere":   gridtest.Zip("_rels/.rels", relation("officeDocument", "gone.xml"), "word/document.xml", body, "word/styles.xml", styles),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			gridtest.Reads(t, docx.Read, data, "A1=s:a* B1=s:b")
		})
	}
}

func TestNumbersOfListsAreText(t *testing.T) {
	t.Parallel()
	level := func(n int, format, text, more string) string {
		return fmt.Sprintf(`<w:lvl w:ilvl="%d"><w:start w:val="1"/><w:numFmt w:val="%s"/><w:lvlText w:val="%s"/>%s</w:lvl>`, n, format, text, more)
	}
	numbering := `<w:numbering xmlns:w="` + space + `"><w:abstractNum w:abstractNumId="7">` + level(0, "decimal", "%1.", "") + level(1, "lowerLetter", "%1.%2)", `<w:suff w:val="space"/>`) + `</w:abstractNum>` +
		`<w:abstractNum w:abstractNumId="8">` + level(0, "bullet", "\uf0b7", `<w:suff w:val="nothing"/>`) + level(1, "upperRoman", "%2", "") + `</w:abstractNum>` +
		`<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>` +
		`<w:num w:numId="3"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num></w:numbering>`
	styles := `<w:styles xmlns:w="` + space + `"><w:style w:type="paragraph" w:styleId="Item"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style></w:styles>`
	item := func(list, level int, runs ...string) string {
		return p(append([]string{fmt.Sprintf(`<w:pPr><w:numPr><w:ilvl w:val="%d"/><w:numId w:val="%d"/></w:numPr></w:pPr>`, level, list)}, runs...)...)
	}
	body := item(1, 0, r("outside")) + tbl(tr(tc(item(1, 0)), c("чай")), tr(tc(item(1, 0, r("two"))), tc(item(1, 1, r("sub"))+item(1, 1))),
		tr(tc(`<w:p><w:pPr><w:pStyle w:val="Item"/></w:pPr></w:p>`), tc(item(2, 0, r("point"))), tc(item(2, 1))), tr(tc(item(3, 0)), tc(item(0, 0, r("none"))), tc(item(99, 0, r("lost")))))
	data := gridtest.Zip("word/document.xml", xmlOf(body), "word/numbering.xml", numbering, "word/styles.xml", styles)
	gridtest.Reads(t, docx.Read, data, `A1=s:2. B1=s:чай A2=s:3.\ttwo B2=s:3.a) sub\n3.b) A3=s:4. B3=s:•point C3=s:I A4=s:5. B4=s:none C4=s:lost`)
}

func TestOrdinalsOfOtherAlphabets(t *testing.T) {
	t.Parallel()
	var formats []string
	var body string
	for i, f := range []string{"upperRoman", "lowerRoman", "russianLower", "upperLetter", "decimalZero", "none", "strange"} {
		formats = append(formats, fmt.Sprintf(`<w:abstractNum w:abstractNumId="%d"><w:lvl w:ilvl="0"><w:start w:val="%d"/><w:numFmt w:val="%s"/><w:lvlText w:val="%%1"/></w:lvl></w:abstractNum>`, i, 29, f),
			fmt.Sprintf(`<w:num w:numId="%d"><w:abstractNumId w:val="%d"/></w:num>`, i+1, i))
		body += tc(p(fmt.Sprintf(`<w:pPr><w:numPr><w:numId w:val="%d"/></w:numPr></w:pPr>`, i+1)))
	}
	data := gridtest.Zip("word/document.xml", xmlOf(tbl(tr(body))), "word/numbering.xml", `<w:numbering xmlns:w="x">`+strings.Join(formats, "")+`</w:numbering>`)
	gridtest.Reads(t, docx.Read, data, "A1=s:XXIX B1=s:xxix C1=s:аа D1=s:CC E1=s:29 G1=s:29")
}

func TestWhatGivesNoTable(t *testing.T) {
	t.Parallel()
	big := strings.Repeat("a", 2<<20)
	for name, c := range map[string]struct {
		data []byte
		want string
	}{
		"no archive":        {[]byte("PK\x03\x04"), "broken"},
		"no document":       {gridtest.Zip("a.txt", "x"), "broken"},
		"no xml":            {gridtest.Zip("word/document.xml", "\x00\x01"), "broken"},
		"text alone":        {document(p(r("Здравствуйте"))), "empty docx"},
		"empty cells alone": {document(tbl(tr(c(""), c(" ")))), "empty docx"},
		"depth":             {document(strings.Repeat("<x>", 5000)), "too_big nesting"},
		"piece":             {document(tbl(tr(c(big)))), "too_big text"},
		"cell":              {document(tbl(tr(tc(strings.Repeat(p(r(big[:1<<19])), 4))))), "too_big text"},
		"attributes":        {document("<x " + strings.Repeat(`a="" `, 400_000) + "/>"), "too_big text"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			gridtest.Refuses(t, docx.Read, c.data, c.want)
		})
	}
}

func TestWhatWasReadBeforeTheEndIsGiven(t *testing.T) {
	t.Parallel()
	whole := xmlOf(tbl(tr(c("a"), c("b")), tr(c("c"), c("d"))))
	gridtest.Reads(t, docx.Read, gridtest.Zip("word/document.xml", whole[:strings.Index(whole, "d</w:t>")]), "A1=s:a B1=s:b A2=s:c\n!truncated(2)")
}

func TestTablesDeeperThanAnyAreText(t *testing.T) {
	t.Parallel()
	body := c("core")
	for range 100 {
		body = tc(p() + tbl(tr(body)))
	}
	gridtest.Reads(t, docx.Read, document(tbl(tr(body))), "A1=s:core")
}

func TestBudgetIsKept(t *testing.T) {
	t.Parallel()
	gridtest.KeepsBudget(t, docx.Read, document(tbl(strings.Repeat(tr(c("a"), c("b")), 100))))
}

func FuzzRead(f *testing.F) {
	f.Add(xmlOf(tbl(tr(c("a", `<w:gridSpan w:val="3"/>`), c("b", `<w:vMerge w:val="restart"/>`)), tr(tc(tbl(tr(c("in"))))))))
	f.Add(xmlOf(tbl(tr(`<w:trPr><w:del/><w:gridBefore w:val="9"/></w:trPr>`, tc(p("<w:del>"+r("x")+"</w:del>", "<w:r><w:tab/><w:sym w:char=\"F0\"/></w:r>"))))))
	f.Fuzz(func(t *testing.T, text string) {
		gridtest.Fuzz(t, docx.Read, gridtest.Zip("word/document.xml", text), sheet.Options{}, gridtest.Filled, gridtest.Ordered)
	})
}
