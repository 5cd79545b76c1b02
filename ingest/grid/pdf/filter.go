package pdf

import (
	"bytes"
	"compress/flate"
	"compress/lzw"
	"compress/zlib"
	"encoding/ascii85"
	"errors"
	"io"

	"github.com/distbase/distbase/ingest/grid/sheet"
)

// errFilter is a stream whose filter is for pictures or unknown.
var errFilter = errors.New("pdf: filter not for text")

// maxFilters bounds chains of filters.
const maxFilters = 8

// decode gives the bytes of a stream; a stream that breaks off gives what came before.
func (d *document) decode(s *stream) ([]byte, error) {
	raw := s.raw
	if n := d.int(s.dict["Length"]); n > 0 && n < len(raw) && len(raw)-n <= 4 {
		raw = raw[:n] // the line end before endstream is none of it
	}
	filters, parms := d.list(s.dict["Filter"]), d.list(s.dict["DecodeParms"])
	if d.crypt != nil && s.dict["Type"] != name("XRef") {
		raw = d.crypt.decrypt(s.num, s.gen, raw)
	}
	if len(filters) > maxFilters {
		return nil, errFilter
	}
	for i, f := range filters {
		var p dict
		if i < len(parms) {
			p = d.dict(parms[i])
		}
		out, err := d.filter(d.name(f), p, raw)
		if err != nil {
			return nil, err
		}
		raw = out
	}
	return raw, nil
}

func (d *document) list(v any) array {
	switch t := d.get(v).(type) {
	case nil:
		return nil
	case array:
		return t
	default:
		return array{t}
	}
}

func (d *document) filter(f name, p dict, raw []byte) ([]byte, error) {
	switch f {
	case "FlateDecode", "Fl":
		out, err := d.inflate(raw)
		return d.predict(p, out), err
	case "LZWDecode", "LZW":
		out, err := d.unlzw(p, raw)
		return d.predict(p, out), err
	case "ASCII85Decode", "A85":
		if i := bytes.Index(raw, []byte("~>")); i >= 0 {
			raw = raw[:i]
		}
		out, _ := io.ReadAll(ascii85.NewDecoder(bytes.NewReader(bytes.TrimPrefix(raw, []byte("<~")))))
		return out, nil
	case "ASCIIHexDecode", "AHx":
		return []byte((&lexer{data: raw}).hex()), nil
	case "RunLengthDecode", "RL":
		return unrun(raw), nil
	case "Crypt":
		return raw, nil
	}
	return nil, errFilter
}

// drain reads what there is; only the budget's refusals are errors.
func (d *document) drain(r io.Reader, packed int) ([]byte, error) {
	out, err := io.ReadAll(io.LimitReader(d.b.Unpack(r, int64(packed)), d.b.Options.MaxText))
	var re *sheet.ReadError
	if errors.As(err, &re) {
		return nil, err
	}
	if cerr := d.b.Alive(); cerr != nil {
		return nil, cerr
	}
	return out, nil
}

func (d *document) inflate(raw []byte) ([]byte, error) {
	if r, err := zlib.NewReader(bytes.NewReader(raw)); err == nil {
		return d.drain(r, len(raw))
	}
	if len(raw) > 2 { // a broken zlib head before sound data
		return d.drain(flate.NewReader(bytes.NewReader(raw[2:])), len(raw))
	}
	return nil, nil
}

// unlzw undoes LZW with most significant bits first. The library's widths change one code later than those
// of the early change, which is the default (7.4.4.2), so the early form is read here.
func (d *document) unlzw(p dict, raw []byte) ([]byte, error) {
	if v, ok := d.get(p["EarlyChange"]).(float64); ok && v == 0 {
		return d.drain(lzw.NewReader(bytes.NewReader(raw), lzw.MSB, 8), len(raw))
	}
	return d.drain(&earlyLZW{data: raw, width: 9}, len(raw))
}

// unrun undoes run lengths (7.4.5); they grow to 64 times at most.
func unrun(raw []byte) []byte {
	var out []byte
	for i := 0; i < len(raw) && raw[i] != 128; {
		n := int(raw[i])
		if n < 128 {
			stop := min(i+2+n, len(raw))
			out = append(out, raw[i+1:stop]...)
			i = stop
			continue
		}
		if i+1 < len(raw) {
			out = append(out, bytes.Repeat(raw[i+1:i+2], 257-n)...)
		}
		i += 2
	}
	return out
}

// predict undoes the PNG predictors (7.4.4.4); TIFF's is for pictures.
func (d *document) predict(p dict, data []byte) []byte {
	if d.int(p["Predictor"]) < 10 {
		return data
	}
	or := func(k name, def int) int {
		if v := d.int(p[k]); v > 0 && v < 1<<16 {
			return v
		}
		return def
	}
	bits := or("Colors", 1) * or("BitsPerComponent", 8)
	step, width := max(1, bits/8), (or("Columns", 1)*bits+7)/8
	if width <= 0 || width > len(data) {
		return data
	}
	out := make([]byte, 0, len(data))
	prev := make([]byte, width)
	for len(data) > 1 {
		kind := data[0]
		row := bytes.Clone(data[1:min(len(data), width+1)])
		data = data[min(len(data), width+1):]
		row = append(row, make([]byte, width-len(row))...)
		unfilter(kind, row, prev, step)
		out = append(out, row...)
		prev = row
	}
	return out
}

func unfilter(kind byte, row, prev []byte, step int) {
	for i := range row {
		var left, diag byte
		if i >= step {
			left, diag = row[i-step], prev[i-step]
		}
		switch kind {
		case 1:
			row[i] += left
		case 2:
			row[i] += prev[i]
		case 3:
			row[i] += byte((int(left) + int(prev[i])) / 2)
		case 4:
			row[i] += paeth(left, prev[i], diag)
		}
	}
}

func paeth(a, b, c byte) byte {
	p := int(a) + int(b) - int(c)
	pa, pb, pc := abs(p-int(a)), abs(p-int(b)), abs(p-int(c))
	switch {
	case pa <= pb && pa <= pc:
		return a
	case pb <= pc:
		return b
	}
	return c
}

func abs(v int) int {
	if v < 0 {
		return -v
	}
	return v
}
