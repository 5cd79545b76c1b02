package charset

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/htmlindex"
)

// DecodeDeclared decodes a text that says of itself what it is written in, as pages
// and XML do. The form of UTF-8 and UTF-16 is believed before any declaration, and
// what writers of the West name by habit yields to a text that reads as Russian.
func DecodeDeclared(data []byte, label string) (string, error) {
	found := Detect(data)
	if found == "utf-8" && utf8.Valid(data) {
		return strings.TrimPrefix(string(data), "\ufeff"), nil
	}
	if found == "" || strings.HasPrefix(found, "utf-") {
		return Decode(found, data)
	}
	e, err := htmlindex.Get(label)
	if err != nil {
		return Decode(found, data)
	}
	name, err := htmlindex.Name(e)
	if err != nil || strings.HasPrefix(name, "utf-") || name == "windows-1252" && found != name {
		return Decode(found, data)
	}
	out, err := e.NewDecoder().Bytes(data)
	if err != nil {
		return Decode(found, data)
	}
	return string(out), nil
}
