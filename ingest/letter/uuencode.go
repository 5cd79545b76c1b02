package letter

import (
	"bytes"
	"strings"
)

// uuFile is a file in uuencode, its name as raw bytes decoded.
type uuFile struct {
	name string
	data []byte
}

// uuFound is what a text holds: the files, and the text around them.
type uuFound struct {
	files []uuFile
	text  []byte
}

// maxUUFiles bounds the files of one text.
const maxUUFiles = 1000

// findUU looks for `begin MODE NAME` ... `end`. The end may be missing, blanks at
// the end of a line may have been lost. One pass: each line is looked at once.
func findUU(data []byte) uuFound {
	if !bytes.Contains(data, []byte("begin ")) {
		return uuFound{text: data}
	}
	var found uuFound
	in := newLines(data)
	for {
		start := in.rest
		line, ok := in.next()
		if !ok {
			return found
		}
		name, ok := uuBegin(line)
		if next, _ := in.peek(); ok && len(found.files) < maxUUFiles && (uuLine(next) || uuEnd(next)) {
			found.files = append(found.files, uuFile{name, decodeUU(&in)})
			continue
		}
		found.text = append(found.text, start[:len(start)-len(in.rest)]...)
	}
}

func uuBegin(line []byte) (name string, ok bool) {
	rest, ok := bytes.CutPrefix(line, []byte("begin "))
	if !ok {
		return "", false
	}
	mode, file, ok := bytes.Cut(rest, []byte(" "))
	if !ok || len(mode) < 3 || len(mode) > 4 || len(bytes.Trim(mode, "01234567")) > 0 {
		return "", false
	}
	return strings.Trim(decodeHeader(file), " \t\""), true
}

func uuEnd(line []byte) bool {
	line = bytes.TrimRight(line, " \t")
	return len(line) == 0 || string(line) == "`" || string(line) == "end"
}

// uuLine reports whether a line can be one of uuencode: a length, and no more
// characters than it needs (some programs add a check sum).
func uuLine(line []byte) bool {
	if len(line) < 2 || line[0] <= ' ' || line[0] > '`' {
		return false
	}
	need := (uuValue(line[0]) + 2) / 3 * 4
	if need == 0 || len(line)-1 > need+2 {
		return false
	}
	for _, c := range line {
		if c < ' ' || c > '`' {
			return false
		}
	}
	return true
}

func uuValue(c byte) int { return int(c-' ') & 63 }

// decodeUU decodes lines up to the end, or to what cannot be uuencode.
func decodeUU(in *lines) []byte {
	out := []byte{}
	for {
		line, ok := in.peek()
		if !ok {
			return out
		}
		if string(bytes.TrimRight(line, " \t")) == "end" {
			in.next()
			return out
		}
		if !uuLine(line) {
			if !uuEnd(line) {
				return out
			}
			in.next() // the line of length nought
			continue
		}
		in.next()
		out = appendUU(out, line)
	}
}

func appendUU(out, line []byte) []byte {
	size := uuValue(line[0])
	at := func(i int) byte {
		if i < len(line) {
			return byte(uuValue(line[i]))
		}
		return 0 // a blank that was lost
	}
	for i := 1; size > 0; i += 4 {
		a, b, c, d := at(i), at(i+1), at(i+2), at(i+3)
		group := [3]byte{a<<2 | b>>4, b<<4 | c>>2, c<<6 | d}
		n := min(size, 3)
		out = append(out, group[:n]...)
		size -= n
	}
	return out
}
