package csv

import (
	"bytes"
	"strings"
	"unsafe"

	"github.com/distbase/distbase/ingest/grid/charset"
)

// headSize is how much of a text the dialect is told by, in bytes of the source.
const headSize = 256 << 10

// block is how much of a text is decoded at a time.
const block = 4 << 20

// source gives a text in UTF-8: as it stands where it is clean, else decoded
// block by block.
type source struct {
	encoding string
	data     []byte
	clean    bool // UTF-8 all through, as far as is known, and without NUL
	skip     int  // bytes of the decoded text that are no rows: a separator line
}

// newSource leaves out the mark at the start and the padding at the end: ^Z ends a file of DOS.
func newSource(encoding string, data []byte) *source {
	s := &source{encoding: encoding, data: data, clean: encoding == "utf-8"}
	if !strings.HasPrefix(encoding, "utf-16") && !strings.HasPrefix(encoding, "utf-32") {
		s.data = bytes.TrimRight(bytes.TrimPrefix(s.data, []byte("\xef\xbb\xbf")), "\x1a\x00")
	}
	return s
}

// head is the start of the text, cut at a line end where it is not the whole.
func (s *source) head() string {
	d := charset.NewDecoder(s.encoding, s.data)
	text := tidy(d.Append(nil, headSize), len(d.Rest()) == 0)
	if len(d.Rest()) > 0 {
		if i := strings.LastIndexAny(text, "\r\n"); i > 0 {
			text = text[:i+1]
		}
	}
	return text
}

func (s *source) isWholeHead() bool { return len(s.data) <= headSize }

// windows hands the text over piece by piece. use says how much of a window it
// took; the rest comes again at the start of the next one. The last is final.
func (s *source) windows(use func(n int, text string, final bool) (int, error)) error {
	if s.clean {
		_, err := use(0, unsafe.String(unsafe.SliceData(s.data), len(s.data))[s.skip:], true)
		return err
	}
	d := charset.NewDecoder(s.encoding, s.data)
	rest, skip := "", s.skip
	for n := 0; ; n++ {
		size := min(max(block, len(rest)), len(d.Rest()))
		buf := append(make([]byte, 0, len(rest)+2*size), rest...)
		final := len(d.Rest()) <= size
		text := tidy(d.Append(buf, size), final)[skip:]
		skip = 0
		taken, err := use(n, text, final)
		if err != nil || final {
			return err
		}
		rest = text[taken:]
	}
}

// tidy leaves out NUL bytes, which pad the fields of some systems. The bytes are
// not written again.
func tidy(b []byte, final bool) string {
	if bytes.IndexByte(b, 0) >= 0 {
		b = bytes.ReplaceAll(b, []byte{0}, nil)
	}
	if final {
		b = bytes.TrimRight(b, "\x1a")
	}
	return unsafe.String(unsafe.SliceData(b), len(b))
}
