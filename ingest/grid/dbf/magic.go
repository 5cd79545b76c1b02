package dbf

import (
	"bytes"
	"encoding/binary"
)

// Is tells a table by its header: the version, the date of change, a length of the
// header that fits, and that the first field is of a kind there is.
func Is(data []byte) bool {
	if len(data) < 33 {
		return false
	}
	const kinds = "CNFDLMGPBITYVQWO+@0"
	header, field := int(binary.LittleEndian.Uint16(data[8:])), 32
	switch data[0] {
	case versionII: // has another header
		return len(data) >= 521 && data[3] <= 12 && data[4] <= 31 && bytes.IndexByte([]byte("CNL"), data[8+11]) >= 0
	case 0x03, 0x30, 0x31, 0x32, 0x43, 0x63, 0x83, 0x8b, 0xcb, 0xe5, 0xf5, 0xfb:
	case 0x04, 0x8c: // dBase 7: longer names
		if field = 68; len(data) > field+32 && data[field] != 0x0d {
			return fits(data, header) && bytes.IndexByte([]byte(kinds), data[field+32]) >= 0
		}
	default:
		return false
	}
	if !fits(data, header) || data[field] == 0x0d {
		return fits(data, header)
	}
	return len(data) > field+11 && bytes.IndexByte([]byte(kinds), data[field+11]) >= 0
}

func fits(data []byte, header int) bool {
	return data[2] <= 12 && data[3] <= 31 && header >= 33 && header <= len(data)
}
