package grid

import "strings"

// dialect is how records are cut. Zero bytes mean none.
type dialect struct {
	delimiter, quote, escape byte
}

func (d dialect) public() *Dialect {
	text := func(c byte) string {
		if c == 0 {
			return ""
		}
		return string(rune(c))
	}
	return &Dialect{Delimiter: text(d.delimiter), Quote: text(d.quote), Escape: text(d.escape)}
}

// splitter cuts a text into records by a dialect. It is lenient where
// encoding/csv is not: a quote inside an unquoted field is a character, text
// after a closing quote belongs to the field, and a blank line is a record.
// A quote that never closes is a character of its line, so that one stray mark
// does not swallow the rest of the file.
type splitter struct {
	d        dialect
	rest     string
	record   int
	unclosed int // the first record with a quote that never closes
	window   int // how far a closing quote is looked for
	fields   []string
}

// Every quote that never closes halves the window, so that a text full of
// them takes linear time.
const (
	maxQuotedBytes = 1 << 20
	minQuotedBytes = 1 << 9
)

func (d dialect) split(text string) *splitter {
	return &splitter{d: d, rest: text, window: maxQuotedBytes}
}

// next gives the fields of the next record, valid until the next call.
func (s *splitter) next() ([]string, bool) {
	if s.rest == "" {
		return nil, false
	}
	s.fields = s.fields[:0]
	s.record++
	for {
		field, end := s.field()
		s.fields = append(s.fields, field)
		if end {
			return s.fields, true
		}
	}
}

// field takes a field and its delimiter, or the line end and then end is true.
func (s *splitter) field() (field string, end bool) {
	if s.d.quote != 0 {
		blanks := len(s.rest) - len(strings.TrimLeft(s.rest, " "))
		if blanks < len(s.rest) && s.rest[blanks] == s.d.quote {
			if field, n, ok := s.quoted(s.rest[blanks+1:]); ok {
				s.rest = s.rest[blanks+1+n:]
				tail, end := s.plain()
				return field + strings.TrimRight(tail, " "), end
			}
			s.window = max(s.window/2, minQuotedBytes)
			if s.unclosed == 0 {
				s.unclosed = s.record
			}
		}
	}
	return s.plain()
}

// plain takes everything up to a delimiter or line end.
func (s *splitter) plain() (field string, end bool) {
	i := 0
	for ; i < len(s.rest); i++ {
		c := s.rest[i]
		if c == s.d.delimiter && c != 0 {
			field, s.rest = s.rest[:i], s.rest[i+1:]
			if s.rest == "" {
				// A delimiter at the very end opens one more, empty field.
				s.fields = append(s.fields, field)
				return "", true
			}
			return field, false
		}
		if c == '\n' || c == '\r' {
			break
		}
		if c == s.d.escape && c != 0 && i+1 < len(s.rest) {
			i++
		}
	}
	i = min(i, len(s.rest))
	field = s.rest[:i]
	s.rest = s.rest[i:]
	if strings.HasPrefix(s.rest, "\r\n") {
		s.rest = s.rest[2:]
	} else if s.rest != "" {
		s.rest = s.rest[1:]
	}
	return field, true
}

// quoted reads up to the closing quote of a field that starts after its opening one; n is how far that is.
// A quote closes only before a delimiter, a line end or blanks before these, else it is a stray character.
func (s *splitter) quoted(text string) (field string, n int, ok bool) {
	var b strings.Builder
	start := 0
	for i := 0; i < len(text) && i < s.window; i++ {
		switch c := text[i]; {
		case c == s.d.escape && c != 0 && i+1 < len(text):
			b.WriteString(text[start:i])
			start = i + 1
			i++
		case c == s.d.quote && i+1 < len(text) && text[i+1] == c && s.d.escape == 0:
			b.WriteString(text[start : i+1])
			start = i + 2
			i++
		case c == s.d.quote && s.closes(text[i+1:]):
			b.WriteString(text[start:i])
			return b.String(), i + 1, true
		}
	}
	return "", 0, false
}

func (s *splitter) closes(after string) bool {
	after = strings.TrimLeft(after, " ")
	return after == "" || after[0] == s.d.delimiter || after[0] == '\n' || after[0] == '\r'
}
