package pack

import (
	"encoding/binary"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// unicodePath is the extra field in which Info-ZIP keeps the name in UTF-8 (APPNOTE.TXT 4.6.9).
const unicodePath = 0x7075

// zipName decodes the name of a member.
func zipName(name string, extra []byte, marked bool) string {
	if marked {
		return name
	}
	if f := extraField(extra, unicodePath); len(f) > 5 && f[0] == 1 && utf8.Valid(f[5:]) {
		return string(f[5:])
	}
	if utf8.ValidString(name) {
		return name
	}
	page := charmap.CodePage866
	if looksWindows(name) {
		page = charmap.Windows1251
	}
	if s, err := page.NewDecoder().String(name); err == nil {
		return s
	}
	return name
}

// looksWindows tells cp1251, where letters stand from 0xC0 on, from cp866, which
// has its letters at 0x80 to 0xAF and 0xE0 to 0xEF and frames between them.
func looksWindows(name string) bool {
	dos, windows := 0, 0
	for i := range len(name) {
		switch c := name[i]; {
		case c >= 0x80 && c <= 0xAF:
			dos++
		case c >= 0xC0 && c <= 0xDF, c >= 0xF0 && c != 0xF0 && c != 0xF1:
			windows++
		}
	}
	return windows > dos
}

// extraField finds a field of the extra part of a head.
func extraField(extra []byte, id uint16) []byte {
	for len(extra) >= 4 {
		n := int(binary.LittleEndian.Uint16(extra[2:]))
		if n > len(extra)-4 {
			return nil
		}
		if binary.LittleEndian.Uint16(extra) == id {
			return extra[4 : 4+n]
		}
		extra = extra[4+n:]
	}
	return nil
}
