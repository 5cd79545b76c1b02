package numfmt

import (
	"math"
	"strconv"
	"time"
)

// System says what day a serial number of a workbook counts from (ECMA-376 part 1,
// 18.17.4.1).
type System struct{ Base1904 bool }

const (
	lastSerial = 2958466     // 10000-01-01, past the last day Excel knows
	days1904   = 1462        // from the epoch of 1900 to that of 1904
	dayMillis  = 86_400_000  // milliseconds of a day
	fakeLeap   = float64(60) // Excel's 29 February 1900, which never was
)

// ISO turns a serial number into ISO 8601. It is not ok for days that do not exist; they stay numbers.
func (ds System) ISO(x float64, f *Format) (string, bool) {
	var buf [32]byte
	dst, ok := ds.AppendISO(buf[:0], x, f)
	return string(dst), ok
}

// AppendISO appends what ISO gives; where that is not ok there is nothing to keep.
func (ds System) AppendISO(dst []byte, x float64, f *Format) ([]byte, bool) {
	if f.IsElapsed() {
		return appendElapsedISO(dst, x), x >= 0 && x < lastSerial
	}
	ms, ok := ds.millis(x)
	if !ok {
		return dst, false
	}
	m := momentOf(ms)
	clock := ms%dayMillis != 0
	if x < 1 {
		// Serial 0 is midnight of no day. Under a format that shows a day it is no date.
		return m.appendISO(dst, false, true), clock || f.showsTime()
	}
	return m.appendISO(dst, true, clock), true
}

// millis counts from 1899-12-30, the day before the first of the system of 1900 as
// it is since 1 March 1900.
func (ds System) millis(x float64) (int64, bool) {
	if ds.Base1904 && x >= 1 {
		x += days1904
	}
	if !(x >= 0 && x < lastSerial) || x >= fakeLeap && x < fakeLeap+1 {
		return 0, false
	}
	if x < fakeLeap {
		x++
	}
	return int64(math.Round(x * dayMillis)), true
}

// Time is the moment a serial number means, to the millisecond.
func (ds System) Time(x float64) (time.Time, bool) {
	ms, ok := ds.millis(x)
	if !ok {
		return time.Time{}, false
	}
	return time.UnixMilli(ms - epochMillis).UTC(), true
}

// epochMillis is the epoch of Unix, counted from 1899-12-30.
const epochMillis = 25569 * dayMillis

// Show writes a serial number as its format asks.
func (ds System) Show(x float64, f *Format) string {
	var buf [48]byte
	return string(ds.AppendShow(buf[:0], x, f))
}

// AppendShow appends what Show gives.
func (ds System) AppendShow(dst []byte, x float64, f *Format) []byte {
	ms, ok := ds.millis(math.Abs(x))
	if !ok && (!f.IsElapsed() || !(math.Abs(x) < 1e9)) {
		return strconv.AppendFloat(dst, x, 'f', -1, 64)
	}
	elapsed := int64(math.Round(math.Abs(x) * dayMillis))
	if !ok {
		ms = elapsed
	}
	return f.sections[0].appendDate(dst, ms, elapsed, x < 0)
}

// DateText shows a moment under the format.
func (f *Format) DateText(t time.Time) string {
	ms := t.UnixMilli() + epochMillis
	return string(f.sections[0].appendDate(nil, ms, max(ms, -ms), ms < 0))
}

// ISOTime writes the day, the clock or both of a moment as ISO 8601.
func ISOTime(t time.Time, date, clock bool) string {
	return string(momentOf(t.UnixMilli()+epochMillis).appendISO(nil, date, clock))
}

// appendElapsedISO writes a duration as hours, minutes and seconds; hours may pass 24.
func appendElapsedISO(dst []byte, x float64) []byte {
	if !(math.Abs(x) < lastSerial) {
		return dst
	}
	if x < 0 {
		dst = append(dst, '-')
	}
	ms := int64(math.Round(math.Abs(x) * dayMillis))
	dst = appendPadded(dst, int(ms/3_600_000), 2)
	return appendClock(append(dst, ':'), int(ms%3_600_000))
}

// appendClock writes minutes, seconds and what is over of an hour's milliseconds.
func appendClock(dst []byte, ms int) []byte {
	dst = appendPadded(dst, ms/60_000, 2)
	dst = appendPadded(append(dst, ':'), ms/1000%60, 2)
	if ms %= 1000; ms > 0 {
		dst = appendPadded(append(dst, '.'), ms, 3)
		for dst[len(dst)-1] == '0' {
			dst = dst[:len(dst)-1]
		}
	}
	return dst
}

// showsTime tells a format with a part of a clock in it.
func (f *Format) showsTime() bool {
	s := &f.sections[0]
	return s.has('h') || s.has('M') || s.has('s')
}
