package letter

import (
	"path"
	"strings"
	"unicode/utf8"
)

// fileName tells the name of a part's file, "" where its header gives none, by
// the first of: filename* (RFC 2231), filename with encoded words or raw bytes,
// the same of Content-Type's name.
func fileName(disposition, contentType value, maxBytes int) string {
	for _, from := range [...]struct {
		v    value
		name string
	}{{disposition, "filename"}, {contentType, "name"}, {disposition, "name"}, {contentType, "filename"}} {
		if name := cleanName(from.v.extended(from.name), maxBytes); name != "" {
			return name
		}
		if name := cleanName(decodeHeader([]byte(from.v.plain(from.name))), maxBytes); name != "" {
			return name
		}
	}
	return ""
}

// cleanName takes path parts, control characters and direction marks off a name
// and cuts it to a length, keeping its extension.
func cleanName(name string, maxBytes int) string {
	name = printable(strings.ToValidUTF8(name, "\uFFFD"))
	if i := strings.LastIndexAny(name, `/\`); i >= 0 {
		name = name[i+1:]
	}
	name = strings.TrimSpace(name)
	if name == "." || name == ".." {
		return ""
	}
	if len(name) <= maxBytes {
		return name
	}
	ext := path.Ext(name)
	if len(ext) > 16 || len(ext) >= maxBytes {
		ext = ""
	}
	cut := maxBytes - len(ext)
	for cut > 0 && !utf8.RuneStart(name[cut]) {
		cut--
	}
	return strings.TrimSpace(name[:cut]) + ext
}
