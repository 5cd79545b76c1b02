package letter

import (
	"html"
	"regexp"
	"strings"
)

// texts are the words found in a letter's parts.
type texts struct {
	plain, html             []string // of the outermost letter
	nestedPlain, nestedHTML []string
	size                    int
}

// maxText bounds what is kept of a letter's words.
const maxText = 1 << 20

func (t *texts) add(data []byte, ct value, main bool) {
	if t.size >= maxText {
		return
	}
	words := toUTF8(data[:min(len(data), maxText-t.size)], ct.plain("charset"))
	words = strings.ReplaceAll(strings.ToValidUTF8(words, "\uFFFD"), "\r\n", "\n")
	t.size += len(words)
	list := &t.plain
	switch isHTML := ct.main == "text/html"; {
	case main && isHTML:
		list = &t.html
	case !main && isHTML:
		list = &t.nestedHTML
	case !main:
		list = &t.nestedPlain
	}
	*list = append(*list, words)
}

// best is the plain text; without one the HTML in words; without either, what a
// forwarded letter says.
func (t *texts) best() string {
	for _, list := range [][]string{t.plain, t.html, t.nestedPlain, t.nestedHTML} {
		joined := strings.TrimSpace(strings.Join(list, "\n"))
		if joined == "" {
			continue
		}
		if len(t.html) > 0 && &list[0] == &t.html[0] || len(t.nestedHTML) > 0 && &list[0] == &t.nestedHTML[0] {
			joined = stripHTML(joined)
		}
		return joined
	}
	return ""
}

var (
	hidden = regexp.MustCompile(`(?is)<(script|style|head)\b.*?</(script|style|head)>|<!--.*?-->`)
	breaks = regexp.MustCompile(`(?i)<(br|/p|/div|/tr|/li|/h[1-6])\b[^>]*>`)
	tags   = regexp.MustCompile(`(?s)<[^>]*>`)
	blanks = regexp.MustCompile(`[ \t\x{00a0}]+`)
)

// stripHTML makes words of HTML.
func stripHTML(s string) string {
	s = hidden.ReplaceAllString(s, " ")
	s = blanks.ReplaceAllString(strings.ReplaceAll(s, "\n", " "), " ")
	s = breaks.ReplaceAllString(s, "\n")
	s = html.UnescapeString(tags.ReplaceAllString(s, " "))
	var lines []string
	for _, line := range strings.Split(s, "\n") {
		if line = strings.TrimSpace(blanks.ReplaceAllString(line, " ")); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}
