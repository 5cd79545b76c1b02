package numfmt

// appendDate shows a moment, given in milliseconds since 1899-12-30, and what has
// elapsed since the serial number 0.
func (s *section) appendDate(dst []byte, ms, elapsed int64, negative bool) []byte {
	unit := s.unit()
	ms, elapsed = roundTo(ms, unit), roundTo(elapsed, unit)
	m := momentOf(ms)
	words := s.words
	if words == nil {
		words = &english
	}
	half := s.has('a')
	for i := range s.tokens {
		k := &s.tokens[i]
		switch k.kind {
		case 'l', '/', '.', ',', '%', '0', '#', '?':
			dst = append(dst, k.text...)
		case 'e':
			if negative {
				dst = append(dst, '-')
			}
			dst = appendPadded(dst, int(elapsed/perUnit(k.text)), k.n)
		case 'a':
			dst = appendHalfDay(dst, k, &m)
		case 'y', 'm', 'd':
			dst = m.appendDayPart(dst, k, words)
		default:
			dst = m.appendClockPart(dst, k, half)
		}
	}
	return dst
}

// perUnit is how many milliseconds a unit of elapsed time has.
func perUnit(unit string) int64 {
	switch unit {
	case "h":
		return 3_600_000
	case "m":
		return 60_000
	}
	return 1000
}

// unit is the smallest one shown under a second, in milliseconds; Excel rounds to it.
func (s *section) unit() int64 {
	unit := int64(1000)
	for i := range s.tokens {
		if k := &s.tokens[i]; k.kind == 'f' {
			unit = [...]int64{1000, 100, 10, 1}[min(k.n, 3)]
		}
	}
	return unit
}

func roundTo(ms, unit int64) int64 {
	if ms < 0 {
		return -roundTo(-ms, unit)
	}
	return (ms + unit/2) / unit * unit
}

func (m *moment) appendDayPart(dst []byte, k *formatToken, words *dateWords) []byte {
	switch {
	case k.kind == 'y' && k.n <= 2:
		return appendPadded(dst, m.year%100, 2)
	case k.kind == 'y':
		return appendPadded(dst, m.year, 4)
	case k.kind == 'm' && k.n <= 2:
		return appendPadded(dst, m.month, k.n)
	case k.kind == 'm' && k.n == 3:
		return append(dst, words.shortMonths[m.month-1]...)
	case k.kind == 'm' && k.n == 5:
		first, _ := firstRune(words.months[m.month-1])
		return append(dst, first...)
	case k.kind == 'm':
		return append(dst, words.months[m.month-1]...)
	case k.n <= 2:
		return appendPadded(dst, m.day, k.n)
	case k.n == 3:
		return append(dst, words.shortDays[m.weekday]...)
	}
	return append(dst, words.days[m.weekday]...)
}

func (m *moment) appendClockPart(dst []byte, k *formatToken, half bool) []byte {
	switch k.kind {
	case 'h':
		h := m.clock / 3_600_000
		if half {
			h = (h+11)%12 + 1
		}
		return appendPadded(dst, h, min(k.n, 2))
	case 'M':
		return appendPadded(dst, m.clock/60_000%60, min(k.n, 2))
	case 's':
		return appendPadded(dst, m.clock/1000%60, min(k.n, 2))
	case 'f':
		places := min(k.n, 3)
		dst = appendPadded(append(dst, '.'), m.clock%1000/int([...]int64{1000, 100, 10, 1}[places]), places)
		for range min(k.n, 9) - places {
			dst = append(dst, '0')
		}
	}
	return dst
}

func appendHalfDay(dst []byte, k *formatToken, m *moment) []byte {
	word := "AM"
	if m.clock >= 12*3_600_000 {
		word = "PM"
	}
	if len(k.text) == 3 { // a/p
		word = word[:1]
	}
	return append(dst, word...)
}
