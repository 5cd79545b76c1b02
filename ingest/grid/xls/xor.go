package xls

import (
	"math/bits"

	"golang.org/x/text/encoding/charmap"
)

// maxXORPassword is how many characters of a password XOR obfuscation uses.
const maxXORPassword = 15

// xorKey checks a password of XOR obfuscation and gives the array it makes
// ([MS-OFFCRYPTO] 2.3.7.2).
func (w *workbook) xorKey(body []byte, password string) (array [16]byte, ok bool) {
	at := 0
	if w.version == 8 {
		if u16(body, 0) != 0 || len(body) < 6 {
			return array, false
		}
		at = 2
	}
	if len(body) < at+4 {
		return array, false
	}
	for _, raw := range xorPasswords(password) {
		if xorVerifier(raw) == uint16(u16(body, at+2)) {
			return xorArray(raw, body[at], body[at+1]), true
		}
	}
	return array, false
}

// xorPasswords are the bytes a password may have been: those of the code page of
// the system it was typed on, which the file does not tell.
func xorPasswords(password string) [][]byte {
	var out [][]byte
	for _, page := range []*charmap.Charmap{charmap.Windows1251, charmap.Windows1252} {
		if b, err := page.NewEncoder().String(password); err == nil {
			out = append(out, []byte(b[:min(len(b), maxXORPassword)]))
		}
	}
	return out
}

// xorVerifier is CreatePasswordVerifier_Method1 ([MS-OFFCRYPTO] 2.3.7.1).
func xorVerifier(password []byte) uint16 {
	var v uint16
	step := func(c byte) {
		v = (v>>14&1 | v<<1&0x7FFF) ^ uint16(c)
	}
	for i := len(password) - 1; i >= 0; i-- {
		step(password[i])
	}
	step(byte(len(password)))
	return v ^ 0xCE4B
}

// xorArray is CreateXorArray_Method1; the two bytes are the key the file keeps.
func xorArray(password []byte, low, high byte) (out [16]byte) {
	padding := [...]byte{0xBB, 0xFF, 0xFF, 0xBA, 0xFF, 0xFF, 0xB9, 0x80, 0x00, 0xBE, 0x0F, 0x00, 0xBF, 0x0F, 0x00}
	n := copy(out[:], password)
	copy(out[n:], padding[:])
	for i := range out {
		k := low
		if i&1 == 1 {
			k = high
		}
		out[i] = bits.RotateLeft8(out[i]^k, -1)
	}
	return out
}

// unXOR decrypts a record. The array begins where the record ends ([MS-OFFCRYPTO] 2.3.7.3).
func unXOR(record []byte, pos int, array [16]byte) {
	from := pos + len(record)
	for i := range record {
		record[i] = bits.RotateLeft8(record[i]^array[(from+i)&15], 3)
	}
}
