package grid

import (
	"strings"
	"unicode"
)

// htmlTags begin pages and what systems save as a page: often without html and
// body, a table alone.
const htmlTags = " html head title meta link base style script body table thead tbody tr td th caption div span p br hr center font form pre b i u h1 h2 h3 h4 "

// sniffMarkup tells markup by its first element, "" where the text is none. The text
// is in lower case.
func sniffMarkup(low string) string {
	if !strings.HasPrefix(low, "<") {
		return ""
	}
	isXML := strings.HasPrefix(low, "<?xml")
	name := firstElement(low)
	prefix, local, ok := strings.Cut(name, ":")
	if !ok {
		prefix, local = "", name
	}
	switch {
	case strings.Contains(low, "www.gnumeric.org"):
		return "gnumeric"
	case local == "workbook":
		return formatXMLSS
	case isFlatOpenDocument(prefix, local, low):
		return flatOpenDocument(low)
	case prefix == "" && isHTML(local, low), strings.HasPrefix(low, "<!doctype html"):
		return formatHTML
	case name == "" || !isXML && !strings.HasPrefix(low, "<!"):
		return sniffUnknownMarkup(low, isXML)
	}
	return "xml"
}

// isHTML tells a page by its first element, or by one that may stand around a table.
func isHTML(name, low string) bool {
	switch name {
	case "html", "head", "meta", "title", "style", "body", "table":
		return true
	}
	return strings.Contains(htmlTags, " "+name+" ") && (strings.Contains(low, "<table") || strings.Contains(low, "<tr"))
}

// sniffUnknownMarkup judges by what else is there: the first element is far away, or
// belongs to no markup that is known.
func sniffUnknownMarkup(low string, isXML bool) string {
	switch {
	case strings.Contains(low, "urn:schemas-microsoft-com:office:spreadsheet"):
		return formatXMLSS
	case strings.Contains(low, "<table") && strings.Contains(low, "<tr"):
		return formatHTML
	case isXML || strings.Contains(low, "xmlns"):
		return "xml"
	}
	return ""
}

// firstElement is the name of the first element behind instructions, comments and
// the document type.
func firstElement(s string) string {
	for {
		s = strings.TrimLeft(s, "\ufeff \t\r\n\u00a0")
		end := ""
		switch {
		case strings.HasPrefix(s, "<?"):
			end = "?>"
			if php := strings.IndexByte(s, '>'); php >= 0 && !strings.Contains(s[:php+1], "?>") {
				end = ">" // <?xml ...> as some write it
			}
		case strings.HasPrefix(s, "<!--"):
			end = "-->"
		case strings.HasPrefix(s, "<!"):
			end = ">"
			if bracket := strings.IndexByte(s, '['); bracket >= 0 && bracket < strings.IndexByte(s, '>') {
				end = "]>"
			}
		case strings.HasPrefix(s, "<"):
			name := s[1:]
			if i := strings.IndexFunc(name, func(r rune) bool { return unicode.IsSpace(r) || r == '>' || r == '/' }); i >= 0 {
				name = name[:i]
			}
			return name
		default:
			return ""
		}
		_, rest, ok := strings.Cut(s, end)
		if !ok {
			return ""
		}
		s = rest
	}
}

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
