package outlet

import "strings"

// comparison is a query beside one outlet.
type comparison struct {
	x     *Index
	a     *asked
	d     *doc
	found [maxWords]float64 // how well the outlet has each word of the query
	where [maxWords]section // in which of its sections
}

// cover is how much of a section of the outlet the query has.
type cover struct {
	matched, total float64 // by weight
	similarity     float64 // weighted mean of those that match
	words          int
}

func (c cover) share() float64 {
	if c.total == 0 {
		return 0
	}
	return c.matched / c.total
}

// compare computes all features.
func (x *Index) compare(a *asked, d *doc) vector {
	c := comparison{x: x, a: a, d: d}
	var v vector
	street, loosely, town := c.cover(streets), c.cover(loose), c.cover(place)
	region := c.cover(area)
	c.names(&v)
	c.givens(&v)
	c.numerals(&v)
	c.tax(&v)
	c.street(&v, street, loosely)
	c.house(&v)
	c.places(&v, town, region)
	c.rest(&v)
	return v
}

// cover matches the words of a section, and notes which words of the query they are.
func (c *comparison) cover(s section) cover {
	var out cover
	for _, id := range c.d.section(s) {
		w := c.x.vocabulary.weight(id, len(c.x.byID)) + 0.02
		out.total += w
		out.words++
		l, ok := c.a.like[id]
		if !ok || c.isElsewhere(&c.a.words[l.word], s) {
			l, ok = c.slow(id, s)
		}
		if !ok {
			continue
		}
		if l.similarity > c.found[l.word] {
			c.found[l.word], c.where[l.word] = l.similarity, s
		}
		out.matched += w * l.similarity
		out.similarity += w * l.similarity * l.similarity
	}
	if out.matched > 0 {
		out.similarity /= out.matched
	}
	return out
}

// isElsewhere tells words of a town or region that are no street beside a street of the
// same query (Московская обл., ул. Кирова is not on Московская), and those of a region
// that are no town beside a town.
func (c *comparison) isElsewhere(w *word, s section) bool {
	switch s {
	case streets:
		return (w.section == area || w.section == place) && c.a.has(streets)
	case place:
		return w.section == area && c.a.has(place)
	}
	return false
}

// slow compares a word of the outlet with every word of the query: cut short, or too far off for the vocabulary.
func (c *comparison) slow(id uint32, s section) (likeness, bool) {
	text := c.x.vocabulary.texts[id]
	best := likeness{}
	for i := range c.a.words {
		w := &c.a.words[i]
		if (w.section == given) != (s == given) || w.section == numeral || w.text == "" || w.text[0] != text[0] || c.isElsewhere(w, s) {
			continue
		}
		if sim := w.resemblance(text, s); sim > best.similarity {
			best = likeness{i, sim}
		}
	}
	if best.similarity > initialLikeness { // initials mean only streets
		c.a.tie(id, best.word, best.similarity)
	}
	return best, best.similarity > 0
}

// What it is worth that a word is an initial of another, or that one is cut short.
const (
	initialLikeness = 0.6
	cutLikeness     = 0.8
)

// resemblance of a word with a word of a section of an outlet.
func (w *word) resemblance(text string, s section) float64 {
	switch {
	case s == streets && len(w.text) == 1 && len(text) > 1, w.section == streets && len(text) == 1 && len(w.text) > 1: // М. Горького
		return initialLikeness
	case abbreviates(w.text, text) && (w.dotted || len(w.text) > 4), abbreviates(text, w.text) && len(text) > 4:
		return cutLikeness
	}
	return similarity(w.text, text)
}

// names compares shop name, legal name and chain.
func (c *comparison) names(v *vector) {
	var best, second cover
	for _, s := range [...]section{naming, legal, chain} {
		k := c.cover(s)
		switch {
		case k.words == 0:
		case best.words == 0 || k.share() > best.share() || k.share() == best.share() && k.matched > best.matched:
			best, second = k, best
		case k.matched > second.matched:
			second = k
		}
	}
	v[nameCover], v[nameSecond] = best.share(), second.share()
	v[nameMass] = min(1, (best.matched+second.matched)/2)
	if best.matched > 0 {
		v[nameMisspelt] = 1 - best.similarity
	}
	has, lacks := c.namesAsked()
	if has+lacks > 0 {
		v[nameAsked] = has / (has + lacks)
	}
	v[nameAbsent] = flag(has+lacks == 0)
	v[nameLost] = min(1, lacks/2)
	v[nameWhole] = flag(best.words > 0 && best.share() > sameShare && v[nameAsked] > sameShare)
	v[formDiffers] = flag(c.a.form != noForm && c.d.form != noForm && c.a.form != c.d.form)
}

// namesAsked weighs the names of the query that the outlet has and lacks. Those
// that belong to its address count for neither.
func (c *comparison) namesAsked() (has, lacks float64) {
	for i, w := range c.a.words {
		switch s := c.where[i]; {
		case w.section > chain, c.found[i] > 0 && s > chain:
		default:
			has += c.a.weights[i] * c.found[i]
			lacks += c.a.weights[i] * (1 - c.found[i])
		}
	}
	return has, lacks
}

// givens compares initials and given names one by one. A given name that one
// side has among its other words counts too.
func (c *comparison) givens(v *vector) {
	theirs := c.d.section(given)
	n, agree := 0, 0
	i := 0
	for _, w := range c.a.words {
		if w.section != given {
			continue
		}
		if i < len(theirs) {
			n++
			agree += int(flag(sameGiven(w.text, c.x.vocabulary.texts[theirs[i]])))
		} else if len(theirs) == 0 {
			v[givenMissing] = 1
		}
		i++
	}
	if n == 0 {
		v[givenMissing] = flag(i > 0 || len(theirs) > 0)
		return
	}
	v[givenEqual], v[givenDiffers] = flag(agree == n), flag(agree < n)
}

// sameGiven compares a given name or initial with another.
func sameGiven(a, b string) bool {
	return strings.HasPrefix(a, b) || strings.HasPrefix(b, a) || len(a) > 3 && len(b) > 3 && similarity(a, b) > 0
}

// numerals compares the numbers of shops.
func (c *comparison) numerals(v *vector) {
	theirs := len(c.d.section(numeral))
	asks, equal := 0, 0
	for _, w := range c.a.words {
		if w.section != numeral || number32(w.text) == c.d.house.number && c.a.house.number == 0 {
			continue
		}
		asks++
		for _, id := range c.d.section(numeral) {
			equal += int(flag(c.x.vocabulary.texts[id] == w.text))
		}
	}
	switch {
	case asks > equal && theirs > equal: // «Ромашка-2000» № 5 is not № 7 of the same name
		v[numeralDiffers] = 1
	case equal > 0:
		v[numeralEqual] = 1
	case asks > 0 || theirs > 0:
		v[numeralMissing] = 1
	}
}

func (c *comparison) tax(v *vector) {
	tax := packTax(c.a.tax)
	switch {
	case tax == 0 || c.d.tax == 0:
	case tax == c.d.tax:
		v[taxEqual] = 1
	case digitApart(tax, c.d.tax):
		v[taxNear] = 1
	default:
		v[taxDiffers] = 1
	}
}

// digitApart tells numbers of one length that differ in a digit, or in two neighbours.
func digitApart(a, b uint64) bool {
	if a>>56 != b>>56 {
		return false
	}
	a, b = a&(1<<56-1), b&(1<<56-1)
	for i, pos := 0, 0; a != 0 || b != 0; a, b, pos = a/10, b/10, pos+1 {
		if a%10 == b%10 {
			continue
		}
		if i == 0 {
			i = pos + 1
		} else if pos > i {
			return false
		}
	}
	return true
}
