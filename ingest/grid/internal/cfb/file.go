package cfb

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

// File is a compound file.
type File struct {
	data   []byte
	sector int
	fat    []uint32
	mini   []uint32
	store  []byte // the stream the mini sectors lie in
	lines  []line
}

// line is one of the directory (MS-CFB 2.6.1), with those below it.
type line struct {
	name               string
	kind               byte
	left, right, child uint32
	start              uint32
	size               int64
	below              []int
}

// Open reads the tables; false where there is no directory with a root.
func Open(data []byte) (*File, bool) {
	if len(data) < headSize || !Is(data) {
		return nil, false
	}
	f := &File{data: data, sector: 512}
	if binary.LittleEndian.Uint16(data[30:]) == 12 {
		f.sector = 4096
	}
	f.readFAT()
	f.readDirectory()
	if len(f.lines) == 0 || f.lines[0].kind != kindRoot {
		return nil, false
	}
	root := f.lines[0]
	f.store = f.large(root.start, min(root.size, int64(len(data))))
	f.mini = words(f.large(binary.LittleEndian.Uint32(data[60:]), int64(len(f.store)/miniSector*4)))
	f.grow()
	return f, true
}

// at is a sector; short or absent where the file ends.
func (f *File) at(n uint32) []byte {
	from := (int64(n) + 1) * int64(f.sector)
	if n >= lastSector || from >= int64(len(f.data)) {
		return nil
	}
	return f.data[from:min(from+int64(f.sector), int64(len(f.data)))]
}

// readFAT joins the sectors of the allocation table: those in the header, then
// those in the chain of lists (2.3, 2.5).
func (f *File) readFAT() {
	list := f.data[76:headSize]
	next := binary.LittleEndian.Uint32(f.data[68:])
	for range len(f.data)/f.sector + 1 {
		for _, n := range words(list) {
			if len(f.fat) > len(f.data)/f.sector {
				return
			}
			f.fat = append(f.fat, words(f.at(n))...)
		}
		more := f.at(next)
		if len(more) < f.sector {
			return
		}
		list, next = more[:f.sector-4], binary.LittleEndian.Uint32(more[f.sector-4:])
	}
}

// all reads a chain whole. The size is no more than the file's.
func (f *File) all(start uint32, size int64, fat []uint32) []byte {
	out, err := io.ReadAll(&chain{f: f, next: start, left: size, steps: len(fat), fat: fat})
	if err != nil {
		return nil
	}
	return out
}

func (f *File) readDirectory() {
	raw := f.all(binary.LittleEndian.Uint32(f.data[48:]), maxDirectory, f.fat)
	for ; len(raw) >= entrySize; raw = raw[entrySize:] {
		l := line{
			kind: raw[66], left: binary.LittleEndian.Uint32(raw[68:]), right: binary.LittleEndian.Uint32(raw[72:]),
			child: binary.LittleEndian.Uint32(raw[76:]),
			start: binary.LittleEndian.Uint32(raw[116:]), size: int64(binary.LittleEndian.Uint32(raw[120:])),
		}
		if length := int(binary.LittleEndian.Uint16(raw[64:])); length >= 2 && length <= 64 {
			l.name = Text(raw[:length-2])
		}
		f.lines = append(f.lines, l)
	}
}

// grow gives each storage the lines below it. A line belongs to one storage only,
// so that rings end.
func (f *File) grow() {
	taken := make([]bool, len(f.lines))
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
		for next := f.lines[at].child; ; {
			for take(next) { // down the left side
				stack = append(stack, next)
				next = f.lines[next].left
			}
			if len(stack) == 0 {
				break
			}
			i := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			f.lines[at].below = append(f.lines[at].below, int(i))
			if f.lines[i].kind == kindStorage {
				storages = append(storages, int(i))
			}
			next = f.lines[i].right
		}
	}
}

// Entry is a storage or a stream.
type Entry struct {
	f *File
	n int
}

// Root is the storage around all others.
func (f *File) Root() Entry { return Entry{f, 0} }

// Stream gives the first stream of a name in any storage, letter case aside, even
// where the directory has lost it.
func (f *File) Stream(name string) (Entry, bool) {
	for i, l := range f.lines {
		if l.kind == kindStream && strings.EqualFold(l.name, name) {
			return Entry{f, i}, true
		}
	}
	return Entry{}, false
}

// Name is the name of the entry.
func (e Entry) Name() string { return e.f.lines[e.n].name }

// Storages are the storages right below a storage.
func (e Entry) Storages() []Entry {
	var out []Entry
	for _, i := range e.f.lines[e.n].below {
		if e.f.lines[i].kind == kindStorage {
			out = append(out, Entry{e.f, i})
		}
	}
	return out
}

// Storage gives the storage of a name right below one, letter case aside.
func (e Entry) Storage(name string) (Entry, bool) { return e.find(name, kindStorage) }

// Stream gives the stream of a name right below a storage, letter case aside.
func (e Entry) Stream(name string) (Entry, bool) { return e.find(name, kindStream) }

func (e Entry) find(name string, kind byte) (Entry, bool) {
	for _, i := range e.f.lines[e.n].below {
		if l := e.f.lines[i]; l.kind == kind && strings.EqualFold(l.name, name) {
			return Entry{e.f, i}, true
		}
	}
	return Entry{}, false
}

// Open reads a stream. It ends early where its chain does. Many streams may lie in
// the same sectors: who reads them all counts what comes out.
func (e Entry) Open() io.Reader {
	l := e.f.lines[e.n]
	s := &chain{f: e.f, next: l.start, left: min(l.size, int64(len(e.f.data))), fat: e.f.fat}
	if s.mini = l.size < miniCutoff; s.mini {
		s.fat = e.f.mini
	}
	s.steps = len(s.fat)
	return s
}

// chain reads sectors one after the other.
type chain struct {
	f     *File
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
		return s.f.at(s.next)
	}
	from := int64(s.next) * miniSector
	if s.next >= lastSector || from >= int64(len(s.f.store)) {
		return nil
	}
	return s.f.store[from:min(from+miniSector, int64(len(s.f.store)))]
}

func words(b []byte) []uint32 {
	out := make([]uint32, len(b)/4)
	for i := range out {
		out[i] = binary.LittleEndian.Uint32(b[4*i:])
	}
	return out
}

// Text decodes little-endian UTF-16 up to a zero.
func Text(b []byte) string {
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
