package outlet

import "sync"

// Index is a searchable list of outlets. It is safe for use by several goroutines.
type Index struct {
	mu         sync.RWMutex // guards all that follows
	model      Model
	docs       []doc
	byID       map[string]int32
	free       []int32 // places of removed outlets
	vocabulary *vocabulary
	keys       *postings
	arena      arena
	history    history
	scratch    sync.Pool
}

// doc is an outlet as it is compared.
type doc struct {
	id          string // "" for a removed one
	words       []uint32
	ends        [sections]uint8 // where each section ends in words
	form        form
	streetClass uint8
	shopClass   uint8
	taxKind     TaxKind
	tax         uint64
	house       house
	postcode    uint32
	unit        uint32
}

// section gives the words of a section.
func (d *doc) section(s section) []uint32 {
	from := uint8(0)
	if s > 0 {
		from = d.ends[s-1]
	}
	return d.words[from:d.ends[s]]
}

// arena hands out short slices from long ones, so that a million outlets are no million objects.
type arena struct{ free []uint32 }

func (a *arena) take(n int) []uint32 {
	if n > len(a.free) {
		a.free = make([]uint32, max(1<<14, n))
	}
	out := a.free[:n:n]
	a.free = a.free[n:]
	return out
}

// New indexes outlets. Of outlets with one ID the last is kept.
func New(entries []Entry, opt Options) *Index {
	x := &Index{
		model: DefaultModel(), docs: make([]doc, 0, len(entries)), byID: make(map[string]int32, len(entries)),
		vocabulary: newVocabulary(), history: history{},
	}
	if opt.Model != nil {
		x.model = *opt.Model
	}
	pairs := make([]uint64, 0, len(entries)*keysExpected)
	place := make(map[string]int, len(entries))
	for i, e := range entries {
		place[e.ID] = i
	}
	for i, e := range entries {
		if e.ID == "" || place[e.ID] != i {
			continue
		}
		n := int32(len(x.docs))
		x.docs = append(x.docs, x.docOf(e))
		x.byID[e.ID] = n
		x.vocabulary.eachKey(&x.docs[n], func(key uint32) { pairs = append(pairs, uint64(key)<<32|uint64(n)) })
	}
	x.vocabulary.seal()
	x.keys = newPostings(len(pairs))
	x.keys.fill(pairs)
	for _, c := range opt.History {
		x.remember(c)
	}
	return x
}

// Options says how outlets are to be searched. The zero value is the shipped model without history.
type Options struct {
	// Model is what was learned; nil for the shipped one.
	Model   *Model
	History []Confirmed
}

// docOf takes an entry apart and counts its words.
func (x *Index) docOf(e Entry) doc {
	p := parseEntry(e)
	d := doc{
		id: e.ID, form: p.form, streetClass: p.streetClass, shopClass: p.shopClass, taxKind: p.taxKind,
		tax: packTax(p.tax), house: p.house, postcode: p.postcode, unit: p.unit,
	}
	if d.house.number == 0 {
		d.house = p.looseHouse
	}
	d.words = x.arena.take(len(p.words))
	n := 0
	for s := section(0); s < sections; s++ {
		for i := range p.words {
			if p.words[i].section == s {
				d.words[n] = x.vocabulary.word(p.words[i].text)
				n++
			}
		}
		d.ends[s] = uint8(n)
	}
	x.count(&d, 1)
	return d
}

// count adds a document to the counts of its words, or takes it away.
func (x *Index) count(d *doc, by int32) {
	for i, w := range d.words {
		if contains(d.words[:i], w) {
			continue
		}
		x.vocabulary.count[w] += uint32(by)
	}
	for _, s := range [...]section{place, area} {
		for _, w := range d.section(s) {
			x.vocabulary.places[w] += uint32(by)
		}
	}
	for _, w := range d.section(streets) {
		x.vocabulary.streets[w] += uint32(by)
	}
}

func contains(list []uint32, w uint32) bool {
	for _, x := range list {
		if x == w {
			return true
		}
	}
	return false
}

// packTax is a taxpayer number with its length, 0 for none; a number of all zeros is none.
func packTax(digits string) uint64 {
	var n uint64
	for i := range len(digits) {
		n = n*10 + uint64(digits[i]-'0')
	}
	if n == 0 {
		return 0
	}
	return uint64(len(digits))<<56 | n
}

// Len is how many outlets there are.
func (x *Index) Len() int {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return len(x.byID)
}

// Put adds an outlet, or replaces the one of the same ID. Confirmed mappings to it stay.
func (x *Index) Put(e Entry) {
	if e.ID == "" {
		return
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	x.remove(e.ID)
	d := x.docOf(e)
	var n int32
	if k := len(x.free); k > 0 {
		n, x.free = x.free[k-1], x.free[:k-1]
		x.docs[n] = d
	} else {
		n = int32(len(x.docs))
		x.docs = append(x.docs, d)
	}
	x.byID[e.ID] = n
	x.vocabulary.eachKey(&x.docs[n], func(key uint32) { x.keys.add(key, uint32(n)) })
}

// Remove takes an outlet out; an unknown one is passed over.
func (x *Index) Remove(id string) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.remove(id)
}

func (x *Index) remove(id string) {
	n, ok := x.byID[id]
	if !ok {
		return
	}
	d := &x.docs[n]
	x.vocabulary.eachKey(d, func(key uint32) { x.keys.remove(key, uint32(n)) })
	x.count(d, -1)
	delete(x.byID, id)
	*d = doc{}
	x.free = append(x.free, n)
}
