package ooxmlcrypt

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rc4"
	"crypto/sha1"
	"encoding/base64"
	"encoding/binary"
	"fmt"

	"github.com/distbase/distbase/ingest/grid/internal/cfb"
)

// The tests encipher by the steps of the specification, so that what is read was
// not written by the code that reads it, hashes and ciphers aside.

func file(info, body []byte) []byte {
	return cfb.Write(
		cfb.Item{Name: "\x06DataSpaces", Items: []cfb.Item{{Name: "Version", Data: []byte("x")}}},
		cfb.Item{Name: "EncryptionInfo", Data: info},
		cfb.Item{Name: "EncryptedPackage", Data: body})
}

func le32(ns ...int) []byte {
	var b []byte
	for _, n := range ns {
		b = binary.LittleEndian.AppendUint32(b, uint32(n))
	}
	return b
}

func sized(plain, text []byte) []byte {
	return append(binary.LittleEndian.AppendUint64(nil, uint64(len(plain))), text...)
}

func filled(b []byte, n int) []byte { return append(bytes.Clone(b), make([]byte, (n-len(b)%n)%n)...) }

type options struct {
	cipher, chaining, hash string
	bits, salt, spins      int
	claim                  int // of rounds, where it differs
}

// agileFile enciphers by agile encryption.
func agileFile(o options, password string, plain []byte) []byte {
	m := method{name: o.cipher, keyBits: o.bits, chaining: o.chaining}
	h := hashByName(o.hash)()
	sum := func(parts ...[]byte) []byte { return digest(h, parts...) }
	encipher := func(key, iv, text []byte) []byte {
		block, err := m.block(key)
		if err != nil {
			panic(err)
		}
		n := block.BlockSize()
		iv = fitted(iv, n)
		out := filled(text, n)
		if o.chaining == "ChainingModeCBC" {
			cipher.NewCBCEncrypter(block, iv).CryptBlocks(out, out)
			return out
		}
		pad, window := make([]byte, n), bytes.Clone(iv)
		for i := range out {
			block.Encrypt(pad, window)
			out[i] ^= pad[0]
			window = append(window[1:], out[i])
		}
		return out
	}
	salt := bytes.Repeat([]byte{0x5A}, o.salt)
	s := sum(salt, utf16le(password))
	for i := range o.spins {
		s = sum(le32(i), s)
	}
	under := func(blockKey string, text []byte) string {
		key := fitted(sum(s, []byte(blockKey)), m.keyBytes())
		return base64.StdEncoding.EncodeToString(encipher(key, salt, text))
	}
	verifier := bytes.Repeat([]byte{7}, o.salt)
	key := bytes.Repeat([]byte{9, 1}, 64)[:m.keyBytes()]
	var text []byte
	for i := 0; i*4096 < len(plain); i++ {
		text = append(text, encipher(key, sum(salt, le32(i)), plain[i*4096:min(len(plain), i*4096+4096)])...)
	}
	attrs := fmt.Sprintf(`saltSize="%d" blockSize="16" keyBits="%d" hashSize="%d" cipherAlgorithm="%s" cipherChaining="%s" hashAlgorithm="%s" saltValue="%s"`,
		o.salt, o.bits, h.Size(), o.cipher, o.chaining, o.hash, base64.StdEncoding.EncodeToString(salt))
	hashed := sum(verifier)
	if o.claim == 0 {
		o.claim = o.spins
	}
	info := fmt.Sprintf(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<encryption xmlns="http://schemas.microsoft.com/office/2006/encryption" xmlns:p="http://schemas.microsoft.com/office/2006/keyEncryptor/password" xmlns:c="urn:c">
<keyData %s/><keyEncryptors><keyEncryptor uri="urn:c"><c:encryptedKey encryptedKeyValue="AAAA" X509Certificate="AAAA"/></keyEncryptor>
<keyEncryptor uri="p"><p:encryptedKey spinCount="%d" %s encryptedVerifierHashInput="%s" encryptedVerifierHashValue="%s" encryptedKeyValue="%s"/></keyEncryptor></keyEncryptors></encryption>`,
		attrs, o.claim, attrs, under(blockVerifierInput, verifier), under(blockVerifierValue, hashed), under(blockKeyValue, key))
	return file(append([]byte{4, 0, 4, 0, 0x40, 0, 0, 0}, info...), sized(plain, text))
}

// standardFile enciphers by standard encryption; algorithm is the identifier, 0 for flags alone.
func standardFile(algorithm, bits int, password string, plain []byte) []byte {
	salt, verifier := bytes.Repeat([]byte{3}, 16), bytes.Repeat([]byte{8}, 16)
	hashed := sha1.Sum(verifier)
	h := sha1.Sum(append(bytes.Clone(salt), utf16le(password)...))
	flags := 0x24
	text := bytes.Clone(plain)
	both := append(bytes.Clone(verifier), hashed[:]...)
	if algorithm == algRC4 {
		flags = 4
		at := func(n int) *rc4.Cipher {
			key := sha1.Sum(append(h[:], le32(n)...))
			k := make([]byte, 16)
			copy(k, key[:bits/8])
			if bits > 40 {
				k = k[:bits/8]
			}
			c, _ := rc4.NewCipher(k)
			return c
		}
		at(0).XORKeyStream(both, both)
		for i := 0; i*512 < len(text); i++ {
			part := text[i*512 : min(len(text), i*512+512)]
			at(i).XORKeyStream(part, part)
		}
	} else {
		for i := range standardSpins {
			h = sha1.Sum(append(le32(i), h[:]...))
		}
		h = sha1.Sum(append(h[:], 0, 0, 0, 0))
		derive := func(pad byte) []byte {
			buf := bytes.Repeat([]byte{pad}, 64)
			for i := range h {
				buf[i] ^= h[i]
			}
			x := sha1.Sum(buf)
			return x[:]
		}
		block, _ := aes.NewCipher(append(derive(0x36), derive(0x5C)...)[:bits/8])
		both, text = append(both, make([]byte, 12)...), filled(text, 16)
		for _, b := range [][]byte{both, text} {
			for ; len(b) > 0; b = b[16:] {
				block.Encrypt(b, b)
			}
		}
	}
	provider := append(utf16le("Provider"), 0, 0)
	head := append(le32(flags, 0, algorithm, 0x8004, bits, 24, 0, 0), provider...)
	info := append([]byte{3, 0, 2, 0}, le32(flags, len(head))...)
	info = append(append(append(info, head...), le32(16)...), salt...)
	info = append(append(append(info, both[:16]...), le32(20)...), both[16:]...)
	return file(info, sized(plain, text))
}
