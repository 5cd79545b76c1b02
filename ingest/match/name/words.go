package name

import "strings"

// filler tells function words of the languages of the trade.
func filler(w string) bool {
	switch w {
	case "и", "в", "во", "на", "с", "со", "от", "из", "по", "к", "у", "о", "об", "за", "до", "при", "или", "а", "не", "над", "под", "его", "для", "без",
		"та", "і", "з", "із", "для‑", "або", "бен", "және", "үшін",
		"the", "a", "an", "of", "for", "and", "with", "in", "on", "by", "to", "or", "from", "w", "at", "as", "is", "your":
		return true
	}
	return false
}

// promotion tells words that sell and do not name.
func promotion(w string) bool {
	switch w {
	case "акция", "акции", "акционный", "акционная", "новинка", "новинки", "скидка", "скидки", "распродажа", "промо", "хит", "уценка", "спеццена",
		"sale", "promo", "discount", "акціонний", "знижка", "новий‑", "жеңілдік":
		return true
	}
	return false
}

// preposition reads one letter with a slash: д/посуды, б/запаха.
func preposition(a atom, sep string) (string, bool) {
	if a.class != cyrillic || !strings.HasPrefix(sep, "/") {
		return "", false
	}
	switch a.text {
	case "д", "для":
		return "для", true
	case "б", "без":
		return "без", true
	case "с":
		return "с", true
	}
	return "", false
}
