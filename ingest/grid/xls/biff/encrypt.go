package biff

import (
	"bytes"
	"crypto/md5"  //nolint:gosec // what the format prescribes
	"crypto/rc4"  //nolint:gosec // what the format prescribes
	"crypto/sha1" //nolint:gosec // what the format prescribes
	"encoding/binary"
	"math/bits"
	"unicode/utf16"
)

// Method is a way of encryption.
type Method int

// The ways of encryption ([MS-OFFCRYPTO] 2.3.7, 2.3.6, 2.3.5).
const (
	XOR Method = iota
	RC4
	CryptoAPI40
	CryptoAPI128
)

// Encrypt enciphers a stream of BIFF8, whose first record is a BOF, under a
// password of ASCII letters.
func Encrypt(stream []byte, m Method, password string) []byte {
	first := 4 + int(binary.LittleEndian.Uint16(stream[2:]))
	filePass, cipher := m.prepare(password)
	moved := len(filePass)
	out := append(append(bytes.Clone(stream[:first]), filePass...), stream[first:]...)
	for at := 0; at+4 <= len(out); {
		id, end := binary.LittleEndian.Uint16(out[at:]), at+4+int(binary.LittleEndian.Uint16(out[at+2:]))
		from := at + 4
		if id == 0x0085 { // where a sheet begins stays in clear
			binary.LittleEndian.PutUint32(out[from:], binary.LittleEndian.Uint32(out[from:])+uint32(moved))
			from += 4
		}
		if id != 0x0809 && id != 0x002F {
			cipher(out[from:end], from, end-at-4)
		}
		at = end
	}
	return out
}

// prepare gives the FILEPASS record and what enciphers bytes from a place of the
// stream on that belong to a record of a size.
func (m Method) prepare(password string) (filePass []byte, cipher func(b []byte, from, size int)) {
	salt, verifier := bytes.Repeat([]byte{0x3C}, 16), bytes.Repeat([]byte{0x5A}, 16)
	switch m {
	case RC4:
		key := keyRC4(password, salt)
		sum := md5.Sum(verifier) //nolint:gosec // as above
		both := append(verifier, sum[:]...)
		stream(key, both, 0)
		return Record(0x002F, uint16(1), uint16(1), uint16(1), salt, both), func(b []byte, from, _ int) { stream(key, b, from) }
	case CryptoAPI40, CryptoAPI128:
		size := 40
		if m == CryptoAPI128 {
			size = 128
		}
		key := keyCryptoAPI(password, salt, size)
		sum := sha1.Sum(verifier) //nolint:gosec // as above
		both := append(verifier, sum[:]...)
		stream(key, both, 0)
		return Record(0x002F, uint16(1), uint16(2), uint16(2), uint32(4), uint32(34),
			uint32(4), uint32(0), uint32(0x6801), uint32(0x8004), uint32(size), uint32(1), uint32(0), uint32(0), uint16(0),
			uint32(16), salt, both[:16], uint32(20), both[16:]), func(b []byte, from, _ int) { stream(key, b, from) }
	}
	const low, high = 0x9D, 0x71
	array := xorArray(password, low, high)
	return Record(0x002F, uint16(0), uint8(low), uint8(high), xorSum(password)), func(b []byte, from, size int) {
		for i := range b {
			b[i] = bits.RotateLeft8(b[i], -3) ^ array[(from+i+size)%16]
		}
	}
}

// stream enciphers bytes at a place of the stream, block by block.
func stream(key func(block uint32) []byte, b []byte, at int) {
	const block = 1024
	for i := range b {
		n := at + i
		if i > 0 && n%block != 0 {
			continue
		}
		c, err := rc4.NewCipher(key(uint32(n / block))) //nolint:gosec // as above
		if err != nil {
			panic(err)
		}
		waste := make([]byte, n%block)
		c.XORKeyStream(waste, waste)
		part := b[i:min(len(b), i+block-n%block)]
		c.XORKeyStream(part, part)
	}
}

func keyRC4(password string, salt []byte) func(block uint32) []byte {
	h := md5.Sum(wide(password))                                       //nolint:gosec // as above
	h = md5.Sum(bytes.Repeat(append(bytes.Clone(h[:5]), salt...), 16)) //nolint:gosec // as above
	return func(block uint32) []byte {
		k := md5.Sum(binary.LittleEndian.AppendUint32(bytes.Clone(h[:5]), block)) //nolint:gosec // as above
		return k[:]
	}
}

func keyCryptoAPI(password string, salt []byte, size int) func(block uint32) []byte {
	h := sha1.Sum(append(bytes.Clone(salt), wide(password)...)) //nolint:gosec // as above
	return func(block uint32) []byte {
		k := sha1.Sum(binary.LittleEndian.AppendUint32(bytes.Clone(h[:]), block)) //nolint:gosec // as above
		if size == 40 {
			return append(bytes.Clone(k[:5]), make([]byte, 11)...)
		}
		return k[:size/8]
	}
}

func wide(s string) []byte {
	var out []byte
	for _, u := range utf16.Encode([]rune(s)) {
		out = binary.LittleEndian.AppendUint16(out, u)
	}
	return out
}

// xorSum is the verifier: the password backwards with its length last, each step
// turned by one bit of fifteen.
func xorSum(password string) uint16 {
	sum := uint16(0)
	for i := len(password); i >= 0; i-- {
		sum = sum>>14&1 | sum<<1&0x7FFF
		if i > 0 {
			sum ^= uint16(password[i-1])
		} else {
			sum ^= uint16(len(password))
		}
	}
	return sum ^ 0xCE4B
}

func xorArray(password string, low, high byte) [16]byte {
	var out [16]byte
	copy(out[:], password+"\xBB\xFF\xFF\xBA\xFF\xFF\xB9\x80\x00\xBE\x0F\x00\xBF\x0F\x00")
	for i := range out {
		k := low
		if i%2 == 1 {
			k = high
		}
		out[i] = bits.RotateLeft8(out[i]^k, -1)
	}
	return out
}
