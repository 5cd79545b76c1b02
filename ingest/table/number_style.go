package table

// styleOf learns from all texts of a column how its numbers are written.
// Ambiguous is true where "1,234" stands beside nothing that settles it.
//
// Three digits after every comma are a decimal comma printed to three places
// (1C writes 24,000 for 24); beside whole numbers without any mark they are thousands.
func styleOf(texts []string) (st numberStyle, ambiguous bool) {
	var n [markKinds]int
	for _, t := range texts {
		n[marksOf(t)]++
	}
	if n[groupedComma] > 0 && n[decimalComma] == 0 {
		st.commaThousands = n[decimalPoint] > 0 || n[shortWhole] > 0
		ambiguous = n[decimalPoint] == 0 && n[groupedComma] < 4
	}
	st.pointThousands = n[groupedPoint] > 0 && n[decimalPoint] == 0 && n[decimalComma] > 0
	return st, ambiguous
}

// What the marks of one number say about its column.
const (
	nothingMarked = iota
	decimalComma
	decimalPoint
	groupedComma // "1,234": a thousand or three places
	groupedPoint
	shortWhole // "950": would have no mark if commas were thousands
	markKinds
)

func marksOf(t string) int {
	w, ok := scanNumber(plainBlanks(t))
	switch {
	case !ok:
		return nothingMarked
	case w.point:
		return decimalPoint
	case w.n == 1:
		if len(w.groups[0]) <= 3 {
			return shortWhole
		}
		return nothingMarked
	case w.n == 2:
		return marksOfTwo(&w)
	}
	return marksOfMany(&w)
}

// marksOfTwo is for one mark between two runs of digits.
func marksOfTwo(w *writtenNumber) int {
	grouped := len(w.groups[0]) <= 3 && len(w.groups[1]) == 3 && w.groups[0][0] != '0'
	switch {
	case w.marks[0] == ' ':
		return nothingMarked
	case w.marks[0] == ',' && grouped:
		return groupedComma
	case w.marks[0] == '.' && grouped:
		return groupedPoint
	case w.marks[0] == ',':
		return decimalComma
	}
	return decimalPoint
}

// marksOfMany: the last of two kinds is decimal, what repeats is not.
func marksOfMany(w *writtenNumber) int {
	first, last := w.marks[0], w.marks[w.n-2]
	switch {
	case last == ' ':
		return nothingMarked
	case first == last && last == ',':
		return decimalPoint
	case first == last:
		return decimalComma
	case last == ',':
		return decimalComma
	}
	return decimalPoint
}
