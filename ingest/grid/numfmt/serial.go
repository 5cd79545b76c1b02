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
	lastSerial = 2958466    // 10000-01-01, past the last day Excel knows
	days1904   = 1462       // from the epoch of 1900 to that of 1904
	dayMillis  = 86_400_000 // milliseconds of a day
	// epochMillis is 1899-12-30, day 0, by the clock of Unix.
	epochMillis = -25569 * dayMillis
	fakeLeap    = float64(60) // Excel's 29 February 1900, which never was
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
	return time.UnixMilli(epochMillis + int64(math.Round(x*dayMillis))).UTC(), true // a Duration holds 292 years only
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
	var buf [32]byte
	out := buf[:0]
	if date {
		year, month, day := t.Date()
		out = appendPadded(append(appendPadded(append(appendPadded(out, year, 4), '-'), int(month), 2), '-'), day, 2)
	}
	if !clock {
		return string(out)
	}
	if date {
		out = append(out, 'T')
	}
	hour, minute, second := t.Clock()
	out = appendPadded(append(appendPadded(append(appendPadded(out, hour, 2), ':'), minute, 2), ':'), second, 2)
	if ms := t.Nanosecond() / 1_000_000; ms > 0 {
		out = appendPadded(append(out, '.'), ms, 3)
		for out[len(out)-1] == '0' {
			out = out[:len(out)-1]
		}
	}
	return string(out)
}

// appendPadded appends a number with zeros in front up to a width.
func appendPadded(out []byte, n, width int) []byte {
	for limit := 10; width > 1; width-- {
		if n < limit {
			out = append(out, "000000000"[:width-1]...)
			break
		}
		limit *= 10
	}
	return strconv.AppendInt(out, int64(n), 10)
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
	x := float64(t.UnixMilli()-epochMillis) / dayMillis
	return f.sections[0].dateText(t, x)
}

func (s *formatSection) dateText(t time.Time, x float64) string {
	t = s.round(t)
	var buf [48]byte
	out, half := buf[:0], s.has('a')
	for _, k := range s.tokens {
		switch k.kind {
		case 'l', '/', '.', ',', '%', '0', '#', '?':
			out = append(out, k.text...)
		case 'e':
			out = append(out, s.elapsedPart(k, x)...)
		case 'a':
			out = append(out, halfDay(k, t)...)
		case 'y', 'm', 'd':
			out = appendDay(out, k, t)
		default:
			out = appendClock(out, k, t, half)
		}
	}
	return string(out)
}

// round drops what the format does not show; Excel rounds to the last unit shown under a second.
func (s *formatSection) round(t time.Time) time.Time {
	unit := time.Second
	for _, k := range s.tokens {
		if k.kind == 'f' {
			unit = time.Second / time.Duration(math.Pow10(min(k.n, 3)))
		}
	}
	if time.Duration(t.Nanosecond())%unit == 0 {
		return t
	}
	return t.Round(unit)
}

// appendDay writes a part of the day of a moment.
func appendDay(out []byte, k formatToken, t time.Time) []byte {
	year, month, day := t.Date()
	n := day
	switch k.kind {
	case 'y':
		if k.n > 2 {
			return appendPadded(out, year, 4)
		}
		return appendPadded(out, year%100, 2)
	case 'm':
		n = int(month)
	}
	if k.n <= 2 {
		return appendPadded(out, n, k.n)
	}
	name := month.String()
	if k.kind == 'd' {
		name = weekday(t).String()
	}
	switch {
	case k.n == 3:
		name = name[:3]
	case k.n == 5 && k.kind == 'm':
		name = name[:1]
	}
	return append(out, name...)
}

// weekday is the one Excel shows, which is wrong before the 29 February 1900 that
// it believes in.
func weekday(t time.Time) time.Weekday {
	if t.UnixMilli() < epochMillis+61*dayMillis {
		return (t.Weekday() + 6) % 7
	}
	return t.Weekday()
}

// appendClock writes a part of the time of day.
func appendClock(out []byte, k formatToken, t time.Time, half bool) []byte {
	hour, minute, second := t.Clock()
	switch k.kind {
	case 'h':
		if half {
			hour = (hour+11)%12 + 1
		}
		return appendPadded(out, hour, min(k.n, 2))
	case 'M':
		return appendPadded(out, minute, min(k.n, 2))
	case 's':
		return appendPadded(out, second, min(k.n, 2))
	case 'f':
		var buf [9]byte
		nanos := appendPadded(buf[:0], t.Nanosecond(), 9)
		return append(append(out, '.'), nanos[:min(k.n, 9)]...)
	}
	return out
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

// elapsedPart writes a whole of hours, minutes or seconds. Where the section shows
// seconds, what it does not show is rounded, as for the clock.
func (s *formatSection) elapsedPart(k formatToken, x float64) string {
	seconds := math.Abs(x) * dayMillis / 1000
	scale, shown := 1.0, false
	for _, t := range s.tokens {
		switch {
		case t.kind == 'f':
			scale = math.Pow10(min(t.n, 3))
		case t.kind == 's', t.kind == 'e' && t.text == "s":
			shown = true
		}
	}
	if shown {
		seconds = math.Floor(seconds*scale+0.5) / scale
	}
	switch k.text {
	case "h":
		seconds /= 3600
	case "m":
		seconds /= 60
	}
	text := fmt.Sprintf("%0*d", k.n, int64(math.Floor(seconds+1e-6)))
	if x < 0 {
		return "-" + text
	}
	return text
}
