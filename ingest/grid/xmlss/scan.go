package xmlss

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf8"
)

type tokenKind uint8

const (
	tokenEnd   tokenKind = iota // of the file
	tokenOpen                   // of an element
	tokenClose                  // of an element
	tokenText
)

// token is a piece of the file, good until the next one.
type token struct {
	kind  tokenKind
	name  string // local name of an element
	empty bool   // an element that is closed at once; no tokenClose follows
	attrs []byte // what stands behind the name
	raw   []byte // the text, entities and all
	plain bool   // raw has no entities: it is CDATA
}

// scanner goes through the file once.
type scanner struct {
	data []byte
	at   int
	cut  bool // the file ended inside a piece
	dtd  bool // it declares entities
}

// next gives the next element or text. Comments, instructions and the DTD are skipped.
func (s *scanner) next() token {
	for s.at < len(s.data) {
		rest := s.data[s.at:]
		if rest[0] != '<' {
			end := bytes.IndexByte(rest, '<')
			if end < 0 {
				end = len(rest)
			}
			s.at += end
			return token{kind: tokenText, raw: rest[:end]}
		}
		switch {
		case bytes.HasPrefix(rest, []byte("<!--")):
			s.skip("-->")
		case bytes.HasPrefix(rest, []byte("<![CDATA[")):
			start := s.at + len("<![CDATA[")
			s.skip("]]>")
			return token{kind: tokenText, plain: true, raw: bytes.TrimSuffix(s.data[start:s.at], []byte("]]>"))}
		case bytes.HasPrefix(rest, []byte("<?")):
			s.skip("?>")
		case bytes.HasPrefix(rest, []byte("<!")):
			s.skipDoctype()
		default:
			return s.element()
		}
	}
	return token{}
}

func (s *scanner) skip(end string) {
	i := bytes.Index(s.data[s.at:], []byte(end))
	if i < 0 {
		s.at, s.cut = len(s.data), true
		return
	}
	s.at += i + len(end)
}

// skipDoctype skips a DTD with what it declares in brackets.
func (s *scanner) skipDoctype() {
	start := s.at
	defer func() { s.dtd = s.dtd || bytes.Contains(s.data[start:s.at], []byte("<!ENTITY")) }()
	end := bytes.IndexByte(s.data[s.at:], '>')
	bracket := bytes.IndexByte(s.data[s.at:], '[')
	if bracket >= 0 && bracket < end {
		s.skip("]")
	}
	s.skip(">")
}

// element reads a tag up to the ">" that is in no quotes.
func (s *scanner) element() token {
	i := s.at + 1
	for quote := byte(0); i < len(s.data); i++ {
		c := s.data[i]
		if quote != 0 {
			if c == quote {
				quote = 0
			}
			continue
		}
		if c == '"' || c == '\'' {
			quote = c
		} else if c == '>' {
			break
		}
	}
	if i >= len(s.data) {
		s.at, s.cut = len(s.data), true
		return token{}
	}
	tag := s.data[s.at+1 : i]
	s.at = i + 1
	t := token{kind: tokenOpen}
	if bytes.HasPrefix(tag, []byte("/")) {
		t.kind, tag = tokenClose, tag[1:]
	} else if bytes.HasSuffix(tag, []byte("/")) {
		t.empty, tag = true, tag[:len(tag)-1]
	}
	name := tag
	if end := bytes.IndexAny(tag, " \t\r\n"); end >= 0 {
		name, t.attrs = tag[:end], tag[end:]
	}
	t.name = local(name)
	return t
}

// local is a name without its prefix.
func local(name []byte) string {
	if i := bytes.IndexByte(name, ':'); i >= 0 {
		name = name[i+1:]
	}
	return string(name)
}

// attr is an attribute by its local name, "" where there is none.
func (t *token) attr(name string) string {
	rest := t.attrs
	for {
		eq := bytes.IndexByte(rest, '=')
		if eq < 0 {
			return ""
		}
		key := bytes.TrimSpace(rest[:eq])
		value := bytes.TrimLeft(rest[eq+1:], " \t\r\n")
		if len(value) < 2 || value[0] != '"' && value[0] != '\'' {
			return ""
		}
		end := bytes.IndexByte(value[1:], value[0])
		if end < 0 {
			return ""
		}
		if !bytes.HasPrefix(key, []byte("xmlns")) && local(key) == name {
			return unescape(value[1 : 1+end])
		}
		rest = value[end+2:]
	}
}

// number is an attribute as a count, 0 where it is none.
func (t *token) number(name string) int {
	if len(t.attrs) == 0 {
		return 0
	}
	n, err := strconv.Atoi(strings.TrimSpace(t.attr(name)))
	if err != nil || n < 0 {
		return 0
	}
	return n
}

// text is the content of a text token.
func (t *token) text() string {
	if t.plain {
		return lineEnds(string(t.raw))
	}
	return unescape(t.raw)
}

func lineEnds(s string) string {
	if strings.IndexByte(s, '\r') < 0 {
		return s
	}
	return strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
}

// unescape puts characters for their entities; unknown ones stay as they are
// written. Line ends become LF (XML 1.0, 2.11).
func unescape(raw []byte) string {
	if bytes.IndexByte(raw, '&') < 0 {
		return lineEnds(string(raw))
	}
	var out strings.Builder
	for {
		i := bytes.IndexByte(raw, '&')
		if i < 0 {
			out.WriteString(lineEnds(string(raw)))
			return out.String()
		}
		out.WriteString(lineEnds(string(raw[:i])))
		raw = raw[i:]
		end := bytes.IndexByte(raw[:min(len(raw), 12)], ';')
		if end < 0 {
			out.WriteByte('&')
			raw = raw[1:]
			continue
		}
		if r, ok := entity(string(raw[1:end])); ok {
			out.WriteRune(r)
		} else {
			out.Write(raw[:end+1])
		}
		raw = raw[end+1:]
	}
}

func entity(name string) (rune, bool) {
	switch name {
	case "lt":
		return '<', true
	case "gt":
		return '>', true
	case "amp":
		return '&', true
	case "quot":
		return '"', true
	case "apos":
		return '\'', true
	case "nbsp":
		return '\u00a0', true
	}
	if !strings.HasPrefix(name, "#") {
		return 0, false
	}
	digits, base := name[1:], 10
	if strings.HasPrefix(digits, "x") || strings.HasPrefix(digits, "X") {
		digits, base = digits[1:], 16
	}
	n, err := strconv.ParseUint(digits, base, 32)
	if err != nil || n == 0 || n > utf8.MaxRune || !utf8.ValidRune(rune(n)) {
		return 0, false
	}
	return rune(n), true
}
