package tgemu

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// htmlTags are the tags of the HTML parse mode and the entities they make.
//
//nolint:gochecknoglobals // a table
var htmlTags = map[string]string{
	"a": "text_link", "b": "bold", "strong": "bold", "i": "italic", "em": "italic",
	"s": "strikethrough", "strike": "strikethrough", "del": "strikethrough",
	"u": "underline", "ins": "underline", "tg-spoiler": "spoiler", "span": "spoiler",
	"tg-emoji": "custom_emoji", "pre": "pre", "code": "code", "blockquote": "blockquote",
}

// openTag is a start tag whose end has not come yet.
type openTag struct {
	name     string
	argument string // href, language, emoji-id, "expandable"
	offset   int    // in UTF-16 units of the text so far
	bytes    int    // in bytes of the text so far
}

// htmlParser reads the HTML parse mode after TDLib's parse_html: a small
// whitelist of tags, four named entities, offsets of errors in bytes.
type htmlParser struct {
	in       string
	pos      int
	out      strings.Builder
	offset   int
	open     []openTag
	entities []Entity
}

// parseHTML is the text and the entities of marked-up text. The error's text is
// the part of the Bot API's description after "can't parse entities: ".
func parseHTML(s string) (string, []Entity, error) {
	p := &htmlParser{in: s}
	for p.pos < len(p.in) {
		if p.in[p.pos] != '<' {
			p.character()
			continue
		}
		if err := p.tag(); err != nil {
			return "", nil, err
		}
	}
	if n := len(p.open); n > 0 {
		return "", nil, fmt.Errorf("Can't find end tag corresponding to start tag %q", p.open[n-1].name) //nolint:staticcheck // their wording
	}
	return p.out.String(), mergePreCode(p.entities), nil
}

func (p *htmlParser) tag() error {
	if strings.HasPrefix(p.in[p.pos:], "</") {
		return p.endTag()
	}
	return p.startTag()
}

// character copies one character or decodes one HTML entity.
func (p *htmlParser) character() {
	r, size := decodeEntity(p.in[p.pos:])
	if size == 0 {
		r, size = utf8.DecodeRuneInString(p.in[p.pos:])
	}
	p.pos += size
	p.out.WriteRune(r)
	p.offset += units(string(r))
}

func (p *htmlParser) startTag() error {
	begin := p.pos
	p.pos++
	name := strings.ToLower(p.until(func(c byte) bool { return isSpace(c) || c == '>' }))
	if p.pos >= len(p.in) {
		return fmt.Errorf("Unclosed start tag at byte offset %d", begin) //nolint:staticcheck // their wording
	}
	if _, ok := htmlTags[name]; !ok {
		return fmt.Errorf("Unsupported start tag %s at byte offset %d", quoteTag(name), begin) //nolint:staticcheck // their wording
	}
	argument, err := p.attributes(name, begin)
	if err != nil {
		return err
	}
	if name == "span" && argument != "tg-spoiler" {
		return fmt.Errorf("Tag \"span\" must have class \"tg-spoiler\" at byte offset %d", begin) //nolint:staticcheck // their wording
	}
	p.open = append(p.open, openTag{name, argument, p.offset, p.out.Len()})
	return nil
}

// attributes reads to the closing > and returns the one argument the tag has.
func (p *htmlParser) attributes(tag string, begin int) (string, error) {
	argument := ""
	for {
		p.until(func(c byte) bool { return !isSpace(c) })
		if p.pos >= len(p.in) {
			return "", fmt.Errorf("Unclosed start tag %s at byte offset %d", quoteTag(tag), begin) //nolint:staticcheck // their wording
		}
		if p.in[p.pos] == '>' {
			p.pos++
			return argument, nil
		}
		name, value, err := p.attribute(tag, begin)
		if err != nil {
			return "", err
		}
		if a, ok := argumentOf(tag, name, value); ok {
			argument = a
		}
	}
}

func (p *htmlParser) attribute(tag string, begin int) (name, value string, err error) {
	at := p.pos
	name = strings.ToLower(p.until(func(c byte) bool { return isSpace(c) || c == '=' || c == '>' }))
	if name == "" {
		return "", "", fmt.Errorf("Empty attribute name in the tag %s at byte offset %d", quoteTag(tag), begin) //nolint:staticcheck // their wording
	}
	p.until(func(c byte) bool { return !isSpace(c) })
	if p.pos >= len(p.in) || p.in[p.pos] != '=' {
		if tag == "blockquote" && name == "expandable" && p.pos < len(p.in) {
			return name, "", nil
		}
		return "", "", fmt.Errorf("Expected equal sign in declaration of an attribute of the tag %s at byte offset %d", quoteTag(tag), at) //nolint:staticcheck // their wording
	}
	p.pos++
	p.until(func(c byte) bool { return !isSpace(c) })
	if p.pos >= len(p.in) {
		return "", "", fmt.Errorf("Unclosed start tag %s at byte offset %d", quoteTag(tag), begin) //nolint:staticcheck // their wording
	}
	value, err = p.attributeValue()
	return name, value, err
}

func (p *htmlParser) attributeValue() (string, error) {
	quote := p.in[p.pos]
	if quote != '"' && quote != '\'' {
		token := p.until(func(c byte) bool { return !isNameToken(c) })
		if p.pos >= len(p.in) || (!isSpace(p.in[p.pos]) && p.in[p.pos] != '>') {
			return "", fmt.Errorf("Unexpected end of name token at byte offset %d", p.pos) //nolint:staticcheck // their wording
		}
		return strings.ToLower(token), nil
	}
	p.pos++
	var value strings.Builder
	for p.pos < len(p.in) && p.in[p.pos] != quote {
		if r, size := decodeEntity(p.in[p.pos:]); size > 0 {
			value.WriteRune(r)
			p.pos += size
			continue
		}
		value.WriteByte(p.in[p.pos])
		p.pos++
	}
	if p.pos < len(p.in) {
		p.pos++
	}
	return value.String(), nil
}

func (p *htmlParser) endTag() error {
	begin := p.pos
	if len(p.open) == 0 {
		return fmt.Errorf("Unexpected end tag at byte offset %d", begin) //nolint:staticcheck // their wording
	}
	p.pos += 2
	name := strings.ToLower(p.until(func(c byte) bool { return isSpace(c) || c == '>' }))
	p.until(func(c byte) bool { return !isSpace(c) })
	if p.pos >= len(p.in) || p.in[p.pos] != '>' {
		return fmt.Errorf("Unclosed end tag at byte offset %d", begin) //nolint:staticcheck // their wording
	}
	p.pos++
	tag := p.open[len(p.open)-1]
	if name != "" && name != tag.name {
		return fmt.Errorf("Unmatched end tag at byte offset %d, expected \"</%s>\", found \"</%s>\"", begin, tag.name, name) //nolint:staticcheck // their wording
	}
	p.open = p.open[:len(p.open)-1]
	p.close(tag)
	return nil
}

// close makes the entity of a tag; an empty one and a link to nowhere vanish.
func (p *htmlParser) close(tag openTag) {
	entity := Entity{Type: htmlTags[tag.name], Offset: tag.offset, Length: p.offset - tag.offset}
	if entity.Length == 0 {
		return
	}
	switch tag.name {
	case "a":
		entity.URL = tag.argument
		if entity.URL == "" {
			entity.URL = p.out.String()[tag.bytes:]
		}
		if entity.URL = checkedLink(entity.URL); entity.URL == "" {
			return
		}
	case "code", "pre":
		entity.Language = tag.argument
	case "tg-emoji":
		entity.CustomEmojiID = tag.argument
	case "blockquote":
		if tag.argument != "" {
			entity.Type = "expandable_blockquote"
		}
	}
	p.entities = append(p.entities, entity)
}

// until reads up to the first byte that stop accepts, or to the end.
func (p *htmlParser) until(stop func(byte) bool) string {
	begin := p.pos
	for p.pos < len(p.in) && !stop(p.in[p.pos]) {
		p.pos++
	}
	return p.in[begin:p.pos]
}

// argumentOf is what an attribute means for its tag.
func argumentOf(tag, name, value string) (string, bool) {
	switch {
	case tag == "a" && name == "href", tag == "tg-emoji" && name == "emoji-id":
		return value, true
	case tag == "code" && name == "class" && strings.HasPrefix(value, "language-"):
		return strings.TrimPrefix(value, "language-"), true
	case tag == "span" && name == "class":
		return value, true
	case tag == "blockquote" && name == "expandable":
		return "expandable", true
	}
	return "", false
}

// decodeEntity is the character of an HTML entity at the start of s and the
// bytes it takes; 0 bytes when there is none. Unknown names stay as they are.
func decodeEntity(s string) (rune, int) {
	if !strings.HasPrefix(s, "&") {
		return 0, 0
	}
	if strings.HasPrefix(s, "&#") {
		return decodeNumeric(s)
	}
	for name, r := range map[string]rune{"&lt": '<', "&gt": '>', "&amp": '&', "&quot": '"'} {
		if strings.HasPrefix(s, name) && (len(s) == len(name) || !isAlpha(s[len(name)])) {
			return r, len(name) + terminator(s, len(name))
		}
	}
	return 0, 0
}

func decodeNumeric(s string) (rune, int) {
	end, base := 2, 10
	if len(s) > 2 && s[2] == 'x' {
		end, base = 3, 16
	}
	begin := end
	for end < len(s) && end < begin+8 && isDigit(s[end], base) {
		end++
	}
	code, err := strconv.ParseUint(s[begin:end], base, 32)
	if err != nil || code == 0 || code >= 0x10ffff || !utf8.ValidRune(rune(code)) {
		return 0, 0
	}
	return rune(code), end + terminator(s, end)
}

func terminator(s string, at int) int {
	if at < len(s) && s[at] == ';' {
		return 1
	}
	return 0
}

func isSpace(c byte) bool {
	return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == 0 || c == '\v'
}
func isAlpha(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

func isDigit(c byte, base int) bool {
	return '0' <= c && c <= '9' || base == 16 && 'a' <= c|0x20 && c|0x20 <= 'f'
}

func isNameToken(c byte) bool {
	return isAlpha(c) || '0' <= c && c <= '9' || c == '.' || c == '-'
}

func quoteTag(name string) string { return `"` + name + `"` }
