package pdf

import (
	"errors"
	"strings"

	"golang.org/x/text/encoding/charmap"
)

// font is what showing text needs of a font: codes, widths and what they mean.
type font struct {
	double  bool // codes are of two bytes
	cmap    *cmap
	widths  map[int]float64
	missing float64
	codes   [256]string // of simple fonts
	claimed bool        // codes come from a table of the file, not from a guess
	bold    bool
}

// glyph is one code of a string.
type glyph struct {
	text  string
	width float64 // of the em
	space bool    // the one-byte code 32, which takes word spacing (9.3.3)
}

func (d *document) font(v any) (*font, error) {
	fd := d.dict(v)
	f := &font{widths: map[int]float64{}, missing: 0.5}
	f.bold = strings.Contains(strings.ToLower(string(d.name(fd["BaseFont"]))), "bold")
	if s, ok := d.get(fd["ToUnicode"]).(*stream); ok {
		data, err := d.decode(s)
		if err != nil && !errors.Is(err, errFilter) {
			return nil, err
		}
		f.cmap = parseCMap(data)
	}
	if d.name(fd["Subtype"]) == "Type0" {
		f.double = true
		d.composite(f, fd)
		return f, nil
	}
	first := d.int(fd["FirstChar"])
	scale := 0.001
	if m := d.array(fd["FontMatrix"]); d.name(fd["Subtype"]) == "Type3" && len(m) > 0 {
		scale = d.num(m[0])
	}
	if strings.HasPrefix(string(d.name(fd["BaseFont"])), "Courier") {
		f.missing = 0.6
	}
	for i, w := range d.array(fd["Widths"]) {
		if i < 256 {
			f.widths[first+i] = d.num(w) * scale
		}
	}
	d.encoding(f, fd)
	return f, nil
}

// composite reads the widths of a font of two-byte codes (9.7.4.3).
func (d *document) composite(f *font, fd dict) {
	kids := d.array(fd["DescendantFonts"])
	if len(kids) == 0 {
		return
	}
	kid := d.dict(kids[0])
	f.missing = 1
	if w, ok := d.get(kid["DW"]).(float64); ok {
		f.missing = w / 1000
	}
	ws := d.array(kid["W"])
	for i := 0; i+1 < len(ws); {
		from := d.int(ws[i])
		if list, ok := d.get(ws[i+1]).(array); ok {
			for j, w := range list {
				f.widths[from+j] = d.num(w) / 1000
			}
			i += 2
			continue
		}
		if i+2 >= len(ws) {
			return
		}
		for c := from; c <= min(d.int(ws[i+1]), 0xFFFF) && c >= 0; c++ {
			f.widths[c] = d.num(ws[i+2]) / 1000
		}
		i += 3
	}
}

// encoding fills what the codes of a simple font mean (9.6.6).
func (d *document) encoding(f *font, fd dict) {
	base, enc := name(""), d.get(fd["Encoding"])
	var diff array
	switch e := enc.(type) {
	case name:
		base = e
	case dict:
		base, diff = d.name(e["BaseEncoding"]), d.array(e["Differences"])
	}
	table := charmap.Windows1252
	if base == "MacRomanEncoding" {
		table = charmap.Macintosh
	}
	for c := 32; c < 256; c++ {
		f.codes[c] = string(table.DecodeByte(byte(c)))
	}
	code := 0
	for _, v := range diff {
		switch t := d.get(v).(type) {
		case float64:
			code = int(t)
		case name:
			if s := glyphText(string(t)); s != "" && code >= 0 && code < 256 {
				f.codes[code], f.claimed = s, true
			}
			code++
		}
	}
}

// glyphs takes a shown string apart.
func (f *font) glyphs(s text) []glyph {
	size := 1
	if f.double {
		size = 2
	}
	out := make([]glyph, 0, len(s)/size)
	cyrillic := !f.double && f.cmap == nil && !f.claimed && looksCyrillic(s)
	for i := 0; i+size <= len(s); i += size {
		code := int(s[i])
		if f.double {
			code = code<<8 | int(s[i+1])
		}
		g := glyph{width: f.missing, space: size == 1 && code == 32}
		if w, ok := f.widths[code]; ok {
			g.width = w
		}
		g.text = f.meaning(code, cyrillic)
		out = append(out, g)
	}
	return out
}

func (f *font) meaning(code int, cyrillic bool) string {
	if f.cmap != nil {
		if t, ok := f.cmap.text[code]; ok {
			return t
		}
	}
	switch {
	case f.double:
		return "\uFFFD"
	case cyrillic:
		return string(charmap.Windows1251.DecodeByte(byte(code)))
	}
	return f.codes[code]
}

// looksCyrillic tells text in cp1251 that goes under a Latin name, as old generators write it:
// letters of the upper quarter outweigh those of ASCII only there.
func looksCyrillic(s text) bool {
	high, low := 0, 0
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c >= 0xC0:
			high++
		case c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z':
			low++
		}
	}
	return high > low
}
