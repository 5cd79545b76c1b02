package table

import (
	"maps"
	"strings"
)

// What may follow "total" in a row of totals.
var totalTails = wordSet("general geral for of by de quantity amount sum sales por per by 0 stock value items cantidad")

// isTotal says whether a text begins with a word of totals.
func isTotal(s string) bool {
	if !firstWordIn(s, totalStarts) {
		return false
	}
	w := titleWords(s)
	if len(w) == 0 || len(w) > 9 && !totalsNamed(s, w) {
		return false
	}
	if w[0] == "total" { // a brand of oils too
		return len(w) == 1 || totalTails[w[1]]
	}
	if totalWords[w[0]] {
		return true
	}
	return len(w) > 1 && (totalWords[w[1]] && totalAdjectives[w[0]] || len(w) == 2 && totalPhrases[w[0]+" "+w[1]])
}

// totalsNamed: the total of something called by a long name: «Итого: ИП Мухин (г. Тверь, ул.
// Мира, д. 5)», «Итого по контрагенту …».
func totalsNamed(s string, words []string) bool {
	first, _, ok := strings.Cut(s, ":")
	return ok && len(titleWords(first)) == 1 || words[1] == "по"
}

// totalAdjectives stand before a word of totals, totalPhrases are totals without one.
var (
	totalAdjectives = wordSet("grand gran общий в sub")
	totalPhrases    = map[string]bool{"загальна сума": true, "общая сумма": true, "saldo general": true}
)

// totalStarts are the first words of totals.
var totalStarts = func() map[string]bool {
	m := maps.Clone(totalWords)
	maps.Copy(m, totalAdjectives)
	for p := range totalPhrases {
		m[firstWord(p)] = true
	}
	return m
}()
