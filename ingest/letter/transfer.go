package letter

import (
	"bytes"
	"encoding/base64"
	"strings"
)

// decodeTransfer undoes a Content-Transfer-Encoding. An unknown one leaves the
// bytes as they are. mended says what was not as it should be.
func decodeTransfer(body []byte, encoding string) (data []byte, mended string) {
	encoding, _, _ = strings.Cut(strings.ToLower(strings.TrimSpace(encoding)), ";")
	switch strings.Trim(encoding, `"' `) {
	case "base64", "b64", "base-64":
		return decodeBase64(body)
	case "quoted-printable", "quoted printable", "qp":
		return decodeQuoted(body), ""
	case "x-uuencode", "uuencode", "x-uue", "uue":
		if files, _ := uuencoded(body); len(files) > 0 {
			return files[0].Data, ""
		}
		return body, "uuencoded part without a begin line"
	case "", "7bit", "8bit", "binary", "7-bit", "8-bit":
		return body, ""
	}
	return body, "unknown transfer encoding"
}

// decodeBase64 decodes what can be decoded: other characters are skipped, padding
// may be missing, and the text ends at the padding, so that a footer some gateway
// put below does no harm.
func decodeBase64(body []byte) (data []byte, mended string) {
	clean := make([]byte, 0, len(body))
scan:
	for i, c := range body {
		switch {
		case c >= 'A' && c <= 'Z', c >= 'a' && c <= 'z', c >= '0' && c <= '9', c == '+', c == '/':
			clean = append(clean, c)
		case c == '=' && len(clean)%4 >= 2:
			// One text may be joined of several that were padded each.
			rest := bytes.TrimLeft(body[i:], "=\r\n \t")
			if len(rest) > 0 && wholeBase64(rest) {
				more, _ := decodeBase64(rest)
				head, _ := decodeBase64(clean)
				return append(head, more...), "base64 joined of several texts"
			}
			break scan
		case c == '\r', c == '\n', c == ' ', c == '\t', c == '=':
		default:
			mended = "foreign characters in base64"
		}
	}
	if len(clean)%4 == 1 {
		clean = clean[:len(clean)-1]
		mended = "base64 is cut"
	}
	data = make([]byte, base64.RawStdEncoding.DecodedLen(len(clean)))
	n, err := base64.RawStdEncoding.Decode(data, clean)
	if err != nil {
		mended = "base64 is broken"
	}
	return data[:n], mended
}

// wholeBase64 reports whether the text is base64 and nothing else.
func wholeBase64(text []byte) bool {
	for _, c := range text {
		switch {
		case c >= 'A' && c <= 'Z', c >= 'a' && c <= 'z', c >= '0' && c <= '9', c == '+', c == '/', c == '=', c == '\r', c == '\n', c == ' ', c == '\t':
		default:
			return false
		}
	}
	return len(bytes.TrimSpace(text)) >= 4
}

// decodeQuoted undoes quoted-printable; what is no escape stays as it is.
func decodeQuoted(body []byte) []byte {
	out := make([]byte, 0, len(body))
	for len(body) > 0 {
		end := bytes.IndexByte(body, '\n')
		line, eol := body, []byte(nil)
		if end >= 0 {
			line, eol = body[:end], body[end:end+1]
			if bytes.HasSuffix(line, []byte("\r")) {
				line, eol = line[:len(line)-1], body[end-1:end+1]
			}
			body = body[end+1:]
		} else {
			body = nil
		}
		line = bytes.TrimRight(line, " \t") // RFC 2045 6.7 rule 3
		soft := bytes.HasSuffix(line, []byte("="))
		if soft {
			line = line[:len(line)-1]
		}
		for i := 0; i < len(line); i++ {
			if line[i] == '=' && i+2 < len(line) {
				if hi, lo := unhex(line[i+1]), unhex(line[i+2]); hi >= 0 && lo >= 0 {
					out = append(out, byte(hi<<4|lo))
					i += 2
					continue
				}
			}
			out = append(out, line[i])
		}
		if !soft {
			out = append(out, eol...)
		}
	}
	return out
}

func unhex(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	}
	return -1
}
