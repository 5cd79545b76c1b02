package html

import "strings"

// text gathers the text of a cell as browsers show it: runs of blanks become one,
// those around line ends none. A no-break space stays where it stands, as a blank.
type text struct {
	out   []byte
	blank bool // one is owed before the next character
	line  bool // a line end is
}

func (t *text) add(s string) {
	for _, r := range s {
		switch r {
		case ' ', '\t', '\n', '\r', '\f':
			t.blank = t.blank || len(t.out) > 0 && t.out[len(t.out)-1] != '\n'
			continue
		case '\u00a0':
			r = ' '
		}
		if t.line {
			t.out, t.blank = append(t.out, '\n'), false
		}
		if t.blank {
			t.out = append(t.out, ' ')
		}
		t.line, t.blank = false, false
		t.out = append(t.out, string(r)...)
	}
}

// end ends a line.
func (t *text) end() {
	t.out = append(t.out, '\n')
	t.line, t.blank = false, false
}

// block ends a line unless nothing stands in it.
func (t *text) block() {
	if n := len(t.out); n > 0 && t.out[n-1] != '\n' {
		t.line, t.blank = true, false
	}
}

func (t *text) String() string {
	return strings.TrimLeft(strings.TrimRight(string(t.out), " \n"), "\n")
}
