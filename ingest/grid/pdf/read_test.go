package pdf

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/distbase/distbase/ingest/grid/internal/gridtest"
	"github.com/distbase/distbase/ingest/grid/sheet"
)

// pageOf writes a PDF of one page without a cross-reference table.
func pageOf(font, content string) []byte {
	return fmt.Appendf(nil, "%%PDF-1.4\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n2 0 obj <</Kids[3 0 R]/Count 1>> endobj\n"+
		"3 0 obj <</Type/Page/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>> endobj\n"+
		"4 0 obj <</Length %d>> stream\n%s\nendstream endobj\n5 0 obj %s endobj\ntrailer <</Root 1 0 R>>\n", len(content), content, font)
}

const helvetica = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"

func TestPagesOfASpreadsheetJoin(t *testing.T) {
	data, err := os.ReadFile("testdata/calc.pdf")
	if err != nil {
		t.Fatal(err)
	}
	s := gridtest.Book(t, Read, data).Sheets[0]
	if s.Len() != 70 {
		t.Errorf("%d rows, want 70", s.Len())
	}
	for i, want := range map[int]string{1: "Код", 2: "1001", 70: "1069"} {
		if c, _ := s.Cell(i, 1); c.Value != want {
			t.Errorf("row %d begins with %q, want %q", i, c.Value, want)
		}
	}
	if c, ok := s.Cell(8, 3); ok {
		t.Errorf("C8 is empty in the source, got %q", c.Value)
	}
	if c, _ := s.Cell(8, 4); c.Value != "119,50" {
		t.Errorf("D8 %q, want 119,50", c.Value)
	}
}

func TestCyrillicCodesWithoutATable(t *testing.T) {
	gridtest.Reads(t, Read, pageOf(helvetica, "BT /F 10 Tf 50 700 Td (\xD2\xEE\xE2\xE0\xF0) Tj 100 0 Td (5) Tj ET"), "A1=s:Товар B1=s:5")
}

func TestNamesOfGlyphs(t *testing.T) {
	f := "<</Subtype/Type1/Encoding<</Differences[1/afii10017/afii10023/afii10024/afii10071/uni2116/one.alt]>>>>"
	gridtest.Reads(t, Read, pageOf(f, "BT /F 10 Tf 50 700 Td <010203040506> Tj ET"), "A1=s:АЁЖё№1")
}

func TestRulesMakeCells(t *testing.T) {
	var c strings.Builder
	for _, x := range []int{50, 150, 250} {
		fmt.Fprintf(&c, "%d 640 m %d 700 l S ", x, x)
	}
	for _, y := range []int{640, 670, 700} {
		fmt.Fprintf(&c, "50 %d m 250 %d l S ", y, y)
	}
	c.WriteString("BT /F 8 Tf 1 0 0 1 52 690 Tm (long) Tj 1 0 0 1 52 680 Tm (name) Tj 1 0 0 1 160 685 Tm (7) Tj 1 0 0 1 160 650 Tm (8) Tj ET")
	gridtest.Reads(t, Read, pageOf(helvetica, c.String()), "A1=s:long name B1=s:7 B2=s:8")
}

func TestScansAndLockedFilesAreRefused(t *testing.T) {
	scan := strings.Replace(string(pageOf(helvetica, "/I Do")), "/Resources<<", "/Resources<</XObject<</I 6 0 R>>", 1) +
		"6 0 obj <</Subtype/Image/Length 1>> stream\nx\nendstream endobj\n"
	locked := string(pageOf(helvetica, "")) + "7 0 obj <</Filter/Standard/V 2/R 3/O(x)/U(y)/P -4>> endobj trailer <</Encrypt 7 0 R>>"
	for want, data := range map[string]string{"unsupported pdf_scan": scan, "encrypted pdf": locked, "broken pdf": "%PDF-1.4\n", "empty pdf": string(pageOf(helvetica, ""))} {
		gridtest.Refuses(t, Read, data, want)
	}
}

func TestPasswords(t *testing.T) {
	for _, c := range []struct{ file, password, reason string }{
		{"restricted.pdf", "", "none"},
		{"password_abc.pdf", "abc", "none"},
		{"password_abc.pdf", "", "encrypted pdf"},
		{"password_abc.pdf", "wrong", "encrypted wrong_password"},
	} {
		data, err := os.ReadFile("testdata/" + c.file)
		if err != nil {
			t.Fatal(err)
		}
		book, err := gridtest.Read(Read, data, sheet.Options{Password: c.password})
		if gridtest.Reason(err) != c.reason || err == nil && !strings.Contains(gridtest.Show(book), " B1=s:Наименование ") {
			t.Errorf("%s with %q: got %v, %.100s", c.file, c.password, err, gridtest.Show(book))
		}
	}
}

func TestPackedObjectsReplaceEarlierOnes(t *testing.T) {
	font := "<</Subtype/Type1/Encoding<</Differences[65/afii10017]>>>>"
	data := string(pageOf(helvetica, "BT /F 10 Tf 50 700 Td (A) Tj ET")) +
		fmt.Sprintf("9 0 obj <</Type/ObjStm/N 1/First 4/Length %d>> stream\n5 0 %s\nendstream endobj\n", 4+len(font), font)
	gridtest.Reads(t, Read, data, "A1=s:А")
}

func FuzzRead(f *testing.F) {
	if data, err := os.ReadFile("testdata/calc.pdf"); err == nil {
		f.Add(data)
	}
	f.Add(pageOf(helvetica, "q 1 0 0 1 5 5 cm BT /F 10 Tf 50 700 Td [(a)-200(b)] TJ T* (c) ' ET Q 1 1 9 9 re S"))
	f.Add([]byte("1 0 obj <</Type/Page/Contents[2 0 R]/Kids[1 0 R]>> 2 0 obj <</Filter[/LZW/A85/RL]>> stream"))
	f.Fuzz(func(t *testing.T, data []byte) {
		gridtest.Fuzz(t, Read, data, sheet.Options{MaxBytes: 1 << 24}, gridtest.Filled, gridtest.Ordered)
	})
}

func BenchmarkRead(b *testing.B) {
	data, err := os.ReadFile("testdata/calc.pdf")
	if err != nil {
		b.Skip(err)
	}
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		gridtest.Book(b, Read, data)
	}
}
