package letter

import (
	"bytes"
	"strings"
)

// Cryptographic message syntax: S/MIME and files signed by a certificate
// (RFC 5652). A signature around its content is taken off, unchecked; an envelope
// stays closed.

// Object identifiers of content types, in BER without their tag and length.
const (
	oidData      = "\x2A\x86\x48\x86\xF7\x0D\x01\x07\x01"
	oidSigned    = "\x2A\x86\x48\x86\xF7\x0D\x01\x07\x02"
	oidEnveloped = "\x2A\x86\x48\x86\xF7\x0D\x01\x07\x03"
	oidAuthEnv   = "\x2A\x86\x48\x86\xF7\x0D\x01\x09\x10\x01\x17"
)

func isCMS(mediaType, name string) bool {
	switch mediaType {
	case "application/pkcs7-mime", "application/x-pkcs7-mime":
		return true
	case "application/octet-stream", "application/pkcs7-signature", "application/x-pkcs7-signature":
		name = strings.ToLower(name)
		return strings.HasSuffix(name, ".p7m") || strings.HasSuffix(name, ".sig") || strings.HasSuffix(name, ".sgn")
	}
	return false
}

// cms lists what is encrypted as such and opens what is only signed.
func (w *walker) cms(p part, data []byte) error {
	der := unarmour(data)
	kind, content := readContentInfo(der)
	switch kind {
	case oidEnveloped, oidAuthEnv:
		w.letter.Encrypted = true
		w.add(p, data).Encrypted = true
		return nil
	case oidSigned:
		return w.signed(p, data, content)
	}
	w.add(p, data)
	return nil
}

// signed opens the content of a signature. It is an entity of MIME in a letter
// that is signed as a whole, or a bare file.
func (w *walker) signed(p part, data, signedData []byte) error {
	content, ok := signedContent(signedData)
	if !ok || !w.deeper(p) { // the signature of something that stands beside it
		w.add(p, data)
		return nil
	}
	if err := w.spend(len(content)); err != nil {
		return err
	}
	if p.isFile() {
		w.add(p, data).Unpacked = true
	}
	h, body := splitPart(content)
	if h.Has("Content-Type") || h.Has("Content-Transfer-Encoding") {
		at := p.at
		at.depth++
		return w.entity(h, body, at)
	}
	file := part{name: withoutEnding(p.name), at: p.at}
	file.contentType.main = "application/octet-stream"
	w.add(file, content)
	return nil
}

// withoutEnding is the name of the file that was signed: "a.xlsx" of "a.xlsx.p7m".
func withoutEnding(name string) string {
	if i := strings.LastIndexByte(name, '.'); i > 0 && strings.Contains(name[:i], ".") {
		return name[:i]
	}
	return ""
}

// unarmour takes base64 between BEGIN and END lines off.
func unarmour(data []byte) []byte {
	trimmed := bytes.TrimSpace(data)
	if rest, ok := bytes.CutPrefix(trimmed, []byte("-----BEGIN ")); ok {
		_, rest, _ = bytes.Cut(rest, []byte("\n"))
		text, _, _ := bytes.Cut(rest, []byte("-----END "))
		return decodeBase64(text)
	}
	if bytes.HasPrefix(trimmed, []byte("MI")) && allBase64(trimmed) {
		return decodeBase64(trimmed)
	}
	return data
}

// readContentInfo reads SEQUENCE { contentType OBJECT IDENTIFIER, [0] content }.
func readContentInfo(data []byte) (kind string, content []byte) {
	outer, _, ok := readBER(data, 0)
	if !ok || outer.tag != tagSequence {
		return "", nil
	}
	oid, rest, ok := readBER(outer.content, 0)
	if !ok || oid.tag != tagOID {
		return "", nil
	}
	wrapped, _, ok := readBER(rest, 0)
	if !ok || wrapped.tag != tagContext0 {
		return string(oid.content), nil
	}
	return string(oid.content), wrapped.content
}

// signedContent is the content within SignedData: SEQUENCE { version,
// digestAlgorithms, encapContentInfo { eContentType, [0] eContent }, ... }; false
// where the content stands outside.
func signedContent(data []byte) ([]byte, bool) {
	outer, _, ok := readBER(data, 0)
	if !ok || outer.tag != tagSequence {
		return nil, false
	}
	rest := outer.content
	for range 2 { // version, digestAlgorithms
		if _, rest, ok = readBER(rest, 0); !ok {
			return nil, false
		}
	}
	encap, _, ok := readBER(rest, 0)
	if !ok || encap.tag != tagSequence {
		return nil, false
	}
	_, rest, ok = readBER(encap.content, 0)
	if !ok || len(rest) == 0 {
		return nil, false
	}
	wrapped, _, ok := readBER(rest, 0)
	if !ok || wrapped.tag != tagContext0 {
		return nil, false
	}
	return octets(wrapped.content)
}
