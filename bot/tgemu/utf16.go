package tgemu

import (
	"strings"
	"unicode/utf16"
)

// units is the length of s as Telegram counts it: in UTF-16 code units.
func units(s string) int {
	n := 0
	for _, r := range s {
		n += utf16.RuneLen(max(r, 0))
	}
	return n
}

// byteOffsets maps an offset in UTF-16 units to one in bytes; an offset inside
// a surrogate pair goes to the start of its character, one past the end to the end.
func byteOffsets(s string) []int {
	offsets := make([]int, 0, len(s)+1)
	for i, r := range s {
		offsets = append(offsets, i)
		if utf16.RuneLen(r) == 2 {
			offsets = append(offsets, i)
		}
	}
	return append(offsets, len(s))
}

// clean makes text valid UTF-8 with LF line ends, as the server does.
func clean(s string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\r", "")
}
