package letter

import (
	"sort"
	"strconv"
	"strings"
)

// value is a structured field: a value and its parameters, as Content-Type has.
type value struct {
	main   string // lower case
	params []param
}

// param is one parameter; data are raw bytes, with the quotes taken off.
type param struct {
	name string // lower case, without *N and *
	data string
	part int  // RFC 2231 continuation, -1 for none
	ext  bool // RFC 2231 extended: charset'lang'%XX
}

// parseValue reads `type/subtype; name=value; name*0*=...`, however broken.
func parseValue(raw string) value {
	main, rest, _ := strings.Cut(raw, ";")
	v := value{main: strings.ToLower(strings.TrimSpace(main))}
	if i := strings.IndexAny(v.main, " \t"); i >= 0 && !strings.Contains(v.main[:i], "=") {
		// "text/plain charset=x" lacks its semicolon
		rest = v.main[i+1:] + ";" + rest
		v.main = v.main[:i]
	}
	for rest != "" && len(v.params) < 200 {
		var one string
		one, rest = cutParam(rest)
		name, data, found := strings.Cut(one, "=")
		name = strings.ToLower(strings.TrimSpace(name))
		if !found || name == "" {
			continue
		}
		v.params = append(v.params, newParam(name, unquote(strings.TrimSpace(data))))
	}
	return v
}

// cutParam takes what stands before the next semicolon outside of quotes.
func cutParam(s string) (one, rest string) {
	quoted := false
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '\\':
			if quoted {
				i++
			}
		case '"':
			quoted = !quoted
		case ';':
			if !quoted {
				return s[:i], s[i+1:]
			}
		}
	}
	if quoted { // the closing quote is missing: the value ends at the next semicolon
		if i := strings.IndexByte(s, ';'); i >= 0 {
			return s[:i], s[i+1:]
		}
	}
	return s, ""
}

func unquote(s string) string {
	if !strings.HasPrefix(s, `"`) {
		return s
	}
	var b strings.Builder
	for i := 1; i < len(s); i++ {
		if s[i] == '"' {
			break
		}
		// A backslash before anything but a quote or itself is a path of
		// Windows, not an escape.
		if s[i] == '\\' && i+1 < len(s) && (s[i+1] == '"' || s[i+1] == '\\') {
			i++
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

func newParam(name, data string) param {
	p := param{name: name, data: data, part: -1}
	if strings.HasSuffix(p.name, "*") {
		p.name, p.ext = strings.TrimSuffix(p.name, "*"), true
	}
	if base, n, ok := strings.Cut(p.name, "*"); ok {
		if i, err := strconv.Atoi(n); err == nil && i >= 0 && i < 10000 {
			p.name, p.part = base, i
		}
	}
	return p
}

// plain is the value of a parameter as it stands, "" where there is none.
func (v value) plain(name string) string {
	for _, p := range v.params {
		if p.name == name && p.part < 0 && !p.ext {
			return p.data
		}
	}
	if s, ok := v.extended(name); ok {
		return s
	}
	return ""
}

// extended is the value of a parameter in the form of RFC 2231: with a charset,
// in pieces, or both. The pieces are joined as bytes and decoded once.
func (v value) extended(name string) (string, bool) {
	var parts []param
	for _, p := range v.params {
		if p.name == name && (p.ext || p.part >= 0) {
			parts = append(parts, p)
		}
	}
	if len(parts) == 0 {
		return "", false
	}
	sort.SliceStable(parts, func(i, j int) bool { return parts[i].part < parts[j].part })
	charset, raw := "", []byte(nil)
	for i, p := range parts {
		data := p.data
		if i == 0 && p.ext {
			if set, after, ok := strings.Cut(data, "'"); ok {
				if _, text, ok := strings.Cut(after, "'"); ok {
					charset, data = set, text
				}
			}
		}
		if p.ext {
			raw = append(raw, percent(data)...)
			continue
		}
		raw = append(raw, data...)
	}
	if charset == "" {
		return decodeHeader(raw), true
	}
	return toUTF8(raw, charset), true
}

func percent(s string) []byte {
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) {
			if n, err := strconv.ParseUint(s[i+1:i+3], 16, 8); err == nil {
				out = append(out, byte(n))
				i += 2
				continue
			}
		}
		out = append(out, s[i])
	}
	return out
}
