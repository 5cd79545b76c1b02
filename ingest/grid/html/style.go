package html

import (
	"strconv"
	"strings"
)

// Bounds of style sheets.
const (
	maxClasses = 1 << 14
	maxStyle   = 4 << 20 // bytes
)

// look is what styles say of a cell.
type look struct {
	format       string // mso-number-format, decoded
	bold, hidden bool
	indent       uint8
	notMerged    bool // mso-ignore:colspan, where text flows over empty cells
}

// styles are the classes of a page, and how Excel wrote numbers in it.
type styles struct {
	classes            map[string]look
	decimal, thousands string // separators, "" where nothing is said
}

// read takes in a style sheet. Only rules for single classes are looked at.
func (s *styles) read(css string) {
	css = css[:min(len(css), maxStyle)]
	if s.classes == nil {
		s.classes = map[string]look{}
	}
	for {
		selector, rest, ok := strings.Cut(css, "{")
		if !ok {
			return
		}
		body, after := declarations(rest)
		css = after
		if strings.Contains(body, "mso-displayed-") {
			s.readSeparators(body)
		}
		selector = strings.TrimSpace(selector)
		if i := strings.LastIndexAny(selector, "\n\r>"); i >= 0 {
			selector = strings.TrimSpace(selector[i+1:])
		}
		if i := strings.LastIndexByte(selector, '.'); i >= 0 && len(s.classes) < maxClasses && !strings.ContainsAny(selector, " ,:") {
			var l look
			l.read(body)
			s.classes[strings.ToLower(selector[i+1:])] = l
		}
	}
}

// declarations cuts at the end of a rule; strings may hold braces.
func declarations(s string) (body, rest string) {
	quote := byte(0)
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\\':
			i++
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"':
			quote = c
		case c == '}':
			return s[:i], s[i+1:]
		}
	}
	return s, ""
}

func (s *styles) readSeparators(body string) {
	properties(body, func(name, value string) {
		switch name {
		case "mso-displayed-decimal-separator":
			s.decimal = unescape(value)
		case "mso-displayed-thousand-separator":
			s.thousands = strings.ReplaceAll(unescape(value), "\u00a0", " ")
		}
	})
}

// read takes in the declarations of a rule or a style attribute.
func (l *look) read(css string) {
	properties(css, func(name, value string) {
		switch name {
		case "mso-number-format", "vnd.ms-excel.numberformat":
			l.format = unescape(value)
		case "font-weight":
			n, err := strconv.Atoi(value)
			l.bold = value == "bold" || value == "bolder" || err == nil && n >= 600
		case "display":
			l.hidden = value == "none"
		case "mso-ignore":
			l.notMerged = strings.Contains(value, "colspan")
		case "mso-char-indent-count":
			if n, err := strconv.Atoi(value); err == nil && n >= 0 {
				l.indent = uint8(min(n, 255))
			}
		}
	})
}

// properties goes over declarations, parted by semicolons outside of strings.
func properties(css string, visit func(name, value string)) {
	for css != "" {
		end, quote := len(css), byte(0)
		for i := 0; i < len(css) && end == len(css); i++ {
			switch c := css[i]; {
			case c == '\\':
				i++
			case quote != 0 && c == quote:
				quote = 0
			case quote == 0 && c == '"':
				quote = c
			case quote == 0 && c == ';':
				end = i
			}
		}
		name, value, ok := strings.Cut(css[:end], ":")
		if ok {
			visit(strings.ToLower(strings.TrimSpace(name)), strings.TrimSpace(value))
		}
		css = css[min(end+1, len(css)):]
	}
}

// unescape reads a string of a style sheet: quotes off, and what stands behind a
// backslash as it is, or as a code in four digits, as Excel writes it.
func unescape(s string) string {
	if len(s) >= 2 && s[0] == '"' && s[len(s)-1] == '"' {
		s = s[1 : len(s)-1]
	}
	var out strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' || i+1 == len(s) {
			out.WriteByte(s[i])
			continue
		}
		if i+5 <= len(s) && s[i+1] == '0' {
			if n, err := strconv.ParseUint(s[i+1:i+5], 16, 16); err == nil {
				out.WriteRune(rune(n))
				i += 4
				continue
			}
		}
		i++
		out.WriteByte(s[i])
	}
	return out.String()
}

// of is the look of an element by its classes and its own style; the last word counts.
func (s *styles) of(class, style string) look {
	var l look
	for name := range strings.FieldsSeq(class) {
		l = l.over(s.classes[strings.ToLower(name)])
	}
	own := l
	own.read(style)
	return own
}

func (l look) over(other look) look {
	if other.format != "" {
		l.format = other.format
	}
	l.bold = l.bold || other.bold
	l.hidden = l.hidden || other.hidden
	l.notMerged = l.notMerged || other.notMerged
	l.indent = max(l.indent, other.indent)
	return l
}
