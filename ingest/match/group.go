package match

import (
	"slices"

	"github.com/distbase/distbase/ingest/match/name"
)

// Group is names that mean the same, so that one answer serves them all. Show its
// members before an answer is applied to them.
type Group struct {
	// Members are indices into the queries, ascending.
	Members []int
	// Name is the canonical name of the first member.
	Name string
}

// GroupNames puts queries together, of whatever distributor, whose names are equal but
// for spelling (see Normalise), or whose barcodes are equal and whose sizes do not
// contradict each other. Groups stand in the order of their first members. The work
// grows with the number of queries only.
func GroupNames(queries []Query) []Group {
	parsed := make([]name.Name, len(queries))
	leader := make([]int, len(queries))
	byName, byBarcode := map[string]int{}, map[string]int{}
	for i, q := range queries {
		parsed[i], leader[i] = name.Parse(q.Name), i
		if canonical := parsed[i].Canonical(); canonical != "" {
			if first, ok := byName[canonical]; ok {
				leader[i] = leaderOf(leader, first)
			} else {
				byName[canonical] = i
			}
		}
		key := barcodeKey(q.Barcode)
		if key == "" {
			continue
		}
		first, ok := byBarcode[key]
		if !ok {
			byBarcode[key] = i
			continue
		}
		if !sizesContradict(parsed[first].Sizes, parsed[i].Sizes) {
			a, b := leaderOf(leader, first), leaderOf(leader, i)
			leader[max(a, b)] = min(a, b)
		}
	}
	at := map[int]int{}
	var out []Group
	for i := range queries {
		l := leaderOf(leader, i)
		k, ok := at[l]
		if !ok {
			k = len(out)
			at[l] = k
			out = append(out, Group{Name: parsed[i].Canonical()})
		}
		out[k].Members = append(out[k].Members, i)
	}
	return out
}

// leaderOf follows leaders to the first of a group, and shortens the way.
func leaderOf(leader []int, i int) int {
	for leader[i] != i {
		leader[i] = leader[leader[i]]
		i = leader[i]
	}
	return i
}

func sizesContradict(x, y []name.Size) bool {
	for _, dim := range []name.Dimension{name.Content, name.Count} {
		a, b := sizesOf(x, dim), sizesOf(y, dim)
		if len(a) > 0 && len(b) > 0 && !slices.ContainsFunc(a, func(s name.Size) bool { return slices.Contains(b, s) }) {
			return true
		}
	}
	return false
}
