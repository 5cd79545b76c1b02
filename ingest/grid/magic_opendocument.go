package grid

import "strings"

const (
	formatODS  = "ods"
	formatFODS = "fods"
	formatSXC  = "sxc"
)

// openDocumentSpace is the namespace of the first element of OpenDocument.
const openDocumentSpace = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"

func isFlatOpenDocument(prefix, local, low string) bool {
	return prefix == "office" && strings.HasPrefix(local, "document") || strings.Contains(low, openDocumentSpace)
}

// flatOpenDocument tells the kinds of OpenDocument in one file by the type they
// declare. The text is in lower case.
func flatOpenDocument(low string) string {
	switch kind := mediaType(low); kind {
	case "", formatODS, formatSXC:
		return formatFODS
	default:
		return kind
	}
}

// mediaType finds the type of an OpenDocument, or of a file of OpenOffice.org 1.0,
// in a text that names it, "" where none does.
func mediaType(low string) string {
	for _, m := range [...]struct{ name, format string }{
		{"opendocument.spreadsheet", formatODS}, {"sun.xml.calc", formatSXC}, {"opendocument.text", "odt"},
		{"vnd.oasis.opendocument", "opendocument"}, {"vnd.sun.xml", "opendocument"}, {"epub+zip", "epub"},
	} {
		if strings.Contains(low, m.name) {
			return m.format
		}
	}
	return ""
}
