package xls

import "github.com/distbase/distbase/ingest/grid/sheet"

// table is the texts that the sheets share ([MS-XLS] 2.4.265), one behind the other.
type table struct {
	all     string
	ends    []uint32
	present bool
}

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
	t.present, t.ends = true, make([]uint32, 0, min(max(n, 0), size/minText))
	all := make([]byte, 0, size)
	for r.ready() {
		all = r.text(all, r.word())
		if int64(len(all)) > limit {
			return &sheet.ReadError{Code: sheet.CodeTooBig, Found: "text"}
		}
		t.ends = append(t.ends, uint32(len(all)))
	}
	t.all = string(all)
	return nil
}

// minText is the bytes that the shortest text takes.
const minText = 3

// at gives the text of a number; false beyond the last.
func (t *table) at(i int) (string, bool) {
	if i < 0 || i >= len(t.ends) {
		return "", false
	}
	from := uint32(0)
	if i > 0 {
		from = t.ends[i-1]
	}
	return t.all[from:t.ends[i]], true
}
