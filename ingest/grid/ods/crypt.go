package ods

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"crypto/aes"
	"crypto/cipher"
	"crypto/pbkdf2"
	"crypto/sha1" //nolint:gosec // the format asks for it
	"crypto/sha256"
	"encoding/base64"
	"io"
	"strconv"
	"strings"

	"github.com/distbase/distbase/ingest/grid/sheet"
)

// encryption is how a member is enciphered (OpenDocument 1.3 part 2, 4.8), names
// as their last words in small letters.
type encryption struct {
	algorithm, derivation, startKey, checksumKind string
	checksum, vector, salt                        []byte
	iterations, keySize                           int
}

// maxIterations bounds the work of making a key: LibreOffice asks for 100,000.
const maxIterations = 2_000_000

// readManifest finds out which members are enciphered. A manifest that cannot be
// read says nothing.
func (p *pack) readManifest() error {
	p.locked = map[string]*encryption{}
	f := p.find("META-INF/manifest.xml")
	if p.find("encrypted-package") != nil { // all in one, by Argon2id
		return &sheet.ReadError{Code: sheet.CodeEncrypted, Found: format}
	}
	if f == nil {
		return nil
	}
	r, err := p.raw(f)
	if err != nil {
		return nil
	}
	defer r.Close()
	d := &document{b: p.b}
	if err := d.walkManifest(r, p.locked); boundary(err) {
		return err
	}
	return nil
}

func (d *document) walkManifest(r io.Reader, locked map[string]*encryption) error {
	d.begin(r)
	return d.children(func(string) error {
		return d.children(func(string) error {
			name := strings.ToLower(d.x.String("full-path"))
			return d.children(func(child string) error {
				if child != "encryption-data" {
					return nil
				}
				e := &encryption{checksumKind: lastWord(d.x.String("checksum-type")), checksum: decoded(d.x.String("checksum")), startKey: "sha1", keySize: 16}
				if len(locked) < d.b.Options.MaxMembers {
					locked[name] = e
				}
				return d.children(func(part string) error { e.take(d, part); return nil })
			})
		})
	})
}

func (e *encryption) take(d *document, part string) {
	switch part {
	case "algorithm":
		e.algorithm, e.vector = lastWord(d.x.String("algorithm-name")), decoded(d.x.String("initialisation-vector"))
	case "key-derivation":
		e.derivation, e.salt = lastWord(d.x.String("key-derivation-name")), decoded(d.x.String("salt"))
		e.iterations, _ = strconv.Atoi(d.x.String("iteration-count"))
		if n, err := strconv.Atoi(d.x.String("key-size")); err == nil {
			e.keySize = n
		}
	case "start-key-generation":
		e.startKey = lastWord(d.x.String("start-key-generation-name"))
	}
}

// lastWord is what a name of XML security ends with: ".../xmlenc#aes256-cbc".
func lastWord(s string) string {
	return strings.ToLower(s[strings.LastIndexAny(s, "#/:")+1:])
}

func decoded(s string) []byte {
	b, err := base64.StdEncoding.DecodeString(strings.TrimSpace(s))
	if err != nil {
		return nil
	}
	return b
}

// decipher gives the content of a member, which was deflated before it was enciphered.
func (p *pack) decipher(f *zip.File, e *encryption) (io.ReadCloser, error) {
	password := p.b.Options.Password
	if password == "" || !e.known() {
		return nil, &sheet.ReadError{Code: sheet.CodeEncrypted, Found: format}
	}
	r, err := p.raw(f)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	body, err := p.b.UnpackAll(r, int64(f.CompressedSize64))
	if err != nil {
		return nil, err
	}
	key, err := e.key(password)
	if err != nil {
		return nil, err
	}
	block, err := aes.NewCipher(key)
	if err != nil || len(body) == 0 || len(body)%aes.BlockSize != 0 {
		return nil, &sheet.ReadError{Code: sheet.CodeBroken, Found: f.Name, Err: err}
	}
	cipher.NewCBCDecrypter(block, e.vector).CryptBlocks(body, body)
	if pad := int(body[len(body)-1]); pad > 0 && pad <= aes.BlockSize {
		body = body[:len(body)-pad]
	}
	if !e.fits(body) {
		return nil, &sheet.ReadError{Code: sheet.CodeEncrypted, Found: "wrong_password"}
	}
	return io.NopCloser(p.b.Unpack(flate.NewReader(bytes.NewReader(body)), int64(len(body)))), nil
}

func (e *encryption) known() bool {
	return strings.HasPrefix(e.algorithm, "aes") && strings.HasSuffix(e.algorithm, "-cbc") && e.derivation == "pbkdf2" &&
		len(e.vector) == aes.BlockSize && len(e.salt) > 0 && e.iterations > 0 && e.iterations <= maxIterations &&
		(e.keySize == 16 || e.keySize == 24 || e.keySize == 32)
}

func (e *encryption) key(password string) ([]byte, error) {
	start := sha1.Sum([]byte(password)) //nolint:gosec // the format asks for it
	first := string(start[:])
	if e.startKey == "sha256" {
		longer := sha256.Sum256([]byte(password))
		first = string(longer[:])
	}
	return pbkdf2.Key(sha1.New, first, e.salt, e.iterations, e.keySize)
}

// fits compares the checksum, which is of the first kilobyte, deflated.
func (e *encryption) fits(body []byte) bool {
	head := body[:min(len(body), 1024)]
	switch e.checksumKind {
	case "sha256-1k":
		sum := sha256.Sum256(head)
		return bytes.Equal(sum[:], e.checksum)
	case "sha1/1k", "sha1-1k", "1k":
		sum := sha1.Sum(head) //nolint:gosec // the format asks for it
		return bytes.Equal(sum[:], e.checksum)
	}
	return true
}
