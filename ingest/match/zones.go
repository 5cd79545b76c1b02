package match

import (
	"cmp"
	"maps"
	"math"
	"slices"
)

// Zones are the confidences that part decisions: from Map on a name is mapped
// without asking, below None it is said not to be in the catalogue.
type Zones struct{ Map, None float64 }

// promise is the share of automatic mappings that must be right.
const promise = 0.995

// cautious is the confidence from which names of a distributor map by themselves of
// which nothing is known yet: confidence is calibrated over other distributors.
const cautious = 0.998

// DefaultZones hold for a distributor of which nothing is known.
func DefaultZones() Zones { return Zones{Map: cautious, None: 0.06} }

// Audited is a mapping that a person has looked at: how sure the matcher was of it,
// and whether it was right. Answers to questions count as well as samples of
// automatic mappings.
type Audited struct {
	Confidence float64
	Right      bool
}

// lowestMap is the confidence under which nothing maps by itself, however good a history is.
const lowestMap = 0.9

// ZonesFor measures the zones of one distributor by what people said of its names.
//
// Map is the least confidence such that of the names from it on at most 0.5 % were
// wrong, as far as their number can tell: the share of errors is the median of its
// posterior, (wrong + 2/3) / (n + 4/3) (Kerman 2011), so that some 130 right ones in a
// row are needed to go below the default, and a new distributor starts cautious. One
// wrong automatic mapping lifts Map over its confidence, until enough right ones
// outweigh it. None is the greatest confidence, up to one in four, such that no more
// than one in twenty below it was right.
func ZonesFor(history []Audited) Zones {
	list := slices.Clone(history)
	slices.SortFunc(list, func(a, b Audited) int { return cmp.Compare(b.Confidence, a.Confidence) })
	z := DefaultZones()
	z.Map = mapFrom(list, z.Map)
	z.None = noneBelow(list, z.None)
	return z
}

// mapFrom looks for the least threshold that holds; list is sorted, the surest first.
func mapFrom(list []Audited, def float64) float64 {
	lowest, wrong, top := math.Inf(1), 0, 0.0
	for i, x := range list {
		if x.Confidence < lowestMap {
			break
		}
		if !x.Right {
			wrong++
			top = max(top, x.Confidence)
		}
		if i+1 < len(list) && list[i+1].Confidence == x.Confidence {
			continue
		}
		if (float64(wrong)+2.0/3)/(float64(i+1)+4.0/3) <= 1-promise {
			lowest = x.Confidence
		}
	}
	switch {
	case lowest < def || lowest < 2 && wrong > 0 && top >= def:
		return lowest
	case top >= def:
		return math.Nextafter(top, 2)
	}
	return def
}

// noneBelow looks for the greatest threshold below which hardly any was right.
func noneBelow(list []Audited, def float64) float64 {
	best, right, n := def, 0, 0
	for i := len(list) - 1; i >= 0 && list[i].Confidence < 0.25; i-- {
		if n++; list[i].Right {
			right++
		}
		if n >= 20 && 20*right <= n {
			best = max(best, list[i].Confidence)
		}
	}
	return best
}

// Sample tells whether an automatic mapping is to be shown to a person: one in every
// so many, chosen by its key, so that asking again gives the same. A distributor with
// few audited mappings is looked at more often.
func Sample(key string, audited int) bool {
	every := uint32(5)
	switch {
	case audited >= 1000:
		every = 100
	case audited >= 200:
		every = 30
	case audited >= 50:
		every = 12
	}
	return hash(key)%every == 0
}

// SetZones lets z part the decisions about a distributor's names from now on.
func (c *Catalog) SetZones(distributor string, z Zones) {
	c.mu.Lock()
	defer c.mu.Unlock()
	zones := maps.Clone(c.zones) // the caller's map stays as it is
	if zones == nil {
		zones = map[string]Zones{}
	}
	zones[distributor] = z
	c.zones = zones
}
