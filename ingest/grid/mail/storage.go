package mail

import (
	"encoding/binary"
	"io"
	"strings"
	"unicode/utf16"
)

// Numbers of a compound file (MS-CFB 2.1).
const (
	signature  = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
	lastSector = 0xFFFFFFFA // greater ones are none
	noEntry    = 0xFFFFFFFF
	miniSector = 64
	miniCutoff = 4096
	headSize   = 512
	entrySize  = 128

	kindStorage = 1
	kindStream  = 2
	kindRoot    = 5

	maxDirectory = 16 << 20 // bytes: 130,000 streams and storages
)

// compound is a compound file. Chains end where they leave the file, or after as
// many sectors as it can hold; counts of the header are not asked.
type compound struct {
	data    []byte
	sector  int
	fat     []uint32
	mini    []uint32
	store   []byte // the stream the mini sectors lie in
	entries []entry
}

// entry is a line of the directory (MS-CFB 2.6.1), with the lines below it.
type entry struct {
	name               string
	kind               byte
	left, right, child uint32
	start              uint32
	size               int64
	below              []int
}

// openCompound reads the tables; false where there is no directory with a root.
func openCompound(data []byte) (*compound, bool) {
	if len(data) < headSize || string(data[:len(signature)]) != signature {
		return nil, false
	}
	c := &compound{data: data, sector: 512}
	if binary.LittleEndian.Uint16(data[30:]) == 12 {
		c.sector = 4096
	}
	c.readFAT()
	c.readDirectory()
	if len(c.entries) == 0 || c.entries[0].kind != kindRoot {
		return nil, false
	}
	root := c.entries[0]
	c.store = c.all(root.start, min(root.size, int64(len(data))), c.fat)
	c.mini = words(c.all(binary.LittleEndian.Uint32(data[60:]), int64(len(c.store)/miniSector*4), c.fat))
	c.grow()
	return c, true
}

// at is a sector; short or absent where the file ends.
func (c *compound) at(n uint32) []byte {
	from := (int64(n) + 1) * int64(c.sector)
	if n >= lastSector || from >= int64(len(c.data)) {
		return nil
	}
	return c.data[from:min(from+int64(c.sector), int64(len(c.data)))]
}

// readFAT joins the sectors of the allocation table: those in the header, then
// those in the chain of lists (2.3, 2.5).
func (c *compound) readFAT() {
	list := c.data[76:headSize]
	next := binary.LittleEndian.Uint32(c.data[68:])
	for range len(c.data)/c.sector + 1 {
		for _, n := range words(list) {
			if len(c.fat) > len(c.data)/c.sector {
				return
			}
			c.fat = append(c.fat, words(c.at(n))...)
		}
		more := c.at(next)
		if len(more) < c.sector {
			return
		}
		list, next = more[:c.sector-4], binary.LittleEndian.Uint32(more[c.sector-4:])
	}
}

// all reads a chain whole. The size is no more than the file's.
func (c *compound) all(start uint32, size int64, fat []uint32) []byte {
	out, err := io.ReadAll(&chain{c: c, next: start, left: size, steps: len(fat), fat: fat})
	if err != nil {
		return nil
	}
	return out
}

func (c *compound) readDirectory() {
	raw := c.all(binary.LittleEndian.Uint32(c.data[48:]), maxDirectory, c.fat)
	for ; len(raw) >= entrySize; raw = raw[entrySize:] {
		e := entry{
			kind: raw[66], left: binary.LittleEndian.Uint32(raw[68:]), right: binary.LittleEndian.Uint32(raw[72:]),
			child: binary.LittleEndian.Uint32(raw[76:]),
			start: binary.LittleEndian.Uint32(raw[116:]), size: int64(binary.LittleEndian.Uint32(raw[120:])),
		}
		if length := int(binary.LittleEndian.Uint16(raw[64:])); length >= 2 && length <= 64 {
			e.name = utf16Text(raw[:length-2])
		}
		c.entries = append(c.entries, e)
	}
}

// grow gives each storage the lines below it. A line belongs to one storage only,
// so that rings end.
func (c *compound) grow() {
	taken := make([]bool, len(c.entries))
	taken[0] = true
	take := func(i uint32) bool {
		if int64(i) >= int64(len(taken)) || taken[i] {
			return false
		}
		taken[i] = true
		return true
	}
	for storages := []int{0}; len(storages) > 0; storages = storages[1:] {
		at := storages[0]
		var stack []uint32
		for next := c.entries[at].child; ; {
			for take(next) { // down the left side
				stack = append(stack, next)
				next = c.entries[next].left
			}
			if len(stack) == 0 {
				break
			}
			i := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			c.entries[at].below = append(c.entries[at].below, int(i))
			if c.entries[i].kind == kindStorage {
				storages = append(storages, int(i))
			}
			next = c.entries[i].right
		}
	}
}

// find gives the line of a name below a storage, letter case aside.
func (c *compound) find(storage int, name string, kind byte) (int, bool) {
	for _, i := range c.entries[storage].below {
		if e := c.entries[i]; e.kind == kind && strings.EqualFold(e.name, name) {
			return i, true
		}
	}
	return 0, false
}

// stream reads a stream.
func (c *compound) stream(i int) io.Reader {
	e := c.entries[i]
	s := &chain{c: c, next: e.start, left: min(e.size, int64(len(c.data)))}
	s.mini, s.fat = e.size < miniCutoff, c.fat
	if s.mini {
		s.fat = c.mini
	}
	s.steps = len(s.fat)
	return s
}

// chain reads sectors one after the other.
type chain struct {
	c     *compound
	next  uint32
	fat   []uint32
	mini  bool
	left  int64
	steps int // how many sectors may follow
	part  []byte
}

// Read reads on.
func (s *chain) Read(p []byte) (int, error) {
	if len(s.part) == 0 && !s.step() {
		return 0, io.EOF
	}
	n := copy(p, s.part)
	s.part = s.part[n:]
	return n, nil
}

// step goes to the next sector.
func (s *chain) step() bool {
	if s.left <= 0 || s.steps < 0 {
		return false
	}
	s.steps--
	if s.part = s.sector(); len(s.part) == 0 {
		return false
	}
	s.part = s.part[:min(int64(len(s.part)), s.left)]
	s.left -= int64(len(s.part))
	if int64(s.next) < int64(len(s.fat)) {
		s.next = s.fat[s.next]
	} else {
		s.next = noEntry
	}
	return true
}

func (s *chain) sector() []byte {
	if !s.mini {
		return s.c.at(s.next)
	}
	from := int64(s.next) * miniSector
	if s.next >= lastSector || from >= int64(len(s.c.store)) {
		return nil
	}
	return s.c.store[from:min(from+miniSector, int64(len(s.c.store)))]
}

func words(b []byte) []uint32 {
	out := make([]uint32, len(b)/4)
	for i := range out {
		out[i] = binary.LittleEndian.Uint32(b[4*i:])
	}
	return out
}

// utf16Text decodes little-endian UTF-16 up to a zero.
func utf16Text(b []byte) string {
	var units []uint16
	for ; len(b) >= 2; b = b[2:] {
		u := binary.LittleEndian.Uint16(b)
		if u == 0 {
			break
		}
		units = append(units, u)
	}
	return string(utf16.Decode(units))
}
