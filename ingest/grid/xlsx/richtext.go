package xlsx

import "github.com/distbase/distbase/ingest/grid/internal/xmlscan"

// takeRichText gathers the text of the element that was opened last, si or is: its
// own or that of its runs (ECMA-376 part 1, 18.4.8). Phonetic hints are left out.
// Nothing is left of a text whose end is missing.
func (s *scanner) takeRichText(dst []byte) ([]byte, bool) {
	if s.closed {
		return dst, true
	}
	from, end := len(dst), s.depth-1
	for {
		whole := true
		switch s.next() {
		case tokenOpen:
			switch string(s.name) {
			case "rPh":
				whole = s.skip()
			case "t":
				dst, whole = s.takeValue(dst)
			}
		case tokenClose:
			if s.depth <= end {
				return unescapeFrom(dst, from), true
			}
		case tokenEnd:
			whole = false
		}
		if !whole {
			return dst[:from], false
		}
	}
}

// takeValue gathers the text of the element that was opened last, without that of
// elements in it.
func (s *scanner) takeValue(dst []byte) ([]byte, bool) {
	if s.closed {
		return dst, true
	}
	end := s.depth - 1
	for {
		switch s.next() {
		case tokenText:
			if s.depth == end+1 {
				if dst = s.appendText(dst); len(dst) > maxToken {
					s.r, s.err = nil, endless()
					return dst, false
				}
			}
		case tokenClose:
			if s.depth <= end {
				return dst, true
			}
		case tokenEnd:
			return dst, false
		}
	}
}

// skip goes to the end of the element that was opened last.
func (s *scanner) skip() bool {
	if s.closed {
		return true
	}
	for end := s.depth - 1; ; {
		switch s.next() {
		case tokenClose:
			if s.depth <= end {
				return true
			}
		case tokenEnd:
			return false
		}
	}
}

func (s *scanner) appendText(dst []byte) []byte {
	if s.quoted {
		return append(dst, s.text...)
	}
	return xmlscan.Unescape(dst, s.text)
}

func unescapeFrom(dst []byte, from int) []byte { return dst[:from+len(unescape(dst[from:]))] }
