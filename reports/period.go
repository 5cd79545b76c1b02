package reports

import (
	"fmt"
	"time"
)

// Kind is which summary.
type Kind string

// The kinds of summaries.
const (
	Daily   Kind = "daily"
	Weekly  Kind = "weekly"
	Monthly Kind = "monthly"
)

// Kinds lists them.
func Kinds() []Kind { return []Kind{Daily, Weekly, Monthly} }

// DefaultCron is when a summary comes unless the subscriber says otherwise: at
// nine, on Mondays, on the first.
func (k Kind) DefaultCron() string {
	switch k {
	case Weekly:
		return "0 9 * * 1"
	case Monthly:
		return "0 9 1 * *"
	}
	return "0 9 * * *"
}

// Span is days, both ends inclusive, at midnight UTC: days have no zone.
type Span struct{ From, To time.Time }

// spans is what a summary speaks of.
type spans struct {
	head  Span // the day or the week; for a month the month
	month Span // the month to date
}

// speaksOf is what a summary made at a moment speaks of, by the date in the
// moment's zone.
func (k Kind) speaksOf(at time.Time) (spans, error) {
	today := time.Date(at.Year(), at.Month(), at.Day(), 0, 0, 0, 0, time.UTC)
	yesterday := today.AddDate(0, 0, -1)
	s := spans{month: Span{firstOf(yesterday), yesterday}}
	switch k {
	case Daily:
		s.head = Span{yesterday, yesterday}
	case Weekly:
		s.head = Span{yesterday.AddDate(0, 0, -6), yesterday}
	case Monthly:
		last := firstOf(today).AddDate(0, 0, -1)
		s.month = Span{firstOf(last), last}
		s.head = s.month
	default:
		return s, fmt.Errorf("there is no summary %q", k)
	}
	return s, nil
}

// sameDays is a month to date moved by months: the days of the same numbers, or
// the whole month where s ends with its own.
func (s Span) sameDays(months int) Span {
	first := s.From.AddDate(0, months, 0)
	last := lastOf(first)
	if s.To.Equal(lastOf(s.To)) {
		return Span{first, last}
	}
	to := first.AddDate(0, 0, s.To.Day()-1)
	if to.After(last) {
		to = last
	}
	return Span{first, to}
}

// whole is the month that s begins.
func (s Span) whole() Span { return Span{s.From, lastOf(s.From)} }

func firstOf(day time.Time) time.Time {
	return time.Date(day.Year(), day.Month(), 1, 0, 0, 0, 0, time.UTC)
}

func lastOf(day time.Time) time.Time { return firstOf(day).AddDate(0, 1, -1) }
