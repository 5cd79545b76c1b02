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

// codePage is the encoding of a CODEPAGE record ([MS-XLS] 2.4.52), nil where the
// number says nothing.
func codePage(n int) encoding.Encoding {
	switch n {
	case 437:
		return charmap.CodePage437
	case 850:
		return charmap.CodePage850
	case 852:
		return charmap.CodePage852
	case 855:
		return charmap.CodePage855
	case 858:
		return charmap.CodePage858
	case 860:
		return charmap.CodePage860
	case 862:
		return charmap.CodePage862
	case 863:
		return charmap.CodePage863
	case 865:
		return charmap.CodePage865
	case 866:
		return charmap.CodePage866
	case 874:
		return charmap.Windows874
	case 932:
		return japanese.ShiftJIS
	case 936:
		return simplifiedchinese.GBK
	case 949:
		return korean.EUCKR
	case 950:
		return traditionalchinese.Big5
	case 1250:
		return charmap.Windows1250
	case 1251:
		return charmap.Windows1251
	case 1252, 0x8001:
		return charmap.Windows1252
	case 1253:
		return charmap.Windows1253
	case 1254:
		return charmap.Windows1254
	case 1255:
		return charmap.Windows1255
	case 1256:
		return charmap.Windows1256
	case 1257:
		return charmap.Windows1257
	case 1258:
		return charmap.Windows1258
	case 10000, 0x8000:
		return charmap.Macintosh
	case 10007:
		return charmap.MacintoshCyrillic
	case 20866:
		return charmap.KOI8R
	case 21866:
		return charmap.KOI8U
	case 65001:
		return unicode.UTF8
	}
	return nil
}

// sampleSize is how much text decides about a code page.
const sampleSize = 1 << 16

// encoding settles the code page of byte texts. A page that is missing is told by
// the texts; so is 1252, which some writers put whatever the texts are, but only
// where the texts are plainly another alphabet's, or Cyrillic in a font that has it.
func (w *workbook) encoding() encoding.Encoding {
	sample := w.sample()
	e := codePage(w.codePage)
	if e != nil && e != charmap.Windows1252 {
		return e
	}
	switch name := charset.Detect(sample); {
	case name == "", name == "utf-8":
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
