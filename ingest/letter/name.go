package letter

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// fileName is what a part's header calls it: filename*= before filename=, before
// name*= and name= of Content-Type. It is decoded, and carries no path.
func fileName(disposition, contentType value, limit int) string {
	for _, at := range []struct {
		v    value
		name string
	}{{disposition, "filename"}, {contentType, "name"}} {
		if s, ok := at.v.extended(at.name); ok && strings.TrimSpace(s) != "" {
			return safeName(decodeHeader([]byte(s)), limit)
		}
		if s := at.v.plain(at.name); strings.TrimSpace(s) != "" {
			return safeName(decodeHeader([]byte(s)), limit)
		}
	}
	return ""
}

// safeName takes path parts, control and direction characters off a name and
// cuts it to limit bytes, keeping the ending.
func safeName(name string, limit int) string {
	name = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == utf8.RuneError || unicode.Is(unicode.Bidi_Control, r) {
			return -1
		}
		return r
	}, name)
	if i := strings.LastIndexAny(name, `/\`); i >= 0 {
		name = name[i+1:]
	}
	name = strings.TrimSpace(name)
	if name == "." || name == ".." {
		return ""
	}
	if len(name) <= limit {
		return name
	}
	ending := ""
	if i := strings.LastIndexByte(name, '.'); i > 0 && len(name)-i <= 10 && len(name)-i < limit {
		ending = name[i:]
	}
	head := name[:limit-len(ending)]
	for !utf8.ValidString(head) {
		head = head[:len(head)-1]
	}
	return head + ending
}
