package match

import (
	"cmp"
	"math"
	"slices"

	"github.com/distbase/distbase/ingest/match/name"
	"github.com/shopspring/decimal"
)

// FactorQuestion is what is known of the units of an item and its product. Prices
// are of one unit each; zero where they are not known.
type FactorQuestion struct {
	ItemName, ItemUnit       string
	ProductName, ProductUnit string
	// Packs are the sizes in which the product is packed, the usual one first.
	Packs                   []decimal.Decimal
	ItemPrice, ProductPrice decimal.Decimal
}

// Factor is how many base units of a product one unit of an item may be.
type Factor struct {
	Value decimal.Decimal
	// Confidence is the probability that it is this one, as far as units, names and prices tell.
	Confidence float64
	// Reasons are machine words: unit, weight, pack, price.
	Reasons []string
}

// How much prices scatter around what factor and catalogue let expect, as a logarithm
// (distributors add a tenth to two thirds), and how much another factor is believed without any evidence.
const (
	priceScatter = 0.35
	unlikely     = 0.04
)

// Factors lists what one unit of an item may be in base units of a product, likeliest
// first; the confidences sum up to 1. The unit tells most (see PackFactor), goods
// counted by weight are pieces by what one piece weighs, and the ratio of the prices
// decides between the others: a case costs as much as its pieces.
func Factors(q FactorQuestion) []Factor {
	list, sure := PackFactor(q.ItemName, q.ItemUnit, q.ProductUnit, q.Packs...)
	var out []Factor
	if f, ok := byWeight(q); ok {
		out = append(out, Factor{Value: f, Confidence: 1, Reasons: []string{"weight"}})
		sure = true
	}
	own := countsOf(q.ProductName)
	for _, d := range list {
		f := Factor{Value: d, Confidence: 0.5, Reasons: []string{"pack"}}
		switch {
		case slices.ContainsFunc(own, d.Equal) && !slices.ContainsFunc(q.Packs, d.Equal):
			f.Confidence = unlikely
		case len(out) == 0 && sure:
			f.Confidence, f.Reasons = 1, []string{"unit"}
		case len(out) > 0 && sure:
			f.Confidence = unlikely
		}
		out = append(out, f)
	}
	weighPrices(out, q)
	sum := 0.0
	for _, f := range out {
		sum += f.Confidence
	}
	for i := range out {
		out[i].Confidence /= sum
	}
	slices.SortStableFunc(out, func(a, b Factor) int { return cmp.Compare(b.Confidence, a.Confidence) })
	return out
}

// countsOf are the pieces that one piece of a product holds: 72 of a pack of 72 wipes.
func countsOf(productName string) []decimal.Decimal {
	var out []decimal.Decimal
	for _, s := range name.Parse(productName).Sizes {
		if s.Dimension == name.Count && s.Value > 1 {
			out = append(out, decimal.NewFromFloat(s.Value))
		}
	}
	return out
}

// weighPrices multiplies each confidence by how well the prices agree with the factor.
func weighPrices(list []Factor, q FactorQuestion) {
	if !q.ItemPrice.IsPositive() || !q.ProductPrice.IsPositive() {
		return
	}
	ratio := math.Log(q.ItemPrice.Div(q.ProductPrice).InexactFloat64())
	for i := range list {
		far := (ratio - math.Log(list[i].Value.InexactFloat64())) / priceScatter
		list[i].Confidence *= math.Exp(-far*far/2) + 1e-4
		if math.Abs(far) < 1 {
			list[i].Reasons = append(list[i].Reasons, "price")
		}
	}
}

// byWeight is the factor of goods counted in kilograms or litres whose base unit is a piece of known content.
func byWeight(q FactorQuestion) (decimal.Decimal, bool) {
	unit, ok := measureOf(q.ItemUnit)
	if kind, _ := countedIn(q.ProductUnit); !ok || kind != byPiece {
		return decimal.Zero, false
	}
	for _, text := range []string{q.ProductName, q.ItemName} {
		for _, s := range name.Parse(text).Sizes {
			if s.Dimension == name.Content && s.Weight == unit.Weight && s.Value > 0 {
				return decimal.NewFromFloat(unit.Value / s.Value).Round(6), true
			}
		}
	}
	return decimal.Zero, false
}
