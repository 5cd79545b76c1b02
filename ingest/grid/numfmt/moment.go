package numfmt

// moment is a day of the proleptic Gregorian calendar and the milliseconds of its clock.
type moment struct {
	year, month, day int
	weekday          int // 0 is Sunday
	clock            int
}

// momentOf reads milliseconds since 1899-12-30. The days are counted from 1 March of
// the year 0, so that a leap day is the last of its year (H. Hinnant,
// "chrono-compatible low-level date algorithms").
func momentOf(ms int64) moment {
	days, clock := int(ms/dayMillis), int(ms%dayMillis)
	if clock < 0 {
		days, clock = days-1, clock+dayMillis
	}
	m := moment{clock: clock}
	m.weekday = ((days-1)%7 + 7) % 7
	if days <= int(fakeLeap) {
		m.weekday = (m.weekday + 6) % 7 // Excel's 1900 had a day more: before it the week is off by one
	}
	const era, toMarch0 = 146_097, 719_468 - 25_569
	z := days + toMarch0
	e := floorDiv(z, era)
	ofEra := z - e*era
	years := (ofEra - ofEra/1460 + ofEra/36_524 - ofEra/146_096) / 365
	ofYear := ofEra - (365*years + years/4 - years/100)
	shifted := (5*ofYear + 2) / 153 // months since March
	m.day = ofYear - (153*shifted+2)/5 + 1
	m.month = shifted + 3
	m.year = years + e*400
	if m.month > 12 {
		m.month -= 12
		m.year++
	}
	return m
}

func (m moment) appendISO(dst []byte, date, clock bool) []byte {
	if date {
		dst = appendPadded(dst, m.year, 4)
		dst = appendPadded(append(dst, '-'), m.month, 2)
		dst = appendPadded(append(dst, '-'), m.day, 2)
	}
	if !clock {
		return dst
	}
	if date {
		dst = append(dst, 'T')
	}
	dst = appendPadded(dst, m.clock/3_600_000, 2)
	return appendClock(append(dst, ':'), m.clock%3_600_000)
}
