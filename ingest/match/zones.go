package match

import "math"

// Zones are the confidences that part decisions: from Map on a name is mapped
// without asking, below None it is said not to be in the catalogue.
type Zones struct{ Map, None float64 }

// DefaultZones hold for a distributor of which nothing is known: cautious.
func DefaultZones() Zones { return Zones{Map: promise, None: 0.06} }

// promise is the share of automatic mappings that must be right.
const promise = 0.995

// Audited is a mapping that a person has looked at: how sure the matcher was of it,
// and whether it was right.
type Audited struct {
	Confidence float64
	Right      bool
}

// ZonesFor measures the zones of one distributor by what people said of its names:
// answers to questions as well as samples of automatic mappings. Map becomes the
// least confidence from which on as many were right that the promise of 99.5 % holds
// with a probability of one half, counting a priori as if the default zones had been
// seen to hold for a while; it never falls below least. One wrong automatic mapping
// lifts it above the confidence of that mapping until enough right ones outweigh it.
func ZonesFor(history []Audited) Zones {
	z := DefaultZones()
	best := z.Map
	for _, at := range steps {
		right, wrong := 0, 0
		for _, h := range history {
			if h.Confidence < at {
				continue
			}
			if h.Right {
				right++
			} else {
				wrong++
			}
		}
		if upperError(right, wrong) <= 1-promise {
			best = min(best, at)
			continue
		}
		if wrong > 0 && at >= best {
			best = next(at, history)
		}
	}
	z.Map = best
	return z
}

// steps are the thresholds that are tried, from the most cautious on.
var steps = [...]float64{0.999, 0.997, 0.995, 0.99, 0.985, 0.98, 0.97, 0.96, 0.95, 0.93, 0.90}

// next is the threshold just above every wrong mapping, where automatic ones went wrong.
func next(at float64, history []Audited) float64 {
	for _, h := range history {
		if !h.Right {
			at = max(at, math.Nextafter(h.Confidence, 2))
		}
	}
	return at
}

// upperError bounds the share of errors from above, as seen from right and wrong ones:
// (wrong + 0.7) / n is close to the median of the posterior under a flat prior
// (Kerman 2011, "A closed-form approximation for the median of the beta distribution").
func upperError(right, wrong int) float64 {
	n := float64(right + wrong)
	return (float64(wrong) + 1 - 1.0/3) / (n + 2 - 2.0/3)
}
