package match

import (
	"math"

	"github.com/distbase/distbase/ingest/boost"
)

// sureRow gathers what the confidence of the first candidate rests on.
func sureRow(list []found, null float64) []float32 {
	row := make([]float32, sureFeatures)
	copy(row, list[0].features[:])
	second := 1e-6
	if len(list) > 1 {
		second = max(second, list[1].share)
		row[sureNext] = float32(contradictions(&list[1].features) - contradictions(&list[0].features))
	}
	row[sureShare] = float32(logOdds(list[0].share))
	row[sureLead] = float32(math.Log(list[0].share / second))
	row[sureNull] = float32(logOdds(null))
	row[surePrice] = abs(list[0].features[fPriceLevel])
	v := &list[0].features
	for i := 1; i < len(list); i++ {
		w := &list[i].features
		nearer := !(abs(w[fPriceLevel]) > abs(v[fPriceLevel])+0.1)
		if w[fQueryUnion] >= v[fQueryUnion]-0.02 && contradictions(w) <= contradictions(v) && nearer {
			row[sureRivals]++
		}
	}
	return row
}

// logOdds is the logit, bounded.
func logOdds(p float64) float64 {
	p = min(max(p, 1e-6), 1-1e-6)
	return math.Log(p / (1 - p))
}

// sureOf is the probability that the first candidate is right: its share, mended by the trees.
func sureOf(m *boost.Model, row []float32) float64 {
	return 1 / (1 + math.Exp(-float64(row[sureShare])-m.Score(row)))
}
