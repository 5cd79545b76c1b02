package match

import (
	"math"
	"slices"

	"github.com/distbase/distbase/ingest/match/name"
)

// measureAttributes compares what is told by sizes and words. An entry agrees where one of its names does.
func (c *Catalog) measureAttributes(a *asked, e *indexed, v *[Features]float32) {
	q := a.parsed
	v[fContentRatio] = float32(math.NaN())
	technical := float32(nowhere)
	for dim := range name.Dimensions {
		x, y := sizesOf(q.Sizes, dim), c.entrySizes(e, dim)
		s := agreeSizes(x, y, dim)
		switch dim {
		case name.Content:
			v[fContent] = s
			if len(x) == 0 && len(y) > 0 && a.bare == a.bare {
				v[fContent] = agreeBare(a.bare, y)
			}
			if s == contradicts || s >= partlyAgrees {
				v[fContentRatio] = nearestRatio(x, y)
			}
		case name.Count:
			v[fCount] = agreeCounts(x, y)
		case name.Ratio:
			v[fDilution] = s
		case name.Length:
			v[fLength] = s
		default:
			if s == contradicts || s == agrees && technical != contradicts || technical == nowhere {
				technical = s
			}
		}
	}
	v[fTechnical] = technical
	v[fBareContent] = c.bareContent(a, e)
	t := c.entryTraits(e)
	v[fColour] = agreeBits(q.Traits.Colours, t.Colours)
	v[fForm] = agreeBits(q.Traits.Form, t.Form)
	v[fStrength] = agreeBits(uint32(q.Traits.Strength), uint32(t.Strength))
	v[fSet] = agreeFlag(q.Traits.Set, t.Set)
	v[fPlus] = agreeFlag(hasPlus(a), c.entryHasPlus(e))
	v[fBrand] = c.agreeBrand(a, e)
}

func sizesOf(sizes []name.Size, dim name.Dimension) []name.Size {
	var out []name.Size
	for _, s := range sizes {
		if s.Dimension == dim {
			out = append(out, s)
		}
	}
	return out
}

func (c *Catalog) entrySizes(e *indexed, dim name.Dimension) []name.Size {
	var out []name.Size
	for _, k := range e.docs {
		for _, s := range c.docs[k].sizes {
			if s.Dimension == dim && !slices.Contains(out, s) {
				out = append(out, s)
			}
		}
	}
	return out
}

// agreeSizes compares the values that both sides tell.
func agreeSizes(x, y []name.Size, dim name.Dimension) float32 {
	if s, told := toldBy(len(x) > 0, len(y) > 0); !told {
		return s
	}
	best, equal := float32(contradicts), 0
	for _, p := range x {
		for _, q := range y {
			switch {
			case p == q:
				best = agrees
				equal++
			case close(p.Value, q.Value) && best < agreesLoosely && (dim == name.Content || dim == name.Length):
				best = agreesLoosely // a litre for a kilogram
			}
		}
	}
	if best == agrees && dim != name.Content && equal < min(len(x), len(y)) {
		return partlyAgrees
	}
	return best
}

// close is equality of sizes but for rounding (12 in are 305 mm).
func close(x, y float64) bool { return math.Abs(x-y) <= 0.011*max(x, y) }

// toldBy is the agreement where not both sides tell.
func toldBy(query, entry bool) (float32, bool) {
	switch {
	case query && entry:
		return 0, true
	case query:
		return queryOnly, false
	case entry:
		return entryOnly, false
	}
	return nowhere, false
}

// agreeCounts takes one piece for what is not told.
func agreeCounts(x, y []name.Size) float32 {
	one := func(s name.Size) bool { return s.Value == 1 }
	return agreeSizes(slices.DeleteFunc(x, one), slices.DeleteFunc(y, one), name.Count)
}

func nearestRatio(x, y []name.Size) float32 {
	best := math.Inf(1)
	for _, p := range x {
		for _, q := range y {
			best = min(best, math.Abs(math.Log(p.Value/q.Value)))
		}
	}
	return float32(min(best, 10))
}

// bareContent finds a content that one side tells without its unit («Ромашка 400», «0,5»).
func (c *Catalog) bareContent(a *asked, e *indexed) float32 {
	for _, s := range c.entrySizes(e, name.Content) {
		for _, t := range a.tokens {
			if t.Kind == name.Number && isContent(t.Text, s.Value) {
				return 1
			}
		}
	}
	for _, k := range e.docs {
		for _, t := range c.docs[k].tokens {
			for _, s := range a.parsed.Sizes {
				if t.kind == name.Number && s.Dimension == name.Content && isContent(c.words.words[t.word].key, s.Value) {
					return 1
				}
			}
		}
	}
	return 0
}

func isContent(number string, value float64) bool { return isBare(priceOf(number), value) }

// isBare tells whether a number without a unit is a content, in its base unit or in a thousand of it.
func isBare(v, content float64) bool { return v == content || v*1000 == content }

// bareSize finds the last number of a query without any content that is the content of
// one of the candidates, and no word of its name: beside «Гель 250 мл» and «Гель 500 мл»
// «Гель 250» tells a size.
func (c *Catalog) bareSize(a *asked, list []found) float64 {
	if len(sizesOf(a.parsed.Sizes, name.Content)) > 0 {
		return math.NaN()
	}
	for i := len(a.tokens) - 1; i >= 0; i-- {
		t := &a.tokens[i]
		if t.Kind != name.Number {
			continue
		}
		v := priceOf(t.Text)
		for _, x := range list {
			e := &c.entries[x.entry]
			if c.holds(e, v) && (t.word < 0 || !slices.Contains(e.words, t.word)) {
				return v
			}
		}
	}
	return math.NaN()
}

// holds tells whether a number without a unit is the content of an entry.
func (c *Catalog) holds(e *indexed, v float64) bool {
	for _, k := range e.docs {
		for _, s := range c.docs[k].sizes {
			if s.Dimension == name.Content && isBare(v, s.Value) {
				return true
			}
		}
	}
	return false
}

// agreeBare compares a number that is the content of some candidate with the contents of one.
func agreeBare(v float64, contents []name.Size) float32 {
	if slices.ContainsFunc(contents, func(s name.Size) bool { return isBare(v, s.Value) }) {
		return agreesLoosely
	}
	return contradicts
}

func (c *Catalog) entryTraits(e *indexed) name.Traits {
	var t name.Traits
	for _, k := range e.docs {
		d := c.docs[k].traits
		t.Colours |= d.Colours
		t.Form |= d.Form
		t.Strength |= d.Strength
		t.Set = t.Set || d.Set
	}
	return t
}

func agreeBits(x, y uint32) float32 {
	s, told := toldBy(x != 0, y != 0)
	switch {
	case !told:
		return s
	case x == y:
		return agrees
	case x&y != 0:
		return partlyAgrees
	}
	return contradicts
}

// agreeFlag compares attributes that are told by a word and whose absence tells the contrary.
func agreeFlag(x, y bool) float32 {
	switch {
	case x && y:
		return agrees
	case x:
		return queryOnly
	case y:
		return entryOnly
	}
	return nowhere
}

func hasPlus(a *asked) bool {
	return slices.ContainsFunc(a.tokens, func(t queryToken) bool { return t.Key == "plus" })
}

func (c *Catalog) entryHasPlus(e *indexed) bool {
	w := c.words.find("plus")
	return w >= 0 && slices.Contains(e.words, w)
}

// agreeBrand compares the brands of both, or looks for the one in the name of the other.
func (c *Catalog) agreeBrand(a *asked, e *indexed) float32 {
	if len(a.brand) > 0 && len(e.brand) > 0 {
		if a.brand[0] == e.brand[0] {
			return agrees
		}
		for _, x := range a.brand {
			for _, y := range e.brand {
				if name.Similar(x, y, false, "") > 0.8 {
					return agreesLoosely
				}
			}
		}
	}
	switch {
	case len(e.brand) > 0 && slices.ContainsFunc(a.tokens, func(t queryToken) bool { return t.Key == e.brand[0] }):
		return partlyAgrees
	case len(a.brand) > 0:
		if w := c.words.find(a.brand[0]); w >= 0 && slices.Contains(e.words, w) {
			return partlyAgrees
		}
	}
	if len(a.brand) > 0 && len(e.brand) > 0 {
		return contradicts
	}
	if len(a.brand)+len(e.brand) > 0 {
		return queryOnly
	}
	return nowhere
}

// measureNumbers compares the numbers without a unit.
func measureNumbers(a *asked, c *Catalog, d *document, v *[Features]float32) {
	for _, t := range a.tokens {
		if t.Kind != name.Number {
			continue
		}
		if slices.ContainsFunc(d.tokens, func(x docToken) bool { return x.word == t.word && t.word >= 0 }) || hasSize(d.sizes, t.Text) {
			v[fNumbersShared]++
			continue
		}
		v[fNumbersMiss]++
	}
	for _, x := range d.tokens {
		if x.kind != name.Number {
			continue
		}
		text := c.words.words[x.word].key
		if !slices.ContainsFunc(a.tokens, func(t queryToken) bool { return t.word == x.word }) && !hasSize(a.parsed.Sizes, text) {
			v[fNumbersExtra]++
		}
	}
}

func hasSize(sizes []name.Size, number string) bool {
	x := priceOf(number)
	return slices.ContainsFunc(sizes, func(s name.Size) bool {
		return s.Value == x || s.Value == 1000*x || s.Dimension == name.Length && close(s.Value, 25.4*x)
	})
}
