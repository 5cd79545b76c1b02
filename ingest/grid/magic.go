package grid

import (
	"bytes"
	"encoding/binary"
	"strings"
	"unicode/utf8"

	"github.com/distbase/distbase/ingest/grid/charset"
	"github.com/distbase/distbase/ingest/grid/internal/cfb"
	"github.com/distbase/distbase/ingest/grid/mail"
	"github.com/distbase/distbase/ingest/grid/pack"
	"github.com/distbase/distbase/ingest/grid/xls"
)

// Words for what a file is. Those that are read stand first.
const (
	formatXLSX      = "xlsx"
	formatXLSB      = "xlsb"
	formatText      = "csv"
	formatPDF       = "pdf"
	formatMXL       = "mxl"
	formatDocx      = "docx"
	formatRTF       = "rtf"
	formatEncrypted = "xlsx_encrypted"
	formatEmpty     = "empty"
	formatXLS       = "xls"
	formatBinary    = "binary"
	formatDBF       = "dbf"
	formatSLK       = "slk"
	formatDIF       = "dif"
)

// magics are the files told by their first bytes alone.
var magics = []struct{ prefix, format string }{
	{"%PDF-", formatPDF},
	{"\x89PNG\r\n\x1a\n", "picture"},
	{"\xff\xd8\xff", "picture"},
	{"GIF8", "picture"},
	{"II*\x00", "picture"},
	{"MM\x00*", "picture"},
	{"Rar!\x1a\x07", pack.Rar},
	{"7z\xbc\xaf\x27\x1c", pack.SevenZip},
	{"\x7fELF", "program"},
	{"MOXCEL", formatMXL},
	{"{\\rt", formatRTF},
	{"\x1f\x8b\x08", pack.Gzip},
	{"BZh", pack.Bzip2},
	{"\xfd7zXZ\x00", pack.XZ},
	{"\x28\xb5\x2f\xfd", pack.Zstd},
	{"SQLite format 3\x00", "database"},
	{"\x00\x01\x00\x00Standard Jet DB", "database"},
	{"\x00\x01\x00\x00Standard ACE DB", "database"},
	{"\x78\x9f\x3e\x22", mail.TNEF},
	{"TABLE\r\n0,1", formatDIF},
	{"TABLE\n0,1", formatDIF},
	{"TABLE\r0,1", formatDIF},
}

// sniff tells what the bytes are.
func sniff(data []byte) string {
	if len(data) == 0 {
		return formatEmpty
	}
	for _, m := range magics {
		if bytes.HasPrefix(data, []byte(m.prefix)) {
			return m.format
		}
	}
	switch {
	case isProgram(data):
		return "program"
	case isPicture(data):
		return "picture"
	case cfb.Is(data):
		return sniffCompound(data)
	case bytes.HasPrefix(data, []byte("PK\x03\x04")), bytes.HasPrefix(data, []byte("PK\x05\x06")):
		return sniffZip(data)
	case xls.IsBare(data):
		return formatXLS
	case len(data) > 262 && string(data[257:262]) == "ustar":
		return pack.Tar
	case isSYLK(data):
		return formatSLK
	case isDBF(data):
		return formatDBF
	}
	return sniffText(data)
}

// isPicture recognises pictures whose first bytes alone are too short a mark.
func isPicture(data []byte) bool {
	return bytes.HasPrefix(data, []byte("BM")) && len(data) > 26 && binary.LittleEndian.Uint32(data[2:]) == uint32(len(data)) ||
		bytes.HasPrefix(data, []byte("RIFF")) && len(data) > 12 && string(data[8:12]) == "WEBP"
}

// isProgram recognises DOS and Windows programs: "MZ" and a header where it points.
func isProgram(data []byte) bool {
	return len(data) >= 64 && data[0] == 'M' && data[1] == 'Z' && bytes.IndexByte(data[:64], 0) >= 0
}

// sniffCompound looks at the streams in the root of a compound file (MS-CFB 2.6);
// those deeper belong to what is embedded. Where the directory is lost their names
// are looked for in all bytes, and at last a workbook itself.
func sniffCompound(data []byte) string {
	known := []struct{ stream, format string }{
		{"EncryptedPackage", formatEncrypted},
		{"Workbook", formatXLS},
		{"Book", formatXLS},
		{"WordDocument", "doc"},
		{"PowerPoint Document", "ppt"},
		{"__properties_version1.0", mail.MSG},
	}
	if f, ok := cfb.Open(data); ok {
		for _, k := range known {
			if _, ok := f.Root().Stream(k.stream); ok {
				return k.format
			}
		}
	}
	for _, k := range known {
		var name []byte
		for _, r := range k.stream {
			name = append(name, byte(r), 0)
		}
		if bytes.Contains(data, append(name, 0, 0)) {
			return k.format
		}
	}
	if xls.IsStray(data) {
		return formatXLS
	}
	return "compound"
}

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

func isJSON(text string) bool {
	if text[0] != '{' && text[0] != '[' {
		return false
	}
	rest := strings.TrimLeft(text[1:], " \t\r\n")
	return rest != "" && strings.ContainsRune(`"{[}]`, rune(rest[0])) && utf8.ValidString(rest[:1])
}
