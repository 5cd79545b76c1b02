package match

import (
	"context"
	"slices"
	"strings"
	"sync"

	"github.com/distbase/distbase/ingest/match/name"
)

// Catalog is a searchable list of entries. It is safe for use by several goroutines.
type Catalog struct {
	model  *Model
	levels levels

	mu      sync.RWMutex     // guards all below
	zones   map[string]Zones // of a distributor
	entries []indexed
	byID    map[string]int32
	docs    []document // one a name of an entry
	words   *vocabulary
	index   *index
	names   map[string][]int32 // canonical name -> entries
	codes   map[string][]int32
	barcode map[string][]int32
	history history
}

// indexed is an entry as it is searched.
type indexed struct {
	Entry
	docs   []int32
	words  []int32 // distinct ones of all names
	code   string  // compact
	brand  []string
	prices []float64
	gone   bool
}

// document is one name of an entry.
type document struct {
	entry     int32
	tokens    []docToken
	sizes     []name.Size
	traits    name.Traits
	canonical string
}

type docToken struct {
	word  int32
	kind  name.Kind
	latin bool
	short bool
	tail  string
}

// NewCatalog indexes entries. Of entries with one ID the first is kept.
func NewCatalog(entries []Entry, opt Options) *Catalog {
	c := &Catalog{
		model: opt.Model, byID: map[string]int32{}, words: newVocabulary(), index: newIndex(), names: map[string][]int32{},
		codes: map[string][]int32{}, barcode: map[string][]int32{}, history: history{}, levels: levels{m: map[string]level{}}, zones: opt.Zones,
	}
	if c.model == nil {
		c.model = DefaultModel()
	}
	var grams [][]uint32
	read := make([][]reading, len(entries))
	// Taking names apart is half of the work, and needs nothing of the others.
	_ = Parallel(context.Background(), len(entries), func(i int) { read[i] = readNames(entries[i]) })
	for i, e := range entries {
		if _, dup := c.byID[e.ID]; !dup {
			grams = append(grams, c.take(e, read[i])...)
		}
		read[i] = nil
	}
	for _, g := range grams {
		c.index.weigh(g)
	}
	for _, h := range opt.History {
		c.Remember(h)
	}
	return c
}

// Add takes one more entry in, in place of the one with its ID if there is one.
func (c *Catalog) Add(e Entry) {
	names := readNames(e)
	c.mu.Lock()
	defer c.mu.Unlock()
	if i, ok := c.byID[e.ID]; ok {
		c.drop(i)
	}
	for _, g := range c.take(e, names) {
		c.index.weigh(g)
	}
}

// Remove takes an entry out. Mappings confirmed to it are kept, and count again if it returns.
func (c *Catalog) Remove(id string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if i, ok := c.byID[id]; ok {
		c.drop(i)
	}
}

// drop leaves the names in the index, where searches pass over them.
func (c *Catalog) drop(i int32) {
	e := &c.entries[i]
	e.gone = true
	delete(c.byID, e.ID)
	for _, w := range e.words {
		c.words.words[w].df--
	}
	c.words.entries--
}

// reading is a name of an entry taken apart.
type reading struct {
	name.Name
	canonical string
	grams     []uint32
}

func readNames(e Entry) []reading {
	out := make([]reading, 0, 1+len(e.Other))
	for _, text := range append([]string{e.Name}, e.Other...) {
		n := name.Parse(text)
		if canonical := n.Canonical(); canonical != "" {
			out = append(out, reading{n, canonical, gramsOf(n, e.Code)})
		}
	}
	return out
}

// take indexes an entry and gives the grams of its names, which are to be weighed.
func (c *Catalog) take(e Entry, names []reading) [][]uint32 {
	i := int32(len(c.entries))
	x := indexed{Entry: e, code: name.Compact(e.Code), brand: keysOf(e.Brand), prices: pricesOf(e)}
	c.byID[e.ID] = i
	c.words.entries++
	var grams [][]uint32
	for _, n := range names {
		d := document{entry: i, sizes: n.Sizes, traits: n.Traits, canonical: n.canonical}
		if slices.ContainsFunc(x.docs, func(k int32) bool { return c.docs[k].canonical == d.canonical }) {
			continue
		}
		for _, t := range n.Tokens {
			w := c.words.take(t.Key)
			d.tokens = append(d.tokens, docToken{w, t.Kind, t.Latin, t.Short, t.Tail})
			if !slices.Contains(x.words, w) {
				x.words = append(x.words, w)
				c.words.words[w].df++
			}
		}
		doc := int32(len(c.docs))
		x.docs = append(x.docs, doc)
		c.index.add(doc, n.grams)
		grams = append(grams, n.grams)
		c.docs = append(c.docs, d)
		add(c.names, d.canonical, i)
	}
	c.entries = append(c.entries, x)
	add(c.codes, codeKey(e.Code), i)
	for _, b := range strings.Fields(e.Barcode) {
		add(c.barcode, barcodeKey(b), i)
	}
	return grams
}

// gramsOf are the distinct grams of a name and a code.
func gramsOf(n name.Name, code string) []uint32 {
	var out []uint32
	for _, t := range n.Tokens {
		if t.Kind != name.Filler {
			out = appendGrams(out, t.Key)
		}
	}
	for _, s := range n.Sizes {
		out = append(out, hash(s.String()))
	}
	if key := name.Compact(code); len(key) > 2 {
		out = appendGrams(out, key)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// keysOf are the keys of the words of a brand.
func keysOf(text string) []string {
	var out []string
	for _, t := range name.Parse(text).Tokens {
		if t.Kind != name.Filler {
			out = append(out, t.Key)
		}
	}
	return out
}

func add(m map[string][]int32, key string, entry int32) {
	if key != "" && !slices.Contains(m[key], entry) {
		m[key] = append(m[key], entry)
	}
}

// Normalise gives the form under which names are the same: lower case, е for ё, one
// alphabet a word, words and numbers parted by blanks, sizes in millilitres, grams
// and pieces, words of promotion left out.
func Normalise(text string) string { return name.Parse(text).Canonical() }
