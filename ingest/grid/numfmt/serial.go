package numfmt

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// System says what day a serial number of a workbook counts from.
type System struct{ Base1904 bool }

const (
	lastSerial = 2958466     // 10000-01-01, past the last day Excel knows
	days1904   = 1462        // from the epoch of 1900 to that of 1904
	dayMillis  = 86_400_000  // milliseconds of a day
	fakeLeap   = float64(60) // Excel's 29 February 1900, which never was
)

// ISO turns a serial number into ISO 8601. It is not ok for days that do not exist; they stay numbers.
func (ds System) ISO(x float64, f *Format) (string, bool) {
	if f.IsElapsed() {
		return elapsedISO(x), x >= 0
	}
	t, ok := ds.Time(x)
	if !ok {
		return "", false
	}
	clock := t.Hour()+t.Minute()+t.Second()+t.Nanosecond() != 0
	if x < 1 {
		// Serial 0 is midnight of no day. Under a format that shows a day it is no date.
		return ISOTime(t, false, true), clock || f.showsTime()
	}
	return ISOTime(t, true, clock), true
}

// Time is the moment a serial number means, to the millisecond.
func (ds System) Time(x float64) (time.Time, bool) {
	if ds.Base1904 && x >= 1 {
		x += days1904
	}
	if x < 0 || x >= lastSerial || x >= fakeLeap && x < fakeLeap+1 {
		return time.Time{}, false
	}
	if x < fakeLeap {
		x++
	}
	epoch := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	return time.UnixMilli(epoch.UnixMilli() + int64(math.Round(x*dayMillis))).UTC(), true // a Duration holds 292 years only
}

// Show writes a serial number as its format asks.
func (ds System) Show(x float64, f *Format) string {
	t, ok := ds.Time(math.Abs(x))
	if !ok {
		if !f.IsElapsed() {
			return strconv.FormatFloat(x, 'f', -1, 64)
		}
	}
	return f.sections[0].dateText(t, x)
}

// ISOTime writes the day, the clock or both of a moment as ISO 8601.
func ISOTime(t time.Time, date, clock bool) string {
	s := ""
	if date {
		s = t.Format("2006-01-02")
	}
	if clock {
		if date {
			s += "T"
		}
		s += t.Format("15:04:05.999")
	}
	return s
}

// elapsedISO writes a duration as hours, minutes and seconds; hours may pass 24.
func elapsedISO(x float64) string {
	sign := ""
	if x < 0 {
		sign, x = "-", -x
	}
	ms := int64(math.Round(x * dayMillis))
	s := fmt.Sprintf("%s%02d:%02d:%02d", sign, ms/3_600_000, ms/60_000%60, ms/1000%60)
	if ms%1000 != 0 {
		s += strings.TrimRight(fmt.Sprintf(".%03d", ms%1000), "0")
	}
	return s
}

// showsTime tells a format with a part of a clock in it.
func (f *Format) showsTime() bool {
	s := &f.sections[0]
	return s.has('h') || s.has('M') || s.has('s')
}

// DateText shows a moment under the format.
func (f *Format) DateText(t time.Time) string {
	x := float64(t.UnixMilli()-time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).UnixMilli()) / dayMillis
	return f.sections[0].dateText(t, x)
}

func (s *formatSection) dateText(t time.Time, x float64) string {
	t = s.round(t)
	var b strings.Builder
	half := s.has('a')
	for _, k := range s.tokens {
		switch k.kind {
		case 'l', '/', '.', ',', '%', '0', '#', '?':
			b.WriteString(k.text)
		case 'e':
			b.WriteString(elapsedPart(k, x))
		case 'a':
			b.WriteString(halfDay(k, t))
		default:
			b.WriteString(datePart(k, t, half))
		}
	}
	return b.String()
}

// round drops what the format does not show; Excel rounds to the last unit shown under a second.
func (s *formatSection) round(t time.Time) time.Time {
	unit := time.Second
	for _, k := range s.tokens {
		if k.kind == 'f' {
			unit = time.Second / time.Duration(math.Pow10(min(k.n, 3)))
		}
	}
	return t.Round(unit)
}

func datePart(k formatToken, t time.Time, half bool) string {
	layouts := map[byte][]string{
		'y': {"06", "06", "2006", "2006"},
		'm': {"1", "01", "Jan", "January"},
		'd': {"2", "02", "Mon", "Monday"},
		'M': {"4", "04"},
		's': {"5", "05"},
	}
	switch k.kind {
	case 'h':
		h := t.Hour()
		if half {
			h = (h+11)%12 + 1
		}
		return fmt.Sprintf("%0*d", min(k.n, 2), h)
	case 'f':
		return ("." + fmt.Sprintf("%09d", t.Nanosecond()))[:min(k.n, 9)+1]
	case 'm':
		if k.n == 5 {
			return t.Format("Jan")[:1]
		}
	}
	if l := layouts[k.kind]; l != nil {
		return t.Format(l[min(k.n, len(l))-1])
	}
	return ""
}

func halfDay(k formatToken, t time.Time) string {
	word := "AM"
	if t.Hour() >= 12 {
		word = "PM"
	}
	if len(k.text) == 3 {
		return word[:1]
	}
	return word
}

func elapsedPart(k formatToken, x float64) string {
	per := map[string]float64{"h": 24, "m": 1440, "s": 86400}[k.text]
	n := int64(math.Floor(math.Abs(x)*per + 1e-6))
	s := fmt.Sprintf("%0*d", k.n, n)
	if x < 0 {
		return "-" + s
	}
	return s
}
