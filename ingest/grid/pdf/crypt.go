package pdf

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/md5" //nolint:gosec // the format's own digest
	"crypto/rc4" //nolint:gosec // the format's own cipher
	"crypto/sha256"
	"crypto/sha512"
	"encoding/binary"

	"github.com/distbase/distbase/ingest/grid/sheet"
)

// crypt is the standard security handler (7.6.3) opened by a user's password.
type crypt struct {
	key      []byte
	aes      bool
	whole    bool // the key serves every object (AES-256)
	identity bool // streams are not encrypted
}

const padding = "\x28\xBF\x4E\x5E\x4E\x75\x8A\x41\x64\x00\x4E\x56\xFF\xFA\x01\x08\x2E\x2E\x00\xB6\xD0\x68\x3E\x80\x2F\x0C\xA9\xFE\x64\x53\x69\x7A"

// unlock finds the key where the document is encrypted: with the empty password, then with the given one.
func (d *document) unlock() error {
	e := d.dict(d.trailer["Encrypt"])
	if e == nil {
		return nil
	}
	refused := &sheet.ReadError{Code: sheet.CodeEncrypted, Found: "pdf"}
	if f := d.name(e["Filter"]); f != "" && f != "Standard" {
		return refused
	}
	c := &crypt{}
	v := d.int(e["V"])
	if v >= 4 {
		method := d.name(d.dict(d.dict(e["CF"])[d.name(e["StmF"])])["CFM"])
		c.aes = method == "AESV2" || method == "AESV3"
		c.identity = method == "" || method == "None"
	}
	c.whole = v >= 5
	for _, password := range []string{"", d.b.Options.Password} {
		if c.key = d.key(e, c, v, password); c.key != nil {
			d.crypt = c
			return nil
		}
	}
	if d.b.Options.Password != "" {
		refused.Found = "wrong_password"
	}
	return refused
}

func (d *document) bytes(v any) []byte {
	t, _ := d.get(v).(text)
	return []byte(t)
}

func (d *document) key(e dict, c *crypt, v int, password string) []byte {
	if c.whole {
		return d.key256(e, password)
	}
	r, n := d.int(e["R"]), 5
	if l := d.int(e["Length"]); r >= 3 && l >= 40 && l <= 128 {
		n = l / 8
	}
	if v == 4 {
		n = 16
	}
	pad := []byte(padding)
	var id []byte
	if ids := d.array(d.trailer["ID"]); len(ids) > 0 {
		id = d.bytes(ids[0])
	}
	var perms [4]byte
	binary.LittleEndian.PutUint32(perms[:], uint32(int64(d.num(e["P"])))) //nolint:gosec // the sign bit is one of the flags
	owner, user := d.bytes(e["O"]), d.bytes(e["U"])
	h := md5.New() //nolint:gosec // the format's own digest
	h.Write(append([]byte(password), pad...)[:32])
	h.Write(owner[:min(32, len(owner))])
	h.Write(perms[:])
	h.Write(id)
	if plain, ok := d.get(e["EncryptMetadata"]).(bool); ok && !plain && r >= 4 {
		h.Write([]byte{255, 255, 255, 255})
	}
	key := h.Sum(nil)
	if r >= 3 {
		for i := 0; i < 50; i++ {
			s := md5.Sum(key[:n]) //nolint:gosec // the format's own digest
			key = s[:]
		}
	}
	if key = key[:n]; fits(key, user, id, r) {
		return key
	}
	return nil
}

// fits checks a key against the user's entry (algorithms 4 to 6).
func fits(key, user, id []byte, r int) bool {
	if r < 3 {
		return bytes.Equal(arc4(key, []byte(padding)), user)
	}
	s := md5.Sum(append([]byte(padding), id...)) //nolint:gosec // the format's own digest
	x := s[:]
	for i := 0; i < 20; i++ {
		k := bytes.Clone(key)
		for j := range k {
			k[j] ^= byte(i)
		}
		x = arc4(k, x)
	}
	return len(user) >= 16 && bytes.Equal(x, user[:16])
}

func arc4(key, data []byte) []byte {
	c, err := rc4.NewCipher(key) //nolint:gosec // the format's own cipher
	if err != nil {
		return data
	}
	out := make([]byte, len(data))
	c.XORKeyStream(out, data)
	return out
}

// key256 is algorithm 2.A of ISO 32000-2, with the simpler digest of revision 5.
func (d *document) key256(e dict, password string) []byte {
	user, ue := d.bytes(e["U"]), d.bytes(e["UE"])
	if len(user) < 48 || len(ue) < 32 {
		return nil
	}
	pw := []byte(password)[:min(127, len(password))]
	digest := digest5
	if d.int(e["R"]) >= 6 {
		digest = digest6
	}
	if !bytes.Equal(digest(pw, user[32:40]), user[:32]) {
		return nil
	}
	block, err := aes.NewCipher(digest(pw, user[40:48]))
	if err != nil {
		return nil
	}
	out := make([]byte, 32)
	cipher.NewCBCDecrypter(block, make([]byte, 16)).CryptBlocks(out, ue[:32])
	return out
}

func digest5(pw, salt []byte) []byte {
	s := sha256.Sum256(append(bytes.Clone(pw), salt...))
	return s[:]
}

// digest6 is algorithm 2.B of ISO 32000-2.
func digest6(pw, salt []byte) []byte {
	k := digest5(pw, salt)
	for i, last := 0, byte(0); i < 64 || int(last) > i-32; i++ {
		k1 := bytes.Repeat(append(bytes.Clone(pw), k...), 64)
		block, err := aes.NewCipher(k[:16])
		if err != nil {
			return nil
		}
		cipher.NewCBCEncrypter(block, k[16:32]).CryptBlocks(k1, k1)
		last = k1[len(k1)-1]
		sum := 0
		for _, c := range k1[:16] {
			sum += int(c)
		}
		switch sum % 3 {
		case 0:
			s := sha256.Sum256(k1)
			k = s[:]
		case 1:
			s := sha512.Sum384(k1)
			k = s[:]
		default:
			s := sha512.Sum512(k1)
			k = s[:]
		}
	}
	return k[:32]
}

// decrypt undoes the cipher of one stream (algorithm 1).
func (c *crypt) decrypt(num, gen int, data []byte) []byte {
	if c.identity {
		return data
	}
	key := c.key
	if !c.whole {
		k := append(bytes.Clone(key), byte(num), byte(num>>8), byte(num>>16), byte(gen), byte(gen>>8))
		if c.aes {
			k = append(k, "sAlT"...)
		}
		s := md5.Sum(k) //nolint:gosec // the format's own digest
		key = s[:min(16, len(c.key)+5)]
	}
	if !c.aes {
		return arc4(key, data)
	}
	n := len(data) / 16 * 16
	block, err := aes.NewCipher(key)
	if err != nil || n < 32 {
		return nil
	}
	out := make([]byte, n-16)
	cipher.NewCBCDecrypter(block, data[:16]).CryptBlocks(out, data[16:n])
	if pad := int(out[len(out)-1]); pad >= 1 && pad <= 16 {
		out = out[:len(out)-pad]
	}
	return out
}
