package letter

import (
	"bytes"
	"strings"
)

// multipart walks the parts of a multipart. Without a boundary that is found it
// is taken for text.
func (w *walker) multipart(p part) error {
	if p.at.multiparts >= w.lim.Depth {
		w.warn("multiparts deeper than %d were not opened", w.lim.Depth)
		w.add(p, p.body)
		return w.spend(len(p.body))
	}
	body, boundary := w.findBoundary(p)
	if boundary == "" {
		w.warn("a multipart without its boundary was taken for text")
		p.contentType.main = "text/plain"
		return w.leaf(p)
	}
	kind := strings.TrimPrefix(p.contentType.main, "multipart/")
	at := p.at
	at.multiparts++
	at.digest = kind == "digest"
	at.encrypted = at.encrypted || kind == "encrypted"
	bodies := len(w.bodies)
	in := parts{rest: body, delimiter: []byte("--" + boundary)}
	in.skipPreamble()
	for first := true; ; first = false {
		raw, ok := in.next()
		if !ok {
			break
		}
		at.related = p.at.related || kind == "related" && !first
		h, data := splitPart(raw)
		if err := w.entity(h, data, at); err != nil {
			return err
		}
	}
	if !in.closed {
		w.warn("the closing boundary of a multipart is missing")
	}
	if kind == "alternative" {
		w.choose(bodies)
	}
	return nil
}

// findBoundary returns the body and the boundary that is in it. The body may
// have been encoded as a whole, which RFC 2045 forbids; the boundary may be
// missing from the header.
func (w *walker) findBoundary(p part) ([]byte, string) {
	boundary := strings.TrimRight(p.contentType.ascii("boundary"), " \t")
	if boundary != "" && hasBoundary(p.body, boundary) {
		return p.body, boundary
	}
	body := p.body
	if coding := transferCoding(p.header); coding != "" {
		if decoded, _ := undo(coding, p.body); boundary != "" && hasBoundary(decoded, boundary) {
			w.warn("a multipart was encoded as a whole")
			return decoded, boundary
		}
	}
	return body, sniffBoundary(body)
}

func hasBoundary(body []byte, boundary string) bool {
	in := parts{rest: body, delimiter: []byte("--" + boundary)}
	_, _, ok := in.find()
	return ok
}

// sniffBoundary looks for a line of dashes and something that a part's header
// follows.
func sniffBoundary(body []byte) string {
	in := newLines(body)
	for line, ok := in.next(); ok; line, ok = in.next() {
		if len(line) < 4 || len(line) > 200 || !bytes.HasPrefix(line, []byte("--")) {
			continue
		}
		if next, _ := in.peek(); knownField(next) {
			return strings.TrimRight(string(line[2:]), " \t")
		}
	}
	return ""
}

// parts cuts a multipart's body at its delimiter lines.
type parts struct {
	rest      []byte
	delimiter []byte // with its two dashes
	closed    bool
	open      bool // a delimiter was passed that opens a part
}

func (in *parts) skipPreamble() {
	_, end, ok := in.find()
	if !ok {
		in.rest = nil
		return
	}
	in.rest, in.open = in.rest[end:], true
}

// next takes a part off. The last one may lack its delimiter. What comes after
// the closing delimiter counts only where further delimiters stand in it: a
// forwarded letter may use the same boundary.
func (in *parts) next() ([]byte, bool) {
	for in.open {
		body := in.rest
		wasClosed := in.closed
		start, end, ok := in.find()
		if !ok {
			in.rest, in.open = nil, false
			// nothing but blanks after the last delimiter is no part
			return body, !wasClosed && len(bytes.TrimSpace(body)) > 0
		}
		in.rest = in.rest[end:]
		if !wasClosed {
			return body[:start], true
		}
	}
	return nil, false
}

// find looks for the next delimiter line: start is where the part before it ends
// (the line break belongs to the delimiter), end where its line ends. It notes
// whether the line closes the multipart.
func (in *parts) find() (start, end int, ok bool) {
	for from := 0; ; {
		i := bytes.Index(in.rest[from:], in.delimiter)
		if i < 0 {
			return 0, 0, false
		}
		i += from
		from = i + len(in.delimiter)
		if i > 0 && in.rest[i-1] != '\n' && in.rest[i-1] != '\r' {
			continue
		}
		tail := in.rest[from:]
		rest, closing := bytes.CutPrefix(tail, []byte("--"))
		rest = bytes.TrimLeft(rest, " \t")
		rest, lineEnds := cutLineEnd(rest)
		if !lineEnds {
			continue
		}
		in.closed = closing
		return trimLineEnd(in.rest[:i]), len(in.rest) - len(rest), true
	}
}

// cutLineEnd takes a line end off; the end of the data counts as one.
func cutLineEnd(data []byte) ([]byte, bool) {
	rest := bytes.TrimLeft(data, "\r")
	switch {
	case len(rest) == 0:
		return rest, true
	case rest[0] == '\n':
		return rest[1:], true
	}
	return data[min(1, len(data)):], len(rest) < len(data)
}

// trimLineEnd is the length of data without one line end.
func trimLineEnd(data []byte) int {
	n := len(data)
	if n > 0 && data[n-1] == '\n' {
		n--
	}
	if n > 0 && data[n-1] == '\r' {
		n--
	}
	return n
}
