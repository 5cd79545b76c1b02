package outlet

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/distbase/distbase/ingest/boost"
)

// Example is a query of an index and the ID of the outlet it means, "" for nobody.
type Example struct {
	Query Query
	Want  string
}

// Lesson is an index and what is known about queries to it.
type Lesson struct {
	Entries  []Entry
	Examples []Example
}

// Train learns a model; the same lessons give the same one. There must be three
// or more. The weights of the score are learned on a third of the lessons, the
// confidence on another, so that it sees scores of queries that the weights have
// not seen, and the threshold of mapping on the last, for the same reason.
func Train(lessons []Lesson, report func(step string)) (Model, error) {
	var m Model
	third := (len(lessons) + 2) / 3
	m.Rank = firstGuess()
	for range 2 { // the second time the candidates come from learned scores
		m.Rank = trainRank(pairsOf(lessons[:third], m), m.Rank)
	}
	report("weights ready")
	rows, right := evidenceFor(lessons[third:len(lessons)-third/2], m)
	var err error
	if m.Base, m.Sure, err = sure(rows, right); err != nil {
		return m, fmt.Errorf("learn the confidence: %w", err)
	}
	report("confidence ready")
	m.MapFrom = m.threshold(evidenceFor(lessons[len(lessons)-third/2:], m))
	m.NoneUnder = noneUnder
	return m, nil
}

// sure learns the probability that the first candidate is right: each row is a list of
// its own beside the null row.
func sure(rows []evidence, right []bool) (float64, *boost.Model, error) {
	positive := 1.0
	for _, r := range right {
		positive += flag(r)
	}
	base := math.Round(1e6*math.Log(positive/(float64(len(rows))+2-positive))) / 1e6
	lists := make([]boost.List, len(rows))
	for i := range rows {
		lists[i] = boost.List{Rows: [][]float32{rows[i][:]}, Right: -1, Base: []float64{base}}
		if right[i] {
			lists[i].Right = 0
		}
	}
	m, err := boost.Train(lists, boost.Settings{Trees: 160, Leaves: 16, Rate: 0.08, MinChild: 8, Lambda: 4, Lists: 1, Columns: 1, Directions: directions()})
	return base, m, err
}

// directions says of each piece of evidence that more of it can only make surer (1), the opposite (-1), or neither (0).
func directions() []int8 {
	d := make([]int8, evidences)
	for f := range d {
		d[f] = direction(f)
	}
	return d
}

func direction(f int) int8 {
	switch {
	case f == leadEvidence, f == thirdEvidence, f >= restEvidence:
		return 1
	case f == rivalsEvidence:
		return -1
	}
	switch feature(f) {
	case nameCover, nameSecond, nameAsked, givenEqual, numeralEqual, taxEqual, streetCover, houseSame, placeSame, areaSame, postcodeSame, nameWhole, addressWhole, bothWhole, taxAndAddress, chainWhole:
		return 1
	case nameLost, nameMisspelt, givenDiffers, numeralDiffers, formDiffers, taxDiffers, streetMisspelt, streetDiffers, streetClassDiffers, houseOther, houseOtherPart, placeOther, areaOther, postcodeOther, addressLost:
		return -1
	}
	return 0
}

const (
	// wanted is the precision that MapFrom is laid out for. It is over the 99.5 %
	// that are promised, since the world is not the sample.
	wanted = 0.998
	// noneUnder is the probability that any of the first candidates is right under which nobody is.
	noneUnder = 0.1
)

// evidenceFor gathers what the confidence of each query rests on, and whether its first candidate is right.
func evidenceFor(lessons []Lesson, m Model) (rows []evidence, right []bool) {
	for _, l := range lessons {
		x := New(l.Entries, Options{Model: &m})
		for _, ex := range l.Examples {
			a := x.ask(ex.Query)
			if list := x.scored(a); len(list) > 0 {
				rows = append(rows, a.evidenceOf(list))
				right = append(right, x.docs[list[0].doc].id == ex.Want)
			}
		}
	}
	return rows, right
}

// threshold is the least confidence from which on the first candidates are right as often as wanted.
func (m *Model) threshold(rows []evidence, right []bool) float64 {
	type row struct {
		confidence float64
		right      bool
	}
	list := make([]row, len(rows))
	for i := range rows {
		list[i] = row{m.confidence(&rows[i]), right[i]}
	}
	slices.SortStableFunc(list, func(a, b row) int { return cmp.Compare(b.confidence, a.confidence) })
	from, good := 1.0, 0
	for i, r := range list {
		good += int(flag(r.right))
		if float64(good) >= wanted*float64(i+1) {
			from = r.confidence
		}
	}
	return math.Round(max(from, 0.97)*1e4) / 1e4
}

// firstGuess ranks well enough to learn from.
func firstGuess() Weights {
	var w Weights
	for f, x := range map[feature]float64{
		nameCover: 4, nameAsked: 3, nameMass: 2, taxEqual: 4, streetCover: 3, houseSame: 3, houseLoose: 2, houseOther: -3, placeSame: 2, placeOther: -3, numeralEqual: 3, nameWhole: 1, addressWhole: 1,
	} {
		w[f] = x
	}
	return w
}

// group are the candidates of a query, of which the one at right is right.
type group struct {
	vectors []vector
	right   int
}

// pairsOf gathers the queries whose outlet was retrieved among others.
func pairsOf(lessons []Lesson, m Model) []group {
	var out []group
	for _, l := range lessons {
		x := New(l.Entries, Options{Model: &m})
		for _, ex := range l.Examples {
			g := group{right: -1}
			list := x.scored(x.ask(ex.Query))
			for i, s := range list[:min(12, len(list))] {
				if x.docs[s.doc].id == ex.Want {
					g.right = i
				}
				g.vectors = append(g.vectors, s.vector)
			}
			if g.right >= 0 && len(g.vectors) > 1 {
				out = append(out, g)
			}
		}
	}
	return out
}

// trainRank maximises the likelihood of the right candidates under a softmax of
// the scores (ListNet's top-one case, Cao et al. 2007) by full gradients with Adam.
func trainRank(groups []group, w Weights) Weights {
	const steps, rate, decay = 400, 0.05, 0.0005
	var m1, m2 Weights
	for step := 1; step <= steps; step++ {
		var gradient Weights
		for i := range groups {
			groups[i].addGradient(&w, &gradient)
		}
		for f := range w {
			d := -gradient[f]/float64(len(groups)) + decay*w[f]
			m1[f] = 0.9*m1[f] + 0.1*d
			m2[f] = 0.999*m2[f] + 0.001*d*d
			a, b := m1[f]/(1-math.Pow(0.9, float64(step))), m2[f]/(1-math.Pow(0.999, float64(step)))
			w[f] -= rate * a / (math.Sqrt(b) + 1e-8)
		}
	}
	for f := range w {
		w[f] = math.Round(w[f]*1e4) / 1e4
	}
	return w
}

func (g *group) addGradient(w, gradient *Weights) {
	m := Model{Rank: *w}
	p := make([]float64, len(g.vectors))
	top, sum := math.Inf(-1), 0.0
	for i := range g.vectors {
		p[i] = m.score(&g.vectors[i])
		top = max(top, p[i])
	}
	for i := range p {
		p[i] = math.Exp(p[i] - top)
		sum += p[i]
	}
	for i := range p {
		d := -p[i] / sum
		if i == g.right {
			d++
		}
		for f, v := range g.vectors[i] {
			gradient[f] += d * v
		}
	}
}
