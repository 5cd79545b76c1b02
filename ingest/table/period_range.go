package table

import (
	"strings"
	"time"
)

// isClock: a time of day follows ("10:20", "10-44-49").
func isClock(toks []token, i int) bool {
	for i < len(toks) && (toks[i].kind == blankToken || sign(toks, i, ",") != "") {
		i++
	}
	h, okH := num(toks, i, 1, 2)
	_, okM := num(toks, i+2, 2, 2)
	if !okH || !okM || h > 23 {
		return false
	}
	if sign(toks, i+1, ":") != "" {
		return true
	}
	_, okS := num(toks, i+4, 2, 2)
	return sign(toks, i+1, "-.") != "" && okS && sign(toks, i+3, "-.") == sign(toks, i+1, "-.") && !validNumericDay(toks, i)
}

func validNumericDay(toks []token, i int) bool {
	_, _, n := numericDay(toks, i)
	return n > 0
}

// joinRanges joins two dates with a range word or dash between them, and a lone
// day number before a date ("1-15 июля", "с 1 по 15.07.2026").
func joinRanges(toks []token, spans []dateSpan) []dateSpan {
	var out []dateSpan
	for i := 0; i < len(spans); i++ {
		sp := spans[i]
		if j, ok := dayBefore(toks, sp); ok {
			d, _ := num(toks, j, 1, 2)
			sp.from.day, sp.first, sp.isRange, sp.needsWord = d, j, true, false
		}
		if i+1 < len(spans) && !sp.isRange && isRangeGap(toks[sp.last+1:spans[i+1].first]) {
			next := spans[i+1]
			sp = dateSpan{from: sp.from, to: next.to, first: sp.first, last: next.last, isRange: true}
			i++
		}
		out = append(out, sp)
	}
	return out
}

// joinDays joins two whole days with nothing but a blank between them, the first before
// the second: «продажи_01.07.2026_31.07.2026».
func joinDays(toks []token, spans []dateSpan) []dateSpan {
	if len(spans) != 2 || spans[0].isRange || spans[1].isRange || spans[1].first-spans[0].last != 2 || toks[spans[0].last+1].kind != blankToken {
		return spans
	}
	a, b := spans[0].from, spans[1].from
	first, okA := a.start()
	second, okB := b.start()
	if a.day == 0 || b.day == 0 || a.year == 0 || b.year == 0 || !okA || !okB || !first.Before(second) {
		return spans
	}
	return []dateSpan{{from: a, to: b, first: spans[0].first, last: spans[1].last, isRange: true}}
}

// isRangeGap: only blanks, a dash and range words, at least one of the latter two.
func isRangeGap(gap []token) bool {
	joined := false
	for _, t := range gap {
		switch {
		case t.kind == blankToken || t.kind == breakToken:
		case t.kind == signToken && strings.Contains("-…", t.text):
			joined = true
		case t.kind == signToken && strings.Contains(".,:()[]", t.text):
			if t.text == "." && len(gap) <= 3 && !joined {
				continue
			}
		case t.kind == wordToken && rangeWords[t.text]:
			joined = joined || !yearWords[t.text]
		default:
			return false
		}
	}
	return joined && len(gap) < 14
}

// Words between two days of one month.
var dayRangeWords = wordSet("по до to al")

// dayBefore finds the lone first day of a range that ends in sp.
func dayBefore(toks []token, sp dateSpan) (int, bool) {
	if sp.from.day == 0 {
		return 0, false
	}
	i, joined := sp.first-1, false
	for ; i >= 0 && sp.first-i < 5; i-- {
		if joins := toks[i].text == "-" || dayRangeWords[toks[i].text]; joins {
			joined = true
		} else if toks[i].kind != blankToken {
			break
		}
	}
	d, ok := num(toks, i, 1, 2)
	if !ok || !joined || d < 1 || d >= sp.from.day || glued(toks, i) {
		return 0, false
	}
	if i > 0 && toks[i-1].kind == signToken && toks[i-1].text != "(" {
		return 0, false
	}
	return i, true
}

// parseDay reads a cell that holds one date; monthFirst reads 07/31/2026.
func parseDay(text string, monthFirst bool) (time.Time, bool) {
	text = plainBlanks(text)
	if len(text) < 6 || len(text) > 40 {
		return time.Time{}, false
	}
	toks := scanTokens(strings.Replace(text, "T", " ", 1))
	for _, form := range [...]func([]token, int) (datePart, bool, int){numericDay, compactDay, dayMonthName, monthNameDay} {
		d, _, n := form(toks, 0)
		if n == 0 || d.year == 0 {
			continue
		}
		if monthFirst && n == 5 && d.day <= 12 && toks[1].text == "/" {
			if a, _ := num(toks, 0, 1, 2); a == d.day {
				d.day, d.month = d.month, d.day
			}
		}
		if !onlyClock(toks[n:]) {
			return time.Time{}, false
		}
		return d.start()
	}
	return time.Time{}, false
}

// onlyClock: nothing but a time of day follows.
func onlyClock(toks []token) bool {
	for _, t := range toks {
		if t.kind == wordToken && !yearWords[t.text] && !clockWords[t.text] {
			return false
		}
	}
	return true
}

var clockWords = wordSet("z am pm")
