package table

import (
	_ "embed" // the table of titles
	"strconv"
	"strings"
)

// A titleRule gives a role to titles that have one word of every group. A word
// that ends in * is a beginning. Words neither matched nor fillers weaken it.
type titleRule struct {
	role   Role
	weight float64
	groups [][]string
}

// titleRules are the words of trade.
var titleRules = compileRules(titleTable)

//go:embed words/titles.tsv
var titleTable string

// compileRules reads the table of titles; a line that is no rule is left out.
func compileRules(table string) []titleRule {
	var out []titleRule
	for line := range strings.Lines(table) {
		f := strings.Split(strings.TrimSpace(line), "\t")
		if len(f) != 3 || strings.HasPrefix(line, "#") {
			continue
		}
		weight, err := strconv.ParseFloat(f[1], 64)
		if err != nil {
			continue
		}
		r := titleRule{role: Role(f[0]), weight: weight}
		for g := range strings.SplitSeq(f[2], "&") {
			r.groups = append(r.groups, strings.Split(strings.TrimSpace(g), "|"))
		}
		out = append(out, r)
	}
	return out
}

// matchRules tries every rule; balance says that one of them named a balance or a movement.
func matchRules(words []string) (best map[Role]titleMatch, balance bool) {
	best = map[Role]titleMatch{}
	pieces, money := anyOf(words, pieceWords), anyOf(words, moneyWords)
	vetoes := vetoesOf(words, money)
	for _, rule := range titleRules {
		m, ok := rule.match(words)
		if !ok {
			continue
		}
		balance = balance || isBalance(m.role) && m.score >= titleScore
		m.role = withUnit(m.role, pieces, money)
		if m.role != "" && !vetoes.forbid(m.role) && m.score > best[m.role].score {
			best[m.role] = m
		}
	}
	withoutStrangers(best, words, pieces)
	return best, balance
}

// titleVetoes are what words of a title say that it cannot be.
type titleVetoes struct {
	measure, name, code, place, where bool
}

func vetoesOf(words []string, money bool) titleVetoes {
	others := anyOf(words, assortmentWords) || countsOthers(words)
	return titleVetoes{
		measure: hasVeto(words),
		name:    anyOf(words, nameVetoes) || others,
		code:    others,
		place:   money || anyOf(words, contactWords),
		where:   anyOf(words, numberWords),
	}
}

func (v titleVetoes) forbid(r Role) bool {
	switch {
	case isPlace(r) && (v.measure || v.place), isWhere(r) && v.where:
		return true
	case r.IsNumber():
		return v.measure
	case r == ProductCode && v.code:
		return true
	}
	return isName(r) && v.name
}

// countsOthers: the title counts documents or people: a count directly before them.
func countsOthers(words []string) bool {
	for i, w := range words[:max(len(words)-1, 0)] {
		if countWords[w] && otherCounts[words[i+1]] {
			return true
		}
	}
	return false
}

var countWords = wordSet("количество кількість число count number no qty")

// contactWords are in titles of how to reach a place or a person.
var contactWords = wordSet("телефон тел email mail phone tel сайт факс телефоны контакт контакты")

// withUnit lets the unit of a measure decide: "Остатки, руб." is money, "Продажи, шт." pieces.
func withUnit(r Role, pieces, money bool) Role {
	switch {
	case r == StockQty && money && !pieces:
		return StockAmount
	case r == Quantity && money && !pieces:
		return Amount
	case (r == OpeningQty || r == ReceivedQty || r == ShippedQty) && money && !pieces:
		return ""
	}
	return r
}

func (r titleRule) match(words []string) (titleMatch, bool) {
	used := make([]bool, len(words))
	for _, g := range r.groups {
		found := false
		for i, w := range words {
			if !used[i] && oneOf(g, w) {
				used[i], found = true, true
				break
			}
		}
		if !found {
			return titleMatch{}, false
		}
	}
	unknown := 0
	for i, w := range words {
		if !used[i] && !titleFillers[w] && !pieceWords[w] && !moneyWords[w] {
			unknown++
		}
	}
	return titleMatch{role: r.role, score: r.weight / (1 + 0.3*float64(unknown)), exact: unknown == 0}, true
}

func oneOf(group []string, w string) bool {
	for _, g := range group {
		if g == w || strings.HasSuffix(g, "*") && strings.HasPrefix(w, g[:len(g)-1]) {
			return true
		}
	}
	return false
}
