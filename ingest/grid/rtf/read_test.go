package rtf_test

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"

	"github.com/distbase/distbase/ingest/grid/internal/gridtest"
	"github.com/distbase/distbase/ingest/grid/rtf"
	"github.com/distbase/distbase/ingest/grid/sheet"
)

// row writes one with its cells and where they end.
func row(edges []int, cells ...string) string {
	var b strings.Builder
	b.WriteString(`\trowd\trgaph70`)
	for _, e := range edges {
		fmt.Fprintf(&b, `\cellx%d`, e)
	}
	for _, c := range cells {
		b.WriteString(`\pard\intbl ` + c + `\cell`)
	}
	return b.String() + "\\row\n"
}

func doc(body string) string { return `{\rtf1\ansi\ansicpg1251\deff0 ` + body + "}" }

func ansi(s string) string {
	var b strings.Builder
	for _, c := range []byte(gridtest.Encoded(charmap.Windows1251, s)) {
		if c < 0x80 {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, `\'%02x`, c)
		}
	}
	return b.String()
}

func TestTablesOfADocument(t *testing.T) {
	t.Parallel()
	two, three := []int{1000, 2000}, []int{1000, 2000, 3000}
	for _, c := range []struct{ name, body, want string }{
		{"two tables", ansi("Отчёт") + `\par ` + row(two, ansi("Товар"), "12,5") + row(two, "a", "b") + `\pard\par ` + row(two, "c", "d") + `\pard text\par`,
			"A1=s:Товар B1=s:12,5 A2=s:a B2=s:b\nA1=s:c B1=s:d"},
		{"a cell over columns by its edges", row([]int{2010, 3000}, "a", "b") + row(three, "1", "2", "3"), `A1=s:a C1=s:b A2=s:1 B2=s:2 C2=s:3 A1:B1`},
		{"a cell over columns by marks", `\trowd\clmgf\cellx1000\clmrg\cellx2000\cellx3000\intbl a\cell lost\cell b\cell\row`, `A1=s:a C1=s:b A1:B1`},
		{"a cell over rows", `\trowd\clvmgf\cellx1000\cellx2000\intbl a\cell 1\cell\row\trowd\clvmrg\cellx1000\cellx2000\intbl lost\cell 2\cell\row`, `A1=s:a B1=s:1 B2=s:2 A1:A2`},
		{"no edges", `\intbl a\cell b\cell\row\intbl c\cell\row`, `A1=s:a B1=s:b A2=s:c`},
		{"definition behind the cells", `\pard\intbl a\cell b\cell\trowd\cellx1000\cellx3000\row ` + row(three, "1", "2", "3"), `A1=s:a B1=s:b A2=s:1 B2=s:2 C2=s:3 B1:C1`},
		{"definition of the row before", row(two, "a", "b") + `\intbl c\cell d\cell\row`, `A1=s:a B1=s:b A2=s:c B2=s:d`},
		{"without intbl", `\trowd\cellx1000\cellx2000 a\par b\cell c\cell\row\par`, `A1=s:a\nb B1=s:c`},
		{"without any word", `a\cell b\cell\row c\cell d\cell\row`, `A1=s:a B1=s:b A2=s:c B2=s:d`},
		{"lines of text in between", row(two, "a", "b") + `\pard\par ` + row(two, "c", "d"), "A1=s:a B1=s:b\nA1=s:c B1=s:d"},
		{"paragraphs", row(two, `a\line b\par c\tab d\par`, "x"), `A1=s:a\nb\nc\td B1=s:x`},
		{"table in a cell", `\trowd\cellx1000\cellx2000\pard\intbl out\par\pard\intbl\itap2 in\nestcell 2\nestcell{\*\nesttableprops\trowd\cellx400\cellx800\nestrow}{\nonesttables\par lost}` +
			`\pard\intbl side\cell b\cell\row`, "A1=s:out\\nside B1=s:b\nA1=s:in B1=s:2"},
		{"bold", row(three, `{\b a}`, `{\b a}b`, `\b x\b0`) + row(three, "p", "", ""), `A1=s:a* B1=s:ab C1=s:x* A2=s:p`},
		{"hidden and deleted", row(two, `{\v no}a{\deleted no}`, `{\*\unknown no}{\pict 0102}{\field{\*\fldinst PAGE}{\fldrslt 7}}`), `A1=s:a B1=s:7`},
		{"pictures in bytes", row(two, "{\\pict\\bin4 }}{{}a", "b"), `A1=s:a B1=s:b`},
		{"numbers of a list", row(two, `{\listtext\pard\plain 1.\tab}`, `{\listtext\pard\plain 2.\tab}x`), `A1=s:1. B1=s:2.\tx`},
		{"headers are not the text", `{\header ` + row(two, "h", "h") + `}` + row(two, "a", "b"), `A1=s:a B1=s:b`},
		{"signs", row(two, `\{\\\}\~\_\-\emdash\lquote\rquote`, "x"), "A1=s:{\\}\u00a0‑—‘’ B1=s:x"},
		{"deep groups", row(two, strings.Repeat("{", 3000)+"a"+strings.Repeat("}", 3000), "b"), `A1=s:a B1=s:b`},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			gridtest.Reads(t, rtf.Read, doc(c.body), c.want)
		})
	}
}

func TestTextInEveryEncoding(t *testing.T) {
	t.Parallel()
	one := func(head, cell string) string { return `{\rtf1` + head + `\intbl ` + cell + `\cell\row}` }
	fonts := `\ansi\ansicpg1252\deff0{\fonttbl{\f0\fnil Arial;}{\f1\fswiss\fcharset204{\*\falt x}Arial Cyr;}{\f2\fcharset0\cpg866 A;}{\f3\fcharset128 MS Gothic;}}`
	raw := gridtest.Encoded(charmap.Windows1251, "Шампунь детский")
	for _, c := range []struct{ name, data, want string }{
		{"document's page", one(`\ansi\ansicpg1251`, ansi("Итого")), "Итого"},
		{"font's character set", one(fonts, `{\f1 `+ansi("Итого")+`}`), "Итого"},
		{"font's code page", one(fonts, `\f2\'88\'e2\'ae\'a3\'ae`), "Итого"},
		{"the default font comes back", one(`\ansicpg1252\deff1{\fonttbl{\f1\fcharset204 A;}{\f0 B;}}`, `\f0 a\plain `+ansi("я")), "aя"},
		{"two bytes a character", one(fonts, `\f3\'93\'fa\'96\'7b`), "日本"},
		{"western", one(`\ansi\ansicpg1252`, `caf\'e9`), "café"},
		{"unicode", one(`\ansi\uc1`, `\u1048?\u1090?\u1086\'ee\u1075?\u1086 ?x`), "Итогоx"},
		{"unicode with skips", one(`\uc2`, `\u1048\'d0\'98{\uc0\u1090 x}\u1086{}ab`), "Итxоab"},
		{"negative and surrogates", one(`\uc1`, `\u-10179?\u-8704?\u-3??`), "😀\ufffd?"},
		{"both ways", one(`\uc1`, `{\upr{lost}{\*\ud{\u1071?}}}`), "Я"},
		{"nothing said, bytes as they are", one("", raw), "Шампунь детский"},
		{"western said, Russian written", one(`\ansi\ansicpg1252{\fonttbl{\f0\fcharset0 Arial;}}`, `\f0 `+ansi("Шампунь детский Ромашка")), "Шампунь детский Ромашка"},
		{"utf-8 where none should be", one(`\ansi`, "Шампунь детский"), "Шампунь детский"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			gridtest.Reads(t, rtf.Read, c.data, "A1=s:"+c.want)
		})
	}
}

func TestWhatGivesNoTable(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ data, want string }{
		"nothing":     {"", "broken"},
		"no rtf":      {"{text}", "broken"},
		"text alone":  {doc(`Hello\par`), "empty rtf"},
		"empty cells": {doc(row([]int{1, 2}, "", " ")), "empty rtf"},
		"cells":       {doc(strings.Repeat(`\cell\row`, 1_100_000)), "too_big cells"},
		"tables":      {doc(strings.Repeat(`\intbl a\cell\row\pard\par`, 11_000)), "too_big tables"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			gridtest.Refuses(t, rtf.Read, c.data, c.want)
		})
	}
}

func TestWhatWasReadBeforeTheEndIsGiven(t *testing.T) {
	t.Parallel()
	two := []int{1000, 2000}
	whole := doc(row(two, "a", "b") + row(two, "c", "d"))
	gridtest.Reads(t, rtf.Read, whole[:strings.Index(whole, `d\cell`)+1], "A1=s:a B1=s:b A2=s:c B2=s:d\n!truncated(2)")
}

func TestBudgetIsKept(t *testing.T) {
	t.Parallel()
	gridtest.KeepsBudget(t, rtf.Read, []byte(doc(strings.Repeat(row([]int{1000, 2000}, "a", "b"), 100))))
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(doc(row([]int{1000, 2000}, "a", `{\b b}`) + row([]int{2000}, ansi("Итого")) + `\pard\par`)))
	f.Add([]byte(`{\rtf1\ansi{\fonttbl{\f1\fcharset204 A;}}\trowd\clvmgf\clmgf\cellx10\clmrg\cellx90\f1\intbl \u1048?\'c8\cell\cell\row\itap2 x\nestcell{\*\nesttableprops\trowd\cellx4\nestrow}}`))
	f.Add([]byte(`{\rtf1{\upr{a}{\*\ud{\u-10179?\u-8704?}}}\bin3 abc\uc0\u5 a\cell\row`))
	f.Fuzz(func(t *testing.T, data []byte) {
		gridtest.Fuzz(t, rtf.Read, data, sheet.Options{}, gridtest.Filled, gridtest.Ordered)
	})
}
