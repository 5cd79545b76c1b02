package ods

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/distbase/distbase/ingest/grid/numfmt"
)

// moment is a point in time or, where it has no day, a duration.
type moment struct {
	at       time.Time
	duration time.Duration
	isTime   bool
}

// parseMoment reads office:date-value and office:time-value: dates of XML Schema,
// with or without a clock, and its durations.
func parseMoment(kind, value string) (moment, bool) {
	value = strings.TrimSpace(value)
	if kind == "time" {
		d, ok := parseDuration(value)
		return moment{duration: d, isTime: true}, ok
	}
	for _, layout := range [...]string{"2006-01-02", "2006-01-02T15:04:05.999999999", "2006-01-02T15:04:05,999999999", "2006-01-02T15:04", "2006-01-02T15:04:05.999999999Z07:00"} {
		if t, err := time.Parse(layout, value); err == nil {
			return moment{at: t.Round(time.Millisecond)}, true
		}
	}
	return moment{}, false
}

// longest bounds durations, which count nanoseconds: 292 years.
const longest = float64(math.MaxInt64) / 2

// parseDuration reads P1DT2H3M4.5S, whole or in part. Years and months have no
// length and are not taken.
func parseDuration(s string) (time.Duration, bool) {
	s, negative := strings.CutPrefix(s, "-")
	s, ok := strings.CutPrefix(s, "P")
	if !ok || s == "" {
		return 0, false
	}
	days, clock, _ := strings.Cut(s, "T")
	sum := 0.0
	for _, part := range [...]struct{ text, units string }{{days, "D"}, {clock, "HMS"}} {
		n, ok := addParts(part.text, part.units)
		if !ok {
			return 0, false
		}
		sum += n
	}
	if negative {
		sum = -sum
	}
	return time.Duration(math.Round(sum*1e3)) * time.Millisecond, sum*1e9 < longest && sum*1e9 > -longest
}

// addParts gives the seconds of numbers before units.
func addParts(s, units string) (float64, bool) {
	sum := 0.0
	for s != "" {
		i := strings.IndexAny(s, units)
		if i < 0 {
			return 0, false
		}
		n, err := strconv.ParseFloat(strings.Replace(s[:i], ",", ".", 1), 64)
		if err != nil {
			return 0, false
		}
		sum += n * map[byte]float64{'D': 86400, 'H': 3600, 'M': 60, 'S': 1}[s[i]]
		s = s[i+1:]
	}
	return sum, true
}

// iso is the canonical value: a day, with a clock where it is not midnight, or a
// time in which hours may pass 24. Of a day and a time shown as a time of day, Calc
// writes the hours since its first day.
func (m moment) iso(f *numfmt.Format) string {
	if !m.isTime {
		h, min, s := m.at.Clock()
		return numfmt.ISOTime(m.at, true, h+min+s+m.at.Nanosecond() > 0)
	}
	if m.duration >= 24*time.Hour && f.IsDate() && !f.IsElapsed() {
		if day, ok := (numfmt.System{}).ISO(m.duration.Hours()/24, f); ok {
			return day
		}
	}
	sign, ms := "", m.duration.Milliseconds()
	if ms < 0 {
		sign, ms = "-", -ms
	}
	text := fmt.Sprintf("%s%02d:%02d:%02d", sign, ms/3_600_000, ms/60_000%60, ms/1000%60)
	if ms%1000 != 0 {
		text += strings.TrimRight(fmt.Sprintf(".%03d", ms%1000), "0")
	}
	return text
}

// show writes the moment under a format, as ISO where that shows no moment.
func (m moment) show(f *numfmt.Format) string {
	switch {
	case !f.IsDate():
		return m.iso(f)
	case m.isTime:
		return numfmt.System{}.Show(m.duration.Hours()/24, f)
	}
	return f.DateText(m.at)
}
