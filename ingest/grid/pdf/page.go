package pdf

import (
	"errors"
	"slices"
)

// page is what one page shows, upright, y from its top downwards.
type page struct {
	chars []char
	frame
	images int
}

// maxPages bounds the tree of pages.
const maxPages = 20_000

type leaf struct {
	dict, res dict
	rotate    int
	box       array
}

// leaves lists the pages in their order with what they inherit (7.7.3).
func (d *document) leaves() []leaf {
	var out []leaf
	seen := map[ref]bool{}
	var walk func(v any, up leaf, depth int)
	walk = func(v any, up leaf, depth int) {
		if r, ok := v.(ref); ok {
			if seen[r] {
				return
			}
			seen[r] = true
		}
		n := d.dict(v)
		if n == nil || depth > maxNesting || len(out) >= maxPages {
			return
		}
		up.dict = n
		if r := d.dict(n["Resources"]); r != nil {
			up.res = r
		}
		if b := d.array(n["MediaBox"]); len(b) == 4 {
			up.box = b
		}
		if r, ok := d.get(n["Rotate"]).(float64); ok {
			up.rotate = ((int(r)%360 + 360) % 360)
		}
		if kids := d.array(n["Kids"]); kids != nil {
			for _, k := range kids {
				walk(k, up, depth+1)
			}
			return
		}
		out = append(out, up)
	}
	walk(d.dict(d.trailer["Root"])["Pages"], leaf{}, 0)
	if len(out) == 0 { // no usable tree: pages by their numbers
		var nums []int
		for n, v := range d.objects {
			if t, ok := v.(dict); ok && t["Type"] == name("Page") {
				nums = append(nums, n)
			}
		}
		slices.Sort(nums)
		for _, n := range nums {
			walk(ref{n, 0}, leaf{}, 0)
		}
	}
	return out
}

// upright maps a page's own space to one whose y grows downwards from its top.
func (d *document) upright(l leaf) matrix {
	x0, y0, x1, y1 := 0.0, 0.0, 612.0, 792.0
	if len(l.box) == 4 {
		x0, y0, x1, y1 = d.num(l.box[0]), d.num(l.box[1]), d.num(l.box[2]), d.num(l.box[3])
	}
	x0, x1, y0, y1 = min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1)
	switch l.rotate {
	case 90:
		return matrix{0, 1, 1, 0, -y0, -x0}
	case 180:
		return matrix{-1, 0, 0, 1, x1, -y0}
	case 270:
		return matrix{0, -1, -1, 0, y1, x1}
	}
	return matrix{1, 0, 0, -1, -x0, y1}
}

func (d *document) page(l leaf, fonts map[ref]*font) (*page, error) {
	p := &painter{d: d, fonts: fonts, tm: unit(), line: unit()}
	p.state = state{ctm: d.upright(l), scale: 1}
	var all []byte
	for _, c := range d.list(l.dict["Contents"]) {
		s, ok := d.get(c).(*stream)
		if !ok {
			continue
		}
		data, err := d.decode(s)
		if errors.Is(err, errFilter) {
			continue
		}
		if err != nil {
			return nil, err
		}
		all = append(append(all, data...), '\n')
	}
	p.contents(all, l.res)
	return &page{p.chars, newFrame(p.rules), p.images}, p.err
}
