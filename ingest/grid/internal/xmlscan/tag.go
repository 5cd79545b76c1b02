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
		var attr, value []byte
		if attr, value, i = Attribute(rest, i); i < 0 {
			return 0, errMore
		}
		s.add(attr, value)
	}
}

// Attribute reads the one that begins at i in a tag and says where it ends, -1 when
// that has yet to come. A name alone has no value; one without quotes ends at a blank.
func Attribute(tag []byte, i int) (name, value []byte, end int) {
	from := i
	for i < len(tag) && tag[i] != '=' && !endsValue(tag[i]) {
		i++
	}
	name = tag[from:i]
	if i = skipBlanks(tag, i); i == len(tag) {
		return nil, nil, -1
	}
	if tag[i] != '=' {
		return name, nil, i
	}
	if i = skipBlanks(tag, i+1); i == len(tag) {
		return nil, nil, -1
	}
	quote := tag[i]
	if quote != '"' && quote != '\'' {
		for from = i; i < len(tag) && !endsValue(tag[i]); {
			i++
		}
		return name, tag[from:i], i
	}
	i++
	size := bytes.IndexByte(tag[i:], quote)
	if size < 0 {
		return nil, nil, -1
	}
	return name, tag[i : i+size], i + size + 1
}

func (s *Scanner) add(name, value []byte) {
	prefix, local := split(name)
	if value == nil || string(prefix) == "xmlns" || len(prefix) == 0 && string(local) == "xmlns" {
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

func endsValue(c byte) bool { return c == '>' || isBlank(c) }

func skipBlanks(b []byte, i int) int {
	for i < len(b) && isBlank(b[i]) {
		i++
	}
	return i
}
