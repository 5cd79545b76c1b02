package pdf

import (
	"bytes"
	"strconv"

	"github.com/distbase/distbase/ingest/grid/sheet"
)

type document struct {
	b       *sheet.Budget
	objects map[int]any
	where   map[int]int // how far into the file each object ends
	trailer dict
	crypt   *crypt
	ops     int  // operators gone through
	shown   int  // characters shown
	cut     bool // a stream has no end
}

// maxFollow bounds chains of references.
const maxFollow = 16

// open finds the objects of a file.
func open(b *sheet.Budget, data []byte) (*document, error) {
	d := &document{b: b, objects: map[int]any{}, where: map[int]int{}, trailer: dict{}}
	var packed []*stream
	trailer := 0 // where the next one is; looked for once, not at every object
	for pos := 0; ; {
		if trailer < pos || pos == 0 {
			trailer = find(data, pos, "trailer")
		}
		at, tr := bytes.Index(data[pos:], []byte("obj")), trailer-pos
		if trailer < len(data) && (at < 0 || tr < at) {
			l := &lexer{data: data, pos: pos + tr + len("trailer")}
			if t, ok := l.next(0).(dict); ok {
				d.mergeTrailer(t)
			}
			pos = max(l.pos, pos+tr+len("trailer"))
			continue
		}
		if at < 0 {
			break
		}
		if err := b.Alive(); err != nil {
			return nil, err
		}
		num, gen, ok := header(data[pos : pos+at])
		pos += at + len("obj")
		if !ok {
			continue
		}
		v, next := d.object(data, pos, num, gen)
		pos = next
		d.objects[num], d.where[num] = v, pos
		if s, ok := v.(*stream); ok {
			s.at = pos
			packed = d.note(s, packed)
		}
	}
	if err := d.unlock(); err != nil {
		return nil, err
	}
	return d, d.unpackAll(packed)
}

// find gives the next place of a word, or the end.
func find(data []byte, pos int, word string) int {
	if i := bytes.Index(data[pos:], []byte(word)); i >= 0 {
		return pos + i
	}
	return len(data)
}

// note takes up streams that are about the file itself.
func (d *document) note(s *stream, packed []*stream) []*stream {
	switch s.dict["Type"] {
	case name("ObjStm"):
		return append(packed, s)
	case name("XRef"):
		d.mergeTrailer(s.dict)
	}
	return packed
}

func (d *document) mergeTrailer(t dict) {
	for _, k := range []name{"Root", "Encrypt", "ID"} {
		if v, ok := t[k]; ok {
			d.trailer[k] = v
		}
	}
}

// header reads the two numbers before "obj".
func header(before []byte) (num, gen int, ok bool) {
	if len(before) > 40 {
		before = before[len(before)-40:]
	}
	if len(before) == 0 || !isSpace(before[len(before)-1]) {
		return 0, 0, false
	}
	f := bytes.Fields(before)
	if len(f) < 2 {
		return 0, 0, false
	}
	gen, err := strconv.Atoi(string(f[len(f)-1]))
	if err != nil {
		return 0, 0, false
	}
	digits := f[len(f)-2]
	for i, c := range digits { // "endobj12" where a line end is missing
		if c >= '0' && c <= '9' {
			digits = digits[i:]
			break
		}
	}
	num, err = strconv.Atoi(string(digits))
	return num, gen, err == nil && num >= 0
}

func (d *document) object(data []byte, pos, num, gen int) (any, int) {
	l := &lexer{data: data, pos: pos}
	v := l.next(0)
	switch t := v.(type) {
	case end, operator, closing:
		return nil, l.pos
	case float64: // "5 0 obj 3 0 R" is allowed and happens
		save := l.pos
		if g, ok := l.next(0).(float64); ok && l.next(0) == operator("R") {
			return ref{int(t), int(g)}, l.pos
		}
		return v, save
	case dict:
		l.skipSpace()
		if bytes.HasPrefix(data[l.pos:], []byte("stream")) {
			s := &stream{dict: t, num: num, gen: gen}
			return s, d.body(data, l.pos+len("stream"), s)
		}
	}
	return v, l.pos
}

// body takes the bytes of a stream and gives where they end. The length is believed only where the stream ends there.
func (d *document) body(data []byte, pos int, s *stream) int {
	if pos < len(data) && data[pos] == '\r' {
		pos++
	}
	if pos < len(data) && data[pos] == '\n' {
		pos++
	}
	pos = min(pos, len(data))
	if n, ok := s.dict["Length"].(float64); ok && n >= 0 && n <= float64(len(data)-pos) {
		stop := pos + int(n)
		if bytes.HasPrefix(bytes.TrimLeft(data[stop:min(stop+16, len(data))], "\r\n \t"), []byte("endstream")) {
			s.raw = data[pos:stop]
			return stop
		}
	}
	n := bytes.Index(data[pos:], []byte("endstream"))
	if n < 0 {
		d.cut = true
		s.raw = data[pos:]
		return len(data)
	}
	s.raw = data[pos : pos+n]
	return pos + n
}

// unpackAll reads object streams (7.5.7). What is packed counts as standing where its stream stands.
func (d *document) unpackAll(packed []*stream) error {
	for i := len(packed) - 1; i >= 0; i-- {
		s := packed[i]
		data, err := d.decode(s)
		if err != nil {
			return err
		}
		count, first := d.int(s.dict["N"]), d.int(s.dict["First"])
		if first < 0 || first > len(data) {
			continue
		}
		heads := &lexer{data: data[:first]}
		for j := 0; j < count; j++ {
			num, ok1 := heads.next(0).(float64)
			off, ok2 := heads.next(0).(float64)
			if !ok1 || !ok2 {
				break
			}
			if d.where[int(num)] >= s.at || off < 0 || off >= float64(len(data)-first) {
				continue
			}
			v, _ := d.object(data[first:], int(off), int(num), 0)
			if _, is := v.(*stream); !is {
				d.objects[int(num)], d.where[int(num)] = v, s.at
			}
		}
	}
	return nil
}

// get follows references.
func (d *document) get(v any) any {
	for i := 0; i < maxFollow; i++ {
		r, ok := v.(ref)
		if !ok {
			return v
		}
		v = d.objects[r.num]
	}
	return nil
}

func (d *document) dict(v any) dict {
	switch t := d.get(v).(type) {
	case dict:
		return t
	case *stream:
		return t.dict
	}
	return nil
}

func (d *document) array(v any) array {
	a, _ := d.get(v).(array)
	return a
}

func (d *document) num(v any) float64 {
	f, _ := d.get(v).(float64)
	return f
}

func (d *document) int(v any) int {
	f := d.num(v)
	if f > 1<<30 || f < -1<<30 || f != f {
		return 0
	}
	return int(f)
}

func (d *document) name(v any) name {
	n, _ := d.get(v).(name)
	return n
}
