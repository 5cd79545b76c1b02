package table

import (
	"slices"
	"strings"
)

// learned collects the layout of the reading.
func (rd *reading) learned(t *Table) Layout {
	l := Layout{
		Version: LayoutVersion, Fingerprint: t.Fingerprint, Kind: t.Kind, Sheet: t.Sheet, Title: rd.v.firstLine(rd.h),
		Levels: slices.Clone(rd.levels), Period: t.PeriodSource,
	}
	l.Unit, l.VAT = rd.said()
	l.Lines, l.LeftOut = rd.lineRoles(), rd.newLines
	var at []int
	for i, k := range rd.columnKeys() {
		if !k.isKnown() || rd.cross.covers(i+1) {
			continue
		}
		at = append(at, i)
		k.LeftOut = rd.leavesOut(i)
		c := &rd.cols[i]
		if k.Role = c.role; k.Role.IsNumber() {
			k.Unit, k.VAT = meaningOf(rd.h.title(i + 1))
			k.Commas = c.commas()
		}
		l.Columns = append(l.Columns, k)
	}
	if rd.cross != nil {
		l.Across, l.Before, l.Values = rd.cross.what, rd.columnsBefore(at), rd.valueKeys()
		l.Heads = rd.heads()
	}
	if l.Period == "" {
		l.Period = PeriodLastMonth
		if t.Kind == Stock || t.Kind == Movement || t.Kind == Pricelist {
			l.Period = PeriodReceived
		}
	}
	return l
}

// learn closes the layout when all doubts of the table are known: what the analyst
// confirms, they need not be asked again. A total that differs is asked every time.
func (t *Table) learn() {
	for _, d := range t.Doubts {
		if d.Code != DoubtTotal && d.Code != DoubtSumRow && d.Code != DoubtPeriod && d.Code != DoubtDrift && !slices.Contains(t.layout.Accepted, d.Code) {
			t.layout.Accepted = append(t.layout.Accepted, d.Code)
		}
	}
	slices.Sort(t.layout.Accepted)
}

// firstLine is the first text above the heading.
func (v *view) firstLine(h *heading) string {
	for ri := 0; ri < h.first; ri++ {
		for _, c := range v.filled(ri) {
			if lettersIn(c.text, 3) == 3 {
				return oneLine(c.text)
			}
		}
	}
	return ""
}

// said reads from the lines above the report what all its money is counted in.
func (rd *reading) said() (unit, vat string) {
	unit, vat = meaningOf(rd.v.preamble(rd.h))
	if strings.HasPrefix(unit, inThousands) {
		return inThousands, vat
	}
	return "", vat
}

// inThousands is the unit of money that is told for a whole report.
const inThousands = "тыс"

// commas says how the column writes numbers, where it was not plain.
func (c *column) commas() string {
	switch {
	case c.style.commaThousands:
		return "thousands"
	case c.stats.numericTexts > 0:
		return "decimal"
	}
	return ""
}

// meaningOf reads from a title what a measure is counted in and whether it holds VAT.
func meaningOf(title string) (unit, vat string) {
	thousands := false
	for _, w := range titleWords(title) {
		switch {
		case w == "сндс":
			vat = "with"
		case w == "безндс":
			vat = "without"
		case measureUnits[w] == inThousands:
			thousands = true
		case measureUnits[w] != "":
			unit = measureUnits[w]
		}
	}
	if thousands {
		unit = strings.TrimSpace(inThousands + " " + unit)
	}
	return unit, vat
}

// measureUnits are the units titles name, brought to one form.
var measureUnits = func() map[string]string {
	m := map[string]string{}
	for unit, words := range map[string]string{
		"шт":  "шт штук штука штуки pcs pieces piece ea дана",
		"кор": "кор короб коробов коробки коробка ящ ящик ящиков case cases box boxes cs",
		"уп":  "уп упак упаковка упаковок пач пачка pack packs",
		"кг":  "кг kg килограмм",
		"т":   "тонн тонна",
		"л":   "литр литров",
		"руб": "руб рублей рубли rub",
		"тг":  "тг тенге kzt",
		"грн": "грн гривень uah",
		"usd": "usd долл",
		"eur": "eur евро",
		"тыс": "тыс тысяч тысячах",
	} {
		for w := range strings.FieldsSeq(words) {
			m[w] = unit
		}
	}
	return m
}()
