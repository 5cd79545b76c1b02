package grid_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"github.com/distbase/distbase/ingest/grid"
	"github.com/distbase/distbase/ingest/grid/internal/gridtest"
	"github.com/distbase/distbase/ingest/grid/xls/biff"
)

func utf16le(s string) string {
	return gridtest.Encoded(unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), s)
}

func TestWhatIsNotReadIsNamed(t *testing.T) {
	t.Parallel()
	const ole = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
	for _, c := range []struct{ name, data, code, found string }{
		{"nothing", "", "empty", ""},
		{"blanks", " \r\n \t", "empty", ""},
		{"pdf without pages", "%PDF-1.4\n", "broken", "pdf"},
		{"picture", "\x89PNG\r\n\x1a\n", "unsupported", "picture"},
		{"program", "\x7fELF\x02", "unsupported", "program"},
		{"old excel without its workbook", ole + utf16le("Workbook\x00\x00"), "broken", "no workbook stream"},
		{"word", ole + utf16le("WordDocument\x00\x00"), "unsupported", "doc"},
		{"encrypted workbook without its parts", ole + utf16le("EncryptedPackage\x00\x00"), "broken", ""},
		{"letter", "From: a@b.c\r\nSubject: x\r\n\r\nhello", "empty", "eml"},
		{"json", `{"a":1}`, "unsupported", "json"},
		{"noise", "\x00\x01\x02\x03\x05\x06\x07\x08\x0e\x0f", "unsupported", "binary"},
		{"broken zip", "PK\x03\x04rest", "broken", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if re := refused(t, []byte(c.data), grid.Options{}); re.Code != c.code || re.Found != c.found || re.Path != "file" {
				t.Errorf("got %v %q, want %s %q", re, re.Found, c.code, c.found)
			}
		})
	}
}

func TestOldWorkbooksAreToldWithAndWithoutTheirContainer(t *testing.T) {
	t.Parallel()
	in := biff.Sheet{Name: "Июль", Rows: [][]any{{"Товар", 12}}}
	whole := biff.Workbook(in)
	lost := bytes.Clone(whole)
	clear(lost[len(lost)-512:]) // the table of sectors
	long := in
	for range 2000 {
		long.Rows = append(long.Rows, []any{"Товар", 1})
	}
	cut := biff.Workbook(long)
	for name, data := range map[string][]byte{
		"in a container": whole, "bare": biff.Stream(in), "in a broken container": lost, "in a container cut short": cut[:len(cut)/2],
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := read(t, data)
			if c, _ := f.Sheets[0].Cell(1, 1); f.Format != "xls" || f.Sheets[0].Name != "Июль" || c.Value != "Товар" {
				t.Errorf("%s, %q, %+v", f.Format, f.Sheets[0].Name, c)
			}
		})
	}
}

func TestPackagesOfOtherProgramsAreNamed(t *testing.T) {
	t.Parallel()
	for want, parts := range map[string][]string{
		"odt": {"mimetype", "application/vnd.oasis.opendocument.text"}, "epub": {"mimetype", "application/epub+zip"},
		"numbers":      {"preview.jpg", "", "Index/Document.iwa", "\x00\x20\x00\x00\x30\x08\x01\x12\x04\x08\x01\x12", "Index/Tables/DataList.iwa", ""},
		"pages":        {"Index/Document.iwa", "\x00\x20\x00\x00\x30\x08\x01\x12\x05\x08\x90\x4e\x12", "Index/Tables/DataList.iwa", ""},
		"ppt":          {"Index/Document.iwa", "", "Index/Slide-1.iwa", ""},
		"opendocument": {"META-INF/manifest.xml", `<manifest><file-entry media-type="application/vnd.oasis.opendocument.graphics"/></manifest>`},
	} {
		if re := refused(t, gridtest.Zip(parts...), grid.Options{}); re.Found != want {
			t.Errorf("got %v, want %s", re, want)
		}
	}
}

func TestArchiveMembersAreReadInOrder(t *testing.T) {
	t.Parallel()
	cp866 := gridtest.Encoded(charmap.CodePage866, "Отчёт.csv")
	inner := gridtest.Zip("b.csv", "a;b\n1;2\n")
	f := read(t, gridtest.Zip("dir/"+cp866, "a;b\n", "pic.png", "\x89PNG\r\n\x1a\n", "../in.zip", string(inner), "book.xlsx", string(gridtest.Workbook("<worksheet/>"))))
	var names []string
	for _, s := range f.Sheets {
		names = append(names, s.FullName())
	}
	if got := strings.Join(names, " "); got != "dir/Отчёт.csv in.zip/b.csv book.xlsx!Июль" {
		t.Errorf("sheets are %s", got)
	}
	if len(f.Warnings) != 1 || f.Warnings[0].Sheet != "pic.png" || f.Warnings[0].Text != "picture" {
		t.Errorf("warnings are %v", f.Warnings)
	}
	if f.Sheets[2].Index != 3 {
		t.Errorf("index of the third is %d", f.Sheets[2].Index)
	}
}

func TestArchiveWithoutTablesSaysWhyOfItsFirstMember(t *testing.T) {
	t.Parallel()
	if re := refused(t, gridtest.Zip("a/x.png", "\x89PNG\r\n\x1a\n"), grid.Options{}); re.Path != "a/x.png" || re.Found != "picture" {
		t.Errorf("got %+v", re)
	}
}

func TestGzipIsOpened(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, _ = z.Write([]byte("a;b\n1;2\n"))
	_ = z.Close()
	if f := read(t, b.Bytes()); f.Format != "gzip" || f.Sheets[0].Rows()[1].Cells[1].Value != "2" {
		t.Errorf("got %+v", f)
	}
}

func TestBoundsHold(t *testing.T) {
	t.Parallel()
	nested := []byte("a;b\n")
	for range 5 {
		nested = gridtest.Zip("in.zip", string(nested))
	}
	zeros := strings.Repeat("0", 60<<20)
	for _, c := range []struct {
		name, found string
		data        []byte
		opt         grid.Options
	}{
		{"archives in archives", "depth", nested, grid.Options{}},
		{"a member that blows up", "ratio", gridtest.Zip("a.csv", zeros), grid.Options{}},
		{"a number of endless length", "token", gridtest.Workbook("<worksheet><sheetData><row><c><v>" + zeros[:20<<20]), grid.Options{}},
		{"unpacked size", "unpacked", gridtest.Zip("a.csv", zeros[:2000]), grid.Options{MaxBytes: 1000}},
		{"cells of a workbook", "cells", gridtest.Workbook("<worksheet><sheetData><row><c><v>1</v></c><c><v>1</v></c></row></sheetData></worksheet>"), grid.Options{MaxCells: 1}},
		{"cells of a text", "cells", []byte("a;b;c\n"), grid.Options{MaxCells: 2}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if re := refused(t, c.data, c.opt); re.Code != grid.CodeTooBig || re.Found != c.found {
				t.Errorf("got %v, want too_big %s", re, c.found)
			}
		})
	}
}

func TestQuotesThatNeverCloseTakeLinearTime(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	if _, err := grid.Read(ctx, "f", []byte(strings.Repeat("\"a;b\n", 1<<17)), grid.Options{}); err != nil {
		t.Error(err)
	}
}

func TestReadingStopsWithItsContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err := grid.Read(ctx, "f", []byte("a;b\n"), grid.Options{})
	if re, ok := err.(*grid.ReadError); !ok || re.Code != grid.CodeCancelled {
		t.Errorf("got %v", err)
	}
}

func TestColumnNamesAreLetters(t *testing.T) {
	t.Parallel()
	for col, want := range map[int]string{1: "A", 26: "Z", 27: "AA", 702: "ZZ", 703: "AAA", 16384: "XFD", 0: ""} {
		if got := grid.ColumnName(col); got != want {
			t.Errorf("column %d is %s, want %s", col, got, want)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(russian))
	f.Add([]byte("sep=;\r\na;\"b\nc\"\n1;2,5\n"))
	f.Add([]byte("\xff\xfea\x00;\x00b\x00"))
	f.Add(gridtest.Workbook(testSheet, "xl/styles.xml", testStyles, "xl/sharedStrings.xml", testStrings))
	f.Add(gridtest.Zip("a.csv", "a;b\n1;2\n", "b.zip", "PK\x03\x04"))
	f.Fuzz(func(t *testing.T, data []byte) {
		file, err := grid.Read(context.Background(), "f", data, grid.Options{MaxBytes: 1 << 24, MaxCells: 1 << 16})
		if err != nil {
			if _, ok := err.(*grid.ReadError); !ok {
				t.Fatalf("error of type %T", err)
			}
			if strings.Contains(err.Error(), "reader gave up") {
				t.Fatal(err)
			}
			return
		}
		for _, s := range file.Sheets {
			for i, r := range s.Rows() {
				if i > 0 && s.RowAt(i-1, nil).N >= r.N {
					t.Fatalf("row %d stands behind row %d", r.N, s.RowAt(i-1, nil).N)
				}
				for j, c := range r.Cells {
					if c.Row != r.N || j > 0 && r.Cells[j-1].Col >= c.Col {
						t.Fatalf("cell %+v is out of order", c)
					}
				}
			}
		}
		_ = lines(t, file, grid.CSV)
	})
}

func TestDialectLineNamesWhatWasFound(t *testing.T) {
	t.Parallel()
	f := read(t, []byte("a\t\"b\"\n1\t2\n"))
	if got := grid.DialectLine("dir/x.tsv", f); got != "x.tsv\t\\t\t\"\tutf-8\n" {
		t.Errorf("got %q", got)
	}
	if got := grid.DialectLine("x.pdf", nil); got != "x.pdf\tFAIL\t\t\n" {
		t.Errorf("got %q", got)
	}
}

const russian = "Код;Наименование;Кол-во;Сумма\r\n00012;Шампунь «Ромашка» 400 мл;24;1 234,50\r\n00013;Мыло \"Лаванда\", 100 г;5;12,00\r\n"

func TestRemarkBesideAReportIsNoTable(t *testing.T) {
	t.Parallel()
	f := read(t, gridtest.Zip("readme.txt", "отчёт за июль", "a.csv", "a;b\n1;2\n"))
	if len(f.Sheets) != 1 || f.Sheets[0].Path != "a.csv" {
		t.Errorf("got %d sheets", len(f.Sheets))
	}
	if re := refused(t, gridtest.Zip("readme.txt", "отчёт за июль"), grid.Options{}); re.Code != grid.CodeEmpty {
		t.Errorf("got %v", re)
	}
}
