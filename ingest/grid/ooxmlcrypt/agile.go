package ooxmlcrypt

import (
	"bytes"
	"crypto/cipher"
	"encoding/binary"
	"encoding/xml"
	"hash"

	"github.com/distbase/distbase/ingest/grid/sheet"
)

// Keys of blocks (MS-OFFCRYPTO 2.3.4.13).
const (
	blockVerifierInput = "\xfe\xa7\xd2\x76\x3b\x4b\x9e\x79"
	blockVerifierValue = "\xd7\xaa\x0f\x6d\x30\x61\x34\x4e"
	blockKeyValue      = "\x14\x6e\x0b\xe7\xab\xac\xd0\xd6"
)

// keyInfo are the attributes that stand both with the data and with a password.
type keyInfo struct {
	SaltSize   int    `xml:"saltSize,attr"`
	KeyBits    int    `xml:"keyBits,attr"`
	HashSize   int    `xml:"hashSize,attr"`
	Cipher     string `xml:"cipherAlgorithm,attr"`
	Chaining   string `xml:"cipherChaining,attr"`
	Hash       string `xml:"hashAlgorithm,attr"`
	SaltValue  octets `xml:"saltValue,attr"`
	SpinCount  int    `xml:"spinCount,attr"`
	HashInput  octets `xml:"encryptedVerifierHashInput,attr"`
	HashValue  octets `xml:"encryptedVerifierHashValue,attr"`
	CipherText octets `xml:"encryptedKeyValue,attr"`
}

// agile is encryption described by XML (2.3.4.10): the data under a key of its
// own, the key under one made of the password.
type agile struct {
	data, password keyInfo
	dataHash       func() hash.Hash
	passwordHash   func() hash.Hash
}

func readAgile(text []byte) (scheme, error) {
	var x struct {
		Data keyInfo `xml:"keyData"`
		Keys []struct {
			Key *keyInfo `xml:"encryptedKey"`
		} `xml:"keyEncryptors>keyEncryptor"`
	}
	if err := xml.Unmarshal(text, &x); err != nil {
		return nil, errBroken
	}
	a := &agile{data: x.Data}
	for _, k := range x.Keys { // those of certificates have no verifier
		if k.Key != nil && len(k.Key.HashValue) > 0 {
			a.password = *k.Key
			break
		}
	}
	if len(a.password.HashValue) == 0 || len(a.data.SaltValue) == 0 || a.password.SpinCount < 0 || a.password.SpinCount > maxSpins {
		return nil, errBroken
	}
	a.dataHash, a.passwordHash = hashByName(a.data.Hash), hashByName(a.password.Hash)
	if a.dataHash == nil || a.passwordHash == nil || !a.data.method().known() || !a.password.method().known() {
		return nil, errUnknown
	}
	return a, nil
}

func (k keyInfo) method() method {
	return method{name: k.Cipher, keyBits: k.KeyBits, chaining: k.Chaining}
}

func (a *agile) open(b *sheet.Budget, password []byte, size int, body []byte) ([]byte, error) {
	key, err := a.key(b, password)
	if err != nil {
		return nil, err
	}
	block, err := a.data.method().block(key)
	if err != nil {
		return nil, errBroken
	}
	n := block.BlockSize()
	out := bytes.Clone(body[:len(body)/n*n])
	h := a.dataHash()
	for from := 0; from < len(out); from += segment {
		if err := alive(b, from); err != nil {
			return nil, err
		}
		a.segment(block, h, from/segment, out[from:min(from+segment, len(out))])
	}
	return out[:min(size, len(out))], nil
}

// segment deciphers one under the salt and its number (2.3.4.12, 2.3.4.15).
func (a *agile) segment(block cipher.Block, h hash.Hash, n int, text []byte) {
	iv := digest(h, a.data.SaltValue, binary.LittleEndian.AppendUint32(nil, uint32(n)))
	a.data.method().decrypt(block, fitted(iv, block.BlockSize()), text)
}

// key checks the password by its verifier and gives the key of the data (2.3.4.13).
func (a *agile) key(b *sheet.Budget, password []byte) ([]byte, error) {
	h := a.passwordHash()
	sum, err := spin(b, h, digest(h, a.password.SaltValue, password), a.password.SpinCount)
	if err != nil {
		return nil, err
	}
	m := a.password.method()
	opened := func(blockKey string, text []byte) ([]byte, error) {
		key := fitted(digest(h, sum, []byte(blockKey)), m.keyBytes())
		return m.decipher(key, a.password.SaltValue, text)
	}
	input, err := opened(blockVerifierInput, a.password.HashInput)
	if err != nil {
		return nil, err
	}
	value, err := opened(blockVerifierValue, a.password.HashValue)
	if err != nil {
		return nil, err
	}
	if size := a.password.SaltSize; size > 0 && size < len(input) {
		input = input[:size] // the rest fills up the block
	}
	if want := digest(h, input); len(value) < len(want) || !bytes.Equal(value[:len(want)], want) {
		return nil, errPassword
	}
	key, err := opened(blockKeyValue, a.password.CipherText)
	if err != nil || len(key) < a.data.method().keyBytes() {
		return nil, errBroken
	}
	return key[:a.data.method().keyBytes()], nil
}
