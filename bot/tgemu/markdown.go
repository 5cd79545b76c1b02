package tgemu

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// markdownReserved are the characters that MarkdownV2 wants escaped.
const markdownReserved = "_*[]()~`>#+-=|{}.!"

// markdownMarks are the delimiters of MarkdownV2, longer ones first.
//
//nolint:gochecknoglobals // a table
var markdownMarks = []struct{ mark, kind, name string }{
	{"```", "pre", "Pre"}, {"__", "underline", "Underline"}, {"||", "spoiler", "Spoiler"},
	{"*", "bold", "Bold"}, {"_", "italic", "Italic"}, {"~", "strikethrough", "Strikethrough"}, {"`", "code", "Code"},
	{"[", "text_link", "TextUrl"},
}

type openMark struct {
	mark, kind, name string
	offset           int
	at               int // byte offset in the source
	language         string
}

// markdownParser reads MarkdownV2 without quotations and custom emoji.
type markdownParser struct {
	in       string
	pos      int
	out      strings.Builder
	offset   int
	open     []openMark
	entities []Entity
}

// parseMarkdown is the text and the entities of MarkdownV2.
func parseMarkdown(s string) (string, []Entity, error) {
	p := &markdownParser{in: s}
	for p.pos < len(p.in) {
		if err := p.step(); err != nil {
			return "", nil, err
		}
	}
	if n := len(p.open); n > 0 {
		last := p.open[n-1]
		return "", nil, fmt.Errorf("Can't find end of %s entity at byte offset %d", last.name, last.at) //nolint:staticcheck // their wording
	}
	return p.out.String(), sortEntities(p.entities), nil
}

func (p *markdownParser) step() error {
	rest := p.in[p.pos:]
	if len(rest) > 1 && rest[0] == '\\' && rest[1] > 0 && rest[1] <= 126 {
		p.pos++
		p.copy()
		return nil
	}
	if top := p.top(); top != nil {
		if p.ends(*top, rest) {
			return p.close()
		}
		if top.kind == "code" || top.kind == "pre" {
			if rest[0] == '`' {
				return p.reserved()
			}
			p.copy()
			return nil
		}
	}
	for _, m := range markdownMarks {
		if strings.HasPrefix(rest, m.mark) {
			p.begin(openMark{mark: m.mark, kind: m.kind, name: m.name, offset: p.offset, at: p.pos})
			return nil
		}
	}
	if strings.IndexByte(markdownReserved, rest[0]) >= 0 {
		return p.reserved()
	}
	p.copy()
	return nil
}

func (p *markdownParser) top() *openMark {
	if len(p.open) == 0 {
		return nil
	}
	return &p.open[len(p.open)-1]
}

func (p *markdownParser) ends(top openMark, rest string) bool {
	switch top.mark {
	case "[":
		return rest[0] == ']'
	case "_":
		return rest[0] == '_' && !strings.HasPrefix(rest, "__")
	}
	return strings.HasPrefix(rest, top.mark)
}

func (p *markdownParser) begin(m openMark) {
	p.pos += len(m.mark)
	if m.kind == "pre" {
		line, _, more := strings.Cut(p.in[p.pos:], "\n")
		if more && !strings.ContainsAny(line, " `") {
			m.language = line
			p.pos += len(line) + 1
		}
	}
	p.open = append(p.open, m)
}

func (p *markdownParser) close() error {
	m := p.open[len(p.open)-1]
	p.open = p.open[:len(p.open)-1]
	entity := Entity{Type: m.kind, Offset: m.offset, Length: p.offset - m.offset, Language: m.language}
	if m.mark != "[" {
		p.pos += len(m.mark)
	} else {
		link, err := p.link()
		if err != nil {
			return err
		}
		if link == "" {
			link = string([]rune(p.out.String())[max(0, utf8.RuneCountInString(p.out.String())-entity.Length):])
		}
		if entity.URL = checkedLink(link); entity.URL == "" {
			return nil
		}
	}
	if entity.Length > 0 {
		p.entities = append(p.entities, entity)
	}
	return nil
}

// link reads the (address) after the closing bracket, empty without one.
func (p *markdownParser) link() (string, error) {
	p.pos++
	if p.pos >= len(p.in) || p.in[p.pos] != '(' {
		return "", nil
	}
	p.pos++
	at := p.pos
	var link strings.Builder
	for p.pos < len(p.in) && p.in[p.pos] != ')' {
		if p.in[p.pos] == '\\' && p.pos+1 < len(p.in) {
			p.pos++
		}
		link.WriteByte(p.in[p.pos])
		p.pos++
	}
	if p.pos >= len(p.in) {
		return "", fmt.Errorf("Can't find end of a URL at byte offset %d", at) //nolint:staticcheck // their wording
	}
	p.pos++
	return link.String(), nil
}

func (p *markdownParser) reserved() error {
	return fmt.Errorf(`Character '%c' is reserved and must be escaped with the preceding '\'`, p.in[p.pos]) //nolint:staticcheck // their wording
}

func (p *markdownParser) copy() {
	r, size := utf8.DecodeRuneInString(p.in[p.pos:])
	p.pos += size
	p.out.WriteRune(r)
	p.offset += units(string(r))
}
