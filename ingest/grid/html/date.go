package html

import (
	"strings"
	"time"

	"github.com/distbase/distbase/ingest/grid/numfmt"
)

// layouts are the dates that can be read in one way.
var layouts = [...]string{"02.01.2006", "2006-01-02", "2.1.2006"}

// clocks may follow a date.
var clocks = [...]string{"", " 15:04", " 15:04:05", "T15:04:05", "T15:04"}

// order is that of day and month.
type order uint8

const (
	unknown order = iota
	dayFirst
	monthFirst
)

// slashed are dates whose order of day and month the number format tells, or the column.
var slashed = map[order][]string{
	dayFirst:   {"2/1/2006", "2/1/06", "2-1-2006"},
	monthFirst: {"1/2/2006", "1/2/06", "1-2-2006"},
}

// orderOf tells the order where one of the numbers can be no month.
func orderOf(s string) order {
	s, _, _ = strings.Cut(strings.TrimSpace(s), " ")
	if len(s) > 10 || strings.Count(s, "/") != 2 {
		return unknown
	}
	is := [3]bool{}
	for _, o := range []order{dayFirst, monthFirst} {
		for _, layout := range slashed[o][:2] {
			if _, err := time.Parse(layout, s); err == nil {
				is[o] = true
			}
		}
	}
	switch {
	case is[dayFirst] && !is[monthFirst]:
		return dayFirst
	case is[monthFirst] && !is[dayFirst]:
		return monthFirst
	}
	return unknown
}

// parseDate gives a date as ISO 8601. A format of dates tells the order of day and month
// where it has them, else the column.
func parseDate(s, format string, column order) (string, bool) {
	s = strings.TrimSpace(s)
	if len(s) < 6 || len(s) > 19 || s[0] < '0' || s[0] > '9' || !hasTwoSigns(s) {
		return "", false
	}
	if o := formatOrder(format); o != unknown {
		column = o
	}
	for _, layout := range append(layouts[:len(layouts):len(layouts)], slashed[column]...) {
		for _, clock := range clocks {
			t, err := time.Parse(layout+clock, s)
			if err == nil && t.Year() >= 1900 && t.Year() < 2200 {
				return numfmt.ISOTime(t, true, t.Hour()+t.Minute()+t.Second() != 0), true
			}
		}
	}
	return "", false
}

func hasTwoSigns(s string) bool {
	return strings.Count(s, ".") == 2 || strings.Count(s, "-") == 2 || strings.Count(s, "/") == 2
}

// formatOrder is the order of day and month in a number format.
func formatOrder(format string) order {
	if format == "" || !numfmt.Parse(format).IsDate() {
		return unknown
	}
	low := strings.ToLower(format)
	d, m := strings.IndexByte(low, 'd'), strings.IndexByte(low, 'm')
	switch {
	case d < 0 || m < 0:
		return unknown
	case d < m:
		return dayFirst
	}
	return monthFirst
}
