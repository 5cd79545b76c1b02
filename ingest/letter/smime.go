package letter

import (
	"errors"
	"strings"
)

func isPKCS7(mediaType, name string) bool {
	return mediaType == "application/pkcs7-mime" || mediaType == "application/x-pkcs7-mime" ||
		strings.HasSuffix(strings.ToLower(name), ".p7m")
}

// pkcs7 opens a signed letter; an encrypted one is listed and marked.
func (w *walker) pkcs7(a Attachment, _ value, at place) error {
	content, err := signedContent(a.Data)
	if err != nil || len(content) == 0 {
		a.Encrypted = errors.Is(err, errEnveloped)
		return w.add(a)
	}
	h, body := split(content)
	if len(h.fields) == 0 {
		// A signed file, not a signed letter: "отчёт.xlsx.p7m".
		return w.add(Attachment{Name: strings.TrimSuffix(strings.TrimSuffix(a.Name, ".p7m"), ".P7M"), Type: "application/octet-stream", Path: at.path, Data: content})
	}
	return w.entity(h, body, at)
}

var (
	errEnveloped = errors.New("content is encrypted")
	errNoCMS     = errors.New("no CMS signed data")
)

// The object identifiers of RFC 5652, as encoded.
const (
	oidSignedData    = "\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02"
	oidEnvelopedData = "\x2a\x86\x48\x86\xf7\x0d\x01\x07\x03"
	oidAuthEnveloped = "\x2a\x86\x48\x86\xf7\x0d\x01\x09\x10\x01\x17"
)

// signedContent takes the content out of ContentInfo{signedData}. It reads BER:
// mail programs write indefinite lengths and octet strings in pieces. Source:
// RFC 5652 3 and 5.1, X.690.
func signedContent(data []byte) ([]byte, error) {
	info, _, err := ber(data, 0)
	if err != nil || info.tag != 0x30 {
		return nil, errNoCMS
	}
	fields, err := info.children()
	if err != nil || len(fields) < 2 || fields[0].tag != 0x06 {
		return nil, errNoCMS
	}
	switch string(fields[0].body) {
	case oidEnvelopedData, oidAuthEnveloped:
		return nil, errEnveloped
	case oidSignedData:
	default:
		return nil, errNoCMS
	}
	signed, err := fields[1].only()
	if err != nil {
		return nil, err
	}
	members, err := signed.children()
	if err != nil || len(members) < 3 {
		return nil, errNoCMS
	}
	encap, err := members[2].children()
	if err != nil || len(encap) < 2 {
		return nil, errNoCMS // a detached signature
	}
	content, err := encap[1].only()
	if err != nil {
		return nil, err
	}
	return content.octets(0)
}

// element is one BER element: its tag byte and its content.
type element struct {
	tag  byte
	body []byte
}

// ber reads the first element of data and returns what follows it. Multi-byte
// tags do not occur in what is read here.
func ber(data []byte, depth int) (e element, rest []byte, err error) {
	if len(data) < 2 || depth > 40 {
		return e, nil, errNoCMS
	}
	e.tag = data[0]
	if e.tag&0x1f == 0x1f {
		return e, nil, errNoCMS
	}
	length, data := int(data[1]), data[2:]
	switch {
	case length == 0x80:
		return indefinite(e, data, depth)
	case length > 0x80:
		n := length & 0x7f
		if n > 4 || n > len(data) {
			return e, nil, errNoCMS
		}
		length = 0
		for _, b := range data[:n] {
			length = length<<8 | int(b)
		}
		data = data[n:]
	}
	if length > len(data) || length < 0 {
		length = len(data) // cut: what is there may still hold the content
	}
	e.body = data[:length]
	return e, data[length:], nil
}

func indefinite(e element, data []byte, depth int) (element, []byte, error) {
	start := data
	for len(data) >= 2 {
		if data[0] == 0 && data[1] == 0 {
			e.body = start[:len(start)-len(data)]
			return e, data[2:], nil
		}
		_, rest, err := ber(data, depth+1)
		if err != nil {
			return e, nil, err
		}
		data = rest
	}
	e.body = start
	return e, nil, nil
}

func (e element) children() ([]element, error) {
	var out []element
	for rest := e.body; len(rest) > 0 && len(out) < 64; {
		child, after, err := ber(rest, 0)
		if err != nil {
			return out, err
		}
		out, rest = append(out, child), after
	}
	return out, nil
}

func (e element) only() (element, error) {
	all, err := e.children()
	if len(all) == 0 {
		return element{}, errors.Join(errNoCMS, err)
	}
	return all[0], nil
}

// octets joins an octet string that may be constructed of pieces.
func (e element) octets(depth int) ([]byte, error) {
	if e.tag&0x20 == 0 {
		return e.body, nil
	}
	if depth > 10 {
		return nil, errNoCMS
	}
	var out []byte
	for rest := e.body; len(rest) > 0; {
		piece, after, err := ber(rest, 0)
		if err != nil {
			break
		}
		data, err := piece.octets(depth + 1)
		if err != nil {
			return nil, err
		}
		out, rest = append(out, data...), after
	}
	return out, nil
}
