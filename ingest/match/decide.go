package match

import "github.com/distbase/distbase/ingest/match/name"

// What exact agreement is worth as a probability. The promise of distbase is
// 99.5 % for what is mapped without asking; certain must stay over it.
const (
	certain      = 0.997
	contradicted = 0.6 // exact agreement against other sizes or a second entry
	elsewhere    = 0.97
	foreign      = 0.5  // an equal code under a name that has nothing of the entry's
	unshared     = 0.1  // nothing in common
	leastWeight  = 0.2  // over what fillers weigh together
	unknownWord  = 0.4  // weight of what the catalogue does not know from which it may be a brand
	alike        = 0.6  // similarity of words that are the same with a slip or two
	leastShared  = 0.25 // share of the query's words under which a name has nothing of an entry's
)

// foreignShare is the share of the null candidate from which a name is said not to be
// in the catalogue. One lesson in eight was of that kind; in reports, where competitors'
// goods stand too, they are rather one in two, which makes even odds of a share of one in six.
const foreignShare = 0.17

// decide turns the ranked list into candidates with confidence and decision.
func (c *Catalog) decide(a *asked, list []found, null, sure float64, k int) []Candidate {
	moved := liftExact(list)
	confidence, decision := c.zone(a, list, sure, null, moved)
	out := make([]Candidate, 0, min(k, len(list)))
	rest := null
	for _, x := range list[1:] {
		rest += x.share
	}
	for i, x := range list[:min(k, len(list))] {
		y := Candidate{ID: c.entries[x.entry].ID, Score: x.score, Confidence: confidence, Decision: decision, Reasons: c.reasons(a, &x, list, i == 0)}
		if i > 0 {
			// What the first one lacks may also belong to none at all.
			y.Confidence, y.Decision = min((1-confidence)*x.share/max(rest, 1e-9), confidence), Ask
			if decision == None {
				y.Decision = None
			}
		}
		out = append(out, y)
	}
	return out
}

// liftExact puts entries that a person or a barcode names over all others, and
// tells whether that changed the first one.
func liftExact(list []found) bool {
	first := list[0].entry
	for i := range list {
		list[i].score += list[i].evidence.bonus()
	}
	sortFound(list)
	return list[0].entry != first
}

// zone is the probability that the first candidate is right, and what follows from it.
func (c *Catalog) zone(a *asked, list []found, sure, null float64, moved bool) (float64, Decision) {
	x, zones := &list[0], c.zonesOf(a.Distributor)
	alone := rivals(list) == 1
	if p, d, ok := exactZone(x, alone, sure, moved); ok {
		return p, d
	}
	switch {
	case x.features[fCodeField] > entryOnly && x.features[fQueryUnion] < leastShared:
		return min(sure, foreign), Ask
	case !c.shares(a, x):
		return min(sure, unshared*float64(x.features[fQueryUnion])), None
	case sure >= zones.Map && !moved && a.bare != a.bare && contradictions(&x.features) == 0 && !anotherBrand(&x.features):
		return sure, Map
	case sure < zones.None, null >= foreignShare && sure < 0.5:
		return sure, None
	}
	return sure, Ask
}

// shares tells whether a name has a word or code in common with an entry, or one that is
// nearly alike: sizes and fillers name nothing.
func (c *Catalog) shares(a *asked, x *found) bool {
	v := &x.features
	if v[fSharedSum] > leastWeight || v[fCodeToken] > 0 || v[fCodeInName] > 0 || v[fFieldInName] > 0 || v[fCodeField] > entryOnly {
		return true
	}
	for i, s := range c.fitTo(a, &c.docs[x.doc]).query {
		if kind := a.tokens[i].Kind; s >= alike && (kind == name.Word || kind == name.Code) {
			return true
		}
	}
	return false
}

// anotherBrand tells names that lack the brand of the entry and have a word that nothing
// in the catalogue has: a competitor's goods of the same kind.
func anotherBrand(v *[Features]float32) bool {
	return v[fBrand] == queryOnly && v[fMissUnknown] >= unknownWord
}

// zonesOf are those of a distributor.
func (c *Catalog) zonesOf(distributor string) Zones {
	if z, ok := c.zones[distributor]; ok {
		return z
	}
	return DefaultZones()
}

// exactZone is the zone where something agrees exactly.
func exactZone(x *found, alone bool, sure float64, moved bool) (float64, Decision, bool) {
	e := x.evidence
	differ := x.features[fContent] == contradicts || x.features[fCount] == contradicts
	switch {
	case alone && (e.confirmed || e.barcode && !differ):
		return certain, Map, true
	case e.confirmed || e.barcode:
		return contradicted, Ask, true
	case e.name && alone && !differ && !moved:
		return max(sure, certain), Map, true
	case e.confirmedElse && alone:
		return max(sure, elsewhere), Ask, true
	case e.name && !alone:
		return min(sure, contradicted), Ask, true
	}
	return 0, Ask, false
}

// rivals counts the entries with the same kind of exact evidence as the first.
func rivals(list []found) int {
	n := 0
	for _, s := range list {
		if s.evidence.bonus() == list[0].evidence.bonus() && s.evidence.name == list[0].evidence.name {
			n++
		}
	}
	return n
}
