package outlet

// scanner reads the tokens of one field, from left to right, segment by segment
// (what stands between commas).
type scanner struct {
	*parsed
	ts         []token
	i          int
	unlabelled section
	address    bool    // the field is an address
	section    section // what the words that follow belong to; sections: nothing said
	room       int     // how many more words that section takes
	pending    []token // words of the segment of which nothing is said yet
	shouting   bool    // all of it is in capitals
	houseSure  bool    // a marker says that the house is one
	last       [2]int  // where the words of the last unlabelled segment start and end in parsed.words
}

// open says what the words that follow belong to.
func (s *scanner) open(sec section, room int) {
	s.flush()
	s.section, s.room = sec, room
}

func (s *scanner) close() { s.section, s.room = sections, 0 }

func (s *scanner) endSegment() {
	s.flush()
	s.close()
}

// flush gives the pending words to the likeliest section.
func (s *scanner) flush() {
	if len(s.pending) == 0 {
		return
	}
	sec := s.unlabelled
	if s.address {
		switch {
		case !s.has(place) && !s.has(streets):
			sec = place
		case !s.has(streets):
			sec = streets
		}
	}
	s.last[0] = len(s.words)
	s.give(sec)
	s.last[1] = len(s.words)
}

// give adds the pending words to a section.
func (s *scanner) give(sec section) {
	for _, t := range s.pending {
		if s.address && sec != place && s.isPlace(t.text) {
			continue // the address repeats the column of the city
		}
		s.add(t, sec)
	}
	s.pending = s.pending[:0]
}

func (s *scanner) isPlace(text string) bool {
	for i := range s.words {
		if s.words[i].text == text && s.words[i].section == place {
			return true
		}
	}
	return false
}

// next is the token after the current one in the same segment; false where there is none.
func (s *scanner) next(n int) (token, bool) {
	if s.i+n >= len(s.ts) || s.ts[s.i+n].before&boundary != 0 {
		return token{}, false
	}
	return s.ts[s.i+n], true
}

// takeForm takes a legal form.
func (s *scanner) takeForm() bool {
	if s.address {
		return false
	}
	f, n := formAt(s.ts[s.i:])
	if n == 0 || n == 1 && s.ts[s.i].letters == 1 {
		return false
	}
	if s.form == noForm || f == person {
		s.form = f
	}
	s.flush()
	s.close()
	s.i += n
	return true
}

// word takes a word that is no marker.
func (s *scanner) word() {
	t := s.ts[s.i]
	s.i++
	if (s.section == place || s.section == sections) && s.addTown(t) {
		s.close()
		return
	}
	if s.section == sections {
		s.pending = append(s.pending, t)
		return
	}
	s.add(t, s.section)
	if s.room--; s.room > 0 {
		return
	}
	// «Нижний Новгород», «Усть-Лабинск» are one name.
	if n, ok := s.next(0); ok && s.section == place && (n.before == hyphen || isAdjective(t.text)) && !n.number {
		s.room = 1
		return
	}
	s.close()
}

// isAdjective tells the first word of a name of two.
func isAdjective(w string) bool {
	n := len(w)
	return n > 4 && (w[n-1] == 'i' && w[n-2] != 'i' || w[n-2:] == "ia" && w[n-3] == 'a' || w[n-2:] == "ie" || w[n-2:] == "oe")
}

// number takes a number: postcode, part of a street's name, house or number of a shop.
func (s *scanner) number() {
	t := s.ts[s.i]
	next, more := s.next(1)
	switch {
	case s.isPostcode(t):
		s.postcode = number32(t.text)
		s.i++
	case s.streetNumber(t, next, more):
		s.i++
		if m := markers[next.text]; more && !next.number && m.kind == streetMarker && m.class == quarter { // «5 мкр»
			s.pending = append(s.pending, t)
			s.give(streets)
			s.streetClass = quarter
			s.i++
			return
		}
		t.before |= space
		if s.section == streets {
			s.add(t, streets)
			return
		}
		s.pending = append(s.pending, t)
	case s.house.number == 0 && s.isHouse(t):
		s.takeHouse(0)
	default:
		h, n := houseAt(s.ts[s.i:])
		if t.before&numero == 0 {
			s.looseHouse, s.looseBehind = h, ""
			if len(s.pending) > 0 {
				s.looseBehind = s.pending[len(s.pending)-1].text
			}
		}
		s.add(t, numeral)
		s.i += n
	}
}

// houseAhead tells whether behind the next comma a house stands.
func (s *scanner) houseAhead() bool {
	i := s.i + 1
	if i >= len(s.ts) || s.ts[i].before&boundary == 0 {
		return false
	}
	if markers[s.ts[i].text].kind == houseMarker {
		i++
	}
	return i < len(s.ts) && s.ts[i].number && s.ts[i].before&numero == 0 && (s.address || s.section == streets || s.has(streets))
}

func (s *scanner) isPostcode(t token) bool {
	if s.postcode != 0 || t.before&numero != 0 {
		return false
	}
	if t.letters == 6 {
		return true
	}
	return s.address && t.letters == 5 && (s.i == 0 || s.i == len(s.ts)-1)
}

// streetNumber tells numbers that belong to the name of a street: 1-я Парковая, 8 Марта, 5 мкр.
func (s *scanner) streetNumber(t, next token, more bool) bool {
	if t.ordinal {
		return more || s.section == streets || s.houseAhead()
	}
	if t.before == hyphen && s.i > 0 && !s.ts[s.i-1].number && s.houseAhead() { // «Аксай-4, 36»
		return true
	}
	if !more || next.number {
		return s.section == streets && s.streetClass == quarter && !s.has(streets)
	}
	return s.startsStreet(next)
}

// startsStreet tells whether the word behind a number makes both the name of a street.
func (s *scanner) startsStreet(next token) bool {
	if m := markers[next.text]; m.kind == streetMarker && m.class == quarter && next.before != 0 {
		return s.house.number == 0
	}
	switch next.text {
	case "let", "maia", "marta", "goda", "oktiabria", "fevralia", "dekabria", "ianvaria", "aprelia", "iunia", "iulia", "avgusta", "sentiabria", "noiabria",
		"siezda", "rokiv", "travnia", "bereznia", "komisarov", "chasov", "zhil", "km":
		return true
	}
	return s.section == streets && !s.has(streets) && next.letters >= 2 && next.before != 0 && markers[next.text].kind == noMarker
}

// isHouse tells whether a number is the house by where it stands.
func (s *scanner) isHouse(t token) bool {
	if s.section == streets && s.streetClass == quarter && !s.has(streets) {
		return false
	}
	if s.has(streets) && (s.address || t.before&numero == 0) {
		return true
	}
	if !s.address {
		return false
	}
	if len(s.pending) > 0 { // «Ленина 5»
		s.give(streets)
		return true
	}
	return s.streetAfterAll()
}

// streetAfterAll reads what was taken for the town as the street: «Ленина, 5».
func (s *scanner) streetAfterAll() bool {
	for i := s.last[0]; i < s.last[1]; i++ {
		s.words[i].section = streets
	}
	return s.last[0] < s.last[1]
}

// takeHouse takes the house whose number is skip tokens ahead.
func (s *scanner) takeHouse(skip int) {
	s.endSegmentAsStreet()
	h, n := houseAt(s.ts[s.i+skip:])
	s.house = h
	s.i += skip + n
}

// endSegmentAsStreet closes what stands before a house.
func (s *scanner) endSegmentAsStreet() {
	if s.address && !s.has(streets) {
		if len(s.pending) > 0 {
			s.give(streets)
		} else {
			s.streetAfterAll()
		}
	}
	s.flush()
	s.close()
}
