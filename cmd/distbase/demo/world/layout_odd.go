package world

import (
	"archive/zip"
	"bytes"
	"fmt"
	"html"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"

	"github.com/distbase/distbase/ingest/grid/xls/biff"
)

// zipped sends what a layout makes in an archive whose names are in the code page
// of DOS, as archivers of Windows write them.
func zipped(make layout) layout {
	return func(w *World, d int, from, to time.Time) (File, error) {
		f, err := make(w, d, from, to)
		if err != nil {
			return f, err
		}
		name := "Продажи " + monthName(from) + f.Name[strings.LastIndexByte(f.Name, '.'):]
		dos, err := charmap.CodePage866.NewEncoder().String(name)
		if err != nil {
			return f, fmt.Errorf("name %s: %w", name, err)
		}
		var buf bytes.Buffer
		z := zip.NewWriter(&buf)
		m, err := z.CreateHeader(&zip.FileHeader{Name: dos, NonUTF8: true, Method: zip.Deflate})
		if err == nil {
			_, err = m.Write(f.Data)
		}
		if err == nil {
			err = z.Close()
		}
		if err != nil {
			return f, fmt.Errorf("pack %s: %w", name, err)
		}
		return File{Name: "Отчёт.zip", Type: "application/zip", Data: buf.Bytes()}, nil
	}
}

// asHTML sends a workbook as web accounting systems do: a page of HTML in cp1251
// that is called .xls, numbers with a comma and groups parted by &nbsp;.
func asHTML(make layout) layout {
	return func(w *World, d int, from, to time.Time) (File, error) {
		f, err := make(w, d, from, to)
		if err != nil {
			return f, err
		}
		var b strings.Builder
		b.WriteString(`<html><head><meta http-equiv="Content-Type" content="text/html; charset=windows-1251"></head><body><table border="1">` + "\r\n")
		err = eachRow(f, func(cells []cell) {
			b.WriteString("<tr>")
			for _, c := range cells {
				if c.number {
					b.WriteString(`<td align="right">` + strings.ReplaceAll(c.text, ".", ",") + "</td>")
					continue
				}
				b.WriteString("<td>" + html.EscapeString(c.text) + "</td>")
			}
			b.WriteString("</tr>\r\n")
		})
		if err != nil {
			return f, err
		}
		b.WriteString("</table></body></html>\r\n")
		data, err := encoding.HTMLEscapeUnsupported(charmap.Windows1251.NewEncoder()).Bytes([]byte(b.String()))
		if err != nil {
			return f, fmt.Errorf("encode page: %w", err)
		}
		name := strings.TrimSuffix(f.Name, ".xlsx") + ".xls"
		return File{Name: name, Type: "application/vnd.ms-excel", Data: data}, nil
	}
}

// asOldExcel sends a workbook as Excel 97 wrote it, which 1C 7.7 still does.
func asOldExcel(make layout) layout {
	return func(w *World, d int, from, to time.Time) (File, error) {
		f, err := make(w, d, from, to)
		if err != nil {
			return f, err
		}
		s := biff.Sheet{Name: "Отчет"}
		err = eachRow(f, func(cells []cell) {
			row := []any{}
			for _, c := range cells {
				n, err := strconv.ParseFloat(c.text, 64)
				switch {
				case c.text == "":
					row = append(row, nil)
				case c.number && err == nil:
					row = append(row, n)
				default:
					row = append(row, c.text)
				}
			}
			s.Rows = append(s.Rows, row)
		})
		return File{Name: strings.TrimSuffix(f.Name, "x"), Type: "application/vnd.ms-excel", Data: biff.Workbook(s)}, err
	}
}

// cell is a value of a workbook that is written down in another form.
type cell struct {
	text   string
	number bool
}

// eachRow goes over the first sheet of a workbook.
func eachRow(f File, visit func([]cell)) error {
	book, err := excelize.OpenReader(bytes.NewReader(f.Data))
	if err != nil {
		return fmt.Errorf("open %s: %w", f.Name, err)
	}
	defer book.Close()
	sheet := book.GetSheetName(0)
	rows, err := book.GetRows(sheet, excelize.Options{RawCellValue: true})
	if err != nil {
		return fmt.Errorf("read %s: %w", f.Name, err)
	}
	for r, texts := range rows {
		cells := make([]cell, len(texts))
		for c, text := range texts {
			name, err := excelize.CoordinatesToCellName(c+1, r+1)
			if err != nil {
				return err
			}
			kind, err := book.GetCellType(sheet, name)
			if err != nil {
				return fmt.Errorf("read %s: %w", f.Name, err)
			}
			cells[c] = cell{text, text != "" && (kind == excelize.CellTypeUnset || kind == excelize.CellTypeNumber)}
		}
		visit(cells)
	}
	return nil
}
