package charset

import (
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	uni "golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

// Of is the encoding of a name that Detect gives; encoding.Nop for UTF-8.
func Of(name string) encoding.Encoding {
	switch name {
	case "utf-16le":
		return uni.UTF16(uni.LittleEndian, uni.UseBOM)
	case "utf-16be":
		return uni.UTF16(uni.BigEndian, uni.UseBOM)
	case "utf-32le":
		return utf32.UTF32(utf32.LittleEndian, utf32.UseBOM)
	case "utf-32be":
		return utf32.UTF32(utf32.BigEndian, utf32.UseBOM)
	case "windows-1251":
		return charmap.Windows1251
	case "cp866":
		return charmap.CodePage866
	case "koi8-r":
		return charmap.KOI8R
	case "x-mac-cyrillic":
		return charmap.MacintoshCyrillic
	case "windows-1252":
		return charmap.Windows1252
	}
	return encoding.Nop
}
