package mxl

import (
	"bytes"
	"encoding/binary"
	"errors"
	"testing"

	"github.com/distbase/distbase/ingest/grid/internal/gridtest"
	"github.com/distbase/distbase/ingest/grid/sheet"
)

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
	for _, version := range []int{versionPlain, versionAngle} {
		gridtest.Reads(t, Read, printout(version), "A1=s:Товар C1=s:Сумма C5=s:17,50 A1:B1")
	}
}

func TestWhatBreaksOffIsGivenInPart(t *testing.T) {
	data := printout(versionPlain)
	gridtest.Reads(t, Read, data[:len(data)-30], "A1=s:Товар C1=s:Сумма\n!truncated(1)")
}

func TestFormsUnknownAreRefused(t *testing.T) {
	for _, data := range []string{"", "MOXCEL", "MOXCEL\x00\x08\x00\x01\x00\x0c\x00\xef\xbb\xbf{16,2,", "{8,1,12,{\"ru\"}}"} {
		_, err := gridtest.Read(Read, data, sheet.Options{})
		var re *sheet.ReadError
		if !errors.As(err, &re) || re.Code != sheet.CodeUnsupported || re.Expected != "xlsx" {
			t.Errorf("%q: %v", data, err)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(printout(versionPlain))
	f.Add(printout(versionAngle))
	f.Fuzz(func(t *testing.T, data []byte) {
		gridtest.Fuzz(t, Read, data, sheet.Options{}, gridtest.Filled)
	})
}
