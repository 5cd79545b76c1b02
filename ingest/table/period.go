package table

import (
	"strings"
	"time"
)

// Period is a span of days, both inclusive. A stock day has From equal to To.
type Period struct{ From, To time.Time }

// Contains says whether the day lies in the period.
func (p Period) Contains(day time.Time) bool { return !day.Before(p.From) && !day.After(p.To) }

// String gives the two days in ISO 8601, or the one day.
func (p Period) String() string {
	if p.From.Equal(p.To) {
		return p.From.Format(time.DateOnly)
	}
	return p.From.Format(time.DateOnly) + "/" + p.To.Format(time.DateOnly)
}

// ParsePeriod finds the period that a title, a file name or a sentence tells. It
// reads days, ranges, months, quarters, half-years and years in Russian,
// Ukrainian, English and Spanish. What lacks a year is the latest one that does
// not begin after received; without received it is not taken.
//
// Dates of documents ("от 05.07.2026", "договор") and moments of printing
// ("2026-08-01 10:44") are no periods.
func ParsePeriod(text string, received time.Time) (Period, bool) {
	h, ok := periodReader{received: received}.read(text)
	return h.Period, ok
}

// ParseDay reads a cell that holds one date, with or without a time of day.
func ParseDay(text string) (time.Time, bool) { return parseDay(text, false) }

// periodReader reads periods out of texts.
type periodReader struct {
	received time.Time
	// year is taken for what lacks one, before received is asked.
	year int
	// strict accepts only what a word announces ("за", "период", "на").
	strict bool
	// named: the text is a name, in which two days beside each other are a range.
	named bool
}

// hint is a period found and how sure it is one.
type hint struct {
	Period
	score   int
	hasYear bool
}

// Scores of what is found. Below 1 nothing is taken.
const (
	scoreDay, scoreMonth, scoreRange = 3, 4, 5
	scoreAnnounced                   = 3
	scoreNoYear                      = -1
	scoreDocument                    = -8
	scoreMoment                      = -3
)

func (pr periodReader) read(text string) (hint, bool) {
	toks := scanTokens(text)
	spans := joinRanges(toks, scanDates(toks))
	if pr.named {
		spans = joinDays(toks, spans)
	}
	var best hint
	found := false
	for _, sp := range spans {
		h, ok := pr.resolve(sp)
		if !ok {
			continue
		}
		announced := false
		h.score += contextScore(toks, sp, &announced)
		if pr.strict && !announced && (!sp.isRange || !h.hasYear) {
			continue
		}
		if sp.needsWord && !announced && !sp.isRange {
			continue
		}
		if h.score > 0 && (!found || h.score > best.score) {
			best, found = h, true
		}
	}
	return best, found
}

// contextScore judges the words around a date.
func contextScore(toks []token, sp dateSpan, announced *bool) int {
	score := 0
	for i, back := sp.first-1, 0; i >= 0 && back < 4; i-- {
		t := toks[i]
		if t.kind != wordToken {
			if t.kind == breakToken && back > 0 {
				break
			}
			continue
		}
		back++
		switch {
		case announcers[t.text] && (back == 1 || len(t.text) > 4):
			*announced = true
		case documentWords[t.text] && !*announced:
			score += scoreDocument
		}
	}
	if *announced {
		score += scoreAnnounced
	}
	if isClock(toks, sp.last+1) {
		score += scoreMoment
	}
	return score
}

// resolve turns a span into days.
func (pr periodReader) resolve(sp dateSpan) (hint, bool) {
	from, to := sp.from, sp.to
	h := hint{hasYear: true}
	if to.year == 0 && from.year != 0 {
		to.year = from.year
		if to.before(from) {
			to.year++
		}
	}
	if to.year == 0 {
		h.hasYear = false
		h.score += scoreNoYear
		if to.year = pr.yearFor(to); to.year == 0 {
			return h, false
		}
	}
	if from.year == 0 {
		from.year = to.year
		if to.before(from) {
			from.year--
		}
	}
	a, okA := from.start()
	b, okB := to.end()
	if !okA || !okB || b.Before(a) || b.Sub(a) > 5*366*24*time.Hour {
		return h, false
	}
	h.Period = Period{a, b}
	switch {
	case sp.isRange:
		h.score += scoreRange
	case from.day != 0:
		h.score += scoreDay
	default:
		h.score += scoreMonth
	}
	return h, true
}

// yearFor gives the year of a date without one: the latest that does not begin after received.
func (pr periodReader) yearFor(d datePart) int {
	if pr.year != 0 {
		return pr.year
	}
	if pr.received.IsZero() {
		return 0
	}
	d.year = pr.received.Year()
	start, ok := d.start()
	received := day(pr.received.Year(), int(pr.received.Month()), pr.received.Day())
	if !ok || start.After(received) {
		d.year--
	}
	if start, ok = d.start(); !ok {
		for n := 0; n < 8 && !ok; n++ { // 29 February
			d.year--
			_, ok = d.start()
		}
	}
	_ = start
	return d.year
}

// day makes a date.
func day(y, m, d int) time.Time { return time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC) }

// cutExtension takes the extension off a file name, and the "(2)" of a browser's copy.
func cutExtension(name string) string {
	if i := strings.LastIndexByte(name, '/'); i >= 0 {
		name = name[i+1:]
	}
	for range 2 {
		i := strings.LastIndexByte(name, '.')
		if i <= 0 || len(name)-i > 5 || strings.ContainsAny(name[i:], " ") || !hasLetter(name[i:]) {
			break
		}
		name = name[:i]
	}
	return name
}

func hasLetter(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r > 0x7f })
}
