package dbf

import (
	"github.com/distbase/distbase/ingest/grid/charset"
	"github.com/distbase/distbase/ingest/grid/sheet"

	"golang.org/x/text/encoding"
)

// endOfFile stands behind the last record; deleted before one that is deleted.
const (
	endOfFile = 0x1a
	deleted   = '*'
)

// table is a file that is being read.
type table struct {
	*header
	data     []byte
	memos    *memos
	encoding encoding.Encoding
	short    *charset.Short // decodes by it
}

// Read gives the records as one sheet, of which row 1 holds the names of the fields.
func Read(b *sheet.Budget, data []byte, to sheet.Sink) error {
	h, err := readHeader(data)
	if err != nil {
		return err
	}
	t := &table{header: h, data: data, memos: openMemos(b, h)}
	cpg := ""
	if b.Options.Beside != nil {
		cpg = string(b.Options.Beside("cpg"))
	}
	t.encoding = chooseEncoding(h.language, h.driver+" "+cpg, t.sample())
	t.short = charset.ShortOf(t.encoding)
	s := &sheet.Sheet{}
	if err := to.Begin(s); err != nil {
		return err
	}
	if err := t.rows(b, s, to); err != nil {
		return err
	}
	return to.End(s)
}

// rows sends the records, counted from row 2.
func (t *table) rows(b *sheet.Budget, s *sheet.Sheet, to sheet.Sink) error {
	columns := t.columns()
	if len(columns) == 0 {
		return nil
	}
	if err := to.Row(sheet.Row{N: 1, Cells: t.names(columns)}); err != nil {
		return err
	}
	n := 1
	var cells []sheet.Cell
	for i := 0; ; i++ {
		record := t.record(i)
		if record == nil || t.isBehind(i, record) {
			if i < t.records {
				s.Warnings = append(s.Warnings, sheet.Warning{Row: n + 1, Code: "truncated"})
			}
			return nil
		}
		if i == t.records {
			s.Warnings = append(s.Warnings, sheet.Warning{Row: n + 1, Code: "more_records"})
		}
		if i%1024 == 0 {
			if err := b.Alive(); err != nil {
				return err
			}
		}
		if record[0] != deleted {
			n++
			var err error
			if cells, err = t.cells(cells[:0], columns, record, n); err != nil {
				return err
			}
			if err := to.Row(sheet.Row{N: n, Cells: cells}); err != nil {
				return err
			}
		}
		if i == t.records-1 && t.start+t.records*t.length > len(t.data) {
			s.Warnings = append(s.Warnings, sheet.Warning{Row: n, Code: "truncated"})
		}
	}
}

func (t *table) names(columns []*field) []sheet.Cell {
	var out []sheet.Cell
	for i, f := range columns {
		if name := t.decode(f.name); name != "" {
			out = append(out, sheet.Cell{Row: 1, Col: i + 1, Kind: sheet.Text, Value: name, Text: name})
		}
	}
	return out
}

// columns are the fields that people see.
func (t *table) columns() []*field {
	var out []*field
	for i := range t.fields {
		if f := &t.fields[i]; !f.system {
			out = append(out, f)
		}
	}
	return out
}

// record gives record i, nil where there is none. The last one of a file that was
// cut off is filled up with blanks.
func (t *table) record(i int) []byte {
	at := t.start + i*t.length
	if at >= len(t.data) || i >= t.records && at+t.length > len(t.data) {
		return nil
	}
	rest := t.data[at:]
	if len(rest) >= t.length {
		return rest[:t.length]
	}
	if rest[0] == endOfFile {
		return nil
	}
	record := make([]byte, t.length)
	for k := range record {
		record[k] = ' '
	}
	for _, f := range t.fields { // half a field is none
		if end := f.offset + f.length; end <= len(rest) {
			copy(record[f.offset:end], rest[f.offset:end])
		} else if isBinaryKind(f.kind) {
			clear(record[f.offset:end])
		}
	}
	record[0] = rest[0]
	return record
}

func isBinaryKind(kind byte) bool {
	switch kind {
	case 'I', '+', 'Y', 'B', 'O', 'T', '@', '0', 'M':
		return true
	}
	return false
}

// isBehind tells what stands behind the records: the mark of the end, or past the
// number that the header tells anything that does not begin as a record does.
func (t *table) isBehind(i int, record []byte) bool {
	if i < t.records {
		return record[0] == endOfFile && t.allBehind(i)
	}
	return record[0] != ' ' && record[0] != deleted
}

// allBehind tells a mark of the end that means it: the header tells more records
// than there are. A record that only begins with it is damaged and stays.
func (t *table) allBehind(i int) bool {
	at := t.start + (i+1)*t.length
	return at >= len(t.data) || t.data[at] != ' ' && t.data[at] != deleted
}

func (t *table) cells(cells []sheet.Cell, columns []*field, record []byte, row int) ([]sheet.Cell, error) {
	for i, f := range columns {
		c := sheet.Cell{Row: row, Col: i + 1}
		if err := t.fill(&c, f, record); err != nil {
			return nil, err
		}
		if c.Kind != sheet.Empty {
			cells = append(cells, c)
		}
	}
	return cells, nil
}
