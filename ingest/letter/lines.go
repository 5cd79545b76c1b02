package letter

import "bytes"

// lines cuts bytes into lines. They end with LF, and any CR before it goes too
// (gateways double it); where there is no LF they end with CR.
type lines struct {
	rest []byte
	end  byte
}

// lineProbe is how far an LF may be for it to be the line end.
const lineProbe = 64 << 10

func newLines(data []byte) lines {
	if bytes.IndexByte(data[:min(len(data), lineProbe)], '\n') < 0 && bytes.IndexByte(data, '\r') >= 0 {
		return lines{data, '\r'}
	}
	return lines{data, '\n'}
}

// next takes a line off, without its end; false when there is none left.
func (l *lines) next() ([]byte, bool) {
	if len(l.rest) == 0 {
		return nil, false
	}
	line := l.rest
	if i := bytes.IndexByte(l.rest, l.end); i >= 0 {
		line, l.rest = l.rest[:i], l.rest[i+1:]
	} else {
		l.rest = nil
	}
	return bytes.TrimRight(line, "\r"), true
}

// peek is the line that next would take.
func (l lines) peek() ([]byte, bool) { return l.next() }
