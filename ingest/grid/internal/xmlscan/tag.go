package xmlscan

import "bytes"

// takeTag takes a start tag with its attributes.
func (s *Scanner) takeTag(rest []byte) (Token, error) {
	i := 1
	for i < len(rest) && rest[i] != '>' && rest[i] != '/' && !isBlank(rest[i]) {
		i++
	}
	name := rest[1:i]
	s.Attrs = s.Attrs[:0]
	for {
		for i < len(rest) && (isBlank(rest[i]) || rest[i] == '/') {
			i++
		}
		if i == len(rest) {
			return 0, errMore
		}
		if rest[i] == '>' {
			s.Prefix, s.Name = split(name)
			s.empty = rest[i-1] == '/'
			s.pos += i + 1
			s.Depth++
			return Open, nil
		}
		if i = s.takeAttr(rest, i); i < 0 {
			return 0, errMore
		}
	}
}

// takeAttr takes the attribute that begins at i and says where it ends, -1 when
// that has yet to come. A value without quotes ends at a blank.
func (s *Scanner) takeAttr(rest []byte, i int) int {
	from := i
	for i < len(rest) && rest[i] != '=' && rest[i] != '>' && !isBlank(rest[i]) {
		i++
	}
	name := rest[from:i]
	i = skipBlanks(rest, i)
	if i == len(rest) {
		return -1
	}
	if rest[i] != '=' { // a name alone
		return i
	}
	if i = skipBlanks(rest, i+1); i == len(rest) {
		return -1
	}
	quote := rest[i]
	if quote != '"' && quote != '\'' {
		from = i
		for i < len(rest) && rest[i] != '>' && !isBlank(rest[i]) {
			i++
		}
		s.add(name, rest[from:i])
		return i
	}
	i++
	end := bytes.IndexByte(rest[i:], quote)
	if end < 0 {
		return -1
	}
	s.add(name, rest[i:i+end])
	return i + end + 1
}

func (s *Scanner) add(name, value []byte) {
	prefix, local := split(name)
	if string(prefix) == "xmlns" || len(prefix) == 0 && string(local) == "xmlns" {
		return
	}
	s.Attrs = append(s.Attrs, Attr{Prefix: prefix, Name: local, Value: value})
}

// Attr is the value of the first attribute of a name, without its prefix; nil
// where there is none.
func (s *Scanner) Attr(name string) []byte {
	for i := range s.Attrs {
		if string(s.Attrs[i].Name) == name {
			return s.Attrs[i].Value
		}
	}
	return nil
}

// String is an attribute as text.
func (s *Scanner) String(name string) string {
	v := s.Attr(name)
	if bytes.IndexByte(v, '&') < 0 {
		return string(v)
	}
	return string(Unescape(nil, v))
}

func split(name []byte) (prefix, local []byte) {
	if i := bytes.IndexByte(name, ':'); i >= 0 {
		return name[:i], name[i+1:]
	}
	return nil, name
}

func isBlank(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }

func skipBlanks(b []byte, i int) int {
	for i < len(b) && isBlank(b[i]) {
		i++
	}
	return i
}
