package table

import "strings"

// numericDay reads 01.07.2026, 01.07.26, 2026-07-01 and the like.
func numericDay(toks []token, i int) (datePart, bool, int) {
	if i+4 >= len(toks) || i > 1 && sign(toks, i-1, "./") != "" && toks[i-2].kind == numberToken {
		return datePart{}, false, 0
	}
	sep := sign(toks, i+1, ".-/ ")
	if sep == "" || sign(toks, i+3, ".-/ ") != sep {
		return datePart{}, false, 0
	}
	if _, ok := num(toks, i, 4, 4); ok {
		return yearFirst(toks, i, sep)
	}
	return dayFirst(toks, i, sep)
}

// yearFirst reads 2026-07-01.
func yearFirst(toks []token, i int, sep string) (datePart, bool, int) {
	y, _ := num(toks, i, 4, 4)
	m, okM := num(toks, i+2, 1, 2)
	d, okD := num(toks, i+4, 1, 2)
	if sep == " " || !okM || !okD {
		return datePart{}, false, 0
	}
	return valid(datePart{year: y, month: m, day: d}, 5)
}

// dayFirst reads 01.07.2026 and 01.07.26; 07/31/2026 too, where only that is a date.
func dayFirst(toks []token, i int, sep string) (datePart, bool, int) {
	d, okD := num(toks, i, 1, 2)
	m, okM := num(toks, i+2, 1, 2)
	y, okY := num(toks, i+4, 4, 4)
	if !okY && sep != " " {
		if y, okY = num(toks, i+4, 2, 2); okY {
			y = fullYear(y)
		}
	}
	if !okD || !okM || !okY || sep == " " && (len(toks[i].text) < 2 || len(toks[i+2].text) < 2) {
		return datePart{}, false, 0
	}
	if sep == "/" && m > 12 && d <= 12 {
		d, m = m, d
	}
	return valid(datePart{year: y, month: m, day: d}, 5)
}

// compactDay reads 20260701, and 01072026 where that is no such day.
func compactDay(toks []token, i int) (datePart, bool, int) {
	n, ok := num(toks, i, 8, 8)
	if !ok {
		return datePart{}, false, 0
	}
	for _, d := range [...]datePart{
		{year: n / 10000, month: n / 100 % 100, day: n % 100},
		{year: n % 10000, month: n / 10000 % 100, day: n / 1000000},
	} {
		if d.year >= 2000 && d.year <= 2079 {
			if d, _, k := valid(d, 1); k > 0 {
				return d, false, k
			}
		}
	}
	return datePart{}, false, 0
}

// isDayOfMonth: the number begins the next date ("июль - 15 августа").
func isDayOfMonth(toks []token, j int) bool {
	_, ok := month(toks, skip(toks, j+1))
	return ok
}

// dayMonthName reads "5 июля 2026", "1-Jul-24", "5 de julio de 2026", "5 июля".
func dayMonthName(toks []token, i int) (datePart, bool, int) {
	d, ok := num(toks, i, 1, 2)
	if !ok || d < 1 || d > 31 || glued(toks, i) {
		return datePart{}, false, 0
	}
	j := skip(toks, i+1)
	m, ok := month(toks, j)
	if !ok || j-i > 4 {
		return datePart{}, false, 0
	}
	if y, n := yearAfter(toks, j+1); n > 0 {
		if numbersName(toks, i) && namesMonthItself(toks[j].text) {
			return datePart{}, false, 0
		}
		return valid(datePart{year: y, month: m, day: d}, j+1-i+n)
	}
	return datePart{month: m, day: d}, len(toks[j].text) < 6, j + 1 - i
}

// numbersName: the number stands behind a word that announces no day, «Форма 7».
func numbersName(toks []token, i int) bool {
	i--
	for i >= 0 && toks[i].kind == blankToken {
		i--
	}
	return i >= 0 && toks[i].kind == wordToken && !announcers[toks[i].text]
}

// namesMonthItself: the month is in the nominative, which does not follow a day.
func namesMonthItself(name string) bool {
	return strings.HasSuffix(name, "ь") || name == "март" || name == "август"
}

// monthNameDay reads "July 5, 2026".
func monthNameDay(toks []token, i int) (datePart, bool, int) {
	m, ok := month(toks, i)
	if !ok {
		return datePart{}, false, 0
	}
	d, ok := num(toks, skip(toks, i+1), 1, 2)
	j := skip(toks, i+1) + 1
	if !ok || sign(toks, j, ",") == "" {
		return datePart{}, false, 0
	}
	y, ok := num(toks, skip(toks, j), 4, 4)
	if !ok {
		return datePart{}, false, 0
	}
	return valid(datePart{year: y, month: m, day: d}, skip(toks, j)+1-i)
}

// shortDay reads 31.07, which must be announced.
func shortDay(toks []token, i int) (datePart, bool, int) {
	d, okD := num(toks, i, 1, 2)
	m, okM := num(toks, i+2, 2, 2)
	if !okD || !okM || sign(toks, i+1, ".") == "" || glued(toks, i) || m < 1 || m > 12 || d < 1 || d > 31 {
		return datePart{}, false, 0
	}
	if i+3 < len(toks) && (toks[i+3].kind == numberToken || toks[i+3].kind == wordToken) {
		return datePart{}, false, 0
	}
	return datePart{month: m, day: d}, true, 3
}
