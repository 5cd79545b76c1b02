package xlsx

import (
	"bytes"
	"unicode/utf8"
	"unsafe"

	"github.com/distbase/distbase/ingest/grid/sheet"
)

// sharedStrings is the table of texts that cells of type "s" point into (ECMA-376
// part 1, 18.4.9). The texts lie behind each other in blocks of a fixed size, and an
// entry is the place of one and its length.
type sharedStrings struct {
	blocks [][]byte
	places [][]uint64 // offset over all blocks << lengthBits | length, so many together
	n      int
	cut    bool // the part broke off
}

const (
	blockBits  = 20
	blockSize  = 1 << blockBits
	lengthBits = 24 // maxToken is less
	together   = 1 << 13
)

// entryCost is what an entry takes beside its text.
const entryCost = 8

// readStrings reads the part. What is there of one that breaks off counts.
func (p *pack) readStrings(name string) (*sharedStrings, error) {
	s, err := p.scan(name, scanBuffer)
	if err != nil {
		return nil, err
	}
	table := &sharedStrings{}
	var text []byte
	held := int64(0)
	for {
		switch s.next() {
		case tokenOpen:
			if string(s.name) != "si" {
				continue
			}
			var whole bool
			if text, whole = s.takeRichText(text[:0]); !whole {
				continue // its end comes next
			}
			if held += int64(len(text)) + entryCost; held > p.b.Options.MaxText {
				return nil, &sheet.ReadError{Code: sheet.CodeTooBig, Found: "shared_strings"}
			}
			if !utf8.Valid(text) {
				text = bytes.ToValidUTF8(text, []byte("\ufffd"))
			}
			table.add(text)
		case tokenEnd:
			err := p.ended(s, name)
			if isBound(err) {
				return nil, err
			}
			table.cut = err != nil
			return table, nil
		}
	}
}

func (t *sharedStrings) add(text []byte) {
	if len(t.blocks) == 0 {
		t.blocks = append(t.blocks, make([]byte, 0, 1<<10)) // most tables are small
	}
	last := len(t.blocks) - 1
	if len(t.blocks[last])+len(text) > blockSize {
		t.blocks = append(t.blocks, make([]byte, 0, max(blockSize, len(text))))
		last++
	}
	place := uint64(last)<<blockBits | uint64(len(t.blocks[last]))
	t.blocks[last] = append(t.blocks[last], text...)
	if t.n%together == 0 {
		t.places = append(t.places, nil)
	}
	list := &t.places[t.n/together]
	*list = append(*list, place<<lengthBits|uint64(len(text)))
	t.n++
	for n := len(t.blocks[last]); n > blockSize; n -= blockSize { // a long text takes the numbers of further blocks
		t.blocks = append(t.blocks, nil)
	}
}

func (t *sharedStrings) len() int { return t.n }

// at gives a text, which shares the memory of the table.
func (t *sharedStrings) at(i int) string {
	p := t.places[i/together][i%together]
	n := int(p & (1<<lengthBits - 1))
	if n == 0 {
		return ""
	}
	place := p >> lengthBits
	text := t.blocks[place>>blockBits][place&(blockSize-1):][:n]
	return unsafe.String(unsafe.SliceData(text), n)
}
