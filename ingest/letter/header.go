package letter

import (
	"bytes"
	"net/mail"
	"strings"
	"time"
)

// field is one line of a header, unfolded, its bytes as they came.
type field struct {
	name  string // lower case
	value []byte
}

// Header is the header of a letter or of one of its parts.
type Header struct{ fields []field }

// Raw returns the first field of that name as it came, unfolded; "" where there
// is none. It may hold bytes that are no UTF-8.
func (h Header) Raw(name string) string {
	name = strings.ToLower(name)
	for _, f := range h.fields {
		if f.name == name {
			return string(f.value)
		}
	}
	return ""
}

// Has reports whether there is a field of that name, be it empty.
func (h Header) Has(name string) bool {
	name = strings.ToLower(name)
	for _, f := range h.fields {
		if f.name == name {
			return true
		}
	}
	return false
}

// Text is the first field of that name with its encoded words decoded, in UTF-8.
func (h Header) Text(name string) string { return strings.TrimSpace(decodeHeader([]byte(h.Raw(name)))) }

// Addresses are the mailboxes of a field; what is no address is left out.
func (h Header) Addresses(name string) []Address {
	raw := h.Raw(name)
	if raw == "" {
		return nil
	}
	if list, err := mail.ParseAddressList(asciiWords(raw)); err == nil {
		out := make([]Address, 0, len(list))
		for _, a := range list {
			out = append(out, Address{Name: decodeHeader([]byte(a.Name)), Addr: strings.ToLower(a.Address)})
		}
		return out
	}
	return looseAddresses(raw)
}

// asciiWords decodes encoded words before the address parser sees them, and
// quotes nothing: names with raw bytes fall through to looseAddresses.
func asciiWords(raw string) string { return strings.ToValidUTF8(raw, "?") }

// looseAddresses finds what looks like an address in a field that breaks the
// rules.
func looseAddresses(raw string) []Address {
	var out []Address
	for _, one := range strings.FieldsFunc(decodeHeader([]byte(raw)), func(r rune) bool { return r == ',' || r == ';' }) {
		name, addr := "", strings.TrimSpace(one)
		if i := strings.LastIndexByte(one, '<'); i >= 0 {
			name = strings.Trim(strings.TrimSpace(one[:i]), `"'`)
			addr, _, _ = strings.Cut(one[i+1:], ">")
		}
		addr = strings.ToLower(strings.TrimSpace(addr))
		if at := strings.IndexByte(addr, '@'); at > 0 && at < len(addr)-1 && !strings.ContainsAny(addr, " \t<>\"") {
			out = append(out, Address{Name: name, Addr: addr})
		}
	}
	return out
}

// ids are the message ids of a field without their brackets.
func (h Header) ids(name string) []string {
	var out []string
	for _, word := range strings.Fields(strings.ReplaceAll(h.Raw(name), "><", "> <")) {
		if id := strings.Trim(word, "<>,"); id != "" {
			out = append(out, strings.ToValidUTF8(id, "?"))
		}
	}
	return out
}

func (h Header) date() time.Time {
	raw := strings.TrimSpace(h.Raw("Date"))
	if t, err := mail.ParseDate(raw); err == nil {
		return t
	}
	for _, layout := range []string{time.RFC1123Z, time.RFC1123, "2 Jan 2006 15:04:05", "Mon, 2 Jan 2006 15:04:05", time.ANSIC, time.RFC3339} {
		if t, err := time.Parse(layout, raw); err == nil {
			return t
		}
	}
	return time.Time{}
}

// split takes the header off the body. A line that is neither a field nor the
// continuation of one ends the header too, and belongs to the body. The "From "
// line of a mailbox file is passed over.
func split(data []byte) (Header, []byte) {
	var h Header
	rest := data
	for first := true; len(rest) > 0; first = false {
		line, after := cutLine(rest)
		switch {
		case len(line) == 0:
			if first {
				rest = after
				if next, _ := cutLine(rest); fieldName(next) > 0 {
					continue // blank lines above the header
				}
				return h, rest
			}
			return h, after
		case (line[0] == ' ' || line[0] == '\t') && len(h.fields) > 0:
			last := &h.fields[len(h.fields)-1]
			if len(last.value) < maxField {
				last.value = append(append(last.value, ' '), bytes.TrimLeft(line, " \t")...)
			}
		case first && bytes.HasPrefix(line, []byte("From ")), first && bytes.HasPrefix(line, []byte(">From ")):
		default:
			colon := fieldName(line)
			if colon <= 0 {
				return h, rest
			}
			name := strings.ToLower(string(bytes.TrimSpace(line[:colon])))
			value := bytes.TrimSpace(line[colon+1:])
			h.fields = append(h.fields, field{name, append([]byte(nil), value[:min(len(value), maxField)]...)})
		}
		rest = after
	}
	return h, nil
}

// maxField bounds an unfolded field: a hostile header must not cost quadratic
// time.
const maxField = 256 << 10

// fieldName is where the colon of a field stands, or 0.
func fieldName(line []byte) int {
	for i, c := range line {
		switch {
		case c == ':':
			return i
		case c == ' ' || c == '\t': // "Subject : x" is seen in the wild
			rest := bytes.TrimLeft(line[i:], " \t")
			if len(rest) > 0 && rest[0] == ':' {
				return len(line) - len(rest)
			}
			return 0
		case c < 33 || c == 127:
			return 0
		}
	}
	return 0
}

// cutLine takes the first line, without its end: CRLF, LF or CR.
func cutLine(data []byte) (line, rest []byte) {
	i := bytes.IndexAny(data, "\r\n")
	if i < 0 {
		return data, nil
	}
	if data[i] == '\r' && i+1 < len(data) && data[i+1] == '\n' {
		return data[:i], data[i+2:]
	}
	return data[:i], data[i+1:]
}
