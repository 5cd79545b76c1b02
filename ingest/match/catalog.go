package match

import (
	"cmp"
	"slices"
	"strings"
	"sync"
)

// Catalog is a searchable list of entries. It is safe for use by several goroutines.
type Catalog struct {
	kind    Kind
	entries []Entry
	byID    map[string]int32
	docs    []document // one a name of an entry
	index   *index
	names   map[string][]int32 // normalised name -> entries
	codes   map[string][]int32
	barcode map[string][]int32
	inn     map[string][]int32

	mu      sync.RWMutex
	history map[historyKey][]string // guarded by mu: IDs confirmed for a name; distributor "" for all of them
}

type historyKey struct{ name, distributor string }

// document is one name of an entry as it is indexed.
type document struct {
	entry int32
	normal
}

// NewCatalog indexes entries. Of entries with one ID the first is kept.
func NewCatalog(entries []Entry, opt Options) *Catalog {
	c := &Catalog{
		kind: opt.Kind, byID: map[string]int32{}, names: map[string][]int32{}, codes: map[string][]int32{},
		barcode: map[string][]int32{}, inn: map[string][]int32{}, history: map[historyKey][]string{},
	}
	var texts [][]string
	for _, e := range entries {
		if _, dup := c.byID[e.ID]; dup {
			continue
		}
		i := int32(len(c.entries))
		c.entries = append(c.entries, e)
		c.byID[e.ID] = i
		for _, name := range c.namesOf(e) {
			n := normalise(name)
			if len(n.words) == 0 {
				continue
			}
			c.docs = append(c.docs, document{i, n})
			texts = append(texts, n.words)
			add(c.names, strings.Join(n.words, " "), i)
		}
		add(c.codes, codeKey(e.Code), i)
		for _, b := range strings.Fields(e.Barcode) {
			add(c.barcode, barcodeKey(b), i)
		}
		add(c.inn, innKey(e.INN), i)
	}
	c.index = newIndex(texts)
	for _, h := range opt.History {
		c.Remember(h)
	}
	return c
}

// namesOf are the texts an entry is found by. Outlets share shop names, so the place belongs to the name.
func (c *Catalog) namesOf(e Entry) []string {
	names := append([]string{e.Name}, e.Other...)
	if c.kind == Outlets {
		for i, n := range names {
			names[i] = outletText(n, e.City, e.Address)
		}
	}
	slices.Sort(names[1:])
	return slices.Compact(names)
}

func outletText(name, city, address string) string {
	if city != "" && !strings.Contains(strings.ToLower(address), strings.ToLower(city)) {
		address = city + " " + address
	}
	return name + " " + address
}

func add(m map[string][]int32, key string, entry int32) {
	if key != "" && !slices.Contains(m[key], entry) {
		m[key] = append(m[key], entry)
	}
}

// Remember takes a confirmed mapping into account from now on. Mappings to entries the catalogue lacks are passed over.
func (c *Catalog) Remember(h Confirmed) {
	name := Normalise(h.Name)
	if _, known := c.byID[h.ID]; !known || name == "" {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, distributor := range []string{h.Distributor, ""} {
		k := historyKey{name, distributor}
		if !slices.Contains(c.history[k], h.ID) {
			c.history[k] = append(c.history[k], h.ID)
		}
		if h.Distributor == "" {
			return
		}
	}
}

// confirmed gives the IDs confirmed for a name by a distributor, "" for all.
func (c *Catalog) confirmed(name, distributor string) []string {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return slices.Clone(c.history[historyKey{name, distributor}])
}

// scored is an entry on its way to become a candidate.
type scored struct {
	entry    int32
	cosine   float64
	score    float64
	sizes    agreement
	numbers  bool // the numbers of both names differ
	evidence evidence
}

// breadth is how many more names are looked at than candidates are wanted:
// sizes reorder them, and several may belong to one entry.
const breadth = 30

// Rank gives the k likeliest entries for a query, best first, fewer where fewer are similar at all.
func (c *Catalog) Rank(q Query, k int) []Candidate {
	if k <= 0 {
		return nil
	}
	text := q.Name
	if c.kind == Outlets {
		text = outletText(q.Name, q.City, q.Address)
	}
	n := normalise(text)
	found := map[int32]*scored{}
	for _, h := range c.index.search(n.words, k+breadth) {
		d := c.docs[h.doc]
		s := c.assess(n, d, min(h.score, 1))
		if old := found[d.entry]; old == nil || s.score > old.score {
			found[d.entry] = &s
		}
	}
	c.addExact(q, n, found)
	list := make([]*scored, 0, len(found))
	for _, s := range found {
		s.score += s.evidence.bonus()
		list = append(list, s)
	}
	slices.SortFunc(list, func(a, b *scored) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.entry, b.entry))
	})
	out := c.decide(list)
	return out[:min(k, len(out))]
}

// What a contradiction or an agreement of sizes is worth in score, as a factor of the cosine.
const (
	sizeDiffers = 0.75
	sizeEqual   = 1.08
)

// assess scores one name of an entry.
func (c *Catalog) assess(q normal, d document, cosine float64) scored {
	s := scored{entry: d.entry, cosine: cosine, score: cosine, numbers: numbersDiffer(q, d.normal)}
	if c.kind == Outlets {
		return s
	}
	switch s.sizes = compareSizes(q, d.normal); {
	case s.sizes.differ:
		s.score *= sizeDiffers
	case s.sizes.equal:
		s.score *= sizeEqual
	}
	return s
}
