package match

import (
	"regexp"
	"slices"
	"strings"

	"github.com/distbase/distbase/ingest/match/name"
	"github.com/shopspring/decimal"
)

// PackFactor suggests how many base units of a product one unit of the
// distributor's item is, likeliest first and 1 always among them. productUnit is
// the base unit, pack holds the sizes in which the product is packed, the usual
// one first: "3 кор" of a product packed by 24 suggests 24, then 1. What the unit
// itself states («упак (6 шт)») comes before the packs, a count in the item's name
// («… 24 шт/кор») after them.
//
// sure is false where the item is counted in cases and nothing tells how many
// pieces a case has, or the unit, the packs and the end of the name differ, and where it
// is counted by volume or weight and its product is not.
func PackFactor(itemName, itemUnit, productUnit string, pack ...decimal.Decimal) (list []decimal.Decimal, sure bool) {
	one := decimal.New(1, 0)
	kind, stated := countedIn(itemUnit)
	base, _ := countedIn(productUnit)
	if kind == byPiece || kind == byCase && base == byCase {
		return []decimal.Decimal{one}, true
	}
	measure, measured := measureOf(itemUnit)
	if of, both := measureOf(productUnit); measured && both {
		return []decimal.Decimal{decimal.NewFromFloat(measure.Value / of.Value).Round(6)}, measure.Weight == of.Weight
	}
	var told []decimal.Decimal
	if stated.GreaterThan(one) {
		told = addFactor(told, stated)
	}
	told = addFactor(told, pack...)
	told = addFactor(told, countAtEnd(itemName)...)
	if kind == byCase {
		return addFactor(addFactor(slices.Clone(told), countsIn(itemName)...), one), len(told) == 1
	}
	list = addFactor([]decimal.Decimal{one}, told...)
	return addFactor(list, countsIn(itemName)...), !measured
}

// measureOf is what a unit of volume or weight holds; false for other units.
func measureOf(unit string) (name.Size, bool) {
	sizes := name.Parse("1 " + unit).Sizes
	if len(sizes) != 1 || sizes[0].Dimension != name.Content || sizes[0].Value <= 0 {
		return name.Size{}, false
	}
	return sizes[0], true
}

// addFactor adds the positive ones that are not there yet.
func addFactor(list []decimal.Decimal, more ...decimal.Decimal) []decimal.Decimal {
	for _, d := range more {
		if d.IsPositive() && !slices.ContainsFunc(list, d.Equal) {
			list = append(list, d)
		}
	}
	return list
}

// counting tells the units that a report may count in.
type counting int

const (
	byUnknown counting = iota
	byPiece
	byCase
)

// pieceWords are units of single pieces as people abbreviate them; 796 is the code
// of the piece in the classifier of units (ОКЕИ).
var pieceWords = [...]string{"шт", "штука", "штук", "штуки", "ед", "единица", "pcs", "pc", "piece", "ea", "each", "unit", "бут", "бутылка", "бан", "банка", "пач", "пачка"}

// packWords are how units that hold several pieces begin.
var packWords = [...]string{"кор", "ящ", "уп", "блок", "бл", "кейс", "место", "паллет", "поддон", "меш", "case", "box", "pack", "carton", "ctn", "cs", "bundle"}

// countedIn reads a unit and the count of pieces that it may state, else 1.
func countedIn(unit string) (counting, decimal.Decimal) {
	count := decimal.New(1, 0)
	if strings.Trim(unit, ". ") == "796" {
		return byPiece, count
	}
	var words []string
	for _, t := range name.Words(unit) {
		if d, err := decimal.NewFromString(t); err == nil && t[0] >= '0' && t[0] <= '9' {
			count = d
			continue
		}
		words = append(words, t)
	}
	switch {
	case len(words) == 1 && slices.Contains(pieceWords[:], words[0]):
		return byPiece, count
	case len(words) > 0 && slices.ContainsFunc(packWords[:], func(w string) bool { return strings.HasPrefix(words[0], w) }):
		return byCase, count
	}
	return byUnknown, count
}

// inCase is how a name ends that tells the pieces of a case: «100г*24», «(24 шт)»,
// «(24 шт/кор)», «1/24», «x24».
var inCase = regexp.MustCompile(`(?:[*xх×/]\s?|\()(\d{1,3})(?:\s?(?:шт|пач|бут|pcs)\.?(?:\s?/\s?(?:кор|ящ|уп|бл|case|box|ctn)\pL*\.?)?)?\)?\s*$`)

func countAtEnd(text string) []decimal.Decimal {
	hit := inCase.FindStringSubmatch(strings.ToLower(text))
	if hit == nil {
		return nil
	}
	return appendCount(nil, hit[1])
}

// countsIn finds counts anywhere in a name, of which some are pieces of a case and
// others are not: «24 шт», «1/24», «x24», «№10».
func countsIn(text string) []decimal.Decimal {
	var out []decimal.Decimal
	for _, s := range name.Parse(text).Sizes {
		if s.Dimension == name.Count {
			out = appendCount(out, decimal.NewFromFloat(s.Value).String())
		}
	}
	low := strings.ToLower(text)
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
