package charset_test

import (
	"testing"

	"github.com/distbase/distbase/ingest/grid/charset"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
)

func TestShortTextsAreDecoded(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		encoding encoding.Encoding
		data     string
		want     string
	}{
		"plain":          {charmap.Windows1251, "abc", "abc"},
		"windows-1251":   {charmap.Windows1251, "\xcc\xee\xeb\xee\xea\xee 5", "Молоко 5"},
		"cp866":          {charmap.CodePage866, "\x8c\xae\xab\xae\xaa\xae", "Молоко"},
		"UTF-8":          {encoding.Nop, "Молоко", "Молоко"},
		"broken UTF-8":   {encoding.Nop, "a\xffb", "a\ufffdb"},
		"Shift JIS":      {japanese.ShiftJIS, "\x83\x65a", "テa"},
		"twice the same": {japanese.ShiftJIS, "a", "a"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := charset.ShortOf(c.encoding)
			for range 2 {
				if got := s.Decode([]byte(c.data)); got != c.want {
					t.Errorf("got %q, want %q", got, c.want)
				}
			}
		})
	}
}
