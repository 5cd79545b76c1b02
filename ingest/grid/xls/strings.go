package xls

import (
	"unsafe"

	"github.com/distbase/distbase/ingest/grid/sheet"
)

// table is the texts that the sheets share ([MS-XLS] 2.4.265). They lie behind each
// other in chunks, of which every one but the last stands for 1 MiB of places; a text
// that might not fit into the rest of a chunk begins the next.
type table struct {
	chunks  [][]byte
	ends    []uint32 // places where the texts end
	present bool
}

const (
	chunkBits = 20
	chunkSize = 1 << chunkBits
	minText   = 3 // bytes that the shortest text takes
	maxWidth  = 3 // bytes of UTF-8 a character of two bytes may come to
)

// read takes the texts of the SST record and those that continue it. Its counts are
// not believed: texts are read to the end.
func (t *table) read(parts [][]byte, limit int64) error {
	size := 0
	for _, p := range parts {
		size += len(p)
	}
	r := newReader(parts)
	r.skip(4)
	n := r.long()
	t.present, t.chunks = true, nil
	t.ends = make([]uint32, 0, min(max(n, 0), size/minText))
	first := min(chunkSize, maxWidth*size) // most tables are small
	var chunk []byte
	for r.ready() {
		n := r.word()
		if cap(chunk)-len(chunk) < maxWidth*n || chunk == nil {
			t.keep(chunk)
			chunk = make([]byte, 0, max(first, maxWidth*n))
			first = chunkSize
		}
		chunk = r.text(chunk, n)
		end := int64(len(t.chunks))<<chunkBits + int64(len(chunk))
		if end > limit {
			return &sheet.ReadError{Code: sheet.CodeTooBig, Found: "shared_strings"}
		}
		t.ends = append(t.ends, uint32(end))
	}
	t.keep(chunk)
	return nil
}

func (t *table) keep(chunk []byte) {
	if chunk != nil {
		t.chunks = append(t.chunks, chunk)
	}
}

// at gives the text of a number; false beyond the last.
func (t *table) at(i int) (string, bool) {
	if i < 0 || i >= len(t.ends) {
		return "", false
	}
	from, to := uint32(0), t.ends[i]
	if i > 0 {
		from = t.ends[i-1]
	}
	if from == to {
		return "", true
	}
	n := (to - 1) >> chunkBits
	text := t.chunks[n][max(from, n<<chunkBits)-n<<chunkBits : to-n<<chunkBits]
	return unsafe.String(unsafe.SliceData(text), len(text)), true // chunks are never written again
}
