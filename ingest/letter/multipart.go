package letter

import (
	"bytes"
)

// parts cuts a multipart body at its boundary. The last part counts without a
// closing boundary too. The line end before a boundary belongs to it.
func parts(body []byte, boundary string) [][]byte {
	mark := []byte("--" + boundary)
	var out [][]byte
	start := -1
	for at := 0; at < len(body); {
		line, rest := cutLine(body[at:])
		next := len(body) - len(rest)
		if closing, ok := delimiter(line, mark); ok {
			if start >= 0 {
				out = append(out, trimLineEnd(body[start:at]))
			}
			if closing {
				return out
			}
			start = next
		}
		at = next
	}
	if start >= 0 && start <= len(body) {
		out = append(out, body[start:])
	}
	return out
}

// delimiter tells whether a line is the boundary, and whether it closes.
func delimiter(line, mark []byte) (closing, ok bool) {
	if !bytes.HasPrefix(line, mark) {
		return false, false
	}
	rest := line[len(mark):]
	if bytes.HasPrefix(rest, []byte("--")) && len(bytes.TrimSpace(rest[2:])) == 0 {
		return true, true
	}
	return false, len(bytes.TrimSpace(rest)) == 0
}

func trimLineEnd(b []byte) []byte {
	if bytes.HasSuffix(b, []byte("\r\n")) {
		return b[:len(b)-2]
	}
	if bytes.HasSuffix(b, []byte("\n")) || bytes.HasSuffix(b, []byte("\r")) {
		return b[:len(b)-1]
	}
	return b
}

// findBoundary looks for the boundary that a Content-Type forgot: the first line
// that begins with two dashes and comes again, or is followed by a header.
func findBoundary(body []byte) string {
	for rest := body; len(rest) > 0; {
		var line []byte
		line, rest = cutLine(rest)
		mark := bytes.TrimRight(line, " \t")
		if len(mark) < 3 || len(mark) > 200 || !bytes.HasPrefix(mark, []byte("--")) {
			continue
		}
		next, _ := cutLine(rest)
		if bytes.HasPrefix(bytes.ToLower(next), []byte("content-")) {
			return string(mark[2:])
		}
	}
	return ""
}
