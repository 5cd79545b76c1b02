package xls

import (
	"bytes"
	"crypto/md5"  //nolint:gosec // what the format prescribes
	"crypto/rc4"  //nolint:gosec // what the format prescribes
	"crypto/sha1" //nolint:gosec // what the format prescribes
	"encoding/binary"
	"unicode/utf16"

	"github.com/distbase/distbase/ingest/grid/sheet"
)

// defaultPassword is tried too: Excel encrypts with it where only changes are
// forbidden ([MS-OFFCRYPTO] 2.4.2.3).
const defaultPassword = "VelvetSweatshop"

// blockSize is after how many bytes of the stream RC4 gets a new key.
const blockSize = 1024

// blockKey gives the key of a block of the stream.
type blockKey func(block uint32) []byte

// decrypt opens the stream behind a FILEPASS ([MS-XLS] 2.4.117) and goes on
// reading from it.
func (w *workbook) decrypt(s *scanner) error {
	if w.opened {
		return nil
	}
	found := "xls"
	passwords := []string{defaultPassword}
	if p := w.b.Options.Password; p != "" { // first, since the sum of XOR is short and may agree by chance
		found, passwords = "wrong_password", []string{p, defaultPassword}
	}
	for _, password := range passwords {
		if decrypt := w.cipher(s.body, password); decrypt != nil {
			w.stream = w.rewrite(s.pos, decrypt)
			s.data, w.opened = w.stream, true
			return nil
		}
	}
	return &sheet.ReadError{Code: sheet.CodeEncrypted, Found: found}
}

// cipher gives what decrypts a record at a place of the stream, nil where the
// password is not the one or the method unknown.
func (w *workbook) cipher(filePass []byte, password string) func(record []byte, pos int) {
	if array, ok := w.xorKey(filePass, password); ok {
		return func(record []byte, pos int) { unXOR(record, pos, array) }
	}
	if key := w.rc4Key(filePass, password); key != nil {
		return rc4Stream(key)
	}
	return nil
}

// rewrite decrypts a copy of the stream from a record on. Heads of records and a
// few records whole are in clear, as is the offset in a BOUNDSHEET.
func (w *workbook) rewrite(from int, decrypt func(record []byte, pos int)) []byte {
	out := bytes.Clone(w.stream)
	for s := (scanner{data: out, pos: from}); s.next(); {
		switch s.id {
		case idBOF5, idBOF4, idBOF3, idBOF2, idFilePass, idUserExcl, idFileLock, idInterface, idRRDInfo, idRRDHead:
		case idBoundSheet:
			keep := bytes.Clone(s.body[:min(4, len(s.body))])
			decrypt(s.body, s.start+4)
			copy(s.body, keep)
		default:
			decrypt(s.body, s.start+4)
		}
	}
	return out
}

// rc4Stream decrypts records by their place in the stream: the bytes in clear use
// up the key stream too.
func rc4Stream(key blockKey) func(record []byte, pos int) {
	block, at := -1, 0
	var c *rc4.Cipher
	var waste [blockSize]byte
	return func(record []byte, pos int) {
		for len(record) > 0 {
			if b, in := pos/blockSize, pos%blockSize; b != block || in < at {
				c, _ = rc4.NewCipher(key(uint32(b))) //nolint:gosec // as above
				block, at = b, 0
			}
			in := pos % blockSize
			c.XORKeyStream(waste[:in-at], waste[:in-at])
			n := min(len(record), blockSize-in)
			c.XORKeyStream(record[:n], record[:n])
			record, pos, at = record[n:], pos+n, in+n
		}
	}
}

// rc4Key checks a password and gives the keys of the blocks, nil where it is wrong.
func (w *workbook) rc4Key(body []byte, password string) blockKey {
	if w.version != 8 || u16(body, 0) != 1 {
		return nil
	}
	major, minor := u16(body, 2), u16(body, 4)
	switch {
	case major == 1 && minor == 1 && len(body) >= 54:
		return oldRC4(body[6:54], password)
	case minor == 2 && major >= 2 && major <= 4:
		return cryptoAPI(body[6:], password)
	}
	return nil
}

// oldRC4 is [MS-OFFCRYPTO] 2.3.6: salt, verifier, its hash, 16 bytes each.
func oldRC4(b []byte, password string) blockKey {
	h0 := md5.Sum(utf16le(password)) //nolint:gosec // as above
	var mixed []byte
	for range 16 {
		mixed = append(append(mixed, h0[:5]...), b[:16]...)
	}
	h1 := md5.Sum(mixed) //nolint:gosec // as above
	key := func(block uint32) []byte {
		k := md5.Sum(binary.LittleEndian.AppendUint32(bytes.Clone(h1[:5]), block)) //nolint:gosec // as above
		return k[:]
	}
	c, err := rc4.NewCipher(key(0)) //nolint:gosec // as above
	if err != nil {
		return nil
	}
	var verifier, hash [16]byte
	c.XORKeyStream(verifier[:], b[16:32])
	c.XORKeyStream(hash[:], b[32:48])
	if md5.Sum(verifier[:]) != hash { //nolint:gosec // as above
		return nil
	}
	return key
}

// cryptoAPI is [MS-OFFCRYPTO] 2.3.5: flags, header, verifier.
func cryptoAPI(b []byte, password string) blockKey {
	headerSize := int(u32(b, 4))
	if headerSize < 32 || headerSize > len(b)-8 {
		return nil
	}
	header, v := b[8:8+headerSize], b[8+headerSize:]
	if len(v) < 60 {
		return nil
	}
	bits := int(u32(header, 16))
	if bits == 0 {
		bits = 40
	}
	if bits < 40 || bits > 128 {
		return nil
	}
	h0 := sha1.Sum(append(bytes.Clone(v[4:20]), utf16le(password)...)) //nolint:gosec // as above
	key := func(block uint32) []byte {
		h := sha1.Sum(binary.LittleEndian.AppendUint32(bytes.Clone(h0[:]), block)) //nolint:gosec // as above
		k := make([]byte, 16)
		copy(k, h[:bits/8])
		if bits > 40 {
			k = k[:bits/8]
		}
		return k
	}
	c, err := rc4.NewCipher(key(0)) //nolint:gosec // as above
	if err != nil {
		return nil
	}
	var verifier [16]byte
	var hash [20]byte
	c.XORKeyStream(verifier[:], v[20:36])
	c.XORKeyStream(hash[:], v[40:60])
	if sha1.Sum(verifier[:]) != hash { //nolint:gosec // as above
		return nil
	}
	return key
}

func utf16le(s string) []byte {
	var out []byte
	for _, u := range utf16.Encode([]rune(s)) {
		out = binary.LittleEndian.AppendUint16(out, u)
	}
	return out
}
