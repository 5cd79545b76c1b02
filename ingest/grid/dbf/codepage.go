package dbf

import (
	"strings"
	"unicode/utf8"

	"github.com/distbase/distbase/ingest/grid/charset"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// languages are the encodings of the language byte (dBase language drivers and
// Visual FoxPro, "Code Pages Supported by Visual FoxPro").
var languages = map[byte]encoding.Encoding{
	0x01: charmap.CodePage437, 0x02: charmap.CodePage850, 0x03: charmap.Windows1252, 0x04: charmap.Macintosh,
	0x08: charmap.CodePage865, 0x09: charmap.CodePage437, 0x0a: charmap.CodePage850, 0x0b: charmap.CodePage437,
	0x0d: charmap.CodePage437, 0x0e: charmap.CodePage850, 0x0f: charmap.CodePage437, 0x10: charmap.CodePage850,
	0x11: charmap.CodePage437, 0x12: charmap.CodePage850, 0x13: japanese.ShiftJIS, 0x14: charmap.CodePage850,
	0x15: charmap.CodePage437, 0x16: charmap.CodePage850, 0x17: charmap.CodePage865, 0x18: charmap.CodePage437,
	0x19: charmap.CodePage437, 0x1a: charmap.CodePage850, 0x1b: charmap.CodePage437, 0x1c: charmap.CodePage863,
	0x1d: charmap.CodePage850, 0x1f: charmap.CodePage852, 0x22: charmap.CodePage852, 0x23: charmap.CodePage852,
	0x24: charmap.CodePage860, 0x25: charmap.CodePage850, 0x26: charmap.CodePage866, 0x37: charmap.CodePage850,
	0x40: charmap.CodePage852, 0x4d: simplifiedchinese.GBK, 0x4e: korean.EUCKR, 0x4f: traditionalchinese.Big5,
	0x50: charmap.Windows874, 0x57: charmap.Windows1252, 0x58: charmap.Windows1252, 0x59: charmap.Windows1252,
	0x64: charmap.CodePage852, 0x65: charmap.CodePage866, 0x66: charmap.CodePage865, 0x6c: charmap.CodePage863,
	0x78: traditionalchinese.Big5, 0x79: korean.EUCKR, 0x7a: simplifiedchinese.GBK, 0x7b: japanese.ShiftJIS,
	0x7c: charmap.Windows874, 0x7d: charmap.Windows1255, 0x7e: charmap.Windows1256, 0x86: charmap.CodePage437,
	0x87: charmap.CodePage852, 0x96: charmap.MacintoshCyrillic, 0xc8: charmap.Windows1250, 0xc9: charmap.Windows1251,
	0xca: charmap.Windows1254, 0xcb: charmap.Windows1253, 0xcc: charmap.Windows1257,
	0xf0: encoding.Nop, // UTF-8, as GIS programs write it
}

// sampleBytes is how much text the choice looks at, and sureLetters how many
// letters over 127 outweigh a language byte that names another Russian code page.
const (
	sampleBytes = 64 << 10
	sureLetters = 24
)

// sample gathers names and texts that are more than ASCII.
func (t *table) sample() []byte {
	var out []byte
	add := func(b []byte) {
		b = trimCut(cString(b))
		for _, c := range b {
			if c >= utf8.RuneSelf {
				out = append(append(out, b...), '\n')
				return
			}
		}
	}
	columns := t.columns()
	for _, f := range columns {
		add(f.name)
	}
	for i := 0; len(out) < sampleBytes && i < 1<<16; i++ {
		record := t.record(i)
		if record == nil {
			break
		}
		for _, f := range columns {
			if f.kind == 'C' || f.kind == 'V' {
				add(record[f.offset : f.offset+f.length])
			}
		}
	}
	return out
}

// trimCut takes a character of UTF-8 off that the end of a field cut through.
func trimCut(b []byte) []byte {
	for n := 1; n < utf8.UTFMax && n <= len(b); n++ {
		if c := b[len(b)-n]; utf8.RuneStart(c) {
			if c >= utf8.RuneSelf && !utf8.FullRune(b[len(b)-n:]) {
				return b[:len(b)-n]
			}
			break
		}
	}
	return b
}

// chooseEncoding weighs what the file says of itself against its text.
func chooseEncoding(language byte, said string, sample []byte) encoding.Encoding {
	named := saidEncoding(said)
	if named == nil {
		named = languages[language]
	}
	guess := charset.Detect(sample)
	high := 0
	for _, c := range sample {
		if c >= utf8.RuneSelf {
			high++
		}
	}
	switch {
	case high == 0:
	case guess == "utf-8":
		return encoding.Nop
	case isCyrillic(charset.Of(guess)) && (!isCyrillic(named) && isWestern(named) || high >= sureLetters && isCyrillic(named)):
		return charset.Of(guess)
	case named == encoding.Nop:
		return charset.Of(guess)
	}
	if named == nil {
		return charmap.Windows1252
	}
	return named
}

// saidEncoding reads a code page out of the name of a language driver or a .cpg.
func saidEncoding(said string) encoding.Encoding {
	said = strings.ToLower(said)
	for _, w := range []struct {
		word     string
		encoding encoding.Encoding
	}{
		{"1251", charmap.Windows1251}, {"winru", charmap.Windows1251}, {"ancyrr", charmap.Windows1251},
		{"866", charmap.CodePage866}, {"utf", encoding.Nop}, {"65001", encoding.Nop}, {"koi8", charmap.KOI8R},
	} {
		if strings.Contains(said, w.word) {
			return w.encoding
		}
	}
	return nil
}

func isCyrillic(e encoding.Encoding) bool {
	switch e {
	case charmap.Windows1251, charmap.CodePage866, charmap.KOI8R, charmap.MacintoshCyrillic:
		return true
	}
	return false
}

// isWestern tells the code pages that programs name without having been asked.
func isWestern(e encoding.Encoding) bool {
	switch e {
	case nil, charmap.CodePage437, charmap.CodePage850, charmap.Windows1252, charmap.Macintosh:
		return true
	}
	return false
}

func (t *table) decode(b []byte) string {
	if t.encoding == encoding.Nop {
		b = trimCut(b)
	}
	return t.short.Decode(b)
}
