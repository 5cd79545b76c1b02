package sylk

import "bytes"

// maxFields bounds the fields of a record, of which writers make up to about ten;
// what comes behind belongs to the last.
const maxFields = 4096

// field is a part of a record: its letter and what stands behind it, doubled
// semicolons undone.
type field struct {
	letter byte
	value  []byte
}

// record is a line.
type record struct {
	kind   string
	fields []field
}

// records cuts a file into lines of any end and these into fields.
type records struct {
	rest   []byte
	record record
}

// next reads the next line that is not blank.
func (r *records) next() bool {
	for len(r.rest) > 0 {
		line := bytes.TrimLeft(r.line(), " \t\x00\x1a")
		if len(line) == 0 {
			continue
		}
		if at := bytes.LastIndex(line, []byte(`;K"`)); at >= 0 && bytes.IndexByte(line[at+3:], '"') < 0 {
			line = r.goOn(line)
		}
		r.cut(line)
		return true
	}
	return false
}

func (r *records) line() []byte {
	line := r.rest
	end := bytes.IndexAny(r.rest, "\r\n")
	if end < 0 {
		r.rest = nil
		return line
	}
	r.rest = r.rest[end+1:]
	return line[:end]
}

// maxLines bounds the lines of a text whose line ends were not escaped.
const maxLines = 30

// goOn takes the lines in that follow a text whose quotes are open, up to the one that
// closes them, unless a record begins before.
func (r *records) goOn(first []byte) []byte {
	after := r.rest
	for range maxLines {
		if len(r.rest) == 0 || beginsRecord(r.rest) {
			break
		}
		line := r.line()
		if bytes.HasSuffix(line, []byte(`"`)) || bytes.Contains(line, []byte(`";`)) {
			more := after[:len(after)-len(r.rest)]
			return append(append(append([]byte(nil), first...), '\n'), bytes.Trim(more, "\r\n")...)
		}
	}
	r.rest = after
	return first
}

func beginsRecord(b []byte) bool {
	kind, _, ok := bytes.Cut(b[:min(len(b), 3)], []byte(";"))
	switch string(kind) {
	case "C", "F", "P", "B", "O", "W", "NN", "NE", "NU":
		return ok
	}
	return len(b) < 4 && bytes.HasPrefix(b, []byte("E")) || bytes.HasPrefix(b, []byte("E\r")) || bytes.HasPrefix(b, []byte("E\n"))
}

func (r *records) cut(line []byte) {
	parts := split(line)
	r.record = record{kind: string(parts[0]), fields: r.record.fields[:0]}
	closing := len(parts) - 1
	for closing > 0 && !bytes.HasSuffix(parts[closing], []byte(`"`)) {
		closing--
	}
	for i := 1; i < len(parts); i++ {
		p := parts[i]
		if len(p) == 0 {
			continue
		}
		if isOpenText(p) { // a semicolon in quotes that was not doubled
			for k := i + 1; k <= closing; k++ {
				if bytes.HasSuffix(parts[k], []byte(`"`)) {
					p = bytes.Join(parts[i:k+1], []byte(";"))
					i = k
					break
				}
			}
		}
		r.record.fields = append(r.record.fields, field{p[0], p[1:]})
	}
}

// isOpenText tells a value that begins with a quote and does not end with one.
func isOpenText(p []byte) bool {
	return p[0] == 'K' && len(p) > 1 && p[1] == '"' && (len(p) == 2 || p[len(p)-1] != '"')
}

// split parts a line at single semicolons and undoes double ones.
func split(line []byte) [][]byte {
	var parts [][]byte
	start, doubled := 0, false
	add := func(end int) {
		p := line[start:end]
		if doubled {
			p = bytes.ReplaceAll(p, []byte(";;"), []byte(";"))
		}
		parts = append(parts, p)
		doubled = false
	}
	for i := 0; i < len(line) && len(parts) < maxFields; i++ {
		if line[i] != ';' {
			continue
		}
		if i+1 < len(line) && line[i+1] == ';' {
			doubled = true
			i++
			continue
		}
		add(i)
		start = i + 1
	}
	add(len(line))
	return parts
}
