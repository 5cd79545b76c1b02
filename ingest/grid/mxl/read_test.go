package mxl

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"testing"

	"github.com/distbase/distbase/ingest/grid/sheet"
)

func read(data []byte) ([]*sheet.Sheet, []sheet.Warning, error) {
	book := &sheet.Book{}
	err := Read(sheet.NewBudget(context.Background(), sheet.Options{}), data, book)
	return book.Sheets, book.Warnings, err
}

// printout writes a document of two rows after the published layout.
func printout(version int) []byte {
	var b bytes.Buffer
	le := func(v any) { _ = binary.Write(&b, binary.LittleEndian, v) }
	cell := func(text string) {
		p := make([]byte, propsSize)
		if text != "" {
			binary.LittleEndian.PutUint32(p, flagText)
		}
		b.Write(p)
		if version == versionAngle {
			le(uint16(0))
		}
		if text != "" {
			b.WriteByte(byte(len(text)))
			b.WriteString(text)
		}
	}
	keys := func(ns ...int32) {
		le(uint16(len(ns)))
		le(ns)
		le(uint16(len(ns)))
	}
	b.WriteString(magic + "\x00\x00\x00\x00\x00")
	le(uint16(version))
	le([]int32{3, 5, 0})
	cell("")
	keys(0)
	b.Write(make([]byte, fontSize))
	keys()
	cell("")
	cell("")
	keys()
	keys(0, 4)
	cell("")
	keys(0, 2)
	cell("\xD2\xEE\xE2\xE0\xF0")
	cell("\xD1\xF3\xEC\xEC\xE0")
	cell("")
	keys(2)
	cell("17,50")
	le(uint16(0))
	le(uint16(1))
	le([]int32{0, 0, 1, 0})
	return b.Bytes()
}

func TestPrintoutsOfBothVersions(t *testing.T) {
	for _, v := range []int{versionPlain, versionAngle} {
		sheets, warnings, err := read(printout(v))
		if err != nil || len(warnings) > 0 {
			t.Fatal(warnings, err)
		}
		s := sheets[0]
		for _, want := range []sheet.Cell{{Row: 1, Col: 1, Value: "Товар"}, {Row: 1, Col: 3, Value: "Сумма"}, {Row: 5, Col: 3, Value: "17,50"}} {
			if c, _ := s.Cell(want.Row, want.Col); c.Value != want.Value {
				t.Errorf("version %d: R%dC%d %q, want %q", v, want.Row, want.Col, c.Value, want.Value)
			}
		}
		if len(s.Merges) != 1 || s.Merges[0] != (sheet.Range{FirstRow: 1, FirstCol: 1, LastRow: 1, LastCol: 2}) {
			t.Errorf("merges %v", s.Merges)
		}
	}
}

func TestWhatBreaksOffIsGivenInPart(t *testing.T) {
	data := printout(versionPlain)
	sheets, warnings, err := read(data[:len(data)-30])
	if err != nil || len(warnings) != 1 || warnings[0].Code != "truncated" {
		t.Fatal(warnings, err)
	}
	if c, _ := sheets[0].Cell(1, 1); c.Value != "Товар" {
		t.Errorf("A1 %q", c.Value)
	}
}

func TestFormsUnknownAreRefused(t *testing.T) {
	for _, data := range []string{"", "MOXCEL", "MOXCEL\x00\x08\x00\x01\x00\x0c\x00\xef\xbb\xbf{16,2,", "{8,1,12,{\"ru\"}}"} {
		_, _, err := read([]byte(data))
		var re *sheet.ReadError
		if !errors.As(err, &re) || re.Code != sheet.CodeUnsupported || re.Expected != "xlsx" {
			t.Errorf("%q: %v", data, err)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(printout(versionPlain))
	f.Add(printout(versionAngle))
	f.Fuzz(func(_ *testing.T, data []byte) {
		_, _, _ = read(data)
	})
}
