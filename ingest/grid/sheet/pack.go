package sheet

import (
	"encoding/binary"
	"hash/maphash"
	"unsafe"
)

// packedRow is a row without its cells, which begin at first.
type packedRow struct {
	n, first int
	outline  uint8
	hidden   bool
}

// packedCell is a cell in 16 bytes: its texts lie in the arena, its look in the
// table of styles.
type packedCell struct {
	value, text uint32
	col         uint32
	style       uint16
	kind        Kind
	hidden      bool
}

// cellsChunk is how many cells lie together: growing never copies more.
const cellsChunk = 1 << 12

type packedCells struct {
	chunks [][]packedCell
	n      int
}

func (p *packedCells) len() int { return p.n }

func (p *packedCells) at(i int) *packedCell { return &p.chunks[i/cellsChunk][i%cellsChunk] }

func (p *packedCells) append(c packedCell) {
	k := p.n / cellsChunk
	if k == len(p.chunks) {
		first := cellsChunk
		if k == 0 {
			first = 64 // most sheets are small: grow into the first chunk
		}
		p.chunks = append(p.chunks, make([]packedCell, 0, first))
	}
	p.chunks[k] = append(p.chunks[k], c)
	p.n++
}

// look is what many cells have in common.
type look struct {
	format string
	indent uint8
	bold   bool
}

// styles numbers the looks of a sheet's cells; 0 is the plain one.
type styles struct {
	looks   []look
	numbers map[look]uint16
}

// maxLooks is how many looks a sheet can tell apart (Excel has 65,490 styles a
// workbook); cells beyond are plain.
const maxLooks = 1<<16 - 1

func (st *styles) number(l look) uint16 {
	if l == (look{}) {
		return 0
	}
	if n, ok := st.numbers[l]; ok {
		return n
	}
	if st.numbers == nil {
		st.numbers = map[look]uint16{}
		st.looks = append(st.looks, look{})
	}
	if len(st.looks) >= maxLooks {
		return 0
	}
	n := uint16(len(st.looks))
	st.looks = append(st.looks, l)
	st.numbers[l] = n
	return n
}

func (st *styles) look(n uint16) look {
	if n == 0 {
		return look{}
	}
	return st.looks[n]
}

func (s *Sheet) pack(c *Cell) (packedCell, error) {
	value, err := s.texts.keep(c.Value)
	text := value
	if err == nil && c.Text != c.Value {
		text, err = s.texts.keep(c.Text)
	}
	return packedCell{
		value: value, text: text, col: uint32(c.Col), kind: c.Kind, hidden: c.Hidden,
		style: s.style.number(look{c.Format, c.Indent, c.Bold}),
	}, err
}

func (s *Sheet) unpack(r *packedRow, p *packedCell) Cell {
	l := s.style.look(p.style)
	c := Cell{
		Row: r.n, Col: int(p.col), Kind: p.kind, Value: s.texts.at(p.value),
		Format: l.format, Indent: l.indent, Outline: r.outline, Bold: l.bold, Hidden: p.hidden,
	}
	c.Text = c.Value
	if p.text != p.value {
		c.Text = s.texts.at(p.text)
	}
	return c
}

// arena keeps texts behind each other, each with its length before it. A text that
// was kept a short while ago is found again and not kept twice: columns of reports
// repeat themselves.
type arena struct {
	chunks [][]byte // every one of arenaChunk bytes, the last and those of long texts apart
	pos    uint64   // where the next text goes
	recent []uint32 // places of texts by their hash, 0 for none
	seed   maphash.Seed
}

const (
	arenaBits   = 18
	arenaChunk  = 1 << arenaBits
	arenaRecent = 1 << 13
	arenaFirst  = 1 << 10 // most sheets are small
)

// keep gives the place of a text; 0 is that of the empty one.
func (a *arena) keep(s string) (uint32, error) {
	if s == "" {
		return 0, nil
	}
	if a.recent == nil {
		a.recent, a.seed = make([]uint32, arenaRecent), maphash.MakeSeed()
	}
	slot := maphash.String(a.seed, s) % arenaRecent
	if at := a.recent[slot]; at != 0 && a.at(at) == s {
		return at, nil
	}
	at, err := a.add(s)
	if err == nil {
		a.recent[slot] = at
	}
	return at, err
}

func (a *arena) add(s string) (uint32, error) {
	need := binary.MaxVarintLen32 + len(s)
	if a.pos == 0 {
		a.pos = 1 // 0 means the empty text
		a.chunks = append(a.chunks, make([]byte, 1, arenaFirst))
	}
	k, in := int(a.pos>>arenaBits), int(a.pos&(arenaChunk-1))
	if k >= len(a.chunks) || in+need > arenaChunk {
		k, in = len(a.chunks), 0
		a.chunks = append(a.chunks, make([]byte, 0, max(arenaChunk, need)))
	}
	at := uint64(k)<<arenaBits | uint64(in)
	if at+uint64(need) >= 1<<32 {
		return 0, &ReadError{Code: CodeTooBig, Found: "text"}
	}
	chunk := binary.AppendUvarint(a.chunks[k], uint64(len(s)))
	chunk = append(chunk, s...)
	a.chunks[k] = chunk
	if len(chunk) >= arenaChunk { // a long text takes the numbers of the chunks it covers
		for covered := len(chunk) >> arenaBits; covered > 0; covered-- {
			a.chunks = append(a.chunks, nil)
		}
		a.pos = uint64(len(a.chunks)) << arenaBits
		return uint32(at), nil
	}
	a.pos = uint64(k)<<arenaBits | uint64(len(chunk))
	return uint32(at), nil
}

// at gives the text at a place. It shares the arena's memory, which is never
// written twice: a chunk that grows is copied, and the old one stays as it is.
func (a *arena) at(place uint32) string {
	if place == 0 {
		return ""
	}
	chunk := a.chunks[place>>arenaBits]
	in := place & (arenaChunk - 1)
	n, w := binary.Uvarint(chunk[in:])
	text := chunk[int(in)+w : int(in)+w+int(n)]
	return unsafe.String(unsafe.SliceData(text), len(text))
}
