package xls

import "github.com/distbase/distbase/ingest/grid/sheet"

// Kinds of a result that is no number ([MS-XLS] 2.5.133).
const (
	resultText  = 0
	resultBool  = 1
	resultError = 2
)

// formula takes the result a FORMULA keeps. A text stands in a STRING record
// behind it, with records of shared formulas perhaps between.
func (r *substream) formula(b []byte) error {
	p, result := r.at(b), tail(b, 6)
	if r.s.id == idFormula2 && r.w.version == 2 {
		p, result = r.at2(b), tail(b, 7)
	}
	if !p.ok || len(result) < 8 {
		return nil
	}
	if u16(result, 6) != 0xFFFF {
		return r.number(p, double(result))
	}
	c, err := r.start(p)
	if err != nil {
		return err
	}
	switch result[0] {
	case resultText:
		r.asText, r.asStyle = c, p.style
		r.text = &r.asText
	case resultBool, resultError:
		fillBoolErr(&c, int(result[2]), result[0] == resultError)
		return r.add(&c)
	}
	return nil
}

// formulaText takes the text of the formula read last.
func (r *substream) formulaText() error {
	if r.text == nil {
		return nil
	}
	var s string
	if r.s.id == idString2 && r.w.version == 2 {
		s = r.w.decode(byteText(r.s.body, 1))
	} else {
		s = r.longText(0)
	}
	if s != "" && s != " " {
		fillText(r.text, s, r.asStyle)
	}
	return r.flush()
}

// flush adds a formula that waited for its text, if there was one.
func (r *substream) flush() error {
	c := r.text
	r.text = nil
	if c == nil || c.Kind == sheet.Empty {
		return nil
	}
	return r.add(c)
}
