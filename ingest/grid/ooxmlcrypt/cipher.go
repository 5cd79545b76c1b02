package ooxmlcrypt

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/des" //nolint:gosec // what the format prescribes
	"strings"
)

// method is a cipher with its size of key and its chaining (MS-OFFCRYPTO 2.3.4.10).
type method struct {
	name     string
	keyBits  int
	chaining string
}

// keyBytes is how long a key is. DES counts its bits with and without parity.
func (m method) keyBytes() int {
	switch strings.ToUpper(m.name) {
	case "DES":
		return 8
	case "3DES":
		return 24
	case "3DES_112":
		return 16
	}
	return m.keyBits / 8
}

// known reports whether there is such a cipher, key and chaining.
func (m method) known() bool {
	if m.chaining != "ChainingModeCBC" && m.chaining != "ChainingModeCFB" {
		return false
	}
	if n := m.keyBytes(); n < 1 || n > 128 {
		return false
	}
	_, err := m.block(make([]byte, m.keyBytes()))
	return err == nil
}

func (m method) block(key []byte) (cipher.Block, error) {
	switch strings.ToUpper(m.name) {
	case "AES":
		return aes.NewCipher(key)
	case "DES":
		return des.NewCipher(key) //nolint:gosec // what the format prescribes
	case "3DES":
		return des.NewTripleDESCipher(key) //nolint:gosec // what the format prescribes
	case "3DES_112":
		return des.NewTripleDESCipher(append(bytes.Clone(key), key[:8]...)) //nolint:gosec // what the format prescribes
	case "RC2":
		return newRC2(key, m.keyBits), nil
	}
	return nil, errUnknown
}

// decipher gives the plain text of whole blocks; a rest is dropped.
func (m method) decipher(key, iv, text []byte) ([]byte, error) {
	block, err := m.block(key)
	if err != nil {
		return nil, errUnknown
	}
	n := block.BlockSize()
	out := bytes.Clone(text[:len(text)/n*n])
	m.decrypt(block, fitted(iv, n), out)
	return out, nil
}

// decrypt works in place on whole blocks.
func (m method) decrypt(block cipher.Block, iv, text []byte) {
	if m.chaining == "ChainingModeCBC" {
		cipher.NewCBCDecrypter(block, iv).CryptBlocks(text, text)
		return
	}
	cfb8(block, iv, text)
}

// cfb8 is cipher feedback with a window of 8 bits.
func cfb8(block cipher.Block, iv, text []byte) {
	window := bytes.Clone(iv)
	pad := make([]byte, len(iv))
	for i, c := range text {
		block.Encrypt(pad, window)
		text[i] = c ^ pad[0]
		window = append(window[:0], window[1:]...)
		window = append(window, c)
	}
}
