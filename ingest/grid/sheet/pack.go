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

// packedCell is a cell in 12 bytes: its texts lie in the arena, what it has in common
// with others in the table of looks.
type packedCell struct {
	value, text uint32
	col         uint16 // wideCol for those that stand further right
	look        uint16
}

const wideCol = 1<<16 - 1

// cellsChunk is how many cells lie together: growing never copies more.
const cellsChunk = 1 << 12

type packedCells struct {
	chunks [][]packedCell
	n      int
	wide   map[int]uint32 // columns from wideCol on, by the index of the cell
}

func (p *packedCells) len() int { return p.n }

func (p *packedCells) at(i int) *packedCell { return &p.chunks[i/cellsChunk][i%cellsChunk] }

func (p *packedCells) col(i int) int {
	if c := p.at(i).col; c != wideCol {
		return int(c)
	}
	return int(p.wide[i])
}

func (p *packedCells) append(c packedCell, col int) {
	if c.col = wideCol; col < wideCol {
		c.col = uint16(col)
	} else {
		if p.wide == nil {
			p.wide = map[int]uint32{}
		}
		p.wide[p.n] = uint32(col)
	}
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
	kind   Kind
	bold   bool
	hidden bool
}

// looks numbers those of a sheet's cells. Cells of one column mostly look the same,
// so the last of each is remembered.
type looks struct {
	list    []look
	numbers map[look]uint16
	recent  [recentLooks]struct {
		look
		n     uint16
		known bool
	}
}

const recentLooks = 32

// maxLooks is how many looks a sheet can tell apart (Excel has 65,490 styles a
// workbook); cells beyond have nothing but their kind.
const maxLooks = 1<<16 - 16

func (t *looks) number(l look, col int) uint16 {
	r := &t.recent[col%recentLooks]
	if r.known && r.look == l {
		return r.n
	}
	n, ok := t.numbers[l]
	if !ok {
		if t.numbers == nil {
			t.numbers = map[look]uint16{}
		}
		if len(t.list) >= maxLooks && l != (look{kind: l.kind}) {
			return t.number(look{kind: l.kind}, col)
		}
		n = uint16(len(t.list))
		t.list = append(t.list, l)
		t.numbers[l] = n
	}
	r.look, r.n, r.known = l, n, true
	return n
}

func (s *Sheet) pack(c *Cell) (packedCell, error) {
	value, err := s.texts.keep(c.Value)
	text := value
	if err == nil && c.Text != c.Value {
		text, err = s.texts.keep(c.Text)
	}
	return packedCell{value: value, text: text, look: s.looks.number(look{c.Format, c.Indent, c.Kind, c.Bold, c.Hidden}, c.Col)}, err
}

func (s *Sheet) unpack(r *packedRow, i int) Cell {
	p := s.cells.at(i)
	l := &s.looks.list[p.look]
	c := Cell{
		Row: r.n, Col: s.cells.col(i), Kind: l.kind, Value: s.texts.at(p.value),
		Format: l.format, Indent: l.indent, Outline: r.outline, Bold: l.bold, Hidden: l.hidden,
	}
	c.Text = c.Value
	if p.text != p.value {
		c.Text = s.texts.at(p.text)
	}
	return c
}

// arena keeps texts behind each other, each with its length before it. A short text
// that was kept a while ago is found again and not kept twice, since columns of
// reports repeat themselves; a long one is kept once, since a workbook may point to
// it from every cell.
type arena struct {
	chunks [][]byte // every one of arenaChunk bytes, the last and those of long texts apart
	pos    uint64   // where the next text goes
	recent []uint32 // places of short texts by their hash, 0 for none
	long   []uint32 // places of long texts by their hash and the first free one behind it, at most half full
	longs  int
	seed   maphash.Seed
}

const (
	arenaBits   = 18
	arenaChunk  = 1 << arenaBits
	arenaRecent = 1 << 13
	arenaFirst  = 1 << 10 // most sheets are small
	longText    = 64
)

// keep gives the place of a text; 0 is that of the empty one.
func (a *arena) keep(s string) (uint32, error) {
	if s == "" {
		return 0, nil
	}
	if a.recent == nil {
		a.recent, a.seed = make([]uint32, arenaRecent), maphash.MakeSeed()
	}
	slot := a.slot(s)
	if *slot != 0 && a.at(*slot) == s {
		return *slot, nil
	}
	at, err := a.add(s)
	if err == nil {
		*slot = at
		if len(s) > longText {
			a.longs++
		}
	}
	return at, err
}

// slot is where the place of a text stands or is to stand.
func (a *arena) slot(s string) *uint32 {
	hash := maphash.String(a.seed, s)
	if len(s) <= longText {
		return &a.recent[hash%arenaRecent]
	}
	if 2*a.longs >= len(a.long) {
		a.growLong()
	}
	return a.longSlot(s, hash)
}

func (a *arena) longSlot(s string, hash uint64) *uint32 {
	mask := uint64(len(a.long) - 1)
	for i := hash & mask; ; i = (i + 1) & mask {
		if at := a.long[i]; at == 0 || a.at(at) == s {
			return &a.long[i]
		}
	}
}

func (a *arena) growLong() {
	old := a.long
	a.long = make([]uint32, max(64, 2*len(old)))
	for _, at := range old {
		if at != 0 {
			s := a.at(at)
			*a.longSlot(s, maphash.String(a.seed, s)) = at
		}
	}
}

// close lets go of what is needed for keeping texts only.
func (a *arena) close() { a.recent, a.long, a.longs = nil, nil, 0 }

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
