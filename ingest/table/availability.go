package table

import "strings"

// tellsAvailability: the text stands for a stock that is not told to the piece: «> 10»,
// «10+», «более 100 шт», «есть», «под заказ». Nobody can make a number of it.
func tellsAvailability(text string) bool {
	t := strings.ToLower(text)
	for _, w := range moreThan {
		if rest, ok := strings.CutPrefix(t, w); ok && boundsNumber(rest) {
			return true
		}
	}
	if rest, ok := strings.CutSuffix(t, "+"); ok && boundsNumber(rest) {
		return true
	}
	if len(t) > longAvailability {
		return false
	}
	w := titleWords(t)
	return anyOf(w, availabilityWords) && !anyOf(w, missingWords)
}

// boundsNumber: a number with at most a unit behind it.
func boundsNumber(t string) bool {
	t = strings.TrimSpace(t)
	digits := strings.TrimLeft(t, "0123456789 ")
	return len(digits) < len(t) && len(strings.Fields(digits)) <= 1
}

// longAvailability is how many bytes such a phrase takes at most.
const longAvailability = 60

var moreThan = []string{">", "≥", "<", "≤", "более", "больше", "менее", "меньше", "свыше", "до", "от", "понад", "більше", "менше", "more than", "over", "less than", "under", "más de", "mas de", "mais de"}

// missingWords say that nobody knows, which is no stock.
var missingWords = wordSet("данных даних данные дані информации інформації data datos dados error ошибка")

var availabilityWords = wordSet(`есть є нет нету нема немає наличии наличие наявності наявність запросу запрос запиту заказ замовлення
	уточняйте уточнять уточнюйте много мало багато достаточно ожидается ожидаем очікується available stock yes no agotado disponible disponivel esgotado`)
