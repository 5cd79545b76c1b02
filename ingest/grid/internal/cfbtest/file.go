// Package cfbtest writes small compound files (MS-CFB) for tests: storages in
// storages, streams in sectors and, under 4096 bytes, in mini sectors.
package cfbtest

import (
	"bytes"
	"encoding/binary"
	"unicode/utf16"
)

const (
	sector     = 512
	mini       = 64
	miniCutoff = 4096
	none       = 0xFFFFFFFF
	endOfChain = 0xFFFFFFFE
	fatSector  = 0xFFFFFFFD
)

// Entry is a stream, or a storage where it has entries.
type Entry struct {
	Name    string
	Data    []byte
	Entries []Entry
}

// File writes a compound file with these entries in its root. It has room for
// what 109 sectors of the allocation table hold, about 7 MB.
func File(entries ...Entry) []byte {
	w := &writer{}
	w.lines = append(w.lines, line{name: "Root Entry", kind: 5, left: none, right: none, child: none})
	w.lines[0].child = w.add(entries)
	store := w.put(w.mini)
	w.lines[0].start, w.lines[0].size = store, len(w.mini)
	miniFAT := w.put(words(w.miniNext))
	directory := w.put(w.directory())

	fats := 1
	for (len(w.next)+fats)*4 > fats*sector {
		fats++
	}
	first := len(w.next)
	for range fats {
		w.next = append(w.next, fatSector)
	}
	for len(w.next)*4 < fats*sector {
		w.next = append(w.next, none)
	}
	head := make([]byte, sector)
	copy(head, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
	put16(head, 24, 0x3E, 3, 0xFFFE, 9, 6)
	put32(head, 44, fats, directory, 0, miniCutoff, miniFAT, (len(w.miniNext)*4+sector-1)/sector, endOfChain, 0)
	for i := range 109 {
		put32(head, 76+4*i, none)
		if i < fats {
			put32(head, 76+4*i, first+i)
		}
	}
	return bytes.Join([][]byte{head, w.body, words(w.next)}, nil)
}

type line struct {
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
	lines    []line
}

// add writes siblings, each the right one of that before, and gives the first.
func (w *writer) add(entries []Entry) int {
	first, before := none, -1
	for _, e := range entries {
		at := len(w.lines)
		w.lines = append(w.lines, line{name: e.Name, kind: 2, left: none, right: none, child: none})
		if before >= 0 {
			w.lines[before].right = at
		} else {
			first = at
		}
		before = at
		if e.Entries != nil {
			w.lines[at].kind = 1
			w.lines[at].child = w.add(e.Entries)
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
	w.next = chain(w.next, len(data), sector)
	w.body = padded(append(w.body, data...), sector)
	return first
}

func (w *writer) putMini(data []byte) int {
	if len(data) == 0 {
		return endOfChain
	}
	first := len(w.miniNext)
	w.miniNext = chain(w.miniNext, len(data), mini)
	w.mini = padded(append(w.mini, data...), mini)
	return first
}

func chain(next []int, size, unit int) []int {
	for ; size > unit; size -= unit {
		next = append(next, len(next)+1)
	}
	return append(next, endOfChain)
}

func (w *writer) directory() []byte {
	var out []byte
	for _, l := range w.lines {
		b := make([]byte, 128)
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

func words(ns []int) []byte {
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
