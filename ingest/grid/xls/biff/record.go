package biff

import (
	"encoding/binary"
	"fmt"
	"math"
)

// Record writes one record: its number, its length and its content, which are
// integers of fixed size, doubles, strings and bytes as they are. It panics at
// anything else.
func Record(id int, parts ...any) []byte {
	var body []byte
	for _, p := range parts {
		switch p := p.(type) {
		case string:
			body = append(body, p...)
		case []byte:
			body = append(body, p...)
		case uint8:
			body = append(body, p)
		case uint16:
			body = binary.LittleEndian.AppendUint16(body, p)
		case uint32:
			body = binary.LittleEndian.AppendUint32(body, p)
		case float64:
			body = binary.LittleEndian.AppendUint64(body, math.Float64bits(p))
		default:
			panic(fmt.Sprintf("no part of a record: %T", p))
		}
	}
	return append(binary.LittleEndian.AppendUint16(binary.LittleEndian.AppendUint16(nil, uint16(id)), uint16(len(body))), body...)
}

// Bare writes a stream of BIFF8 with one sheet "A" around records for the globals
// and for the sheet.
func Bare(globals, records []byte) []byte {
	bof := func(kind int) []byte { return Record(0x0809, uint16(0x0600), uint16(kind), uint32(0), uint64Zero) }
	listed := func(at int) []byte { return Record(0x0085, uint32(at), uint16(0), "\x01\x00A") }
	end := Record(0x000A)
	at := len(bof(0x0005)) + len(globals) + len(listed(0)) + len(end)
	var out []byte
	for _, part := range [][]byte{bof(0x0005), globals, listed(at), end, bof(0x0010), records, end} {
		out = append(out, part...)
	}
	return out
}

const uint64Zero = "\x00\x00\x00\x00\x00\x00\x00\x00"
