package outlet

// markerAt is the marker at a token, as the alphabet and the field let it be read.
func (s *scanner) markerAt(i int) marker {
	t := s.ts[i]
	if t.number || s.isGlued(i) {
		return marker{}
	}
	m, ok := markers[t.text]
	if !ok {
		if m, ok = markers[t.alternative]; !ok || len(t.alternative) > 4 {
			return marker{}
		}
	}
	switch {
	case t.text == "st" && !t.latin: // станица, станция
		return marker{kind: cityMarker}
	case t.text == "str" && t.latin && s.house.number == 0:
		return marker{kind: streetMarker, class: street}
	case t.letters == 1 && m.kind == cityMarker && s.isInitial(i), t.letters == 1 && m.kind != cityMarker && s.isFirstName(i):
		return marker{}
	}
	return m
}

// isGlued tells parts of one name that a capital parts (РегионСнаб, ТехМаркет) from
// markers that a blank is missing behind (МагазинЗаря).
func (s *scanner) isGlued(i int) bool {
	if i > 0 && s.ts[i].before == 0 && !s.ts[i-1].number {
		return true
	}
	return i+1 < len(s.ts) && s.ts[i+1].before == 0 && !s.ts[i+1].number && markers[s.ts[i].text].kind != shopMarker
}

// isInitial tells the initials of names («М.Горького», «М Видео») from one-letter markers of towns.
func (s *scanner) isInitial(i int) bool {
	t := s.ts[i]
	if !s.address && t.text != "g" && (!t.dotted || t.upper) {
		return true
	}
	if !t.upper || !t.dotted || s.shouting {
		return false
	}
	return t.text != "g" || s.has(place) || i > 0 && markers[s.ts[i-1].text].kind == streetMarker
}

// isFirstName tells «К.Маркса» from корпус: a capital with a word behind it.
func (s *scanner) isFirstName(i int) bool {
	t := s.ts[i]
	return t.upper && t.dotted && !s.shouting && i+1 < len(s.ts) && !s.ts[i+1].number && s.ts[i+1].letters >= 3 && s.ts[i+1].before&boundary == 0
}

// marker takes a marker and what it says of its neighbours.
func (s *scanner) marker(m marker) {
	next, more := s.next(1)
	switch m.kind {
	case houseMarker:
		s.houseMarker(next, more)
	case corpusMarker, buildingMarker, letterMarker:
		s.partMarker(m)
	case unitMarker:
		s.unitMarker(next, more)
	case countryMarker:
		s.i++
	case shopMarker:
		s.shopMarker(m)
	case streetMarker:
		s.streetMarker(m, next, more)
	case areaMarker:
		s.areaMarker(next, more)
	default:
		s.cityMarker(next, more)
	}
}

func (s *scanner) houseMarker(next token, more bool) {
	switch {
	case more && next.number || s.i+1 < len(s.ts) && s.ts[s.i+1].number && s.ts[s.i+1].before&numero != 0:
		if s.house.number == 0 || !s.houseSure { // «50 ле Октября, д. 5»
			s.takeHouse(1)
			s.houseSure = true
			return
		}
		s.i++
	case more && s.ts[s.i].text == "d" && next.letters >= 3: // деревня
		s.open(place, 1)
		s.i++
	case !s.address && s.ts[s.i].letters > 2: // «Дом обоев»
		s.word()
	default:
		s.i++
	}
}

// partMarker takes корпус, строение, литера that stand apart from their house.
func (s *scanner) partMarker(m marker) {
	if n := 0; s.house.number != 0 {
		if n = s.house.part(s.ts[s.i:], false); n > 0 {
			s.endSegment()
			s.i += n
			return
		}
	}
	if next, more := s.next(1); more && next.number && s.house.number == 0 && m.kind == buildingMarker {
		s.takeHouse(1)
		return
	}
	if t := s.ts[s.i]; !s.address && (t.letters > 3 || t.letters == 1 && !t.dotted) {
		s.word()
		return
	}
	s.i++
}

func (s *scanner) unitMarker(next token, more bool) {
	s.endSegment()
	s.i++
	if more && next.number {
		s.unit = number32(next.text)
		s.i++
	}
}

func (s *scanner) shopMarker(m marker) {
	if s.shopClass == 0 || m.class < 5 {
		s.shopClass = m.class
	}
	if s.section != sections || !s.address {
		s.flush()
		s.close()
	}
	s.i++
}

func (s *scanner) streetMarker(m marker, next token, more bool) {
	if s.isStreetName(m, next, more) {
		s.word()
		return
	}
	after := s.namesStreet(m, next, more)
	if s.streetClass == anyStreet || s.streetClass == quarter {
		s.streetClass = m.class
	}
	s.i++
	switch {
	case after:
		s.open(streets, 4)
	case len(s.pending) > 0:
		s.giveLast(streets, 3)
		s.close()
	default:
		s.close()
	}
}

// isStreetName tells markers that are names themselves: ул. Набережная, Набережная ул., a shop called «Аллея».
func (s *scanner) isStreetName(m marker, next token, more bool) bool {
	switch m.class {
	case embankment, square, alley, line, boulevard:
	default:
		return false
	}
	if !m.long || len(s.pending) > 0 {
		return false
	}
	if s.section == streets && !s.has(streets) || more && s.markerAt2(s.i+1) == streetMarker {
		return true
	}
	return !more || next.number && !next.ordinal && !s.wordBehind(2)
}

// namesStreet tells whether the name of the street stands behind its marker.
func (s *scanner) namesStreet(m marker, next token, more bool) bool {
	switch {
	case !more:
		return false
	case next.number:
		return next.ordinal || m.class == quarter || m.class == line || s.wordBehind(2)
	case s.markerAt(s.i+1).kind != noMarker:
		return s.markerAt(s.i+1).kind == streetMarker && s.markerAt(s.i+1).long
	}
	// «Ленина ул Тула г»
	return len(s.pending) == 0 || s.ts[s.i].dotted || s.markerAt2(s.i+2) != cityMarker
}

// wordBehind tells whether a word stands n tokens ahead in the segment.
func (s *scanner) wordBehind(n int) bool {
	t, ok := s.next(n)
	return ok && !t.number && t.letters >= 2 && t.before != 0 && s.markerAt(s.i+n).kind == noMarker
}

func (s *scanner) markerAt2(i int) markerKind {
	if i >= len(s.ts) || s.ts[i].before&boundary != 0 {
		return noMarker
	}
	return s.markerAt(i).kind
}

// giveLast gives the pending words behind the last quotation mark, at most n in
// a name, to a section, and the rest to the unlabelled.
func (s *scanner) giveLast(sec section, n int) {
	from := 0
	if !s.address {
		from = max(0, len(s.pending)-n)
	}
	for i := len(s.pending) - 1; i > from; i-- {
		if s.pending[i].before&quotation != 0 {
			from = i
			break
		}
	}
	tail := append([]token(nil), s.pending[from:]...)
	s.pending = s.pending[:from]
	s.flush()
	s.pending = append(s.pending[:0], tail...)
	s.give(sec)
}

func (s *scanner) areaMarker(next token, more bool) {
	if len(s.pending) > 0 {
		s.i++
		s.giveLast(area, 1)
		s.close()
		return
	}
	after := more && !next.number && s.markerAt(s.i+1).kind == noMarker
	s.i++
	if after {
		s.open(area, 1)
	}
}

func (s *scanner) cityMarker(next token, more bool) {
	t := s.ts[s.i]
	after := more && !next.number && next.letters >= 2 && (s.markerAt(s.i+1).kind == noMarker || next.letters > 4)
	if after && len(s.pending) > 0 && !t.dotted && s.address && t.before&boundary == 0 && s.markerAt2(s.i+2) == streetMarker && s.i+3 < len(s.ts) && s.ts[s.i+3].number {
		after = false // «Тула г Ленина ул 5»
	}
	s.i++
	switch {
	case after:
		s.open(place, 1)
	case len(s.pending) > 0:
		s.giveLast(place, 1)
		s.close()
	}
}
