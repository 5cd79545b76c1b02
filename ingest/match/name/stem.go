package name

import "strings"

// endings of Russian and Ukrainian nouns, adjectives, participles and verbs, the
// longest first. The stem left over must keep minStem letters.
var endings = [...]string{
	"ированными", "ированного", "ированное", "ированный", "ированная", "ированных", "ированные", "ированном",
	"ующего", "ующими", "ующая", "ующее", "ующий", "ующих", "ующие",
	"ающего", "ающими", "ающая", "ающее", "ающий", "ающих", "ающие",
	"иями", "ями", "ами", "ими", "ыми", "ого", "его", "ому", "ему", "ией", "иях", "ием", "иям", "ость", "ости",
	"ая", "яя", "ое", "ее", "ий", "ый", "ой", "ей", "ие", "ые", "их", "ых", "ую", "юю", "ом", "ем", "им", "ым", "ах", "ях", "ам", "ям", "ов", "ев", "ия", "ья", "ье", "ью", "ию", "ии", "ої", "ій", "ів",
	"а", "я", "о", "е", "и", "ы", "й", "ь", "у", "ю", "і", "ї",
}

// minStem is how many letters an ending must leave.
const minStem = 3

// stem takes the inflection off a word.
func stem(w string, c class) string {
	switch c {
	case cyrillic:
		return stemCyrillic(w)
	case latin:
		return stemLatin(w)
	}
	return w
}

func stemCyrillic(w string) string {
	for _, e := range endings {
		// Letters of this alphabet take two bytes.
		if len(w)-len(e) >= 2*minStem && strings.HasSuffix(w, e) {
			w = w[:len(w)-len(e)]
			break
		}
	}
	if s, ok := strings.CutSuffix(w, "нн"); ok && len(s) >= 2*minStem {
		return s + "н"
	}
	return w
}

// stemLatin takes the English plural off.
func stemLatin(w string) string {
	switch {
	case len(w) > 4 && strings.HasSuffix(w, "ies"):
		return w[:len(w)-3] + "y"
	case len(w) > 4 && (strings.HasSuffix(w, "ches") || strings.HasSuffix(w, "shes") || strings.HasSuffix(w, "xes") || strings.HasSuffix(w, "sses")):
		return w[:len(w)-2]
	case len(w) > 3 && w[len(w)-1] == 's' && !strings.HasSuffix(w, "ss") && !strings.HasSuffix(w, "us") && !strings.HasSuffix(w, "is"):
		return w[:len(w)-1]
	}
	return w
}
