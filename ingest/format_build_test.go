package ingest

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/distbase/distbase/ingest/grid/xls/biff"
)

// salesRows are one small report of a day: a heading and three sales, 23 pieces for 2300.
func salesRows(day string) [][]string {
	return [][]string{
		{"Date", "Customer", "Product", "Quantity", "Amount"},
		{day, "Alpha LLC", "Green tea 100 g", "10", "1000"}, {day, "Beta LLC", "Green tea 100 g", "8", "800"}, {day, "Beta LLC", "Coffee beans 250 g", "5", "500"},
	}
}

// joined writes rows with something between cells and around each.
func joined(rows [][]string, row func(i int, cells string) string, cell func(r, c int, text string) string) string {
	var b strings.Builder
	for i, r := range rows {
		cells := ""
		for c, text := range r {
			cells += cell(i, c, text)
		}
		b.WriteString(row(i, cells))
	}
	return b.String()
}

// plainRow wraps the cells of every row alike.
func plainRow(before, after string) func(int, string) string {
	return func(_ int, cells string) string { return before + cells + after }
}

// isFigure: quantity and amount of a sale.
func isFigure(r, c int) bool { return r > 0 && c > 2 }

func zipped(t *testing.T, parts ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(parts); i += 2 {
		w, err := z.Create(parts[i])
		if err == nil {
			_, err = w.Write([]byte(parts[i+1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func xlsxOf(t *testing.T, rows [][]string) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	for r, cells := range rows {
		for c, text := range cells {
			name, err := excelize.CoordinatesToCellName(c+1, r+1)
			if err != nil {
				t.Fatal(err)
			}
			if isFigure(r, c) {
				err = f.SetCellDefault("Sheet1", name, text)
			} else {
				err = f.SetCellStr("Sheet1", name, text)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func xlsOf(rows [][]string) []byte {
	s := biff.Sheet{Name: "Sheet1"}
	for _, cells := range rows {
		var row []any
		for _, text := range cells {
			row = append(row, text)
		}
		s.Rows = append(s.Rows, row)
	}
	return biff.Workbook(s)
}

// dbfOf writes dBase III with fields of characters and figures.
func dbfOf(rows [][]string) []byte {
	widths := []int{10, 20, 24, 8, 10}
	record := 1
	var fields []byte
	for c, name := range rows[0] {
		f := make([]byte, 32)
		copy(f, strings.ToUpper(name))
		f[11], f[16] = 'C', byte(widths[c])
		if isFigure(1, c) {
			f[11] = 'N'
		}
		fields = append(fields, f...)
		record += widths[c]
	}
	head := make([]byte, 32)
	copy(head, []byte{3, 126, 7, 1})
	binary.LittleEndian.PutUint32(head[4:], uint32(len(rows)-1))
	binary.LittleEndian.PutUint16(head[8:], uint16(32+len(fields)+1))
	binary.LittleEndian.PutUint16(head[10:], uint16(record))
	out := append(append(head, fields...), '\r')
	for r, cells := range rows[1:] {
		out = append(out, ' ')
		for c, text := range cells {
			form := "%-*s"
			if isFigure(r+1, c) {
				form = "%*s"
			}
			out = fmt.Appendf(out, form, widths[c], text)
		}
	}
	return append(out, 0x1A)
}

// pdfOf prints the rows on one page with a built-in font.
func pdfOf(rows [][]string) []byte {
	var page strings.Builder
	page.WriteString("BT /F 9 Tf ")
	for r, cells := range rows {
		for c, text := range cells {
			fmt.Fprintf(&page, "1 0 0 1 %d %d Tm (%s) Tj ", 50+c*100, 750-r*16, text)
		}
	}
	page.WriteString("ET")
	objects := []string{
		"<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
		fmt.Sprintf("<</Length %d>>stream\n%s\nendstream", page.Len(), page.String()),
		"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
	}
	out := "%PDF-1.4\n"
	var at []int
	for i, o := range objects {
		at = append(at, len(out))
		out += fmt.Sprintf("%d 0 obj%s\nendobj\n", i+1, o)
	}
	start := len(out)
	out += "xref\n0 6\n0000000000 65535 f \n"
	for _, a := range at {
		out += fmt.Sprintf("%010d 00000 n \n", a)
	}
	return []byte(out + fmt.Sprintf("trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF", start))
}

func gzipped(t *testing.T, data []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write(data); err != nil || w.Close() != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func tarred(t *testing.T, name string, data []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	err := w.WriteHeader(&tar.Header{Name: name, Size: int64(len(data)), Mode: 0o644})
	if err == nil {
		_, err = w.Write(data)
	}
	if err != nil || w.Close() != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// rarred stores one file as RAR 5 does.
func rarred(name string, data []byte) []byte {
	out := []byte("Rar!\x1a\x07\x01\x00")
	block := func(body []byte) {
		head := append(binary.AppendUvarint(nil, uint64(len(body))), body...)
		out = append(binary.LittleEndian.AppendUint32(out, crc32.ChecksumIEEE(head)), head...)
	}
	block([]byte{1, 0, 0})
	h := binary.AppendUvarint([]byte{2, 2}, uint64(len(data)))
	h = binary.AppendUvarint(append(h, 4), uint64(len(data)))
	h = binary.LittleEndian.AppendUint32(append(h, 0), crc32.ChecksumIEEE(data))
	block(append(binary.AppendUvarint(append(h, 0, 0), uint64(len(name))), name...))
	out = append(out, data...)
	block([]byte{5, 0, 0})
	return out
}
