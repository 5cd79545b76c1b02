package xlsx

import (
	"bytes"
	"strconv"
	"unsafe"

	"github.com/distbase/distbase/ingest/grid/internal/xmlscan"
)

// attr gives the raw value of an attribute by its local name, nil when absent.
// Declarations of namespaces are no attributes.
func (s *scanner) attr(local string) []byte {
	for i := range s.attrs {
		a := &s.attrs[i]
		if string(a.name) == local {
			return a.value
		}
		if n := len(a.name) - len(local); n > 1 && a.name[n-1] == ':' && string(a.name[n:]) == local && !bytes.HasPrefix(a.name, []byte("xmlns:")) {
			return a.value
		}
	}
	return nil
}

// textAttr is an attribute as text.
func (s *scanner) textAttr(local string) string { return string(xmlscan.Unescape(nil, s.attr(local))) }

// countAttr is an attribute as a count; absent or odd ones are 0.
func (s *scanner) countAttr(local string) int {
	n, _ := count(s.attr(local))
	return n
}

// count reads a whole number of at most nine digits.
func count(b []byte) (int, bool) {
	n := 0
	for _, c := range b {
		if c < '0' || c > '9' {
			n, err := strconv.Atoi(string(bytes.TrimSpace(b)))
			return max(n, 0), err == nil && n >= 0
		}
		n = n*10 + int(c-'0')
	}
	return n, len(b) > 0 && len(b) < 10
}

// isTrue reads a boolean (ECMA-376 part 1, 22.9.2.7, and what XML Schema allows).
func isTrue(b []byte) bool {
	switch string(b) {
	case "1", "true", "on", "TRUE", "True":
		return true
	}
	return false
}

// bytesAsString looks at bytes as a string for the time of a call.
func bytesAsString(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }
