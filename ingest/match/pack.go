package match

import (
	"slices"
	"strings"

	"github.com/shopspring/decimal"
)

// PackFactor suggests how many base units of a product one unit of the
// distributor's item is, likeliest first and 1 always among them. pack holds
// the sizes in which the product is packed, the usual one first: "3 кор" of a
// product packed by 24 suggests 24, then 1. A count in the item's name
// («… 24 шт/кор») comes after the product's own packs.
func PackFactor(itemName, itemUnit string, pack ...decimal.Decimal) []decimal.Decimal {
	one := decimal.New(1, 0)
	unit, stated := unitWords(itemUnit)
	var packs []decimal.Decimal
	if stated.GreaterThan(one) {
		packs = append(packs, stated) // the unit itself says: «кор (12 шт)», «упак 6»
	}
	packs = append(packs, pack...)
	packs = append(packs, countsIn(itemName)...)
	var out []decimal.Decimal
	if !isPack(unit) {
		out = append(out, one)
	}
	for _, p := range packs {
		if p.IsPositive() && !slices.ContainsFunc(out, p.Equal) {
			out = append(out, p)
		}
	}
	if !slices.ContainsFunc(out, one.Equal) {
		out = append(out, one)
	}
	return out
}

// unitWords parts a unit into its words and the count it may state.
func unitWords(unit string) ([]string, decimal.Decimal) {
	var words []string
	count := decimal.New(1, 0)
	for _, t := range tokens(unit) {
		if d, err := decimal.NewFromString(t); err == nil && t[0] >= '0' && t[0] <= '9' {
			count = d
			continue
		}
		words = append(words, t)
	}
	return words, count
}

// packWords are how units that hold several pieces begin.
var packWords = [...]string{"кор", "ящ", "уп", "блок", "бл", "кейс", "паллет", "поддон", "меш", "case", "box", "pack", "carton", "ctn", "cs", "bundle"}

func isPack(unit []string) bool {
	return len(unit) > 0 && slices.ContainsFunc(packWords[:], func(w string) bool { return strings.HasPrefix(unit[0], w) })
}

// countsIn finds counts of pieces in a name: «24 шт», «1/24», «x24».
func countsIn(name string) []decimal.Decimal {
	var out []decimal.Decimal
	n := normalise(name)
	for _, v := range valuesOf(n.sizes, "шт") {
		out = appendCount(out, v)
	}
	low := strings.ToLower(name)
	for _, mark := range []string{"1/", "х", "x", "*", "№"} {
		for rest := low; ; {
			i := strings.Index(rest, mark)
			if i < 0 {
				break
			}
			before := rest[:i]
			rest = rest[i+len(mark):]
			if before == "" || strings.HasSuffix(before, " ") || strings.HasSuffix(before, "(") {
				out = appendCount(out, leadingDigits(rest))
			}
		}
	}
	return out
}

// appendCount keeps counts that can be a pack.
func appendCount(out []decimal.Decimal, digits string) []decimal.Decimal {
	d, err := decimal.NewFromString(digits)
	if err != nil || d.LessThan(decimal.New(2, 0)) || d.GreaterThan(decimal.New(1000, 0)) || !d.IsInteger() {
		return out
	}
	return append(out, d)
}

func leadingDigits(s string) string {
	i := 0
	for i < len(s) && s[i] >= '0' && s[i] <= '9' {
		i++
	}
	return s[:i]
}
