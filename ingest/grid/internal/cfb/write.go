package cfb

import (
	"bytes"
	"encoding/binary"
	"slices"
	"unicode/utf16"
)

// What a writer puts into the tables beside the numbers of sectors (MS-CFB 2.1).
const (
	endOfChain = 0xFFFFFFFE
	fatSector  = 0xFFFFFFFD
	listSector = 0xFFFFFFFC

	writtenSector = 512
	headLists     = 109 // sectors of the allocation table that the header names
)

// Item is a stream to be written, or a storage where it has items.
type Item struct {
	Name  string
	Data  []byte
	Items []Item
}

// Write makes a compound file with these items in its root, streams under 4096
// bytes in mini sectors.
func Write(items ...Item) []byte {
	w := &writer{}
	w.lines = append(w.lines, written{name: "Root Entry", kind: kindRoot, left: noEntry, right: noEntry, child: noEntry})
	w.lines[0].child = w.add(items)
	store := w.put(w.mini)
	w.lines[0].start, w.lines[0].size = store, len(w.mini)
	miniFAT := w.put(numbers(w.miniNext))
	directory := w.put(w.directory())
	fats, lists := w.tables()

	const perSector = writtenSector / 4
	first := len(w.next)
	w.next = fill(w.next, fats, fatSector)
	w.next = fill(w.next, lists, listSector)
	w.next = fill(w.next, fats*perSector-len(w.next), noEntry)
	head := make([]byte, headSize)
	copy(head, signature)
	put16(head, 24, 0x3E, 3, 0xFFFE, 9, 6)
	list := endOfChain
	if lists > 0 {
		list = first + fats
	}
	put32(head, 44, fats, directory, 0, miniCutoff, miniFAT, (len(w.miniNext)+perSector-1)/perSector, list, lists)
	var table []int // of the sectors of the allocation table
	for i := range fats {
		table = append(table, first+i)
	}
	inHead := min(fats, headLists)
	put32(head, 76, fill(slices.Clone(table[:inHead]), headLists-inHead, noEntry)...)
	return bytes.Join([][]byte{head, w.body, numbers(w.next), further(table[inHead:], list)}, nil)
}

// tables says how many sectors the allocation table takes, which counts itself, and
// how many the lists of its sectors beyond those in the header.
func (w *writer) tables() (fats, lists int) {
	const perSector = writtenSector / 4
	for {
		f := (len(w.next) + fats + lists + perSector - 1) / perSector
		l := (max(0, f-headLists) + perSector - 2) / (perSector - 1)
		if f == fats && l == lists {
			return fats, lists
		}
		fats, lists = f, l
	}
}

// further writes the lists, the first of which becomes the sector at.
func further(table []int, at int) []byte {
	const perList = writtenSector/4 - 1
	var out []byte
	for len(table) > 0 {
		n := min(perList, len(table))
		at++
		next := at
		if n == len(table) {
			next = endOfChain
		}
		out = append(out, numbers(append(fill(slices.Clone(table[:n]), perList-n, noEntry), next))...)
		table = table[n:]
	}
	return out
}

func fill(ns []int, n, value int) []int {
	for range n {
		ns = append(ns, value)
	}
	return ns
}

type written struct {
	name               string
	kind               byte
	left, right, child int
	start, size        int
}

type writer struct {
	body     []byte
	next     []int // of sectors
	mini     []byte
	miniNext []int
	lines    []written
}

// add writes siblings, each the right one of that before, and gives the first.
func (w *writer) add(items []Item) int {
	first, before := noEntry, -1
	for _, e := range items {
		at := len(w.lines)
		w.lines = append(w.lines, written{name: e.Name, kind: kindStream, left: noEntry, right: noEntry, child: noEntry})
		if before >= 0 {
			w.lines[before].right = at
		} else {
			first = at
		}
		before = at
		if e.Items != nil {
			w.lines[at].kind = kindStorage
			w.lines[at].child = w.add(e.Items)
			continue
		}
		w.lines[at].size = len(e.Data)
		if len(e.Data) < miniCutoff {
			w.lines[at].start = w.putMini(e.Data)
		} else {
			w.lines[at].start = w.put(e.Data)
		}
	}
	return first
}

// put writes a chain of sectors and gives its first.
func (w *writer) put(data []byte) int {
	if len(data) == 0 {
		return endOfChain
	}
	first := len(w.next)
	w.next = chained(w.next, len(data), writtenSector)
	w.body = padded(append(w.body, data...), writtenSector)
	return first
}

func (w *writer) putMini(data []byte) int {
	if len(data) == 0 {
		return endOfChain
	}
	first := len(w.miniNext)
	w.miniNext = chained(w.miniNext, len(data), miniSector)
	w.mini = padded(append(w.mini, data...), miniSector)
	return first
}

func chained(next []int, size, unit int) []int {
	for ; size > unit; size -= unit {
		next = append(next, len(next)+1)
	}
	return append(next, endOfChain)
}

func (w *writer) directory() []byte {
	var out []byte
	for _, l := range w.lines {
		b := make([]byte, entrySize)
		name := utf16.Encode([]rune(l.name))
		for i, u := range name {
			put16(b, 2*i, int(u))
		}
		put16(b, 64, 2*len(name)+2)
		b[66], b[67] = l.kind, 1
		put32(b, 68, l.left, l.right, l.child)
		put32(b, 116, l.start, l.size)
		out = append(out, b...)
	}
	return out
}

func padded(b []byte, unit int) []byte {
	return append(b, make([]byte, (unit-len(b)%unit)%unit)...)
}

func numbers(ns []int) []byte {
	out := make([]byte, 4*len(ns))
	put32(out, 0, ns...)
	return out
}

func put16(b []byte, at int, ns ...int) {
	for i, n := range ns {
		binary.LittleEndian.PutUint16(b[at+2*i:], uint16(n))
	}
}

func put32(b []byte, at int, ns ...int) {
	for i, n := range ns {
		binary.LittleEndian.PutUint32(b[at+4*i:], uint32(n))
	}
}
