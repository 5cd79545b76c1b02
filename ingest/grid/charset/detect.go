package charset

import (
	"bytes"
	"unicode/utf8"
)

// singleByte are the candidates where a text is no UTF, likeliest first.
var singleByte = []string{"windows-1251", "cp866", "koi8-r", "x-mac-cyrillic", "windows-1252"}

// What is looked at of a large text: its start, what follows the first letter that
// is not ASCII, its middle and its end.
const (
	sampleStart = 256 << 10
	sampleRest  = 64 << 10
)

// Detect names the encoding of a text, "" where the bytes are none. A text that
// mixes UTF-8 with something else is called "utf-8"; [Decoder] reads both.
func Detect(data []byte) string {
	if name := byteOrderMark(data); name != "" {
		return name
	}
	start := data[:min(len(data), 1<<16)]
	if name := wideEncoding(start); name != "" {
		return name
	}
	if !isTextual(start) {
		return ""
	}
	samples := samplesOf(data)
	wide, bad := 0, 0
	for _, s := range samples {
		w, b := countUTF8(s)
		wide, bad = wide+w, bad+b
	}
	if bad == 0 || mixesUTF8(wide, bad) {
		return "utf-8"
	}
	return guess(highWords(samples), singleByte)
}

func byteOrderMark(data []byte) string {
	for _, m := range []struct{ mark, name string }{
		{"\xff\xfe\x00\x00", "utf-32le"}, {"\x00\x00\xfe\xff", "utf-32be"},
		{"\xef\xbb\xbf", "utf-8"}, {"\xff\xfe", "utf-16le"}, {"\xfe\xff", "utf-16be"},
	} {
		if bytes.HasPrefix(data, []byte(m.mark)) {
			return m.name
		}
	}
	return ""
}

// wideEncoding sees UTF-16 and UTF-32 without a mark: bytes of one place are
// nearly all the high half of Latin (00) or Cyrillic (04), those of the other are not.
func wideEncoding(b []byte) string {
	if len(b) < 4 {
		return ""
	}
	var high [4]int
	for i, c := range b {
		if c == 0 || c == 4 {
			high[i%4]++
		}
	}
	quarter := max(len(b)/4, 1)
	full := func(places ...int) bool {
		for i := range high {
			is := high[i] >= quarter*9/10 && high[i] > 0
			want := false
			for _, p := range places {
				want = want || p == i
			}
			if is != want {
				return false
			}
		}
		return true
	}
	switch {
	case full(2, 3), full(1, 2, 3):
		return "utf-32le"
	case full(0, 1), full(0, 1, 2):
		return "utf-32be"
	case full(1, 3):
		return "utf-16le"
	case full(0, 2):
		return "utf-16be"
	}
	return ""
}

// isTextual allows a few stray control bytes: systems pad fields with NUL.
func isTextual(b []byte) bool {
	bad := 0
	for _, c := range b {
		if c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != 0x1a {
			bad++
		}
	}
	return bad*20 <= len(b)
}

// samplesOf gives a text whole where it is not large, else parts of it.
func samplesOf(data []byte) [][]byte {
	if len(data) <= sampleStart+3*sampleRest {
		return [][]byte{data}
	}
	part := func(from int) []byte { return data[from:min(from+sampleRest, len(data))] }
	return [][]byte{
		data[:sampleStart], part(sampleStart + firstHigh(data[sampleStart:])),
		part(len(data) / 2), part(len(data) - sampleRest),
	}
}

// firstHigh is where the first byte over 127 stands, or the length.
func firstHigh(b []byte) int {
	const step = 1 << 12
	for at := 0; at < len(b); at += step {
		block := b[at:min(at+step, len(b))]
		or := byte(0)
		for _, c := range block {
			or |= c
		}
		if or < utf8.RuneSelf {
			continue
		}
		for i, c := range block {
			if c >= utf8.RuneSelf {
				return at + i
			}
		}
	}
	return len(b)
}

// countUTF8 counts characters of several bytes, and bytes that are none. A
// character cut by either end of the sample is not counted.
func countUTF8(b []byte) (wide, bad int) {
	if utf8.Valid(b) && len(b) > 0 {
		return 1, 0 // how many does not matter where nothing is wrong
	}
	i := 0
	for ; i < len(b) && i < utf8.UTFMax-1 && !utf8.RuneStart(b[i]); i++ {
		bad++ // a cut character, or the first byte of another encoding
	}
	cut := bad
	for i < len(b) {
		if b[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, n := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && n == 1 {
			if !utf8.FullRune(b[i:]) {
				break
			}
			bad++
		} else {
			wide++
		}
		i += n
	}
	if wide > bad-cut {
		bad -= cut
	}
	return wide, bad
}

// mixesUTF8 tells UTF-8 with a foreign part from another encoding, in which what
// looks like UTF-8 comes about by chance: a few characters in a hundred.
func mixesUTF8(wide, bad int) bool {
	return wide >= 2*bad || wide >= 16 && 2*wide >= bad
}
