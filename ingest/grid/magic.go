package grid

import (
	"bytes"
	"encoding/binary"

	"github.com/distbase/distbase/ingest/grid/dbf"
	"github.com/distbase/distbase/ingest/grid/internal/cfb"
	"github.com/distbase/distbase/ingest/grid/mail"
	"github.com/distbase/distbase/ingest/grid/pack"
	"github.com/distbase/distbase/ingest/grid/sylk"
	"github.com/distbase/distbase/ingest/grid/xls"
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
	case sylk.Is(data):
		return formatSLK
	case dbf.Is(data):
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
		{"PowerPoint Document", formatSlides},
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
