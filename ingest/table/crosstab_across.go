package table

import (
	"slices"
	"strings"
	"unicode"
)

// nameAcross decides what the values of the heading are.
func (rd *reading) nameAcross(words kindWords) {
	x := rd.cross
	n := 0
	seen := map[Role]int{}
	for _, g := range x.groups {
		if !g.total {
			n++
			seen[guessValue(g.value)]++
		}
	}
	x.what = rd.acrossOf(seen, n, words)
	if x.what != Date && (columnOf(rd.cols, x.what) != nil || x.what == Client && slices.Contains(rd.stackOf(), Client)) {
		rd.doubt(Issue{Code: DoubtCrosstab, Role: x.what, Found: x.groups[0].value})
	}
}

// acrossOf chooses by what most of the n values look like, then by the kind.
func (rd *reading) acrossOf(seen map[Role]int, n int, words kindWords) Role {
	lies := words.kind() == Stock || rd.cross.groups[0].cols[StockQty] != 0
	mostly := func(r Role) bool { return 2*seen[r] >= n }
	switch {
	case seen[Date] == n:
		return Date
	case seen[City] == n || !lies && mostly(City): // goods lie in branches, some of them named after a city
		return City
	case mostly(SalesRep):
		return SalesRep
	case lies || mostly(Warehouse):
		return Warehouse
	case mostly(Outlet) || words.outlets && columnOf(rd.cols, Outlet) == nil:
		return Outlet
	}
	for _, r := range [...]Role{Client, Region, Channel} {
		if mostly(r) {
			return r
		}
	}
	what := rd.guessAcross()
	rd.doubt(Issue{Code: DoubtCrosstab, Role: what, Found: rd.cross.groups[0].value})
	return what
}

// guessAcross is what the values may be where they look like nothing: what the rows do
// not tell.
func (rd *reading) guessAcross() Role {
	buyers := columnOf(rd.cols, Client) != nil
	if rd.namesPeople() && (buyers || slices.Contains(rd.stackOf(), Client)) {
		return SalesRep // buyers down, who serves them across
	}
	if told, ok := rd.toldAcross(); ok {
		return told
	}
	if columnOf(rd.cols, Product) == nil && (buyers || columnOf(rd.cols, Outlet) != nil) {
		return Product // buyers down, goods across
	}
	return Client
}

// namesPeople: most values are two or three words of letters with a capital each, as the
// first name and the surname of a person.
func (rd *reading) namesPeople() bool {
	n, people := 0, 0
	for _, g := range rd.cross.groups {
		if g.total {
			continue
		}
		n++
		w := strings.Fields(g.value)
		if len(w) > 1 && len(w) < 4 && !slices.ContainsFunc(w, func(s string) bool { return !capitalized(s) }) {
			people++
		}
	}
	return 2*people > n
}

// capitalized: a capital and then small letters only.
func capitalized(word string) bool {
	for i, r := range word {
		if i == 0 && !unicode.IsUpper(r) || i > 0 && !unicode.IsLower(r) {
			return false
		}
	}
	return len(word) > 1
}

// stackOf gives the roles that the titles of the rows' names tell.
func (rd *reading) stackOf() []Role {
	for i := range rd.cols {
		if roles := stackRoles(rd.h.parts[i]); roles != nil && !rd.cross.covers(i+1) {
			return roles
		}
	}
	return nil
}

// acrossValue is the value of a heading as a record holds it: a date in ISO, else the title.
func (rd *reading) acrossValue(g *crossGroup) Value {
	v := Value{Text: g.value, Row: rd.v.rows[rd.h.first].N, Col: rd.v.letterOf(g.col)}
	if rd.cross.what != Date {
		return v
	}
	if p, ok := rd.spanOf(g); ok {
		v.Text = isoDay(p.From)
	}
	return v
}
