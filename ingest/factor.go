package ingest

import (
	"regexp"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/distbase/distbase/storage"
)

// unit tells the units that a report may count in.
type unit int

const (
	unitUnknown unit = iota
	unitPiece
	unitCase
)

// unitOf reads a unit as people abbreviate it.
func unitOf(s string) unit {
	s = strings.Trim(fold(s), ". ")
	switch {
	case s == "":
		return unitUnknown
	case slices.Contains([]string{"шт", "штука", "штук", "штуки", "ед", "единица", "pcs", "pc", "piece", "ea", "each", "unit", "бут", "бутылка", "бан", "банка", "пач", "пачка", "796"}, s):
		return unitPiece
	}
	for _, word := range []string{"кор", "ящ", "упак", "уп", "блок", "бл", "case", "box", "ctn", "carton", "pack", "кейс", "место"} {
		if strings.HasPrefix(s, word) {
			return unitCase
		}
	}
	return unitUnknown
}

// inCase finds the pieces of a case that a name tells: «100г*24», «(24 шт)»,
// «1/24», «x24».
var inCase = regexp.MustCompile(`(?:[*xх×/]\s?|\()(\d{1,3})(?:\s?(?:шт|пач|бут|pcs)\.?)?\)?\s*$`)

// factors are the likely numbers of base units in one unit of the report, the
// likeliest first and at least one. sure is false where the report counts in
// cases and nothing tells how many pieces a case has, or two sources differ.
func factors(item storage.Item, product storage.Product) (list []decimal.Decimal, sure bool) {
	one := decimal.NewFromInt(1)
	var named decimal.Decimal
	if hit := inCase.FindStringSubmatch(fold(item.Name)); hit != nil {
		named, _ = decimal.NewFromString(hit[1]) //nolint:errcheck // digits
	}
	add := func(d decimal.Decimal) {
		if d.IsPositive() && !slices.ContainsFunc(list, d.Equal) {
			list = append(list, d)
		}
	}
	sameUnit := product.Unit != "" && unitOf(product.Unit) == unitOf(item.Unit)
	if unitOf(item.Unit) == unitCase && !sameUnit {
		if product.Pack.Valid {
			add(product.Pack.Decimal)
		}
		add(named)
		sure = len(list) == 1
		add(one)
		return list, sure
	}
	add(one)
	if unitOf(item.Unit) == unitUnknown { // pieces are counted in pieces
		if product.Pack.Valid {
			add(product.Pack.Decimal)
		}
		add(named)
	}
	return list, true
}
