package table

import "slices"

// directionWords say that goods came or went.
var directionWords = wordSet("приход расход прихід видаток entrada entradas salida salidas saida saída saidas saídas ingreso ingresos egreso egresos in out inward outward receipt issue")

// doubtJournal asks about a list of single movements: what came and went by document is
// no stock, and no sales where some of it came.
func (t *Table) doubtJournal(rd *reading) {
	if rd.match != nil || rd.cross != nil {
		return
	}
	switch directions := rd.directions(); {
	case t.Kind == Stock && (directions > 0 || t.has(DocNo) && t.has(Date)), t.Kind != Movement && directions > 1:
		t.doubt(DoubtKind, "")
	}
}

// directions counts the different words by which a column says of every row whether
// goods came or went.
func (rd *reading) directions() int {
	most := 0
	for i := range rd.cols {
		st := &rd.cols[i].stats
		if n := len(st.distinct); n == 0 || n > 4 || 2*st.filled < len(rd.lines) {
			continue
		}
		words := 0
		for text := range st.distinct {
			if w := titleWords(text); len(w) == 0 || !slices.ContainsFunc(w, func(w string) bool { return directionWords[w] }) || len(w) > 2 {
				words = 0
				break
			}
			words++
		}
		most = max(most, words)
	}
	return most
}
