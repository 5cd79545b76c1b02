package letter

import (
	"bytes"
)

// uuencoded finds the files that stand between "begin MODE NAME" and "end" in a
// text, and the text without them. Source: POSIX uuencode.
func uuencoded(text []byte) (files []Attachment, rest []byte) {
	for len(text) > 0 {
		line, after := cutLine(text)
		name, ok := beginLine(line)
		if !ok {
			rest = append(append(rest, line...), '\n')
			text = after
			continue
		}
		data, next, whole := uuBody(after)
		if !whole && len(data) == 0 {
			rest = append(append(rest, line...), '\n')
			text = after
			continue
		}
		files = append(files, Attachment{Name: name, Type: "application/octet-stream", Data: data})
		text = next
	}
	return files, rest
}

func beginLine(line []byte) (name string, ok bool) {
	words := bytes.SplitN(line, []byte(" "), 3)
	if len(words) != 3 || string(words[0]) != "begin" || len(words[1]) < 3 || len(words[1]) > 4 {
		return "", false
	}
	for _, c := range words[1] {
		if c < '0' || c > '7' {
			return "", false
		}
	}
	return decodeHeader(bytes.TrimSpace(words[2])), true
}

func uuBody(text []byte) (data, rest []byte, whole bool) {
	for len(text) > 0 {
		line, after := cutLine(text)
		line = bytes.TrimRight(line, "\r")
		if string(bytes.TrimSpace(line)) == "end" {
			return data, after, true
		}
		if len(line) > 0 && string(line) != "`" && line[0] != ' ' {
			n := int(line[0]-' ') & 0x3f
			if line[0] < '!' || line[0] > '`' || len(line)-1 < (n*8+5)/6 && len(line) < 2 {
				return data, text, false
			}
			data = append(data, uuLine(line[1:], n)...)
		}
		text = after
	}
	return data, nil, false
}

func uuLine(line []byte, n int) []byte {
	at := func(i int) byte {
		if i >= len(line) {
			return 0 // programs cut the blanks at a line's end
		}
		return (line[i] - ' ') & 0x3f
	}
	out := make([]byte, 0, n+2)
	for i := 0; len(out) < n; i += 4 {
		a, b, c, d := at(i), at(i+1), at(i+2), at(i+3)
		out = append(out, a<<2|b>>4, b<<4|c>>2, c<<6|d)
	}
	return out[:n]
}
