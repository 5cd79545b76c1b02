package bot

import (
	"html"
	"regexp"
	"strings"
	"unicode/utf16"
)

// What Telegram takes, in UTF-16 units after the markup is taken out.
const (
	maxText    = 4096
	maxCaption = 1024
	maxToast   = 200
)

var tags = regexp.MustCompile(`</?[a-zA-Z][^<>]*>`)

// plain is the text of Telegram's HTML.
func plain(s string) string { return html.UnescapeString(tags.ReplaceAllString(s, "")) }

// units counts as Telegram does.
func units(s string) int {
	n := 0
	for _, r := range s {
		n += max(utf16.RuneLen(r), 1)
	}
	return n
}

// pieces cuts a plain text that is too long for one message, at ends of lines
// where there are any.
func pieces(s string) []string {
	var out []string
	for units(s) > maxText {
		cut, last, n := 0, 0, 0
		for i, r := range s {
			n += max(utf16.RuneLen(r), 1)
			if n > maxText {
				break
			}
			cut = i + len(string(r))
			if r == '\n' {
				last = cut
			}
		}
		if last > 0 {
			cut = last
		}
		if piece := strings.TrimSpace(s[:cut]); piece != "" {
			out = append(out, piece)
		}
		s = s[cut:]
	}
	if s = strings.TrimSpace(s); s != "" {
		out = append(out, s)
	}
	return out
}

// shorten cuts a text to n characters with an ellipsis.
func shorten(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return strings.TrimSpace(string(r[:n-1])) + "…"
}
