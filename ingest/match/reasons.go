package match

import (
	"fmt"
	"strings"

	"github.com/distbase/distbase/ingest/match/name"
)

// reasons say in machine words what speaks for a candidate and what against it, the weightiest first.
func (c *Catalog) reasons(a *asked, x *found, list []found, first bool) []string {
	r := x.evidence.reasons()
	if n := rivals(list); first && x.evidence.names() && n > 1 {
		r = append(r, fmt.Sprintf("several:%d", n))
	}
	v := &x.features
	e := &c.entries[x.entry]
	for _, dim := range []name.Dimension{name.Content, name.Count} {
		r = append(r, c.sizeReason(a, e, dim, v)...)
	}
	r = append(r, traitReasons(v)...)
	switch {
	case !x.evidence.code && v[fCodeInName] >= 2:
		r = append(r, "code_in_name:"+e.Code)
	case v[fCodeField] == contradicts:
		r = append(r, "code_differs")
	}
	if d := abs(v[fPriceLevel]); d > farPrice {
		r = append(r, "price_far")
	}
	if v[fTaken] > confident {
		r = append(r, "taken")
	}
	return append(r, c.wordReasons(a, x)...)
}

// farPrice is the logarithm of the ratio of a price to the expected one from which it is worth a word: two thirds more.
const farPrice = 0.5

// traitReasons are those of attributes that words tell.
func traitReasons(v *[Features]float32) []string {
	var r []string
	if v[fBrand] >= partlyAgrees {
		r = append(r, "brand_equal")
	}
	for _, p := range [...]struct {
		f    feature
		word string
	}{{fColour, "colour"}, {fStrength, "strength"}, {fForm, "form"}, {fDilution, "dilution"}, {fTechnical, "technical"}} {
		switch v[p.f] {
		case agrees:
			r = append(r, p.word+"_equal")
		case contradicts:
			r = append(r, p.word+"_differs")
		}
	}
	if oneSided(v[fPlus]) || oneSided(v[fSet]) {
		r = append(r, "version_differs")
	}
	if v[fNumbersMiss]+v[fNumbersExtra] > 0 && v[fNumbersShared] == 0 && v[fBareContent] == 0 {
		r = append(r, "number_differs")
	}
	return r
}

func oneSided(x float32) bool { return x == queryOnly || x == entryOnly }

// sizeReason compares volumes or counts.
func (c *Catalog) sizeReason(a *asked, e *indexed, dim name.Dimension, v *[Features]float32) []string {
	f := fContent
	if dim == name.Count {
		f = fCount
	}
	x, y := sizesOf(a.parsed.Sizes, dim), c.entrySizes(e, dim)
	switch {
	case v[f] >= partlyAgrees:
		return []string{"size_equal:" + sizeText(x)}
	case v[f] == contradicts:
		return []string{"size_differs:" + sizeText(x) + "/" + sizeText(y)}
	case dim == name.Content && v[f] == entryOnly && v[fBareContent] == 0:
		return []string{"size_missing:" + sizeText(y)}
	case dim == name.Content && v[fBareContent] > 0:
		return []string{"size_equal"}
	}
	return nil
}

func sizeText(sizes []name.Size) string {
	var out []string
	for _, s := range sizes {
		out = append(out, s.String())
	}
	return strings.Join(out, "+")
}

// maxWords is how many words a reason names.
const maxWords = 3

// wordReasons name the telling words that both have and that one lacks.
func (c *Catalog) wordReasons(a *asked, x *found) []string {
	f := c.fitTo(a, &c.docs[x.doc])
	var shared, missing []string
	for i, t := range a.tokens {
		switch {
		case t.Kind == name.Filler || t.weight < 0.2:
		case f.query[i] >= nearly && len(shared) < maxWords:
			shared = append(shared, t.Text)
		case f.query[i] < 0.5 && len(missing) < maxWords:
			missing = append(missing, t.Text)
		}
	}
	var r []string
	if len(shared) > 0 {
		r = append(r, "words:"+strings.Join(shared, "+"))
	}
	if len(missing) > 0 {
		r = append(r, "words_missing:"+strings.Join(missing, "+"))
	}
	return r
}
