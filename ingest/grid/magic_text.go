package grid

import (
	"strings"
	"unicode/utf8"

	"github.com/distbase/distbase/ingest/grid/charset"
	"github.com/distbase/distbase/ingest/grid/mail"
)

// sniffText tells markup and letters from plain text, and plain text from binary.
func sniffText(data []byte) string {
	head := data[:min(len(data), 8192)]
	enc := charset.Detect(head)
	if enc == "" {
		return formatBinary
	}
	text := strings.TrimLeft(charset.DecodeHead(enc, head), "\ufeff \t\r\n")
	low := strings.ToLower(text)
	if f := sniffMarkup(low); f != "" {
		return f
	}
	switch {
	case text == "":
		if len(data) > len(head) {
			return formatText
		}
		return formatEmpty
	case isLetter(low):
		if isWebArchive(low) {
			return formatMHT
		}
		return mail.EML
	case isJSON(text):
		return "json"
	}
	return formatText
}

// isLetter sees the header of an internet message: two known fields in the first lines.
func isLetter(low string) bool {
	n := 0
	for line := range strings.Lines(low) {
		line = strings.TrimRight(line, "\r\n")
		if line == "" {
			break
		}
		if line[0] == ' ' || line[0] == '\t' {
			continue
		}
		field, _, ok := strings.Cut(line, ":")
		if !ok {
			if strings.HasPrefix(line, "from ") && n == 0 {
				continue
			}
			return false
		}
		switch field {
		case "from", "to", "subject", "date", "mime-version", "content-type", "received", "return-path", "message-id", "delivered-to":
			n++
		}
	}
	return n >= 2
}

// isWebArchive tells a page that was saved with all that belongs to it from a letter
// of the same form (RFC 2557): nobody sent it. The text is in lower case.
func isWebArchive(low string) bool {
	head, _, _ := strings.Cut(strings.ReplaceAll(low, "\r\n", "\n"), "\n\n")
	head = "\n" + head
	related := strings.Contains(head, "multipart/related") || strings.Contains(head, "\ncontent-type: text/html")
	saved := strings.Contains(head, "\nx-document-type: workbook") || strings.Contains(head, "content-location:") ||
		strings.Contains(head, "saved by ") || !strings.Contains(head, "\nfrom:")
	return related && saved && !strings.Contains(head, "\nreceived:") && !strings.Contains(head, "\nto:")
}

func isJSON(text string) bool {
	if text[0] != '{' && text[0] != '[' {
		return false
	}
	rest := strings.TrimLeft(text[1:], " \t\r\n")
	return rest != "" && strings.ContainsRune(`"{[}]`, rune(rest[0])) && utf8.ValidString(rest[:1])
}
