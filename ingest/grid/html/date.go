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

// slashed are dates whose order of day and month a number format tells.
var slashed = map[bool][]string{
	true:  {"2/1/2006", "2/1/06", "2-1-2006"},
	false: {"1/2/2006", "1/2/06", "1-2-2006"},
}

// parseDate gives a date as ISO 8601.
func parseDate(s, format string) (string, bool) {
	s = strings.TrimSpace(s)
	if len(s) < 6 || len(s) > 19 || s[0] < '0' || s[0] > '9' ||
		strings.Count(s, ".") != 2 && strings.Count(s, "-") != 2 && strings.Count(s, "/") != 2 {
		return "", false
	}
	candidates := layouts[:]
	if format != "" && numfmt.Parse(format).IsDate() {
		low := strings.ToLower(format)
		if d, m := strings.IndexByte(low, 'd'), strings.IndexByte(low, 'm'); d >= 0 && m >= 0 {
			candidates = append(candidates[:len(candidates):len(candidates)], slashed[d < m]...)
		}
	}
	for _, layout := range candidates {
		for _, clock := range clocks {
			t, err := time.Parse(layout+clock, s)
			if err == nil && t.Year() >= 1900 && t.Year() < 2200 {
				return numfmt.ISOTime(t, true, t.Hour()+t.Minute()+t.Second() != 0), true
			}
		}
	}
	return "", false
}
