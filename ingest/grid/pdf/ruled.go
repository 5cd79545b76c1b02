package pdf

import (
	"cmp"
	"slices"
)

// near is how far apart the two edges of one drawn line may be, in points.
const near = 3

// frame is the rulings of the page, in order.
type frame struct {
	ups, levels []rule
}

func newFrame(rules []rule) frame {
	var f frame
	for _, r := range rules {
		if r.upright {
			f.ups = append(f.ups, r)
		} else {
			f.levels = append(f.levels, r)
		}
	}
	byPlace := func(a, b rule) int { return cmp.Compare(a.at, b.at) }
	slices.SortFunc(f.ups, byPlace)
	slices.SortFunc(f.levels, byPlace)
	return f
}

// grid gives the frame of a page, or nil where lines make no table.
func (p *page) grid() *frame {
	if len(places(p.ups)) < 3 || len(places(p.levels)) < 3 {
		return nil
	}
	return &p.frame
}

// places are the distinct coordinates of sorted lines.
func places(rs []rule) []float64 {
	var out []float64
	for _, r := range rs {
		if len(out) == 0 || r.at-out[len(out)-1] > near {
			out = append(out, r.at)
		}
	}
	return out
}

// before gives the place of the last line at or before v that reaches across at; ok is false where none does.
func before(rs []rule, v, across float64) (float64, bool) {
	i, _ := slices.BinarySearchFunc(rs, v, func(r rule, v float64) int { return cmp.Compare(r.at, v) })
	for i--; i >= 0; i-- {
		if rs[i].from-near <= across && rs[i].upto+near >= across {
			return rs[i].at, true
		}
	}
	return 0, false
}

func after(rs []rule, v, across float64) bool {
	i, _ := slices.BinarySearchFunc(rs, v, func(r rule, v float64) int { return cmp.Compare(r.at, v) })
	for ; i < len(rs); i++ {
		if rs[i].from-near <= across && rs[i].upto+near >= across {
			return true
		}
	}
	return false
}

// box tells the upper left corner of the ruled cell that holds a piece.
func (f *frame) box(pc piece) (x, y float64, ok bool) {
	mx, my := (pc.x0+pc.x1)/2, pc.y-0.3*pc.size
	x, ok1 := before(f.ups, mx, my)
	y, ok2 := before(f.levels, my, mx)
	return x, y, ok1 && ok2 && after(f.ups, mx, my) && after(f.levels, my, mx)
}
