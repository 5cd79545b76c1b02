package pack

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"crypto/aes"
	"crypto/hmac"
	"crypto/pbkdf2"
	"crypto/sha1"
	"encoding/binary"
	"hash/crc32"
	"testing"
)

// file is a member to be packed.
type file struct {
	name, data string
	method     uint16
	password   string
	raw        []byte // packed already
	flags      uint16
	extra      []byte
}

// zipOf writes a zip with what archive/zip cannot write: passwords, raw names and data.
func zipOf(t testing.TB, files ...file) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, f := range files {
		h := &zip.FileHeader{Name: f.name, Method: f.method, NonUTF8: true, Flags: f.flags, Extra: f.extra, CRC32: crc32.ChecksumIEEE([]byte(f.data)), UncompressedSize64: uint64(len(f.data))}
		raw := f.raw
		if raw == nil {
			raw = packed(t, f)
		}
		if f.password != "" {
			h.Flags |= flagEncrypted
			if f.method == methodAES {
				raw = cipheredAES(t, raw, f.password)
			} else {
				raw = ciphered(raw, f.password, h.CRC32)
			}
		}
		h.CompressedSize64 = uint64(len(raw))
		w, err := z.CreateRaw(h)
		if err == nil {
			_, err = w.Write(raw)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// fataler is what tests and property tests have in common.
type fataler interface{ Fatal(args ...any) }

func packed(t fataler, f file) []byte {
	if f.method != methodDeflate {
		return []byte(f.data)
	}
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, 6)
	if err == nil {
		_, err = w.Write([]byte(f.data))
	}
	if err != nil || w.Close() != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// ciphered is the traditional cipher the other way round.
func ciphered(data []byte, password string, crc uint32) []byte {
	k := traditional{0x12345678, 0x23456789, 0x34567890}
	for _, c := range []byte(password) {
		k.update(c)
	}
	plain := append(bytes.Repeat([]byte{7}, traditionalHead-1), byte(crc>>24))
	out := make([]byte, 0, len(plain)+len(data))
	for _, c := range append(plain, data...) {
		t := k[2]&0xffff | 2
		out = append(out, c^byte(t*(t^1)>>8))
		k.update(c)
	}
	return out
}

// aesExtra says AE-2, 256 bits, stored.
func aesExtra() []byte {
	return []byte{0x01, 0x99, 7, 0, 2, 0, 'A', 'E', 3, 0, 0}
}

func cipheredAES(t testing.TB, data []byte, password string) []byte {
	t.Helper()
	salt := []byte("0123456789abcdef")
	keys, err := pbkdf2.Key(sha1.New, password, salt, aesRounds, 66)
	if err != nil {
		t.Fatal(err)
	}
	block, err := aes.NewCipher(keys[:32])
	if err != nil {
		t.Fatal(err)
	}
	body := countUp(block, data)
	mac := hmac.New(sha1.New, keys[32:64])
	mac.Write(body)
	out := append(bytes.Clone(salt), keys[64:]...)
	return append(append(out, body...), mac.Sum(nil)[:aesMACSize]...)
}

// rar4Of writes stored members byte by byte (technote of RAR 4).
func rar4Of(files ...file) []byte {
	out := []byte("Rar!\x1a\x07\x00")
	block := func(kind byte, flags uint16, rest []byte) {
		head := binary.LittleEndian.AppendUint16([]byte{kind}, flags)
		head = binary.LittleEndian.AppendUint16(head, uint16(7+len(rest)))
		head = append(head, rest...)
		out = binary.LittleEndian.AppendUint16(out, uint16(crc32.ChecksumIEEE(head)))
		out = append(out, head...)
	}
	block(0x73, 0, make([]byte, 6))
	for _, f := range files {
		h := binary.LittleEndian.AppendUint32(nil, uint32(len(f.data)))
		h = binary.LittleEndian.AppendUint32(h, uint32(len(f.data)))
		h = append(h, 2)
		h = binary.LittleEndian.AppendUint32(h, crc32.ChecksumIEEE([]byte(f.data)))
		h = append(h, 0, 0, 0, 0, 29, 0x30)
		h = binary.LittleEndian.AppendUint16(h, uint16(len(f.name)))
		h = append(append(h, 0x20, 0, 0, 0), f.name...)
		block(0x74, 0x8000|f.flags, h)
		out = append(out, f.data...)
	}
	block(0x7b, 0x4000, nil)
	return out
}

// rar5Of does the same in the form of RAR 5.
func rar5Of(files ...file) []byte {
	out := []byte("Rar!\x1a\x07\x01\x00")
	block := func(body []byte) {
		head := append(binary.AppendUvarint(nil, uint64(len(body))), body...)
		out = binary.LittleEndian.AppendUint32(out, crc32.ChecksumIEEE(head))
		out = append(out, head...)
	}
	block([]byte{1, 0, 0})
	for _, f := range files {
		h := binary.AppendUvarint([]byte{2, 2}, uint64(len(f.data)))
		h = binary.AppendUvarint(append(h, 4), uint64(len(f.data)))
		h = binary.LittleEndian.AppendUint32(append(h, 0), crc32.ChecksumIEEE([]byte(f.data)))
		h = binary.AppendUvarint(append(h, 0, 0), uint64(len(f.name)))
		block(append(h, f.name...))
		out = append(out, f.data...)
	}
	block([]byte{5, 0, 0})
	return out
}

// bitsOf packs numbers, lowest bit first; codes of Huffman come reversed.
type bitsOf struct {
	out  []byte
	held uint
}

func (b *bitsOf) add(v, n uint) {
	for i := range n {
		if b.held%8 == 0 {
			b.out = append(b.out, 0)
		}
		b.out[len(b.out)-1] |= byte(v>>i&1) << (b.held % 8)
		b.held++
	}
}

func (b *bitsOf) code(v, n uint) {
	for i := range n {
		b.add(v>>(n-1-i)&1, 1)
	}
}
