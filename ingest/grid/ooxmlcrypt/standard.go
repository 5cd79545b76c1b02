package ooxmlcrypt

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rc4"  //nolint:gosec // what the format prescribes
	"crypto/sha1" //nolint:gosec // what the format prescribes
	"encoding/binary"

	"github.com/distbase/distbase/ingest/grid/sheet"
)

const (
	standardSpins = 50_000
	// rc4Block is after how many bytes RC4 gets a new key.
	rc4Block = 512

	flagAES = 0x20

	algRC4    = 0x6801
	algAES128 = 0x660E
	algAES256 = 0x6610 // that for 192 bits is between
)

// standard is encryption by AES in ECB mode or by RC4, over SHA-1
// (MS-OFFCRYPTO 2.3.4.5 to 2.3.4.9, 2.3.5).
type standard struct {
	rc4            bool
	keyBytes       int
	salt           []byte
	verifier, hash []byte // enciphered one after the other; behind the hash may stand more
}

// readStandard reads the header of the encryption and the verifier behind it.
func readStandard(b []byte) (scheme, error) {
	if len(b) < 4 {
		return nil, errBroken
	}
	size := int64(binary.LittleEndian.Uint32(b))
	b = b[4:]
	if size < 32 || size > int64(len(b)) {
		return nil, errBroken
	}
	head, b := b[:size], b[size:]
	if len(b) < 4+16+16+4+20 || binary.LittleEndian.Uint32(b) != 16 {
		return nil, errBroken
	}
	s := &standard{keyBytes: int(binary.LittleEndian.Uint32(head[16:]) / 8), salt: b[4:20], verifier: b[20:36], hash: b[40:]}
	algorithm := binary.LittleEndian.Uint32(head[8:])
	s.rc4 = algorithm == algRC4 || algorithm == 0 && head[0]&flagAES == 0
	switch {
	case s.rc4 && s.keyBytes == 0:
		s.keyBytes = 5 // 2.3.5.1: no size means 40 bits
	case s.rc4, algorithm == 0:
	case algorithm >= algAES128 && algorithm <= algAES256: // it says the size too, and does not lie
		s.keyBytes = 16 + 8*int(algorithm-algAES128)
	default:
		return nil, errUnknown
	}
	return s, s.check()
}

// check finds lengths that the cipher cannot work with.
func (s *standard) check() error {
	if s.rc4 && s.keyBytes >= 5 && s.keyBytes <= 16 {
		return nil
	}
	if !s.rc4 && len(s.hash) >= 32 && (s.keyBytes == 16 || s.keyBytes == 24 || s.keyBytes == 32) {
		return nil
	}
	return errBroken
}

func (s *standard) open(b *sheet.Budget, password []byte, size int, body []byte) ([]byte, error) {
	first := sha1.Sum(append(bytes.Clone(s.salt), password...)) //nolint:gosec // as above
	if s.rc4 {
		return s.openRC4(b, first[:], size, body)
	}
	block, err := s.aes(b, first[:])
	if err != nil {
		return nil, err
	}
	verifier, hash := bytes.Clone(s.verifier), bytes.Clone(s.hash[:32])
	ecb(block, verifier)
	ecb(block, hash)
	if sum := sha1.Sum(verifier); !bytes.Equal(sum[:], hash[:sha1.Size]) { //nolint:gosec // as above
		return nil, errPassword
	}
	out := bytes.Clone(body[:len(body)/aes.BlockSize*aes.BlockSize])
	for from := 0; from < len(out); from += segment {
		if err := alive(b, from); err != nil {
			return nil, err
		}
		ecb(block, out[from:min(from+segment, len(out))])
	}
	return out[:min(size, len(out))], nil
}

// aes makes the key (2.3.4.7).
func (s *standard) aes(b *sheet.Budget, h []byte) (cipher.Block, error) {
	h, err := spin(b, sha1.New(), h, standardSpins)
	if err != nil {
		return nil, err
	}
	sum := sha1.Sum(append(h, 0, 0, 0, 0)) //nolint:gosec // as above
	var key []byte
	for _, pad := range []byte{0x36, 0x5C} {
		buf := bytes.Repeat([]byte{pad}, 64)
		for i, c := range sum {
			buf[i] ^= c
		}
		x := sha1.Sum(buf) //nolint:gosec // as above
		key = append(key, x[:]...)
	}
	block, err := aes.NewCipher(key[:s.keyBytes])
	if err != nil {
		return nil, errBroken
	}
	return block, nil
}

// openRC4 deciphers blocks, each under a key of its own (2.3.5.2).
func (s *standard) openRC4(b *sheet.Budget, h []byte, size int, body []byte) ([]byte, error) {
	key := func(n int) *rc4.Cipher {
		sum := sha1.Sum(binary.LittleEndian.AppendUint32(bytes.Clone(h), uint32(n))) //nolint:gosec // as above
		k := sum[:s.keyBytes]
		if s.keyBytes == 5 {
			k = append(bytes.Clone(k), make([]byte, 11)...)
		}
		c, _ := rc4.NewCipher(k) //nolint:gosec // as above; 5 to 16 bytes always are a key
		return c
	}
	c := key(0)
	var verifier [16]byte
	var hash [sha1.Size]byte
	c.XORKeyStream(verifier[:], s.verifier)
	c.XORKeyStream(hash[:], s.hash[:sha1.Size])
	if sha1.Sum(verifier[:]) != hash { //nolint:gosec // as above
		return nil, errPassword
	}
	out := bytes.Clone(body)
	for from := 0; from < len(out); from += rc4Block {
		if err := alive(b, from); err != nil {
			return nil, err
		}
		part := out[from:min(from+rc4Block, len(out))]
		key(from/rc4Block).XORKeyStream(part, part)
	}
	return out[:min(size, len(out))], nil
}

// ecb deciphers whole blocks in place.
func ecb(block cipher.Block, b []byte) {
	for n := block.BlockSize(); len(b) >= n; b = b[n:] {
		block.Decrypt(b, b)
	}
}
