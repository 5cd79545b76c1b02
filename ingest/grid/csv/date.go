package csv

import "strings"

// dateKind is how certain the order of a date's parts is.
type dateKind uint8

const (
	dateISO     dateKind = iota // 2026-03-01
	dateDotted                  // 01.03.2026
	dateShort                   // 01.03.26
	dateSlashed                 // 01/03/2026: either may be the day
)

// date is a date as written: a and b are day and month in an order the column must tell.
type date struct {
	a, b, year int
	clock      clock
}

// clock is a time of day, fractions of a second as written.
type clock struct {
	hour, minute, second int
	fraction             string
}

// parseDate recognises dates, with or without a time of day behind them.
func parseDate(t string) (date, dateKind, bool) {
	var d date
	if len(t) < 8 || len(t) > 30 || t[0] < '0' || t[0] > '9' {
		return d, 0, false
	}
	first, sep, t := leadingNumber(t)
	if sep != '-' && sep != '.' && sep != '/' {
		return d, 0, false
	}
	second, sep2, t := leadingNumber(t)
	third, after, t := leadingNumber(t)
	if sep2 != sep || third.width == 0 || second.width == 0 || second.width > 2 {
		return d, 0, false
	}
	if after != 0 {
		var ok bool
		if after != ' ' && after != 'T' {
			return d, 0, false
		}
		if d.clock, ok = parseClock(strings.Trim(t, " ")); !ok {
			return d, 0, false
		}
	}
	return d.order(first, second, third, sep)
}

// written is a number of a date with the count of its digits.
type written struct{ value, width int }

// leadingNumber takes up to four digits and the byte behind them, 0 at the end.
func leadingNumber(t string) (w written, after byte, rest string) {
	i := 0
	for i < len(t) && i < 4 && t[i] >= '0' && t[i] <= '9' {
		w.value = w.value*10 + int(t[i]-'0')
		i++
	}
	w.width = i
	if i == len(t) {
		return w, 0, ""
	}
	return w, t[i], t[i+1:]
}

// order tells which part is the year, and whether there is such a day.
func (d date) order(first, second, third written, sep byte) (date, dateKind, bool) {
	kind := dateDotted
	switch {
	case first.width == 4 && third.width <= 2:
		d.year, d.b, d.a, kind = first.value, second.value, third.value, dateISO
		return d, kind, d.exists(d.a, d.b)
	case first.width > 2:
		return d, 0, false
	case sep == '.' && third.width == 4:
	case sep == '.' && first.width+second.width+third.width == 6 && third.width == 2:
		kind = dateShort
		third.value += 2000
		if third.value >= 2070 {
			third.value -= 100
		}
	case sep == '/' && third.width == 4:
		kind = dateSlashed
	default:
		return d, 0, false
	}
	d.a, d.b, d.year = first.value, second.value, third.value
	return d, kind, d.exists(d.a, d.b) || kind == dateSlashed && d.exists(d.b, d.a)
}

// parseClock takes a time of day.
func parseClock(t string) (clock, bool) {
	var c clock
	hour, sep, t := leadingNumber(t)
	minute, after, t := leadingNumber(t)
	if sep != ':' || hour.width == 0 || hour.width > 2 || minute.width != 2 || after != 0 && after != ':' {
		return c, false
	}
	c.hour, c.minute = hour.value, minute.value
	if after == ':' {
		second, point, fraction := leadingNumber(t)
		if second.width != 2 || point != 0 && (point != '.' || !isDigits(fraction)) {
			return c, false
		}
		c.second, c.fraction = second.value, strings.TrimRight(fraction[:min(len(fraction), 3)], "0")
	}
	return c, c.hour < 24 && c.minute < 60 && c.second < 60
}

var monthDays = [...]int{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}

// exists tells whether there is such a day in the years that reports can be of.
func (d date) exists(day, month int) bool {
	if month < 1 || month > 12 || day < 1 || d.year < 1900 || d.year > 2200 {
		return false
	}
	leap := month == 2 && d.year%4 == 0 && (d.year%100 != 0 || d.year%400 == 0)
	return day <= monthDays[month-1] || leap && day == 29
}

// appendISO writes the date with these as day and month, without the time where
// that is midnight, which systems print behind plain dates.
func (d date) appendISO(dst []byte, day, month int) []byte {
	dst = append(dst, byte('0'+d.year/1000), byte('0'+d.year/100%10), byte('0'+d.year/10%10), byte('0'+d.year%10))
	dst = appendTwo(append(dst, '-'), month)
	dst = appendTwo(append(dst, '-'), day)
	if d.clock == (clock{}) {
		return dst
	}
	dst = appendTwo(append(dst, 'T'), d.clock.hour)
	dst = appendTwo(append(dst, ':'), d.clock.minute)
	dst = appendTwo(append(dst, ':'), d.clock.second)
	if d.clock.fraction != "" {
		dst = append(append(dst, '.'), d.clock.fraction...)
	}
	return dst
}

func appendTwo(dst []byte, n int) []byte { return append(dst, byte('0'+n/10), byte('0'+n%10)) }
