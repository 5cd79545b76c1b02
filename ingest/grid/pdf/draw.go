package pdf

import "math"

// thin is the most a filled rectangle measures across to count as a line, in points.
const thin = 3

// maxRules bounds lines kept of a page.
const maxRules = 20_000

// drawing follows paths as far as they may be lines of a table (8.5).
func (p *painter) drawing(op operator, args []any) {
	switch op {
	case "m":
		if f, ok := floats(args, 2); ok {
			p.start, p.cur = [2]float64{f[0], f[1]}, [2]float64{f[0], f[1]}
		}
	case "l":
		if f, ok := floats(args, 2); ok {
			p.edge(p.cur[0], p.cur[1], f[0], f[1])
			p.cur = [2]float64{f[0], f[1]}
		}
	case "c", "v", "y":
		if f, ok := floats(args, 2); ok {
			p.cur = [2]float64{f[0], f[1]}
		}
	case "h":
		p.edge(p.cur[0], p.cur[1], p.start[0], p.start[1])
		p.cur = p.start
	case "re":
		if f, ok := floats(args, 4); ok {
			x, y, w, h := f[0], f[1], f[2], f[3]
			p.edge(x, y, x+w, y)
			p.edge(x+w, y, x+w, y+h)
			p.edge(x+w, y+h, x, y+h)
			p.edge(x, y+h, x, y)
		}
	case "s", "b", "b*":
		p.edge(p.cur[0], p.cur[1], p.start[0], p.start[1])
		p.paint(true)
	case "S", "B", "B*":
		p.paint(true)
	case "f", "F", "f*":
		p.paint(false)
	case "n":
		p.path = p.path[:0]
	}
}

func (p *painter) edge(x0, y0, x1, y1 float64) {
	if len(p.path) >= maxRules {
		return
	}
	x0, y0 = p.state.ctm.at(x0, y0)
	x1, y1 = p.state.ctm.at(x1, y1)
	if !sane(x0, y0, x1, y1) {
		return
	}
	switch dx, dy := math.Abs(x1-x0), math.Abs(y1-y0); {
	case dx < 0.5 && dy >= 0.5:
		p.path = append(p.path, rule{true, (x0 + x1) / 2, min(y0, y1), max(y0, y1)})
	case dy < 0.5 && dx >= 0.5:
		p.path = append(p.path, rule{false, (y0 + y1) / 2, min(x0, x1), max(x0, x1)})
	}
}

// paint takes a path over. A filled area counts where it is as thin as a line: its long edges do.
func (p *painter) paint(stroked bool) {
	if !stroked && !p.slim() {
		p.path = p.path[:0]
		return
	}
	for _, r := range p.path {
		if (stroked || r.upto-r.from > thin) && len(p.rules) < maxRules {
			p.rules = append(p.rules, r)
		}
	}
	p.path = p.path[:0]
}

// slim tells whether every four edges of the path, a rectangle, have a thin side.
func (p *painter) slim() bool {
	for i := 0; i < len(p.path); i += 4 {
		short := math.Inf(1)
		for _, r := range p.path[i:min(i+4, len(p.path))] {
			short = min(short, r.upto-r.from)
		}
		if short > thin && len(p.path)-i >= 4 {
			return false
		}
	}
	return true
}
