package xlsb_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"strings"
	"unicode/utf16"

	"github.com/distbase/distbase/ingest/grid/internal/gridtest"
)

// u8 to wide write fields as [MS-XLSB] lays them out.
func u8(n int) []byte      { return []byte{byte(n)} }
func u16(n int) []byte     { return binary.LittleEndian.AppendUint16(nil, uint16(n)) }
func u32(n int) []byte     { return binary.LittleEndian.AppendUint32(nil, uint32(n)) }
func f64(x float64) []byte { return binary.LittleEndian.AppendUint64(nil, math.Float64bits(x)) }

func wide(s string) []byte {
	units := utf16.Encode([]rune(s))
	b := u32(len(units))
	for _, u := range units {
		b = binary.LittleEndian.AppendUint16(b, u)
	}
	return b
}

func join(parts ...[]byte) []byte { return bytes.Join(parts, nil) }

// rec writes a record with its head.
func rec(kind int, fields ...[]byte) []byte {
	content := join(fields...)
	var b []byte
	for _, n := range []int{kind, len(content)} {
		for ; n >= 0x80; n >>= 7 {
			b = append(b, byte(n)|0x80)
		}
		b = append(b, byte(n))
	}
	return append(b, content...)
}

// row is a BrtRowHdr, n from 0; flags hold outline and what is hidden.
func row(n, flags int) []byte {
	return rec(0, u32(n), u32(0), u16(300), u8(0), u8(flags), u8(0), u32(0))
}

// cell is a record of a cell with its column and style.
func cell(kind, col, style int, value ...[]byte) []byte {
	return rec(kind, u32(col), u32(style), join(value...))
}

// short is a record of a cell that stands behind the last.
func short(kind, style int, value ...[]byte) []byte { return rec(kind, u32(style), join(value...)) }

func text(col int, s string) []byte { return cell(6, col, 0, wide(s)) }

// data is a part of a sheet with rows and cells in their place.
func data(records ...[]byte) []byte { return sheetPart(nil, join(records...), nil) }

func sheetPart(before, cells, after []byte) []byte {
	return join(rec(129), before, rec(145), cells, rec(146), after, rec(130))
}

// sharedStrings is their part, each text with what RichStr has before it.
func sharedStrings(items ...[]byte) []byte {
	b := rec(159, u32(len(items)), u32(len(items)))
	for _, i := range items {
		b = append(b, rec(19, i)...)
	}
	return append(b, rec(160)...)
}

func plain(s string) []byte { return join(u8(0), wide(s)) }

// styleSheet has fonts by weight, formats by number, and XFs of format, font, indent.
func styleSheet(weights []int, formats map[int]string, xfs ...[3]int) []byte {
	b := rec(278)
	for id, code := range formats {
		b = append(b, rec(44, u16(id), wide(code))...)
	}
	for _, w := range weights {
		b = append(b, rec(43, u16(220), u16(0), u16(w), make([]byte, 15), wide("Calibri"))...)
	}
	b = append(b, rec(626)...)
	b = append(b, rec(47, u16(0xffff), u16(9), u16(0), u16(0), u16(0), u8(0), u8(7), u32(0))...) // of a named style, not of cells
	b = append(b, rec(627)...)
	b = append(b, rec(617)...)
	for _, x := range xfs {
		b = append(b, rec(47, u16(0), u16(x[0]), u16(x[1]), u16(0), u16(0), u8(0), u8(x[2]), u32(0))...)
	}
	return join(b, rec(618), rec(279))
}

// part is a member of an archive.
type part struct {
	name    string
	content []byte
}

func archive(parts ...part) []byte {
	var members []string
	for _, p := range parts {
		members = append(members, p.name, string(p.content))
	}
	return gridtest.Zip(members...)
}

// relations name targets by kind, ids r1, r2 and so on.
func relations(pairs ...string) []byte {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0"?><Relationships xmlns="urn:r">`)
	for i := 0; i < len(pairs); i += 2 {
		fmt.Fprintf(&b, `<Relationship Id="r%d" Type="http://x/%s" Target="%s"/>`, i/2+1, pairs[i], pairs[i+1])
	}
	return []byte(b.String() + "</Relationships>")
}

// bundle is the line of a sheet in the workbook.
func bundle(state int, id, name string) []byte {
	return rec(156, u32(state), u32(1), wide(id), wide(name))
}

func book(lines ...[]byte) []byte {
	return join(rec(131), join(lines...), rec(132))
}

// workbook is a file of one sheet, with more parts.
func workbook(sheet []byte, more ...part) []byte {
	return archive(append([]part{
		{"_rels/.rels", relations("officeDocument", "xl/workbook.bin")},
		{"xl/workbook.bin", book(bundle(0, "r1", "Лист"))},
		{"xl/_rels/workbook.bin.rels", relations("worksheet", "worksheets/sheet1.bin")},
		{"xl/worksheets/sheet1.bin", sheet},
	}, more...)...)
}
