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
	part int  // number of an RFC 2231 continuation, -1 for none
	ext  bool // RFC 2231 extended: charset'lang'%XX
}

// maxParams bounds the parameters of a field.
const maxParams = 200

// parseValue reads `type/subtype; name=value; name*0*=...`, however broken.
func parseValue(raw string) value {
	main, rest := cutParam(strings.TrimSpace(raw))
	if i := strings.IndexByte(main, '='); i >= 0 {
		// the semicolon after the value is missing, or the value itself
		j := strings.LastIndexAny(strings.TrimRight(main[:i], " \t"), " \t")
		main, rest = main[:j+1], main[j+1:]+";"+rest
	}
	v := value{main: mainValue(main)}
	for rest != "" && len(v.params) < maxParams {
		var one string
		one, rest = cutParam(rest)
		name, data, found := strings.Cut(one, "=")
		name = strings.ToLower(strings.TrimSpace(name))
		if found && name != "" {
			v.params = append(v.params, newParam(name, unquote(strings.TrimSpace(data))))
		}
	}
	return v
}

// mainValue cleans the value in front of the parameters.
func mainValue(s string) string {
	s = strings.Trim(strings.TrimSpace(s), `"'`)
	if i := strings.IndexAny(s, " \t("); i >= 0 {
		s = s[:i] // a comment, or junk
	}
	return strings.ToLower(strings.ToValidUTF8(printable(s), ""))
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
	for i := 1; i < len(s) && s[i] != '"'; i++ {
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
	if base, ok := strings.CutSuffix(p.name, "*"); ok {
		p.name, p.ext = base, true
	}
	if base, n, ok := strings.Cut(p.name, "*"); ok {
		if i, err := strconv.Atoi(n); err == nil && i >= 0 && i < 10000 {
			p.name, p.part = base, i
		}
	}
	return p
}

// plain is the raw value of a parameter in its ordinary form, "" where there is
// none; the first that is not empty wins.
func (v value) plain(name string) string {
	for _, p := range v.params {
		if p.name == name && p.part < 0 && !p.ext && p.data != "" {
			return p.data
		}
	}
	return ""
}

// ascii is a parameter that holds a keyword: charset, boundary, type.
func (v value) ascii(name string) string {
	if s := v.plain(name); s != "" {
		return s
	}
	return v.extended(name)
}

// extended is the value of a parameter in the form of RFC 2231: with a charset,
// in pieces, or both. The pieces are joined as bytes and decoded once, because a
// character may be split between two.
func (v value) extended(name string) string {
	var pieces []param
	for _, p := range v.params {
		if p.name == name && (p.ext || p.part >= 0) {
			pieces = append(pieces, p)
		}
	}
	sort.SliceStable(pieces, func(i, j int) bool { return pieces[i].part < pieces[j].part })
	charset, raw := "", []byte(nil)
	for i, p := range pieces {
		if i > 0 && p.part == pieces[i-1].part {
			continue // given twice
		}
		data := p.data
		if i == 0 && p.ext {
			charset, data = cutCharset(data)
		}
		if p.ext {
			raw = append(raw, percent(data)...)
			continue
		}
		raw = append(raw, data...)
	}
	if charset == "" {
		return decodeHeader(raw)
	}
	return toUTF8(raw, charset)
}

// cutCharset takes charset'language' off an extended value.
func cutCharset(s string) (charset, rest string) {
	set, after, ok := strings.Cut(s, "'")
	if !ok {
		return "", s
	}
	_, text, ok := strings.Cut(after, "'")
	if !ok {
		return "", s
	}
	return set, text
}

func percent(s string) []byte {
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) {
			if b, ok := hexByte(s[i+1], s[i+2]); ok {
				out = append(out, b)
				i += 2
				continue
			}
		}
		out = append(out, s[i])
	}
	return out
}
