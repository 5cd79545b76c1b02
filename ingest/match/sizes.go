package match

import (
	"slices"
	"strings"
)

// agreement is what the sizes of two names say of each other.
type agreement struct {
	equal, differ bool
	reason        string
}

// compareSizes looks at every unit that both names give. A number without unit
// in the query agrees with a size of that number («Ромашка 400»).
func compareSizes(q, e normal) agreement {
	var a agreement
	for _, unit := range []string{"мл", "г", "шт", "мм"} {
		x, y := valuesOf(q.sizes, unit), valuesOf(e.sizes, unit)
		if unit == "шт" {
			x, y = withoutOne(x), withoutOne(y)
			if len(x) != len(y) && len(x)+len(y) > 0 && len(q.sizes) > 0 && len(e.sizes) > 0 {
				a.differ, a.reason = true, "size_differs:"+sizeText(x, unit)+"/"+sizeText(y, unit)
				continue
			}
		}
		if len(x) == 0 || len(y) == 0 {
			continue
		}
		if common(x, y) {
			a.equal = true
			continue
		}
		a.differ, a.reason = true, "size_differs:"+sizeText(x, unit)+"/"+sizeText(y, unit)
	}
	if !a.equal && !a.differ {
		a = compareBare(q, e)
	}
	if a.equal && !a.differ {
		a.reason = "size_equal"
	}
	return a
}

// compareBare handles names of which one leaves units out, or gives volume where the other gives weight.
func compareBare(q, e normal) agreement {
	for _, s := range e.sizes {
		if slices.Contains(q.bare, s.value) || slices.Contains(q.bare, thousandth(s.value)) {
			return agreement{equal: true}
		}
	}
	for _, s := range q.sizes {
		if slices.Contains(e.bare, s.value) || slices.Contains(e.bare, thousandth(s.value)) {
			return agreement{equal: true}
		}
	}
	return agreement{}
}

// numbersDiffer tells whether either name has a number that the other lacks. Sizes count by value.
func numbersDiffer(q, e normal) bool { return !slices.Equal(numbers(q), numbers(e)) }

func numbers(n normal) []string {
	out := slices.Clone(n.bare)
	for _, s := range n.sizes {
		out = append(out, s.String())
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// thousandth turns 5000 into 5: the same size in the bigger unit.
func thousandth(v string) string {
	if s, ok := strings.CutSuffix(v, "000"); ok && s != "" {
		return s
	}
	return "-"
}

func valuesOf(sizes []size, unit string) []string {
	var out []string
	for _, s := range sizes {
		if s.unit == unit {
			out = append(out, s.value)
		}
	}
	return out
}

func withoutOne(v []string) []string {
	return slices.DeleteFunc(v, func(s string) bool { return s == "1" })
}

func common(x, y []string) bool {
	return slices.ContainsFunc(x, func(s string) bool { return slices.Contains(y, s) })
}

func sizeText(values []string, unit string) string {
	if len(values) == 0 {
		return "-"
	}
	return strings.Join(values, "+") + " " + unit
}
