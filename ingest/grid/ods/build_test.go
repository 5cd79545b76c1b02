package ods_test

import (
	"bytes"
	"compress/flate"
	"crypto/aes"
	"crypto/cipher"
	"crypto/pbkdf2"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"strings"

	"github.com/distbase/distbase/ingest/grid/internal/gridtest"
)

const namespaces = ` xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:t" xmlns:text="urn:x" xmlns:style="urn:s" xmlns:fo="urn:f" xmlns:number="urn:n" xmlns:calcext="urn:c" xmlns:draw="urn:d"`

// flat is a flat file of automatic styles and the content of its body.
func flat(styles, body string) []byte {
	return []byte(`<?xml version="1.0" encoding="UTF-8"?><office:document` + namespaces + ` office:mimetype="application/vnd.oasis.opendocument.spreadsheet">` +
		`<office:automatic-styles>` + styles + `</office:automatic-styles><office:body><office:spreadsheet>` + body + `</office:spreadsheet></office:body></office:document>`)
}

// sheetOf is one table around rows and the like.
func sheetOf(content ...string) string {
	return `<table:table table:name="Лист">` + strings.Join(content, "") + `</table:table>`
}

// row and cell write elements; attrs are put into their tag.
func row(attrs string, cells ...string) string {
	return `<table:table-row ` + attrs + `>` + strings.Join(cells, "") + `</table:table-row>`
}

func cell(attrs string, paragraphs ...string) string {
	var b strings.Builder
	b.WriteString(`<table:table-cell ` + attrs + `>`)
	for _, p := range paragraphs {
		b.WriteString("<text:p>" + p + "</text:p>")
	}
	return b.String() + "</table:table-cell>"
}

// text is a cell with a text, typed one of a type and its value.
func text(s string) string { return cell(`office:value-type="string"`, s) }

func typed(kind, value, style string, shown ...string) string {
	name := kind + "-value"
	if kind == "float" || kind == "percentage" || kind == "currency" {
		name = "value"
	}
	return cell(fmt.Sprintf(`office:value-type="%s" office:%s="%s" table:style-name="%s"`, kind, name, value, style), shown...)
}

// document is a member with a root element around parts.
func document(root string, parts ...string) string {
	return `<?xml version="1.0"?><office:` + root + namespaces + `>` + strings.Join(parts, "") + `</office:` + root + `>`
}

func body(content ...string) string {
	return `<office:body><office:spreadsheet>` + strings.Join(content, "") + `</office:spreadsheet></office:body>`
}

// locked enciphers the content of a file as OpenDocument 1.2 asks, keys of 16
// bytes from SHA-1 or of 32 from SHA-256.
func locked(content, password string, size int) []byte {
	var deflated bytes.Buffer
	w, _ := flate.NewWriter(&deflated, 6)
	w.Write([]byte(content))
	w.Close()
	plain := deflated.Bytes()
	salt, vector := bytes.Repeat([]byte{7}, 16), bytes.Repeat([]byte{9}, 16)
	start, startName, checksumName := sha1.Sum([]byte(password)), "SHA1", "SHA1/1K"
	first, head := start[:], plain[:min(len(plain), 1024)]
	sum := sha1.Sum(head)
	checksum := sum[:]
	if size == 32 {
		longer, long := sha256.Sum256([]byte(password)), sha256.Sum256(head)
		first, startName, checksum, checksumName = longer[:], "http://www.w3.org/2000/09/xmldsig#sha256", long[:], "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0#sha256-1k"
	}
	key, _ := pbkdf2.Key(sha1.New, string(first), salt, 1000, size)
	block, _ := aes.NewCipher(key)
	pad := aes.BlockSize - len(plain)%aes.BlockSize
	plain = append(plain, bytes.Repeat([]byte{byte(pad)}, pad)...)
	cipher.NewCBCEncrypter(block, vector).CryptBlocks(plain, plain)
	return gridtest.Zip("mimetype", "application/vnd.oasis.opendocument.spreadsheet", "META-INF/manifest.xml",
		manifest(fmt.Sprintf("http://www.w3.org/2001/04/xmlenc#aes%d-cbc", size*8), startName, checksumName, checksum, vector, salt, size), "content.xml", string(plain))
}

func manifest(algorithm, startName, checksumName string, checksum, vector, salt []byte, size int) string {
	b64 := base64.StdEncoding.EncodeToString
	return fmt.Sprintf(`<m:manifest xmlns:m="urn:m"><m:file-entry m:full-path="/"/><m:file-entry m:full-path="content.xml"><m:encryption-data m:checksum-type="%s" m:checksum="%s">`+
		`<m:algorithm m:algorithm-name="%s" m:initialisation-vector="%s"/><m:key-derivation m:key-derivation-name="PBKDF2" m:key-size="%d" m:iteration-count="1000" m:salt="%s"/>`+
		`<m:start-key-generation m:start-key-generation-name="%s" m:key-size="%d"/></m:encryption-data></m:file-entry></m:manifest>`,
		checksumName, b64(checksum), algorithm, b64(vector), size, b64(salt), startName, size)
}
