package rtf

import (
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
)

// western is the code page of a document that names none.
const western = 1252

// charsets are the code pages of the character sets of fonts (1.9.1, "Font
// Table"); the set 0 is that of the document, 1 the default, 2 symbols.
var charsets = map[int]int{
	77: 10000, 78: 932, 79: 949, 80: 936, 81: 950, 83: 10006, 89: 10007,
	128: 932, 129: 949, 130: 949, 134: 936, 136: 950, 161: 1253, 162: 1254, 163: 1258,
	177: 1255, 178: 1256, 186: 1257, 204: 1251, 222: 874, 238: 1250, 254: 437, 255: 850,
}

// encodings are those of code pages.
var encodings = map[int]encoding.Encoding{
	437: charmap.CodePage437, 850: charmap.CodePage850, 852: charmap.CodePage852, 855: charmap.CodePage855,
	862: charmap.CodePage862, 866: charmap.CodePage866, 874: charmap.Windows874,
	932: japanese.ShiftJIS, 936: simplifiedchinese.GBK, 949: korean.EUCKR, 950: traditionalchinese.Big5,
	1250: charmap.Windows1250, 1251: charmap.Windows1251, 1252: charmap.Windows1252, 1253: charmap.Windows1253,
	1254: charmap.Windows1254, 1255: charmap.Windows1255, 1256: charmap.Windows1256, 1257: charmap.Windows1257,
	1258: charmap.Windows1258, 10000: charmap.Macintosh, 10007: charmap.MacintoshCyrillic,
	20866: charmap.KOI8R, 21866: charmap.KOI8U, 65001: unicode.UTF8,
}

// guessed are the code pages of the names that the guess gives.
var guessed = map[string]int{
	"windows-1251": 1251, "cp866": 866, "koi8-r": 20866, "x-mac-cyrillic": 10007, "utf-8": 65001,
}

// decode turns bytes of a code page into text. Of an unknown page what is ASCII is
// kept, as of broken text.
func decode(page int, text []byte) string {
	e := encodings[page]
	if e == nil {
		e = encodings[western]
	}
	out, err := e.NewDecoder().Bytes(text)
	if err != nil {
		return ""
	}
	return string(out)
}
