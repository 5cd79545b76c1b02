package letter

import (
	"bytes"
	"strings"
)

// transferCoding is the transfer encoding a header names, however it spells it;
// "" for none, identity or an unknown one.
func transferCoding(h Header) string {
	s := strings.ToLower(strings.Trim(h.Raw("Content-Transfer-Encoding"), " \t\"';"))
	for _, known := range [...]struct{ part, name string }{
		{"base64", "base64"}, {"base-64", "base64"}, {"quoted", "qp"}, {"uue", "uu"},
	} {
		if strings.Contains(s, known.part) {
			return known.name
		}
	}
	return ""
}

// undo takes a transfer encoding off. The second value is the name that uuencode
// carries.
func undo(coding string, body []byte) ([]byte, string) {
	switch coding {
	case "base64":
		if documentMagic(body) {
			return body, "" // the label lies
		}
		return decodeBase64(body), ""
	case "qp":
		return decodeQuoted(body), ""
	case "uu":
		found := findUU(body)
		if len(found.files) == 0 {
			return body, ""
		}
		return found.files[0].data, found.files[0].name
	}
	return body, ""
}

// unlabelled decodes base64 that no header names, where what comes out is
// certainly a document.
func unlabelled(h Header, body []byte) []byte {
	trimmed := bytes.TrimSpace(body)
	if h.Has("Content-Transfer-Encoding") || len(trimmed) < 64 || !documentMagic(decodeBase64(trimmed[:64])) || !allBase64(trimmed) {
		return body
	}
	return decodeBase64(trimmed)
}

// decodeQuoted decodes quoted-printable. Line ends stay as they are; blanks at
// the end of a line were added on the way (RFC 2045, 6.7, rule 3); an equals sign
// that introduces nothing stays.
func decodeQuoted(data []byte) []byte {
	out := make([]byte, 0, len(data))
	for len(data) > 0 {
		line, end := data, []byte(nil)
		if i := bytes.IndexByte(data, '\n'); i >= 0 {
			line, end = data[:i], data[i:i+1]
			if i > 0 && data[i-1] == '\r' {
				line, end = data[:i-1], data[i-1:i+1]
			}
		}
		data = data[len(line)+len(end):]
		line = bytes.TrimRight(line, " \t")
		soft := bytes.HasSuffix(line, []byte("="))
		if soft {
			line, end = line[:len(line)-1], nil
		}
		out = append(appendQuoted(out, line), end...)
	}
	return out
}

func appendQuoted(out, line []byte) []byte {
	for i := 0; i < len(line); i++ {
		c := line[i]
		if c == '=' && i+2 < len(line) {
			if b, ok := hexByte(line[i+1], line[i+2]); ok {
				c = b
				i += 2
			}
		} else if c == '=' && i+1 < len(line) && line[i+1] == '\r' {
			i++ // a soft break of a letter with bare CR
			continue
		}
		out = append(out, c)
	}
	return out
}
