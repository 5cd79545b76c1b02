package ods_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"golang.org/x/text/encoding/unicode"

	"github.com/distbase/distbase/ingest/grid/internal/gridtest"
	"github.com/distbase/distbase/ingest/grid/ods"
	"github.com/distbase/distbase/ingest/grid/sheet"
)

func TestCellsOfEveryKind(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, cells, want string }{
		{"number", typed("float", "18456.2", "", "18 456,20") + typed("float", "-0", ""), "A1=n:18456.2|18 456,20 B1=n:0"},
		{"share and money", typed("percentage", "0.125", "", "12,5 %") + typed("currency", "5", "", "5,00 ₽"), "A1=n:0.125|12,5 % B1=n:5|5,00 ₽"},
		{"number that is none", typed("float", "many", "", "many") + typed("float", "NaN", ""), "A1=s:many"},
		{"dates", typed("date", "2026-07-01", "", "01.07.26") + typed("date", "2026-07-01T10:20:30", "") + typed("date", "2026-07-01T00:00:00", "", "x") + typed("date", "2026-07-01T10:20:30.1239999", "", "x"),
			"A1=d:2026-07-01|01.07.26 B1=d:2026-07-01T10:20:30 C1=d:2026-07-01|x D1=d:2026-07-01T10:20:30.124|x"},
		{"times", typed("time", "PT10H20M30S", "", "10:20") + typed("time", "PT36H00M00.5S", "") + typed("time", "-PT1H", "") + typed("time", "P1DT2H", "") + typed("time", "PT10H20M30,25S", ""),
			"A1=d:10:20:30|10:20 B1=d:36:00:00.5 C1=d:-01:00:00 D1=d:26:00:00 E1=d:10:20:30.25"},
		{"times that are none", typed("time", "PT", "", "x") + typed("time", "P1Y", "", "y") + typed("time", "PT9999999999999H", "", "z") + typed("date", "soon", "", "soon"), "A1=d:00:00:00|x B1=s:y C1=s:z D1=s:soon"},
		{"booleans", typed("boolean", "true", "", "ИСТИНА") + typed("boolean", "false", ""), "A1=b:TRUE|ИСТИНА B1=b:FALSE"},
		{"errors", cell(`office:value-type="string" office:string-value="" calcext:value-type="error"`, "#DIV/0!") + typed("float", "0", "", "Err:502") + typed("string", "", "", "#N/A"),
			"A1=e:#DIV/0! B1=e:Err:502 C1=e:#N/A"},
		{"string in the attribute", typed("string", "whole &amp; text", "", "whole…"), "A1=s:whole & text|whole…"},
		{"text without type", cell("", "a"), "A1=s:a"},
		{"one blank", text(" ") + text("") + text("  ") + text("d"), "C1=s:   D1=s:d"},
		{"paragraphs", cell(`office:value-type="string"`, "a", "", "b"), `A1=s:a\n\nb`},
		{"white space", text(`a<text:s text:c="3"/>b<text:tab/>c<text:line-break/>d<text:s/>`) + text(" x  y ") + text("\n   a\n   <text:span>b</text:span>\n"), `A1=s:a   b\tc\nd  B1=s: x  y  C1=s:a b`},
		{"links, spans, fields", text(`<text:a href="http://x/">li<text:span>nk</text:span></text:a> <text:sheet-name>S</text:sheet-name><text:bookmark/>`), "A1=s:link S"},
		{"ruby", text("<text:ruby><text:ruby-base>漢</text:ruby-base><text:ruby-text>kan</text:ruby-text></text:ruby>"), "A1=s:漢"},
		{"notes and shapes", `<table:table-cell office:value-type="string"><office:annotation><text:p>note</text:p></office:annotation><draw:frame><draw:text-box><text:p>box</text:p></draw:text-box></draw:frame><text:p>a<office:annotation><text:p>n</text:p></office:annotation></text:p></table:table-cell>`, "A1=s:a"},
		{"references", text("&lt;b&gt; &amp;amp; &#1046;") + text("<![CDATA[<x>]]>"), "A1=s:<b> &amp; Ж B1=s:<x>"},
		{"lists", `<table:table-cell><text:list><text:list-item><text:p>1</text:p></text:list-item><text:list-item><text:p>2</text:p></text:list-item></text:list></table:table-cell>`, `A1=s:1\n2`},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			gridtest.Reads(t, ods.Read, flat("", sheetOf(row("", c.cells))), "[Лист] "+c.want)
		})
	}
}

func TestRowsAndColumns(t *testing.T) {
	t.Parallel()
	column := func(attrs string) string { return `<table:table-column ` + attrs + `/>` }
	for _, c := range []struct{ name, table, want string }{
		{"repeated cells", row("", cell(`table:number-columns-repeated="3"`), cell(`table:number-columns-repeated="2" office:value-type="string"`, "x"), text("y")), "D1=s:x E1=s:x F1=s:y"},
		{"repeated rows", row(`table:number-rows-repeated="2"`, text("a")) + row(`table:number-rows-repeated="1000000"`, cell("")) + row("", text("b")), "A1=s:a A2=s:a A1000003=s:b"},
		{"beyond the sheet", row("", cell(`table:number-columns-repeated="16383"`), text("last"), text("lost")) + row(`table:number-rows-repeated="1048574"`) + row(`table:number-rows-repeated="9"`, text("z")) + row("", text("lost")),
			"XFD1=s:last A1048576=s:z"},
		{"merged", row("", cell(`table:number-columns-spanned="2" table:number-rows-spanned="2"`, "m"), `<table:covered-table-cell/>`, text("c")) + row("", `<table:covered-table-cell table:number-columns-repeated="2"/>`, text("d")),
			"A1=s:m C1=s:c C2=s:d A1:B2"},
		{"hidden rows and columns", column(``) + column(`table:visibility="collapse"`) + row("", text("a"), text("b")) + row(`table:visibility="filter"`, text("c")), "A1=s:a B1=s:b~ A2=s:c~"},
		{"outline", row("", text("t")) + `<table:table-row-group>` + row("", text("a")) + `<table:table-row-group table:display="false">` + row("", text("b")) + `</table:table-row-group></table:table-row-group>` + row("", text("e")),
			"A1=s:t A2=s:a^ A3=s:b^^~ A4=s:e"},
		{"headers", `<table:table-column-group><table:table-header-columns>` + column(``) + `</table:table-header-columns>` + column(`table:visibility="collapse"`) + `</table:table-column-group><table:table-header-rows>` + row("", text("h"), text("i")) + `</table:table-header-rows><table:table-rows>` + row("", text("a")) + `</table:table-rows>`,
			"A1=s:h B1=s:i~ A2=s:a"},
		{"odd counts", row(`table:number-rows-repeated="0"`, cell(`table:number-columns-repeated="-3" office:value-type="string"`, "a"), cell(`table:number-columns-repeated="x" office:value-type="string"`, "b")), "A1=s:a B1=s:b"},
		{"shapes of the sheet", `<table:shapes><draw:frame><table:table><table:table-row><table:table-cell><text:p>chart</text:p></table:table-cell></table:table-row></table:table></draw:frame></table:shapes>` + row("", text("a")), "A1=s:a"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			gridtest.Reads(t, ods.Read, flat("", sheetOf(c.table)), "[Лист] "+c.want)
		})
	}
}

func TestLooksComeFromStyles(t *testing.T) {
	t.Parallel()
	styles := `<style:default-style style:family="table-cell"><style:paragraph-properties fo:margin-left="0.353cm"/></style:default-style>` +
		`<style:style style:name="base" style:family="table-cell"><style:text-properties fo:font-weight="bold"/></style:style>` +
		`<style:style style:name="in" style:family="table-cell" style:parent-style-name="base"><style:paragraph-properties fo:margin-left="20pt"/></style:style>` +
		`<style:style style:name="light" style:family="table-cell" style:parent-style-name="in"><style:text-properties fo:font-weight="300"/></style:style>` +
		`<style:style style:name="loop" style:family="table-cell" style:parent-style-name="loop"/>` +
		`<style:style style:name="off" style:family="table"><style:table-properties table:display="false"/></style:style>`
	body := `<table:table table:name="a" table:style-name="off"><table:table-column table:default-cell-style-name="base"/>` +
		row("", text("c"), text("d"), cell(`table:style-name="in"`, "i"), cell(`table:style-name="light"`, "l"), cell(`table:style-name="loop"`, "o")) +
		row(`table:default-cell-style-name="in"`, text("r")) + `</table:table>`
	gridtest.Reads(t, ods.Read, flat(styles, body), "[a]~ A1=s:c>* B1=s:d> C1=s:i>>* D1=s:l>> E1=s:o A2=s:r>>*")
}

func TestNumberStylesBecomeFormats(t *testing.T) {
	t.Parallel()
	number := func(attrs string) string { return `<number:number ` + attrs + `/>` }
	part := func(name, attrs string) string { return `<number:` + name + ` ` + attrs + `/>` }
	literal := func(s string) string { return `<number:text>` + s + `</number:text>` }
	for _, c := range []struct{ name, kind, parts, cell, want string }{
		{"general", "number", number(`number:min-integer-digits="1"`), typed("float", "1.5", "c"), "n:1.5"},
		{"places", "number", number(`number:decimal-places="2" number:min-integer-digits="1" number:grouping="true"`), typed("float", "1234.5", "c"), "n:1234.5|1,234.50{#,##0.00}"},
		{"places that may be", "number", number(`number:decimal-places="3" number:min-decimal-places="1" number:min-integer-digits="0"`), typed("float", "0.25", "c"), "n:0.25|.25{#.0##}"},
		{"many digits", "number", number(`number:decimal-places="0" number:min-integer-digits="5" number:grouping="true"`), typed("float", "42", "c"), "n:42|00,042{00,000}"},
		{"thousands", "number", number(`number:decimal-places="0" number:min-integer-digits="1" number:display-factor="1000"`), typed("float", "12345", "c"), "n:12345|12{0,}"},
		{"text behind", "number", number(`number:decimal-places="0" number:min-integer-digits="1"`) + literal(` шт "а"`), typed("float", "7", "c"), `n:7|7 шт "а"{0" шт "\""а"\"}`},
		{"share", "percentage", number(`number:decimal-places="1" number:min-integer-digits="1"`) + literal("%"), typed("percentage", "0.125", "c"), "n:0.125|12.5%{0.0%}"},
		{"money", "currency", number(`number:decimal-places="2" number:min-integer-digits="1"`) + literal(" ") + `<number:currency-symbol>₽</number:currency-symbol>`, typed("currency", "5", "c"), "n:5|5.00 ₽{0.00 [$₽]}"},
		{"negative in red", "number", literal("-") + number(`number:decimal-places="0" number:min-integer-digits="1"`) + `<style:map style:condition="value()&gt;=0" style:apply-style-name="P"/>`, typed("float", "-5", "c"), "n:-5{0.0;-0}"},
		{"other conditions", "number", number(`number:decimal-places="0" number:min-integer-digits="1"`) + `<style:map style:condition="value()&gt;=100" style:apply-style-name="P"/>`, typed("float", "250", "c"), "n:250|250.0{[>=100]0.0;0}"},
		{"exponent", "number", part("scientific-number", `number:decimal-places="2" number:min-integer-digits="1" number:min-exponent-digits="2"`), typed("float", "12345", "c"), "n:12345|1.23E+04{0.00E+00}"},
		{"exponent by threes", "number", part("scientific-number", `number:decimal-places="1" number:min-integer-digits="1" number:min-exponent-digits="1" number:exponent-interval="3"`), typed("float", "12345", "c"), "n:12345|12.3E+3{##0.0E+0}"},
		{"text between digits", "number", `<number:number number:decimal-places="0" number:min-integer-digits="5"><number:embedded-text number:position="2">-</number:embedded-text></number:number>`, typed("float", "12345", "c"), `n:12345|123-45{000"-"00}`},
		{"text of hostile length", "number", `<number:number number:decimal-places="0" number:min-integer-digits="1"/>` + literal(strings.Repeat("a", 2000)), typed("float", "1", "c"), "n:1"},
		{"fraction", "number", part("fraction", `number:min-integer-digits="0" number:min-numerator-digits="1" number:min-denominator-digits="1"`), typed("float", "3.5", "c"), "n:3.5|3 1/2{# ?/?}"},
		{"date", "date", part("day", `number:style="long"`) + literal(".") + part("month", `number:style="long"`) + literal(".") + part("year", `number:style="long"`), typed("date", "2026-07-01", "c"), "d:2026-07-01|01.07.2026{dd.mm.yyyy}"},
		{"date in words", "date", part("day-of-week", "") + literal(", ") + part("day", "") + literal(" ") + part("month", `number:style="long" number:textual="true"`) + literal(" ") + part("year", ""), typed("date", "2026-07-01", "c"), "d:2026-07-01|Wed, 1 July 26{ddd, d mmmm yy}"},
		{"clock", "time", part("hours", "") + literal(":") + part("minutes", `number:style="long"`) + literal(":") + part("seconds", `number:style="long" number:decimal-places="1"`) + literal(" ") + part("am-pm", ""), typed("time", "PT18H05M07.5S", "c"), "d:18:05:07.5|6:05:07.5 PM{h:mm:ss.0 AM/PM}"},
		{"elapsed", `time-style number:truncate-on-overflow="false`, part("hours", "") + literal(":") + part("minutes", `number:style="long"`), typed("time", "PT36H30M", "c"), "d:36:30:00|36:30{[h]:mm}"},
		{"day as a time", "time", part("hours", "") + literal(":") + part("minutes", `number:style="long"`), typed("time", "PT1108908H00M", "c", "12:00"), "d:2026-07-01T12:00:00|12:00{h:mm}"},
		{"text", "text", `<number:text-content/>`, typed("string", "a", "c"), "s:a{@}"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			element, more, _ := strings.Cut(c.kind, "-style ")
			if more != "" {
				more += `"`
			}
			styles := fmt.Sprintf(`<number:number-style style:name="P">%s</number:number-style><number:%s-style style:name="N" %s>%s</number:%s-style><style:style style:name="c" style:family="table-cell" style:data-style-name="N"/>`,
				number(`number:decimal-places="1" number:min-integer-digits="1"`), element, more, c.parts, element)
			gridtest.Reads(t, ods.Read, flat(styles, sheetOf(row("", c.cell))), "[Лист] A1="+c.want)
		})
	}
}

func TestContainers(t *testing.T) {
	t.Parallel()
	one := body(sheetOf(row("", cell(`office:value-type="float" office:value="2" table:style-name="c"`))))
	style := func(places string) string {
		return `<number:number-style style:name="N"><number:number number:min-integer-digits="1" number:decimal-places="` + places + `"/></number:number-style>`
	}
	common := document("document-styles", `<office:styles>`+style("3")+`<style:style style:name="named" style:family="table-cell" style:data-style-name="N"/></office:styles>`)
	own := document("document-content", `<office:automatic-styles>`+style("1")+`<style:style style:name="c" style:family="table-cell" style:parent-style-name="named"/></office:automatic-styles>`, one)
	wide := gridtest.Encoded(unicode.UTF16(unicode.BigEndian, unicode.UseBOM), string(flat("", sheetOf(row("", text("я"))))))
	old := `<?xml version="1.0"?><!DOCTYPE office:document-content PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "office.dtd"><office:document-content xmlns:office="http://openoffice.org/2000/office" xmlns:table="u" xmlns:text="v" xmlns:style="w" xmlns:fo="x">` +
		`<office:automatic-styles><style:style style:name="b" style:family="table-cell"><style:properties fo:font-weight="bold"/></style:style></office:automatic-styles><office:body>` +
		`<table:table table:name="S"><table:table-row><table:table-cell table:style-name="b" table:value-type="float" table:value="1.5"><text:p>1,5</text:p></table:table-cell></table:table-row></table:table></office:body></office:document-content>`
	for _, c := range []struct {
		name string
		file []byte
		want string
	}{
		{"number styles of one name", gridtest.Zip("content.xml", own, "styles.xml", common), "[Лист] A1=n:2|2.000{0.000}"},
		{"styles lost", gridtest.Zip("content.xml", own), "[Лист] A1=n:2"},
		{"styles damaged", gridtest.Zip("content.xml", own, "styles.xml", common[:len(common)/2]), "[Лист] A1=n:2"},
		{"tables among styles", gridtest.Zip("content.xml", own, "styles.xml", document("document-styles", body(sheetOf(row("", text("no")))))), "[Лист] A1=n:2"},
		{"slashes and case", gridtest.Zip(`.\x`, "", `\Content.xml`, own), "[Лист] A1=n:2"},
		{"utf-16", []byte(wide), "[Лист] A1=s:я"},
		{"OpenOffice.org 1.0", gridtest.Zip("content.xml", old), "[S] A1=n:1.5|1,5*"},
		{"password, AES 128", locked(own, "секрет", 16), "[Лист] A1=n:2"},
		{"password, AES 256", locked(own, "секрет", 32), "[Лист] A1=n:2"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			book, err := gridtest.Read(ods.Read, c.file, sheet.Options{Password: "секрет"})
			if got := gridtest.Show(book); err != nil || got != c.want {
				t.Errorf("got  %s, %v\nwant %s", got, err, c.want)
			}
		})
	}
}

func TestWhatIsLeftOfACutFileIsRead(t *testing.T) {
	t.Parallel()
	whole := flat("", sheetOf(row("", text("a")), row("", text("b"), text("c")))+sheetOf())
	for _, c := range []struct{ name, at, want string }{
		{"in a cell", "c</text:p>", "[Лист] A1=s:a A2=s:b\n!truncated(Лист 2)"},
		{"in a tag", `ring"><text:p>c`, "[Лист] A1=s:a A2=s:b\n!truncated(Лист 2)"},
		{"between tables", `<table:table table:name="Лист"></`, "[Лист] A1=s:a A2=s:b B2=s:c\n!truncated"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			gridtest.Reads(t, ods.Read, whole[:bytes.Index(whole, []byte(c.at))], c.want)
		})
	}
}

func TestWhatIsRefused(t *testing.T) {
	t.Parallel()
	all := `table:number-columns-repeated="999999999" office:value-type="string"`
	for _, c := range []struct {
		name     string
		file     []byte
		password string
		want     string
	}{
		{"no archive", []byte("PK\x03\x04"), "", "broken"},
		{"no content", gridtest.Zip("a.txt", ""), "", "broken"},
		{"no xml", gridtest.Zip("content.xml", "<"), "", "broken"},
		{"no table", flat("", ""), "", "empty"},
		{"no document", []byte("x"), "", "empty"},
		{"cells without end", flat("", sheetOf(row(`table:number-rows-repeated="999999999"`, cell(all, "X")))), "", "too_big repetition"},
		{"many sheets", flat("", strings.Repeat(sheetOf(), 101)), "", "too_big sheets"},
		{"deep", flat("", strings.Repeat("<x>", 2000)), "", "too_big nesting"},
		{"long text", flat("", sheetOf(row("", text(`<text:s text:c="2000000000"/><text:s text:c="2000000000"/>`)))), "", "too_big text"},
		{"long row", flat("", sheetOf(row("", strings.Repeat(text(strings.Repeat("x", 3<<20)), 12)))), "", "too_big text"},
		{"many styles", flat(strings.Repeat(`<style:style style:name="`+strings.Repeat("x", 100_000)+`"/>`, 400), ""), "", "too_big styles"},
		{"password missing", locked("x", "a", 32), "", "encrypted ods"},
		{"password wrong", locked("x", "a", 32), "b", "encrypted wrong_password"},
		{"Blowfish", gridtest.Zip("META-INF/manifest.xml", manifest("Blowfish CFB", "SHA1", "SHA1/1K", nil, make([]byte, 8), make([]byte, 16), 16), "content.xml", "x"), "a", "encrypted ods"},
		{"Argon2id", gridtest.Zip("META-INF/manifest.xml", "<m/>", "encrypted-package", "x"), "a", "encrypted ods"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if _, err := gridtest.Read(ods.Read, c.file, sheet.Options{Password: c.password, MaxMembers: 100}); gridtest.Reason(err) != c.want {
				t.Errorf("got %v, want %s", err, c.want)
			}
		})
	}
}

func TestDeclaredEntitiesAreRefused(t *testing.T) {
	t.Parallel()
	declaring := func(xml string) string {
		return strings.Replace(xml, "<office:document", `<!DOCTYPE d [<!ENTITY e "eee"><!ENTITY x SYSTEM "file:///etc/passwd">]><office:document`, 1)
	}
	whole := string(flat("", sheetOf(row("", text("&e;&x;")))))
	for name, file := range map[string][]byte{
		"flat": []byte(declaring(whole)), "content": gridtest.Zip("content.xml", declaring(whole)),
		"styles": gridtest.Zip("content.xml", whole, "styles.xml", declaring(document("document-styles"))),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			gridtest.Refuses(t, ods.Read, file, "unsupported xml_entities")
		})
	}
}
