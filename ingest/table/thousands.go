package table

import "strings"

// doubtThousands asks whether money that is told in thousands or millions is taken as it
// stands: its facts would be a thousand times too small beside those of other reports.
func (t *Table) doubtThousands(rd *reading) {
	if rd.match != nil {
		return
	}
	for i := range rd.cols {
		c := &rd.cols[i]
		role := c.role
		if rd.cross.covers(c.col) {
			role = rd.cross.roleAt(c.col)
		}
		switch role {
		case Amount, StockAmount:
		default:
			continue
		}
		if inThousandsOf(c.title) {
			t.askThousands(rd, c, c.title)
			return
		}
		for line := range strings.Lines(rd.v.preamble(rd.h)) {
			if len([]rune(line)) < maxTitle && inThousandsOf(line) {
				t.askThousands(rd, c, oneLine(line))
				return
			}
		}
	}
}

func (t *Table) askThousands(rd *reading, c *column, found string) {
	t.Doubts = append(t.Doubts, Issue{Code: DoubtThousands, Sheet: t.Sheet, Col: rd.v.letterOf(c.col), Role: Amount, Found: found})
}

// inThousandsOf: the text says that money is counted in thousands or millions: «тыс. руб.»,
// «т.р.», «млн ₽», «'000», «k RUB».
func inThousandsOf(s string) bool {
	if strings.Contains(s, "'000") || strings.Contains(s, "’000") || strings.Contains(s, ",000)") {
		return true
	}
	w := titleWords(s)
	for i, word := range w {
		switch {
		case thousandWords[word]:
			return true
		case (word == "т" || word == "k" || word == "к") && i+1 < len(w) && moneyUnits[w[i+1]]:
			return true
		}
	}
	return false
}

var (
	thousandWords = wordSet("тыс тысяч тысячах тысячи млн миллионов миллионах тр тысруб млнруб thousands thousand millions mln mio tys miles")
	moneyUnits    = wordSet("р руб рублей ₽ ¤ rub usd eur kzt тг тенге грн uah")
)
