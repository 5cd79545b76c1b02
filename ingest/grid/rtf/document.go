package rtf

import (
	"strings"
	"unicode/utf16"

	"github.com/distbase/distbase/ingest/grid/sheet"
)

// destination is where the text of a group goes.
type destination uint8

const (
	body destination = iota
	fonts
	nowhere
)

// state is what a group may change and its end takes back.
type state struct {
	dest            destination
	page            int // of the font; 0 for that of the document
	skip            int // characters to pass after \u (\uc)
	bold            bool
	hidden, deleted bool
	inTable         bool
	level           int  // \itap; 0 where it is not said
	listText        bool // the number of a list item
	shown           bool // what is around \upr
}

// document is the walk over a file.
type document struct {
	b      *sheet.Budget
	lex    lexer
	state  state
	stack  []state
	deeper int  // groups that are not on the stack
	star   bool // \* stands before the next word
	pass   int  // characters to pass over that stand for a \u
	half   rune // the first of two surrogates
	page   int  // \ansicpg
	forced int  // the guess that takes its place

	fontPage    map[int]int
	defaultFont int
	font        int // whose definition is open

	pending     []byte // bytes of text that are not decoded yet
	pendingPage int
	sample      []byte // text under the document's code page
	high        int    // bytes over 127 in it

	levels []*level
	cells  int // made so far
	count  int // of tables begun
	done   []numbered
	cut    bool
}

func newDocument(b *sheet.Budget, data []byte) *document {
	return &document{b: b, lex: lexer{data: data}, state: state{skip: 1}, page: western, fontPage: map[int]int{}}
}

// read walks the document to its last closing brace, or where it breaks off.
func (d *document) read() error {
	for n := 0; ; n++ {
		if n%(1<<14) == 0 {
			if err := d.b.Alive(); err != nil {
				return err
			}
		}
		t := d.lex.next()
		if t.kind == end || t.kind == closing && len(d.stack) <= 1 && d.deeper == 0 {
			d.cut = t.kind == end
			d.flush()
			return d.endTables(0)
		}
		if err := d.take(t); err != nil {
			return err
		}
	}
}

func (d *document) take(t token) error {
	star := d.star
	d.star = false
	switch t.kind {
	case open:
		d.pass = 0
		d.push()
	case closing:
		d.pass = 0
		d.pop()
	case raw:
		if d.pass > 0 {
			d.pass--
			return nil
		}
		d.byte(byte(t.n))
	case symbol:
		return d.symbol(t)
	case word:
		if d.pass > 0 {
			d.pass--
			return nil
		}
		return d.word(t, star)
	}
	return nil
}

func (d *document) push() {
	if len(d.stack) >= maxGroups {
		d.deeper++
		return
	}
	d.stack = append(d.stack, d.state)
}

func (d *document) pop() {
	d.flush()
	if d.deeper > 0 {
		d.deeper--
		return
	}
	if n := len(d.stack); n > 0 {
		d.state, d.stack = d.stack[n-1], d.stack[:n-1]
	}
}

// symbol takes \ with one character.
func (d *document) symbol(t token) error {
	if d.pass > 0 && t.n != '*' {
		d.pass--
		return nil
	}
	if t.name == "'" {
		d.byte(byte(t.n))
		return nil
	}
	switch t.n {
	case '*':
		d.star = true
	case '~':
		d.write("\u00a0")
	case '_':
		d.write("\u2011")
	case '{', '}', '\\':
		d.byte(byte(t.n))
	case '\t':
		d.write("\t")
	case '\r', '\n':
		return d.paragraph()
	}
	return nil
}

// byte takes one of text.
func (d *document) byte(c byte) {
	if d.state.dest != body {
		return
	}
	page := d.state.page
	if page == 0 {
		d.collect(c)
		page = d.page
		if d.forced != 0 {
			page = d.forced
		}
	}
	if page != d.pendingPage {
		d.flush()
		d.pendingPage = page
	}
	d.half = 0
	d.pending = append(d.pending, c)
}

// collect keeps a sample for the guess.
func (d *document) collect(c byte) {
	if c >= 0x80 {
		d.high++
	}
	if len(d.sample) < sampleBytes {
		d.sample = append(d.sample, c)
	}
}

// flush decodes the bytes that wait.
func (d *document) flush() {
	if len(d.pending) == 0 {
		return
	}
	text := d.pending
	d.pending = d.pending[:0]
	d.put(decode(d.pendingPage, text))
}

// write takes text that needs no decoding.
func (d *document) write(s string) {
	if d.state.dest == body {
		d.flush()
		d.put(s)
	}
}

// unicode takes \uN, a unit of UTF-16, and passes over what stands for it.
func (d *document) unicode(n int) {
	d.pass = d.state.skip
	if d.state.dest != body {
		return
	}
	r := rune(uint16(n))
	switch {
	case utf16.IsSurrogate(r) && r < 0xDC00:
		d.flush()
		d.half = r
		return
	case utf16.IsSurrogate(r):
		r = utf16.DecodeRune(d.half, r)
	}
	d.half = 0
	d.write(string(r))
}

// put adds text to the cell of the level it belongs to.
func (d *document) put(s string) {
	if s == "" || d.state.hidden || d.state.deleted {
		return
	}
	l := d.at(d.textLevel())
	l.text.WriteString(s)
	if !d.state.bold && strings.TrimSpace(s) != "" {
		l.plain = true
	}
}
