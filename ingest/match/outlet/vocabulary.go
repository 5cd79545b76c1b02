package outlet

import (
	"cmp"
	"math"
	"slices"
)

// vocabulary numbers the folded words of all outlets, knows how many outlets
// have each, and finds the ones that a misspelt word may be.
type vocabulary struct {
	ids     map[string]uint32
	texts   []string
	stemOf  []uint32
	count   []uint32 // outlets with the word
	places  []uint32 // of them, as place or area
	streets []uint32 // of them, as street
	stemIDs map[string]uint32
	members [][]uint32 // words of a stem
	near    *postings  // hash of a stem with one letter left out -> stem
	pending []uint64   // pairs for near while the index is built
	built   bool
}

func newVocabulary() *vocabulary {
	return &vocabulary{ids: map[string]uint32{}, stemIDs: map[string]uint32{}}
}

// seal ends the building: what is added later goes into near one by one.
func (v *vocabulary) seal() {
	v.near = newPostings(len(v.pending))
	v.near.fill(v.pending)
	v.pending, v.built = nil, true
}

// word is the number of a word, which is added where it is new.
func (v *vocabulary) word(text string) uint32 {
	if id, ok := v.ids[text]; ok {
		return id
	}
	id := uint32(len(v.texts))
	v.ids[text] = id
	v.texts = append(v.texts, text)
	v.count = append(v.count, 0)
	v.places = append(v.places, 0)
	v.streets = append(v.streets, 0)
	short := stem(text)
	st := v.stem(short)
	v.stemOf = append(v.stemOf, st)
	v.members[st] = append(v.members[st], id)
	if short != text {
		v.addNear(text, st)
	}
	return id
}

func (v *vocabulary) stem(text string) uint32 {
	if id, ok := v.stemIDs[text]; ok {
		return id
	}
	id := uint32(len(v.members))
	v.stemIDs[text] = id
	v.members = append(v.members, nil)
	v.addNear(text, id)
	return id
}

// addNear makes a stem found by what is near a text.
func (v *vocabulary) addNear(text string, id uint32) {
	eachNear(text, func(h uint32) {
		if v.built {
			v.near.add(h, id)
			return
		}
		v.pending = append(v.pending, uint64(h)<<32|uint64(id))
	})
}

// eachNear gives the hashes under which a stem is found by words that differ in
// a letter or two (Garbe's symmetric deletion) or in vowels only.
func eachNear(text string, yield func(uint32)) {
	n := len(text)
	if n < 4 || n > 24 || text[0] >= '0' && text[0] <= '9' {
		return
	}
	yield(hashText(text, "", 0))
	for i := range n {
		if i == 0 || text[i] != text[i-1] {
			yield(hashText(text[:i], text[i+1:], 0))
		}
	}
	if s := skeleton(text); s != "" {
		yield(hashText(s, "", 1))
	}
}

// hashText is FNV-1a over two pieces.
func hashText(a, b string, seed uint32) uint32 {
	h := uint32(2166136261) ^ seed*0x9e3779b9
	for i := range len(a) {
		h = (h ^ uint32(a[i])) * 16777619
	}
	for i := range len(b) {
		h = (h ^ uint32(b[i])) * 16777619
	}
	return h ^ h>>15
}

// weight is the inverse document frequency of a word among n outlets, 0 to about 1.
func (v *vocabulary) weight(id uint32, n int) float64 { return rarity(int(v.count[id]), n) }

// rarity is the logarithm of how few of n outlets have something, as a part of the greatest possible.
func rarity(count, n int) float64 {
	n = max(n, 20)
	return math.Log(float64(n+1)/float64(count+1)) / math.Log(float64(n+1))
}

// variant is a stem that a word may stand for.
type variant struct {
	stem       uint32
	similarity float64
}

// variants are the stems that a word may stand for, best first, the word's own included.
func (v *vocabulary) variants(text string, limit int) []variant {
	st := stem(text)
	var out []variant
	if id, ok := v.stemIDs[st]; ok {
		out = append(out, variant{id, 1})
		limit = min(limit, 3)
	}
	look := func(h uint32) {
		list := v.near.of(h)
		for _, x := range list[:min(len(list), nearRead)] {
			id := uint32(x)
			if slices.ContainsFunc(out, func(o variant) bool { return o.stem == id }) {
				continue
			}
			if s := v.nearness(st, text, id); s > 0 {
				out = append(out, variant{id, s})
			}
		}
	}
	eachNear(st, look)
	if st != text {
		eachNear(text, look)
	}
	slices.SortStableFunc(out, func(a, b variant) int {
		return cmp.Or(cmp.Compare(b.similarity, a.similarity), cmp.Compare(a.stem, b.stem))
	})
	return out[:min(limit, len(out))]
}

// nearRead bounds how many stems of one hash are looked at.
const nearRead = 64

// nearness is the greatest similarity of a word, or its stem, with the words of a stem, or with itself.
func (v *vocabulary) nearness(st, text string, id uint32) float64 {
	members := v.members[id]
	best := similarity(st, stem(v.texts[members[0]]))
	for _, w := range members[:min(len(members), 4)] {
		best = max(best, similarity(text, v.texts[w]))
	}
	return best
}
