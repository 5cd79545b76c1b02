package html

import (
	"encoding/base64"
	"fmt"
	"strings"
	"testing"

	"github.com/distbase/distbase/ingest/grid/internal/gridtest"
	"github.com/distbase/distbase/ingest/grid/sheet"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"pgregory.net/rapid"
)

func TestReadPlacesCells(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ data, want string }{
		"spans":               {`<table><tr><th rowspan=2>a<th colspan=2>b<tr><td>c<td>d<tr><td>e<td>f<td>g</table>`, "A1=s:a* B1=s:b* B2=s:c C2=s:d A3=s:e B3=s:f C3=s:g A1:A2 B1:C1"},
		"spans that meet":     {`<table><tr><td>a<td rowspan=3 colspan=2>b<td>c<tr><td rowspan=2>d<td>e<tr><td>f</table>`, "A1=s:a B1=s:b D1=s:c A2=s:d D2=s:e D3=s:f B1:C3 A2:A3"},
		"odd spans":           {`<table><tr><td colspan=0>a<td colspan=-2>b<td colspan=x>c<td rowspan=0>d</table>`, "A1=s:a B1=s:b C1=s:c D1=s:d"},
		"huge spans":          {`<table><tr><td colspan=99999999>a<td>b<tr><td rowspan=99999999>c<td>d<tr><td>e</table>`, "A1=s:a ALM1=s:b A2=s:c B2=s:d B3=s:e A1:ALL1 A2:A65535"},
		"Excel's false span":  {`<table><tr><td colspan=2 style='mso-ignore:colspan'>a</td><td>b</table>`, "A1=s:a C1=s:b"},
		"without rows":        {`<table><td>a<td>b</table>`, "A1=s:a B1=s:b"},
		"rows count":          {`<table><tr><tr><td>a</tr><tr></tr><tr><td><td>b</table>`, "A2=s:a B4=s:b"},
		"several tables":      {`<p>x</p><table><tr><td>a</table>text<table><caption>Итого <tr><td>b</table><table><tr><td>&nbsp;</table>`, "A1=s:a\n[Итого] A1=s:b"},
		"nested tables":       {`<table><tr><td>a<table><tr><td>b</td></tr></table>c<td>d</table>`, "A1=s:ac B1=s:d\nA1=s:b"},
		"nested alone":        {`<table><tr><td><table><tr><td>b</table></table>`, "A1=s:b"},
		"hidden":              {`<style>.h{display:none}</style><table><col><col style="display:none"><tr style="display:none"><td>a<tr><td>b<td>c<td class=h>d</table><table hidden><tr><td>e</table>`, "A1=s:a~ A2=s:b B2=s:c~ C2=s:d~\n~ A1=s:e"},
		"bold and indent":     {`<style><!--.x1{font-weight:700;} .x2{mso-char-indent-count:2}--></style><table><tr><td class=x1>a<td><b>b</b> c<td>d <b>e</b><td class="x2">f</table>`, "A1=s:a* B1=s:b c* C1=s:d e D1=s:f>>"},
		"nothing in it":       {`<table><tr><td></table>`, ""},
		"after other things":  {"\ufeff \n<!-- x --><meta charset=utf-8><table><tr><td>a</table>", "A1=s:a"},
		"scripts and comment": {`<table><tr><td>a<script>document.write("<td>x")</script><!-- <td>y --><style>td{}</style><td>b</table>`, "A1=s:a B1=s:b"},
		"cut off":             {`<table><tr><td>a<td>b`, "A1=s:a B1=s:b"},
		"wild ends":           {`</td></table></tr><table></td><tr></table></table><table><tr><td>a</table></table>`, "A1=s:a"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			gridtest.Reads(t, Read, c.data, c.want)
		})
	}
}

func TestReadGivesTextAsItIsShown(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"  a \n\t b  ":                     "a b",
		"a<br>b<br/> c":                    `a\nb\nc`,
		"<p>a</p>\n<p>b</p>":               `a\nb`,
		"<div>a</div> b":                   `a\nb`,
		"Склад&nbsp;1":                     "Склад 1",
		"&nbsp;&nbsp;a":                    "  a",
		"&laquo;a&raquo; &#1046; &lt;b>":   "«a» Ж <b>",
		"a<span> b</span><i>c</i>":         "a bc",
		"&amp;nbsp;":                       "&nbsp;",
		"<font color=red>a</font><br><br>": "a",
	} {
		gridtest.Reads(t, Read, "<table><tr><td>"+in+"</td></tr></table>", "A1=s:"+want)
	}
}

func TestReadTypesWhatIsCertain(t *testing.T) {
	t.Parallel()
	table := func(cells ...string) string {
		return "<table><tr><td>" + strings.Join(cells, "<tr><td>") + "</table>"
	}
	const excel = `<style>table{mso-displayed-decimal-separator:"\.";mso-displayed-thousand-separator:"\,";} .d{mso-number-format:"d\/m\/yyyy";} .t{mso-number-format:"\@";} .f{mso-number-format:"\#\,\#\#0\.00\0022 kg\0022";}</style>`
	for name, c := range map[string]struct{ data, want string }{
		"plain":                      {table("7", "-12.5", "+3", "0.125"), "A1=n:7 A2=n:-12.5 A3=n:3|+3 A4=n:0.125"},
		"thousands by blanks":        {table("1 234,50", "1&nbsp;234&nbsp;567"), "A1=n:1234.5|1 234,50 A2=n:1234567|1 234 567"},
		"both signs":                 {table("1,234.50", "1.234,50"), "A1=n:1234.5|1,234.50 A2=n:1234.5|1.234,50"},
		"comma that may be either":   {table("1,234"), "A1=s:1,234"},
		"comma settled by column":    {table("1,234", "1,5"), "A1=n:1.234|1,234 A2=n:1.5|1,5"},
		"comma settled by the other": {table("1,234", "1.5"), "A1=n:1234|1,234 A2=n:1.5"},
		"comma in a Russian page":    {table("Цена", "1,234"), "A1=s:Цена A2=n:1.234|1,234"},
		"codes":                      {table("00123", "45678"), "A1=s:00123 A2=s:45678"},
		"too long to count":          {table("40702810900000001234"), "A1=s:40702810900000001234"},
		"percent and money":          {table("12,5%", "5 %", "$1,234.50", "100 ₽"), "A1=n:0.125|12,5% A2=n:0.05|5 % A3=n:1234.5|$1,234.50 A4=n:100|100 ₽"},
		"no numbers":                 {table("1 23", "1-2", "1.2.3", "12 шт", "1,,2", "5."), "A1=s:1 23 A2=s:1-2 A3=s:1.2.3 A4=s:12 шт A5=s:1,,2 A6=s:5."},
		"dates":                      {table("31.01.2024", "2024-01-31", "31.01.2024 10:20", "31.13.2024"), "A1=d:2024-01-31|31.01.2024 A2=d:2024-01-31 A3=d:2024-01-31T10:20:00|31.01.2024 10:20 A4=s:31.13.2024"},
		"date of unknown order":      {table("03/04/2024"), "A1=s:03/04/2024"},
		"order told by the column":   {table("03/04/2024", "25/12/23"), "A1=d:2024-04-03|03/04/2024 A2=d:2023-12-25|25/12/23"},
		"orders that contradict":     {table("03/04/2024", "25/12/2023", "12/25/2023"), "A1=s:03/04/2024 A2=s:25/12/2023 A3=s:12/25/2023"},
		"SheetJS":                    {`<table><tr><td data-t="n" data-v="1234.5" data-z="0.00">1234.50<td data-t="b" data-v="true">TRUE<td data-t="s" data-v="012">012`, "A1=n:1234.5|1234.50{0.00} B1=b:TRUE C1=s:012{@}"},
		"Excel's date":               {excel + "<table><tr><td class=d>03/04/2024</table>", "A1=d:2024-04-03|03/04/2024{d/m/yyyy}"},
		"Excel's text":               {excel + "<table><tr><td class=t>123<td style='mso-number-format:\"\\@\"'>5", "A1=s:123{@} B1=s:5{@}"},
		"Excel's separators":         {excel + "<table><tr><td>1,234<td>1.234<td>#N/A", "A1=n:1234|1,234 B1=n:1.234 C1=e:#N/A"},
		"x:num":                      {excel + `<table><tr><td x:num="1234.5678">1,235<td x:num>1,234.5<td class=d x:num="45359">8/3/2024<td class=f x:num="5">5.00 kg`, `A1=n:1234.5678|1,235 B1=n:1234.5|1,234.5 C1=d:2024-03-08|8/3/2024{d/m/yyyy} D1=n:5|5.00 kg{#,##0.00" kg"}`},
		"x:str, x:bool, x:err":       {`<table><tr><td x:str>12<td x:str="a  b">a b<td x:bool="TRUE">TRUE<td x:err="#N/A">#N/A`, "A1=s:12{@} B1=s:a  b{@} C1=b:TRUE D1=e:#N/A"},
		"LibreOffice":                {`<table><tr><td sdval="1234.5" sdnum="1049;0;# ##0,00">1 234,50<td sdval="45359" sdnum="1049;1033;MM/DD/YYYY">03/08/2024`, "A1=n:1234.5|1 234,50{# ##0,00} B1=d:2024-03-08|03/08/2024{MM/DD/YYYY}"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			gridtest.Reads(t, Read, c.data, c.want)
		})
	}
}

func TestReadTellsTheEncodingByTheBytes(t *testing.T) {
	t.Parallel()
	page := func(charset string) string {
		return `<html><head><meta http-equiv="Content-Type" content="text/html; charset=` + charset + `"></head><table><tr><td>Молоко Домик</table>`
	}
	for name, data := range map[string]string{
		"UTF-8 that says windows-1251": page("windows-1251"), "UTF-16 that says UTF-8": gridtest.Encoded(unicode.UTF16(unicode.BigEndian, unicode.UseBOM), page("utf-8")),
		"windows-1251":                  gridtest.Encoded(charmap.Windows1251, page("windows-1251")),
		"windows-1251 that says UTF-8":  gridtest.Encoded(charmap.Windows1251, page("utf-8")),
		"windows-1251 that says 8859-1": gridtest.Encoded(charmap.Windows1251, page("iso-8859-1")),
		"koi8-r":                        gridtest.Encoded(charmap.KOI8R, page("koi8-r")),
		"cp866 that says nothing":       gridtest.Encoded(charmap.CodePage866, "<table><tr><td>Молоко Домик</table>"),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			gridtest.Reads(t, Read, data, "A1=s:Молоко Домик")
		})
	}
}

// workbook is an archive as Excel saves one: the second sheet is hidden, the third empty.
func workbook() string {
	const b = "\r\n------=_NextPart_01\r\n"
	sheetList := `<html><head><!--[if gte mso 9]><xml><x:ExcelWorkbook><x:ExcelWorksheets>`
	for _, s := range []string{`<x:Name>=D0=98=D1=8E=D0=BB=D1=8C</x:Name><x:WorksheetSource HRef=3D"Book.files/sheet002.htm"/>`,
		`<x:Name>A&amp;B</x:Name><x:WorksheetSource HRef=3D"Book.files/sheet001.htm"/><x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions>`,
		`<x:Name>empty</x:Name><x:WorksheetSource HRef=3D"Book.files/sheet003.htm"/>`} {
		sheetList += "<x:ExcelWorksheet>" + s + "</x:ExcelWorksheet>"
	}
	sheetList += `</x:ExcelWorksheets></x:ExcelWorkbook></xml><![endif]--></head><frameset></frameset></html>`
	page := func(name, body string) string {
		return "Content-Location: file:///C:/x/Book.files/" + name + "\r\nContent-Transfer-Encoding: base64\r\nContent-Type: text/html; charset=\"windows-1251\"\r\n\r\n" + body
	}
	first := gridtest.Encoded(charmap.Windows1251, "<link rel=Stylesheet href=stylesheet.css><table><tr><td>Товар<td class=xl1>12</table>")
	return "MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\nContent-Type: multipart/related; boundary=\"----=_NextPart_01\"\r\n\r\nThis document is a Single File Web Page.\r\n" +
		b + "Content-Location: file:///C:/x/Book.htm\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Type: text/html; charset=\"utf-8\"\r\n\r\n" + sheetList +
		b + "Content-Location: file:///C:/x/Book.files/stylesheet.css\r\nContent-Type: text/css\r\n\r\n.xl1\r\n{mso-number-format:\"\\@\";}" +
		b + page("sheet001.htm", base64.StdEncoding.EncodeToString([]byte("<table><tr><td>second</table>"))) +
		b + page("sheet002.htm", base64.StdEncoding.EncodeToString([]byte(first))) +
		b + page("sheet003.htm", base64.StdEncoding.EncodeToString([]byte("<table></table>"))) +
		"\r\n------=_NextPart_01--\r\n"
}

func TestReadArchiveGivesTheSheetsOfAWorkbook(t *testing.T) {
	t.Parallel()
	const want = "[Июль] A1=s:Товар B1=s:12{@}\n[A&B]~ A1=s:second\n[empty]"
	for name, c := range map[string]struct{ data, want string }{
		"CR LF":            {workbook(), want},
		"LF":               {strings.ReplaceAll(workbook(), "\r\n", "\n"), want},
		"no last boundary": {strings.Split(workbook(), "01--")[0], want + "\n!truncated"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			gridtest.Reads(t, ReadArchive, c.data, c.want)
		})
	}
}

func TestReadArchiveGivesTheTablesOfAPage(t *testing.T) {
	t.Parallel()
	const head = "MIME-Version: 1.0\nFrom: <Saved by Blink>\n"
	for name, data := range map[string]string{
		"parts":  head + "Content-Type: multipart/related; boundary=\"x\"; type=\"text/html\"\n\n--x\nContent-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n<table><tr><td>=D0=\n=90</table>\n--x\nContent-Type: image/png\n\n<table>\n--x--\n",
		"single": head + "Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n<table><tr><td>=D0=90</table>",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			gridtest.Reads(t, ReadArchive, data, "A1=s:А")
		})
	}
}

func TestReadRefusesPagesWithoutTables(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		read       gridtest.Reader
		data, want string
	}{
		"text":           {Read, "<html><body>hello", "empty html"},
		"frames":         {Read, "<html><frameset><frame src=a.htm></frameset></html>", "unsupported html_frames"},
		"archive":        {ReadArchive, "MIME-Version: 1.0\nContent-Type: text/html\n\nhello", "empty mht"},
		"broken archive": {ReadArchive, "MIME-Version", "broken"},
		"spans":          {Read, "<table><tr>" + strings.Repeat("<td rowspan=65534 colspan=1000>x", 17) + strings.Repeat("<tr><td>", 1_200), "too_big spans"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			gridtest.Refuses(t, c.read, c.data, c.want)
		})
	}
}

// TestCellsNeverCoverEachOther whatever the spans are.
func TestCellsNeverCoverEachOther(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var page strings.Builder
		page.WriteString("<table>")
		n := 0
		for range rapid.IntRange(1, 6).Draw(t, "rows") {
			page.WriteString("<tr>")
			for range rapid.IntRange(0, 5).Draw(t, "cells") {
				n++
				fmt.Fprintf(&page, "<td colspan=%d rowspan=%d>x%d", rapid.IntRange(1, 3).Draw(t, "across"), rapid.IntRange(1, 3).Draw(t, "down"), n)
			}
		}
		if n == 0 {
			return
		}
		book := gridtest.Book(t, Read, page.String())
		seen := 0
		for row := range book.Sheets[0].All() {
			seen += len(row.Cells)
			for _, c := range row.Cells {
				for _, m := range book.Sheets[0].Merges {
					inside := c.Row >= m.FirstRow && c.Row <= m.LastRow && c.Col >= m.FirstCol && c.Col <= m.LastCol
					if inside && (c.Row != m.FirstRow || c.Col != m.FirstCol) && c.Row != m.FirstRow {
						t.Fatalf("cell %d,%d lies under %+v of\n%s", c.Row, c.Col, m, page.String())
					}
				}
			}
		}
		if seen != n {
			t.Fatalf("%d cells of %d in\n%s", seen, n, page.String())
		}
	})
}

func FuzzRead(f *testing.F) {
	f.Add(`<style>.a{mso-number-format:"\0022x\0022;"}</style><table><col span=2><tr><td class=a x:num="1">1<td rowspan=2 colspan=2>1 234,5<tr><td>31.01.2024<table><tr><td>5%</table></table>`)
	f.Add(`<table><caption>c</caption><thead><tr><th>a<br>b</thead><tbody><tr><td sdval="5" sdnum="1033;0;0.00">&nbsp;5</table>`)
	f.Add(workbook())
	f.Fuzz(func(t *testing.T, data string) {
		for _, r := range []gridtest.Reader{Read, ReadArchive} {
			gridtest.Fuzz(t, r, data, sheet.Options{MaxCells: 1 << 14, MaxMembers: 100}, gridtest.Filled, gridtest.Ordered)
		}
	})
}
