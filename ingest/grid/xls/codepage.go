package xls

import (
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"

	"github.com/distbase/distbase/ingest/grid/charset"
)

// codePages are the encodings a CODEPAGE record names ([MS-XLS] 2.4.52); two numbers
// are those of old Excels for the Macintosh and for Windows.
var codePages = map[int]encoding.Encoding{
	437:    charmap.CodePage437,
	850:    charmap.CodePage850,
	852:    charmap.CodePage852,
	855:    charmap.CodePage855,
	858:    charmap.CodePage858,
	860:    charmap.CodePage860,
	862:    charmap.CodePage862,
	863:    charmap.CodePage863,
	865:    charmap.CodePage865,
	866:    charmap.CodePage866,
	874:    charmap.Windows874,
	932:    japanese.ShiftJIS,
	936:    simplifiedchinese.GBK,
	949:    korean.EUCKR,
	950:    traditionalchinese.Big5,
	1250:   charmap.Windows1250,
	1251:   charmap.Windows1251,
	1252:   charmap.Windows1252,
	0x8001: charmap.Windows1252,
	1253:   charmap.Windows1253,
	1254:   charmap.Windows1254,
	1255:   charmap.Windows1255,
	1256:   charmap.Windows1256,
	1257:   charmap.Windows1257,
	1258:   charmap.Windows1258,
	10000:  charmap.Macintosh,
	0x8000: charmap.Macintosh,
	10007:  charmap.MacintoshCyrillic,
	20866:  charmap.KOI8R,
	21866:  charmap.KOI8U,
	65001:  unicode.UTF8,
}

// sampleSize is how much text decides about a code page.
const sampleSize = 1 << 16

// encoding settles the code page of byte texts. A page that is missing is told by
// the texts; so is 1252, which some writers put whatever the texts are, but only
// where the texts are plainly another alphabet's, or Cyrillic in a font that has it.
func (w *workbook) encoding() encoding.Encoding {
	sample := w.sample()
	e := codePages[w.codePage]
	if e != nil && e != charmap.Windows1252 {
		return e
	}
	switch name := charset.Detect(sample); {
	case name == "":
	case name == "utf-8": // of scripts that know no other; by chance it is nothing
		if e == nil {
			e = unicode.UTF8
		}
	case e == nil, mostlyHigh(sample), w.cyrillic && name == "windows-1251":
		e = charset.Of(name)
	}
	if e == nil {
		return charmap.Windows1252
	}
	return e
}

// sample gathers byte texts of the whole stream that are not ASCII. It finds the
// code page too, where names stand before it.
func (w *workbook) sample() []byte {
	var out []byte
	for s := (scanner{data: w.stream}); len(out) < sampleSize && s.next(); {
		var text []byte
		switch s.id {
		case idCodePage:
			if w.codePage == 0 {
				w.codePage = u16(s.body, 0)
			}
		case idLabel2:
			text = byteText(tail(s.body, 7), 1)
		case idLabel3, idRString:
			text = byteText(tail(s.body, 6), 2)
		case idString2:
			text = byteText(s.body, 1)
		case idString3:
			text = byteText(s.body, 2)
		case idBoundSheet:
			text = byteText(tail(s.body, 6), 1)
		}
		if !isASCII(text) {
			out = append(append(out, text...), '\n')
		}
	}
	return out
}

// mostlyHigh tells a text whose letters are mostly outside ASCII: no language of
// code page 1252 is written so.
func mostlyHigh(b []byte) bool {
	high, low := 0, 0
	for _, c := range b {
		switch {
		case c >= 0xC0 || c == 0xA8 || c == 0xB8:
			high++
		case c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z':
			low++
		}
	}
	return high > 3 && high > 2*low
}
