package table

import (
	"strings"
	"time"

	"github.com/distbase/distbase/ingest/grid"
)

// Where a period was told.
const (
	PeriodPrinted = "printed"
	PeriodSheet   = "sheet"
	PeriodFile    = "file"
	PeriodSubject = "subject"
	PeriodBody    = "body"
	PeriodRecords = "records"
	// PeriodReceived is the day the report came, PeriodLastMonth the last whole month
	// before it: where a layout says so, never by themselves.
	PeriodReceived  = "received"
	PeriodLastMonth = "last_month"
	// PeriodAsked is asked about every time: what the analyst said followed no rule.
	PeriodAsked = "asked"
)

// PeriodAt is the period of a report that tells none and came at a time, by the rule of
// its layout; nil where there is no rule.
func (l *Layout) PeriodAt(received time.Time) *Period {
	if received.IsZero() {
		return nil
	}
	switch l.Period {
	case PeriodReceived:
		today := day(received.Year(), int(received.Month()), received.Day())
		return &Period{today, today}
	case PeriodLastMonth:
		first := day(received.Year(), int(received.Month()), 1)
		return &Period{first.AddDate(0, -1, 0), first.AddDate(0, 0, -1)}
	}
	return nil
}

// findPeriod asks the sheet above and in the heading, its name, the file's name,
// the subject and the body of the letter, and the dates of the records, in this order.
func (rd *reading) findPeriod(t *Table, src Source) {
	pr := periodReader{received: src.Received}
	file := strings.ReplaceAll(cutExtension(src.FileName), "+", " ")
	dated := pr
	if h, ok := pr.read(file); ok && h.hasYear {
		dated.year = h.To.Year()
	}
	named := pr
	named.named = true
	strict := pr
	strict.strict = true
	spans := rd.recordSpan(t)
	month, guessed := rd.columnSpan(dated)
	if month != nil {
		spans = month
	}
	for _, try := range [...]struct {
		source, text string
		pr           periodReader
	}{
		{PeriodPrinted, rd.v.linesAbove(rd.h), pr},
		{PeriodPrinted, rd.headingText(), strict},
		{PeriodSheet, rd.v.sheet.Name, dated},
		{PeriodFile, file, named},
		{PeriodSubject, src.Subject, pr},
		{PeriodBody, src.Body, strict},
	} {
		h, ok := try.pr.read(try.text)
		if !ok || spans != nil && denied(h.Period, *spans, try.source) {
			continue
		}
		t.Period, t.PeriodSource = rd.untilNow(h.Period, spans), try.source
		return
	}
	if spans != nil {
		t.Period, t.PeriodSource = spans, PeriodRecords
		if guessed && rd.match == nil {
			t.doubt(DoubtPeriod, Date)
		}
		return
	}
	if p := rd.dayOfPrint(t.Kind, file, pr); p != nil {
		t.Period, t.PeriodSource = p, PeriodPrinted
	}
}

// linesAbove is the preamble without the rows of a small table, whose months and days are
// those of its own figures: «Итого за январь 2026 | 1200 | 1450».
func (v *view) linesAbove(h *heading) string {
	lines := strings.SplitAfter(v.preamble(h), "\n")
	for ri := 0; ri < h.first; ri++ {
		figures := 0
		for _, c := range v.filled(ri) {
			if looksNumeric(&c) {
				figures++
			}
		}
		if figures > 1 || figures > 0 && isTotal(v.filled(ri)[0].text) {
			lines[ri] = "\n"
		}
	}
	return strings.Join(lines, "")
}

// dayOfPrint is the day of the document, or when what holds at a moment was printed;
// nil for none.
func (rd *reading) dayOfPrint(k Kind, file string, pr periodReader) *Period {
	if d, ok := rd.dayOfDocument(file); ok {
		return &Period{d, d}
	}
	if k != Stock && k != Movement && k != Pricelist {
		return nil
	}
	formed := formedWords.Replace(strings.ToLower(rd.v.preamble(rd.h)))
	if h, ok := pr.read(formed); ok && h.hasYear {
		return &h.Period
	}
	return nil
}

// untilNow narrows a year or a quarter that was not over when the report came to the
// months that the report tells.
func (rd *reading) untilNow(told Period, months *Period) *Period {
	if months == nil || rd.cross == nil || rd.cross.what != Date || !told.To.After(rd.received) || rd.received.IsZero() {
		return &told
	}
	if months.From.Before(told.From) || !months.To.Before(told.To) || months.To.Sub(months.From) <= maxSpanOfDay {
		return &told
	}
	return months
}

// dayOfDocument is the day of the one document that the sheet is: a delivery note, an invoice.
func (rd *reading) dayOfDocument(file string) (time.Time, bool) {
	above := rd.v.preamble(rd.h)
	for line := range strings.Lines(above + file) {
		if d, ok := documentDay(line); ok && (readKindWords(line).documents || readKindWords(line).prices || namesDocument(line)) {
			return d, true
		}
	}
	if !rd.near.documents {
		return time.Time{}, false
	}
	for line := range strings.Lines(above) { // «Номер документа | Дата составления» over their values
		toks := scanTokens(line)
		for _, sp := range scanDates(toks) {
			if readKindWords(line).documents && sp.from.day != 0 && sp.from.year != 0 {
				return sp.from.start()
			}
		}
	}
	return time.Time{}, false
}

// denied: the records know better, or the one day told is that of printing.
func denied(told, records Period, source string) bool {
	day := told.From.Equal(told.To)
	return (source != PeriodPrinted || day) && !overlaps(told, records) || day && records.To.Sub(records.From) > maxSpanOfDay
}

// formedWords announce the moment of printing, which for a list of stock or prices is its day.
var formedWords = strings.NewReplacer("сформировано", "на", "сформирована", "на", "сформирован", "на", "дата печати", "на", "printed", "on", "generated", "on", "created", "on")

// maxSpanOfDay: records of more days than this are not those of the one day printed.
const maxSpanOfDay = 7 * 24 * time.Hour

func overlaps(a, b Period) bool { return !a.To.Before(b.From) && !b.To.Before(a.From) }

// headingText is the titles, a line each. A month over a column is no period; a
// range is, and a day after "на".
func (rd *reading) headingText() string {
	s := ""
	for ri := rd.h.first; ri <= rd.h.last; ri++ {
		for _, c := range rd.v.filled(ri) {
			if rd.cross.covers(c.col) && rd.cross.what == Date || c.kind == grid.Number || rd.isYearOfColumn(&c) || rd.pricesEarlier(&c) {
				continue
			}
			s += c.text + "\n"
		}
	}
	return s
}

// isYearOfColumn: a bare year stands over figures, those of another year maybe.
func (rd *reading) isYearOfColumn(c *cell) bool {
	if c.col > len(rd.cols) || !rd.cols[c.col-1].stats.mostlyNumbers() || loneYear(c.text) == 0 {
		return false
	}
	p, ok := wholePeriod(c.text, 0)
	return ok && p.To.Sub(p.From) > 300*24*time.Hour
}

// recordSpan is the first and last date of the records, months of a cross-tab to their end.
func (rd *reading) recordSpan(t *Table) *Period {
	if !t.has(Date) {
		return nil
	}
	first, last := "", ""
	for _, r := range t.Records {
		v, ok := r.Get(Date)
		if !ok {
			continue
		}
		if first == "" || v.Text < first {
			first = v.Text
		}
		last = max(last, v.Text)
	}
	from, err := time.Parse(time.DateOnly, first)
	to, err2 := time.Parse(time.DateOnly, last)
	if err != nil || err2 != nil {
		return nil
	}
	if c := columnOf(rd.cols, Date); c != nil && c.months {
		to = to.AddDate(0, 1, -1)
	}
	if rd.cross != nil && rd.cross.what == Date {
		for i := range rd.cross.groups { // a month or a week to its end
			if p, ok := rd.spanOf(&rd.cross.groups[i]); ok && p.From.Equal(to) {
				to = p.To
			}
		}
	}
	return &Period{from, to}
}

// yearOf is the year that the sheet, its name or the file's name tells, 0 for none.
func (rd *reading) yearOf(src Source) int {
	pr := periodReader{}
	for _, s := range []string{rd.v.preamble(rd.h), rd.v.sheet.Name, cutExtension(src.FileName), src.Subject} {
		if h, ok := pr.read(s); ok && h.hasYear {
			return h.To.Year()
		}
	}
	for _, s := range []string{rd.v.sheet.Name, cutExtension(src.FileName), rd.v.preamble(rd.h)} { // «Отгрузки 2026»
		if y := loneYear(s); y != 0 {
			return y
		}
	}
	return 0
}

// loneYear is the one year that stands by itself in a text, 0 for none or several.
func loneYear(s string) int {
	year := 0
	toks := scanTokens(s)
	for i := range toks {
		y, ok := num(toks, i, 4, 4)
		if !ok || y < 2000 || y > 2079 || glued(toks, i) || y == year {
			continue
		}
		if year != 0 {
			return 0
		}
		year = y
	}
	return year
}

// isoDay gives a day as the contract prints it.
func isoDay(d time.Time) string { return d.Format(time.DateOnly) }
