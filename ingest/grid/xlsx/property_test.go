package xlsx

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/distbase/distbase/ingest/grid/internal/gridtest"
	"github.com/distbase/distbase/ingest/grid/sheet"
)

// TestRowsDoNotDependOnCores reads sheets, some of them damaged, in pieces of every
// size: what comes out is the same as from one stream.
func TestRowsDoNotDependOnCores(t *testing.T) {
	t.Parallel()
	bits := rapid.SampledFrom([]string{
		`<row r="3">`, `<row>`, `<row r="9" hidden="1">`, `</row>`, `<row/>`, `<x:row r="4">`, `</x:row>`, `<row `,
		`<c r="B3"><v>1.5</v></c>`, `<c><v>2</v></c>`, `<c r="A7" t="str"><v>ш</v></c>`, `<c t="s"><v>1</v></c>`, `<c t="s"><v>77</v></c>`,
		`<c t="inlineStr"><is><t>a</t></is></c>`, `<c><v>x</v></c>`, `<c>`, `</c>`, `<v>`, `<c t="str"><v><![CDATA[</row>]]></v></c>`,
		`<!-- </row><row r="8"> -->`, `<!-- `, ` -->`, `</sheetData><mergeCells><mergeCell ref="A1:B2"/></mergeCells>`, `<row r="1048576">`, `<row r="0"/>`, "text ", `<a b="</row>"/>`,
	})
	rapid.Check(t, func(t *rapid.T) {
		inner := strings.Join(rapid.SliceOfN(bits, 0, 60).Draw(t, "bits"), "")
		if rapid.Bool().Draw(t, "whole") {
			inner = strings.Repeat(`<row><c><v>1</v></c><c t="inlineStr"><is><t>Товар</t></is></c></row>`, rapid.IntRange(0, 9).Draw(t, "rows")) + inner
		}
		data := gridtest.Workbook(rowsOf(inner), "xl/sharedStrings.xml", strings2)
		if cut := rapid.IntRange(0, 9).Draw(t, "cut"); cut == 0 {
			data = data[:len(data)-rapid.IntRange(0, min(len(data)-1, 1200)).Draw(t, "by")]
		}
		want, wantErr := gridtest.Read(by(split{cores: 1, size: rapid.IntRange(1, 400).Draw(t, "buffer"), careful: true}), data, sheet.Options{})
		got, gotErr := gridtest.Read(by(split{cores: rapid.IntRange(1, 4).Draw(t, "cores"), size: rapid.IntRange(1, 400).Draw(t, "size")}), data, sheet.Options{})
		if (wantErr == nil) != (gotErr == nil) || wantErr != nil && wantErr.Error() != gotErr.Error() {
			t.Fatalf("one core fails with %v, many with %v", wantErr, gotErr)
		}
		if d := cmp.Diff(gridtest.Show(want), gridtest.Show(got)); d != "" {
			t.Fatalf("one core (-) and many (+) differ in %s:\n%s", inner, d)
		}
	})
}

func FuzzRead(f *testing.F) {
	f.Add(gridtest.Workbook(rowsOf(`<row r="1"><c r="A1" t="s"><v>0</v></c><c s="1"><v>46204.5</v></c></row>`), "xl/sharedStrings.xml", strings2))
	f.Add(gridtest.Workbook(`<worksheet><cols><col min="1" max="3" hidden="1"/></cols><sheetData><row><c t="inlineStr"><is><r><t>a</t></r></is></c></row></sheetData><mergeCells><mergeCell ref="A1:B2"/></mergeCells></worksheet>`))
	f.Add([]byte("PK\x03\x04\x14\x00\x08\x00\x00\x00"))
	f.Fuzz(func(t *testing.T, data []byte) {
		opt := sheet.Options{MaxBytes: 1 << 24, MaxCells: 1 << 16, MaxText: 1 << 20}
		for _, how := range []split{{cores: 1, size: 4 << 10}, {cores: 3, size: 256}} {
			gridtest.Fuzz(t, by(how), data, opt, gridtest.Filled)
		}
	})
}

// FuzzSheet reads any text as a worksheet, on one core and on several.
func FuzzSheet(f *testing.F) {
	f.Add(`<row r="1"><c r="A1" t="s"><v>0</v></c></row><row><c><v>1</v></c><c t="d"><v>2026-07-01</v></c></row>`)
	f.Add("<row><c t='b'><v>1</v></c><!-- </row> --><c t=\"e\"><v>#N/A</v></c></row></sheetData><sheetData><row><c><v>&amp;&#1;")
	f.Fuzz(func(t *testing.T, rows string) {
		data := gridtest.Workbook(rowsOf(rows), "xl/sharedStrings.xml", strings2)
		one, oneErr := gridtest.Read(by(split{cores: 1, size: 4 << 10, careful: true}), data, sheet.Options{})
		many, manyErr := gridtest.Read(by(split{cores: 3, size: 64}), data, sheet.Options{})
		if (oneErr == nil) != (manyErr == nil) {
			t.Fatalf("one core fails with %v, many with %v", oneErr, manyErr)
		}
		if a, b := gridtest.Show(one), gridtest.Show(many); a != b {
			t.Fatalf("one core gives\n%s\nmany give\n%s", a, b)
		}
	})
}
