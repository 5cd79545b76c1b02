package table

import "slices"

// otherTime: the title of a figure tells that it counts another time than the report:
// the year so far, the year or the month before.
func otherTime(words []string) bool {
	for i, w := range words {
		switch {
		case otherTimeWords[w], hasAnyPrefix(w, "прошл", "предыдущ", "аналогичн", "нараста", "накоп", "кумулят", "cumul", "acumul", "попередн", "минул", "өткен"):
			return true
		case (w == "начала" || w == "нач" || w == "початку" || w == "last" || w == "previous" || w == "prior") && i+1 < len(words) && yearOrMonth[words[i+1]]:
			return true
		}
	}
	return false
}

var (
	otherTimeWords = wordSet("аппг апг ytd ly lytd qtd anterior")
	yearOrMonth    = wordSet("года году year month period року")
	// balanceWords name what lies somewhere at a moment, which another time leaves what it is.
	balanceWords = wordSet("остаток остатки остатка ост сальдо залишок залишки balance stock saldo inventory қалдық est estoque existencia existencias")
)

// wanted: the title counts what was asked for or bought and not what was sold.
func wanted(words []string) bool {
	for _, w := range words {
		if hasAnyPrefix(w, "заказан", "заявлен", "закуп", "замовлен", "ordered", "pedida", "purchas") {
			return true
		}
	}
	return false
}

// cameBack: the title counts what came back.
func cameBack(words []string) bool {
	return anyOf(words, cameBackWords) && !anyOf(words, deductedWords) || slices.ContainsFunc(words, func(w string) bool { return hasAnyPrefix(w, "возвращ", "devuel", "брак") })
}

// dropReturned takes what came back for no sales, unless the report is about returns.
func (rd *reading) dropReturned(near kindWords) {
	if near.kind() == Returns {
		return
	}
	for i := range rd.cols {
		if c := &rd.cols[i]; (c.role == Quantity || c.role == Amount) && cameBack(titleWords(c.title)) && rd.has(Client) {
			c.role, c.score, c.learned = "", 0, 0
		}
	}
}

// foreign: the title counts money of another country than the one beside it may.
func foreign(words []string) bool { return anyOf(words, foreignWords) }

var foreignWords = wordSet("usd eur долл долларах доллары евро dollars euro валюте cny юанях")
