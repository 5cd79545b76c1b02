package pdf

import (
	"errors"
	"math"

	"github.com/distbase/distbase/ingest/grid/sheet"
)

// matrix maps (x, y) to (a*x + c*y + e, b*x + d*y + f).
type matrix [6]float64

func unit() matrix { return matrix{1, 0, 0, 1, 0, 0} }

// then is m applied first, n after it.
func (m matrix) then(n matrix) matrix {
	return matrix{
		m[0]*n[0] + m[1]*n[2], m[0]*n[1] + m[1]*n[3],
		m[2]*n[0] + m[3]*n[2], m[2]*n[1] + m[3]*n[3],
		m[4]*n[0] + m[5]*n[2] + n[4], m[4]*n[1] + m[5]*n[3] + n[5],
	}
}

func (m matrix) at(x, y float64) (float64, float64) {
	return m[0]*x + m[2]*y + m[4], m[1]*x + m[3]*y + m[5]
}

// char is one shown character on the upright page; y grows downwards.
type char struct {
	text       string
	x0, x1, y  float64
	size       float64
	bold       bool
	run, block int // which show operator, and which placing of text, it came from
}

// rule is a horizontal or vertical line.
type rule struct {
	upright    bool
	at         float64 // x of a vertical, y of a horizontal line
	from, upto float64
}

type state struct {
	ctm                               matrix
	font                              *font
	size, charSp, wordSp, scale, lead float64
	rise                              float64
}

// painter goes through contents and collects what is shown.
type painter struct {
	d          *document
	fonts      map[ref]*font
	state      state
	stack      []state
	tm, line   matrix
	chars      []char
	rules      []rule
	path       []rule
	start, cur [2]float64
	run, block int
	images     int
	depth      int
	err        error
}

const (
	maxForms  = 12      // forms inside forms
	maxStates = 256     // q inside q
	maxChars  = 1 << 18 // on a page
	maxOps    = 20_000_000
	maxShown  = 20_000_000
)

// contents interprets one stream of operators.
func (p *painter) contents(data []byte, res dict) {
	l := &lexer{data: data}
	var args []any
	for p.err == nil && len(p.chars) < maxChars {
		if p.d.ops++; p.d.ops&0xFFF == 0 {
			p.err = p.d.b.Alive()
		}
		if p.d.ops > maxOps || p.d.shown > maxShown {
			p.err = &sheet.ReadError{Code: sheet.CodeTooBig, Found: "unpacked"}
			return
		}
		switch v := l.next(0).(type) {
		case end:
			return
		case operator:
			if v == "ID" {
				skipImage(l)
			} else {
				p.do(v, args, res)
			}
			args = args[:0]
		case closing:
		default:
			if args = append(args, v); len(args) > 64 {
				args = args[32:]
			}
		}
	}
}

// skipImage passes the bytes of an inline image (8.9.7).
func skipImage(l *lexer) {
	for i := l.pos + 1; i+2 < len(l.data); i++ {
		if isSpace(l.data[i-1]) && l.data[i] == 'E' && l.data[i+1] == 'I' && isSpace(l.data[i+2]) {
			l.pos = i + 2
			return
		}
	}
	l.pos = len(l.data)
}

func floats(args []any, n int) ([]float64, bool) {
	if len(args) < n {
		return nil, false
	}
	out := make([]float64, n)
	for i, a := range args[len(args)-n:] {
		f, ok := a.(float64)
		if !ok {
			return nil, false
		}
		out[i] = f
	}
	return out, true
}

func (p *painter) do(op operator, args []any, res dict) {
	switch op {
	case "q":
		if len(p.stack) < maxStates {
			p.stack = append(p.stack, p.state)
		}
	case "Q":
		if n := len(p.stack); n > 0 {
			p.state, p.stack = p.stack[n-1], p.stack[:n-1]
		}
	case "cm":
		if f, ok := floats(args, 6); ok {
			p.state.ctm = matrix(f).then(p.state.ctm)
		}
	case "Do":
		p.external(args, res)
	case "Tf":
		p.selectFont(args, res)
	case "BT":
		p.tm, p.line = unit(), unit()
		p.block++
	case "Tj", "TJ", "'", "\"":
		p.showing(op, args)
	default:
		if !p.textState(op, args) && !p.position(op, args) {
			p.drawing(op, args)
		}
	}
}

func (p *painter) textState(op operator, args []any) bool {
	targets := map[operator]*float64{"Tc": &p.state.charSp, "Tw": &p.state.wordSp, "Tz": &p.state.scale, "TL": &p.state.lead, "Ts": &p.state.rise}
	t, ok := targets[op]
	if !ok {
		return false
	}
	if f, ok := floats(args, 1); ok {
		if *t = f[0]; op == "Tz" {
			*t /= 100
		}
	}
	return true
}

func (p *painter) position(op operator, args []any) bool {
	switch op {
	case "Td", "TD":
		if f, ok := floats(args, 2); ok {
			if op == "TD" {
				p.state.lead = -f[1]
			}
			p.move(f[0], f[1])
		}
	case "Tm":
		if f, ok := floats(args, 6); ok {
			p.block++
			p.line = matrix(f)
			p.tm = p.line
		}
	case "T*":
		p.move(0, -p.state.lead)
	default:
		return false
	}
	return true
}

func (p *painter) move(x, y float64) {
	p.block++
	p.line = matrix{1, 0, 0, 1, x, y}.then(p.line)
	p.tm = p.line
}

func (p *painter) showing(op operator, args []any) {
	if op == "\"" {
		if f, ok := floats(args[:min(2, len(args))], 2); ok {
			p.state.wordSp, p.state.charSp = f[0], f[1]
		}
	}
	if op == "'" || op == "\"" {
		p.move(0, -p.state.lead)
	}
	if len(args) == 0 {
		return
	}
	p.run++
	switch t := args[len(args)-1].(type) {
	case text:
		p.show(t)
	case array:
		for _, v := range t {
			switch e := v.(type) {
			case text:
				p.show(e)
			case float64:
				p.tm = matrix{1, 0, 0, 1, -e / 1000 * p.state.size * p.state.scale, 0}.then(p.tm)
			}
		}
	}
}

func (p *painter) show(s text) {
	st := &p.state
	if st.font == nil {
		return
	}
	for _, g := range st.font.glyphs(s) {
		adv := g.width*st.size + st.charSp
		if g.space {
			adv += st.wordSp
		}
		adv *= st.scale
		m := p.tm.then(st.ctm)
		x0, y0 := m.at(0, st.rise)
		x1, _ := m.at(g.width*st.size*st.scale, st.rise)
		size := math.Hypot(m[2], m[3]) * math.Abs(st.size)
		// Text that runs up or down the page is no row of a table.
		if g.text != "" && math.Abs(m[0]) > math.Abs(m[1]) && sane(x0, y0, x1, size) {
			p.d.shown++
			p.chars = append(p.chars, char{text: g.text, x0: min(x0, x1), x1: max(x0, x1), y: y0, size: size, bold: st.font.bold, run: p.run, block: p.block})
		}
		p.tm = matrix{1, 0, 0, 1, adv, 0}.then(p.tm)
	}
}

func sane(vs ...float64) bool {
	for _, v := range vs {
		if math.IsNaN(v) || math.Abs(v) > 1e6 {
			return false
		}
	}
	return true
}

func (p *painter) selectFont(args []any, res dict) {
	if len(args) < 2 {
		return
	}
	n, _ := args[len(args)-2].(name)
	p.state.size, _ = args[len(args)-1].(float64)
	v := p.d.dict(res["Font"])[n]
	r, isRef := v.(ref)
	if f, ok := p.fonts[r]; ok && isRef {
		p.state.font = f
		return
	}
	f, err := p.d.font(v)
	if err != nil {
		p.err = err
		return
	}
	if isRef {
		p.fonts[r] = f
	}
	p.state.font = f
}

// external draws a form in place; a picture is only counted.
func (p *painter) external(args []any, res dict) {
	if len(args) == 0 {
		return
	}
	n, _ := args[len(args)-1].(name)
	s, ok := p.d.get(p.d.dict(res["XObject"])[n]).(*stream)
	if !ok {
		return
	}
	if p.d.name(s.dict["Subtype"]) == "Image" {
		p.images++
		return
	}
	if p.d.name(s.dict["Subtype"]) != "Form" || p.depth >= maxForms {
		return
	}
	data, err := p.d.decode(s)
	if err != nil {
		if !errors.Is(err, errFilter) {
			p.err = err
		}
		return
	}
	saved, stack := p.state, p.stack
	p.stack = nil
	if m := p.d.array(s.dict["Matrix"]); len(m) == 6 {
		var mm matrix
		for i := range mm {
			mm[i] = p.d.num(m[i])
		}
		p.state.ctm = mm.then(p.state.ctm)
	}
	inner := p.d.dict(s.dict["Resources"])
	if inner == nil {
		inner = res
	}
	p.depth++
	p.contents(data, inner)
	p.depth--
	p.state, p.stack = saved, stack
}
