package cfb

import "bytes"

// Is tells a compound file by its first bytes.
func Is(data []byte) bool { return bytes.HasPrefix(data, []byte(signature)) }

// Content reads a stream whole, as far as the file has it; whole says whether that
// is as much as the directory promises. Where its chain breaks off or comes back to
// itself the stream is looked for where careless writers put it: small ones in
// whole sectors, and the sectors one behind the other, where they are as far as the
// chain goes. The bytes may be those of the file and are not to be written to.
func (e Entry) Content() (content []byte, whole bool) {
	l := e.f.lines[e.n]
	size := min(l.size, int64(len(e.f.data)))
	if l.size < miniCutoff {
		if content = e.f.follow(l.start, size, e.f.mini, true); int64(len(content)) == l.size {
			return content, true
		}
	}
	if len(content) == 0 {
		content = e.f.large(l.start, size)
	}
	return content, int64(len(content)) == l.size
}

// large reads a stream of whole sectors.
func (f *File) large(start uint32, size int64) []byte {
	content := f.follow(start, size, f.fat, false)
	if from := (int64(start) + 1) * int64(f.sector); int64(len(content)) < size && from < int64(len(f.data)) {
		if straight := f.data[from:min(from+size, int64(len(f.data)))]; bytes.HasPrefix(straight, content) {
			return straight
		}
	}
	return content
}

// follow gives what a chain leads to before it ends, leaves the file or comes back
// to a sector it has passed. Sectors in a row are not copied.
func (f *File) follow(start uint32, size int64, fat []uint32, mini bool) []byte {
	c := &chain{f: f, next: start, left: size, steps: len(fat), fat: fat, mini: mini}
	passed := make([]uint64, len(fat)/64+1)
	var out []byte
	from, inRow := int64(-1), true
	for {
		at := c.next
		if int64(at) < int64(len(fat)) {
			if passed[at/64]>>(at%64)&1 != 0 {
				break
			}
			passed[at/64] |= 1 << (at % 64)
		}
		if !c.step() {
			break
		}
		switch {
		case mini || !inRow:
			out = append(out, c.part...)
		case from < 0:
			from = (int64(at) + 1) * int64(f.sector)
			out = f.data[from : from+int64(len(c.part)) : from+int64(len(c.part))]
		case (int64(at)+1)*int64(f.sector) == from+int64(len(out)):
			end := from + int64(len(out)+len(c.part))
			out = f.data[from:end:end]
		default:
			inRow = false
			out = append(out, c.part...)
		}
	}
	return out
}
