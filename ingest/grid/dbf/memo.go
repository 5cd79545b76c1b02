package dbf

import (
	"bytes"
	"encoding/binary"
	"slices"
	"strconv"
	"strings"

	"github.com/distbase/distbase/ingest/grid/sheet"
)

// memos are the texts of a file beside the table.
type memos struct {
	data  []byte
	block int
	fox   bool
	left  int64 // bytes of text that may still be given: many records may name one memo
}

// openMemos finds the memo file of a table that has one; it gives nil where there is none.
func openMemos(b *sheet.Budget, h *header) *memos {
	if b.Options.Beside == nil || !h.hasMemos() {
		return nil
	}
	extensions := []string{"dbt", "fpt"}
	if h.isFox() || h.version == versionFox2 {
		slices.Reverse(extensions)
	}
	for _, extension := range extensions {
		data := b.Options.Beside(extension)
		if len(data) < 24 {
			continue
		}
		m := &memos{data: data, fox: extension == "fpt", left: b.Options.MaxText}
		m.block = int(binary.LittleEndian.Uint16(data[20:])) // dBase IV; III leaves it 0 or undefined
		if m.fox {
			m.block = max(1, int(binary.BigEndian.Uint16(data[6:])))
		} else if h.version == 0x83 || h.version == 0x03 || m.block == 0 || m.block%64 != 0 {
			m.block = 512
		}
		return m
	}
	return nil
}

func (h *header) hasMemos() bool {
	for i := range h.fields {
		if h.isMemo(&h.fields[i]) {
			return true
		}
	}
	return false
}

// isMemo tells a field that holds the number of a block; B is a number in FoxPro.
func (h *header) isMemo(f *field) bool {
	return f.kind == 'M' || f.kind == 'W' || f.kind == 'B' && !h.isFox()
}

// at gives the bytes of a memo by what the field holds: the number of its block in
// ten digits or four bytes.
func (m *memos) at(value []byte) ([]byte, error) {
	number := 0
	if len(value) == 4 {
		number = int(binary.LittleEndian.Uint32(value))
	} else {
		number, _ = strconv.Atoi(strings.Trim(string(value), " \x00")) // blank: none
	}
	if m == nil || number <= 0 || number > len(m.data)/m.block {
		return nil, nil
	}
	text := m.text(m.data[number*m.block:])
	if !m.fox {
		text = bytes.ReplaceAll(text, []byte("\x8d\n"), nil) // where the editor broke a line by itself
	}
	if m.left -= int64(len(text)); m.left < 0 {
		return nil, &sheet.ReadError{Code: sheet.CodeTooBig, Found: "text"}
	}
	return text, nil
}

// text cuts the memo out that begins a block.
func (m *memos) text(block []byte) []byte {
	switch {
	case m.fox: // kind (1: text) and length, high byte first
		if len(block) < 8 || binary.BigEndian.Uint32(block) != 1 {
			return nil
		}
		return cut(block[8:], int(binary.BigEndian.Uint32(block[4:])))
	case bytes.HasPrefix(block, []byte{0xff, 0xff, 0x08, 0x00}) && len(block) >= 8: // dBase IV: the length counts these 8 bytes
		return cut(block[8:], int(binary.LittleEndian.Uint32(block[4:]))-8)
	}
	if i := bytes.IndexByte(block, 0x1a); i >= 0 { // dBase III: ^Z ends it
		return block[:i]
	}
	return block
}

func cut(b []byte, n int) []byte { return b[:max(0, min(n, len(b)))] }
