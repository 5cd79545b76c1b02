package outlet

import "strings"

// townAliases are names of towns that no folding leads to the official one:
// abbreviations in daily use, and towns that were renamed in the last decades.
var townAliases = compileTowns()

func compileTowns() map[string][]string {
	m := map[string][]string{}
	for alias, name := range map[string]string{
		"спб": "санкт петербург", "пб": "санкт петербург",
		"мск": "москва", "екб": "екатеринбург", "ебург": "екатеринбург", "нск": "новосибирск", "нновгород": "нижний новгород", "челны": "набережные челны",
		"ростовнд": "ростов дону", "днепропетровск": "дніпро", "кировоград": "кропивницький", "целиноград": "астана",
	} {
		for _, w := range strings.Fields(name) {
			m[fold(alias)] = append(m[fold(alias)], fold(w))
		}
	}
	return m
}

// addTown adds the official name of a town that a word is an alias of; false where it is none.
func (p *parsed) addTown(t token) bool {
	names, is := townAliases[t.text]
	for _, n := range names {
		p.add(token{text: n}, place)
	}
	return is
}
