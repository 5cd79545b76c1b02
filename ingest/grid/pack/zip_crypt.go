package pack

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/pbkdf2"
	"crypto/sha1" // #nosec: the format's own choice
	"crypto/subtle"
	"encoding/binary"
	"errors"
	"hash/crc32"

	"golang.org/x/text/encoding/charmap"
)

// decipher gives the packed bytes of a member that needs a password, the method
// they are packed with, and whether its CRC is to be checked.
func (w *walk) decipher(e *entry) (raw []byte, method uint16, checked bool, err error) {
	if w.b.Options.Password == "" {
		return nil, 0, false, w.encrypted()
	}
	aes := extraField(e.extra, extraAES)
	for _, password := range spellings(w.b.Options.Password) {
		if e.method == methodAES {
			raw, err = decipherAES(e, aes, password)
		} else {
			raw, err = decipherTraditional(e, password)
		}
		if err == nil {
			break
		}
	}
	switch {
	case errors.Is(err, errPassword):
		return nil, 0, false, w.encrypted()
	case err != nil:
		return nil, 0, false, err
	case e.method == methodAES:
		return raw, binary.LittleEndian.Uint16(aes[5:]), binary.LittleEndian.Uint16(aes) == 1, nil
	}
	return raw, e.method, true, nil
}

// spellings are the bytes a password may have been typed as: archivers of Windows
// take those of its own or the DOS code page.
func spellings(password string) [][]byte {
	out := [][]byte{[]byte(password)}
	for _, page := range []*charmap.Charmap{charmap.CodePage866, charmap.Windows1251} {
		if s, err := page.NewEncoder().String(password); err == nil && s != password {
			out = append(out, []byte(s))
		}
	}
	return out
}

// errPassword: the check of the password fails.
var errPassword = errors.New("wrong password")

// traditional is the state of the cipher PKWARE began with (APPNOTE.TXT 6.1).
type traditional [3]uint32

func (k *traditional) update(c byte) {
	k[0] = crc32.IEEETable[byte(k[0])^c] ^ k[0]>>8
	k[1] = (k[1]+k[0]&0xff)*134775813 + 1
	k[2] = crc32.IEEETable[byte(k[2])^byte(k[1]>>24)] ^ k[2]>>8
}

func (k *traditional) decipher(c byte) byte {
	t := k[2]&0xffff | 2
	c ^= byte(t * (t ^ 1) >> 8)
	k.update(c)
	return c
}

// traditionalHead is the length of the random bytes before the data, the last of
// which checks the password.
const traditionalHead = 12

func decipherTraditional(e *entry, password []byte) ([]byte, error) {
	if len(e.raw) < traditionalHead {
		return nil, errors.New("head of the cipher")
	}
	k := traditional{0x12345678, 0x23456789, 0x34567890}
	for _, c := range password {
		k.update(c)
	}
	out := make([]byte, len(e.raw))
	for i, c := range e.raw {
		out[i] = k.decipher(c)
		if i == traditionalHead-1 {
			want := byte(e.crc >> 24)
			if e.flags&flagDescriptor != 0 {
				want = byte(e.time >> 8)
			}
			if out[i] != want && out[i] != byte(e.crc>>24) {
				return nil, errPassword
			}
		}
	}
	return out[traditionalHead:], nil
}

// Of WinZip's AES.
const (
	extraAES   = 0x9901
	aesRounds  = 1000 // of PBKDF2
	aesCheck   = 2    // bytes that check the password
	aesMACSize = 10
)

func decipherAES(e *entry, extra, password []byte) ([]byte, error) {
	if len(extra) < 7 || extra[4] < 1 || extra[4] > 3 {
		return nil, errors.New("field of AES")
	}
	strength := int(extra[4]) // 1 is 128, 2 is 192, 3 is 256 bits
	keySize, saltSize := 8*(strength+1), 4*(strength+1)
	if len(e.raw) < saltSize+aesCheck+aesMACSize {
		return nil, errors.New("head of AES")
	}
	salt, check := e.raw[:saltSize], e.raw[saltSize:saltSize+aesCheck]
	body, mac := e.raw[saltSize+aesCheck:len(e.raw)-aesMACSize], e.raw[len(e.raw)-aesMACSize:]
	keys, err := pbkdf2.Key(sha1.New, string(password), salt, aesRounds, 2*keySize+aesCheck)
	if err != nil {
		return nil, err
	}
	if subtle.ConstantTimeCompare(keys[2*keySize:], check) == 0 {
		return nil, errPassword
	}
	sum := hmac.New(sha1.New, keys[keySize:2*keySize])
	sum.Write(body)
	if !hmac.Equal(sum.Sum(nil)[:aesMACSize], mac) {
		return nil, errPassword // two bytes let one wrong password in 65,536 pass
	}
	block, err := aes.NewCipher(keys[:keySize])
	if err != nil {
		return nil, err
	}
	return countUp(block, body), nil
}

// countUp deciphers in counter mode with the counter of this format, which begins
// at one with its lowest byte first.
func countUp(block cipher.Block, body []byte) []byte {
	out := make([]byte, len(body))
	var counter, pad [aes.BlockSize]byte
	for at := 0; at < len(body); at += aes.BlockSize {
		for i := range counter {
			if counter[i]++; counter[i] != 0 {
				break
			}
		}
		block.Encrypt(pad[:], counter[:])
		subtle.XORBytes(out[at:], body[at:min(at+aes.BlockSize, len(body))], pad[:])
	}
	return out
}
