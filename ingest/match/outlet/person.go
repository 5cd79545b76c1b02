package outlet

import "strings"

// markPersons finds initials, patronymics and the given names beside them, adds
// them to the section given and takes them out of the tokens.
func (s *scanner) markPersons() {
	isPerson := false
	for i := range s.ts {
		if f, n := formAt(s.ts[i:]); n > 0 {
			isPerson = isPerson || f == person
		}
	}
	kept, last := s.ts[:0:0], 0
	for i := 0; i < len(s.ts); {
		n := 0
		if i == 0 || i != last { // «ИП Зуев В.А. М.Горького, 58»: two are enough
			n = s.personAt(i, isPerson, kept)
		}
		if n == 0 {
			kept = append(kept, s.ts[i])
			i++
			continue
		}
		for _, t := range s.ts[i : i+n] {
			s.addGiven(t)
		}
		i += n
		last = i
		if i < len(s.ts) {
			s.ts[i].before |= space
		}
	}
	s.ts = kept
}

// addGiven adds a given name, or the initials of one token (ИИ).
func (s *scanner) addGiven(t token) {
	// The same letter may stand twice, which add would take for a repetition.
	switch t.letters {
	case 1:
		s.addInitial(t.text)
	case 2:
		s.addInitial(t.pair[0])
		s.addInitial(t.pair[1])
	default:
		s.add(t, given)
	}
}

func (p *parsed) addInitial(letter string) {
	if len(p.words) < maxWords && letter != "" {
		p.words = append(p.words, word{text: letter, section: given, dotted: true})
	}
}

// personAt is how many tokens from i are given names.
func (s *scanner) personAt(i int, isPerson bool, before []token) int {
	t := s.ts[i]
	if t.number {
		return 0
	}
	if n := s.initialsAt(i, isPerson, before); n > 0 {
		return n
	}
	if f, n := formAt(s.ts[i:]); n > 0 && f != noForm {
		return 0
	}
	// Иван Иванович after or before the surname.
	if i+1 < len(s.ts) && isPatronymic(s.ts[i+1]) && t.letters >= 3 && s.ts[i+1].before&boundary == 0 {
		return 2
	}
	return 0
}

// initialsAt is how many tokens from i are initials beside a surname.
func (s *scanner) initialsAt(i int, isPerson bool, before []token) int {
	n := s.singleLetters(i, isPerson)
	behind := len(before) > 0 && isSurname(before[len(before)-1]) && s.ts[i].before&boundary == 0
	if n == 2 {
		ahead := i+n < len(s.ts) && isSurname(s.ts[i+n]) && s.ts[i+n].before&boundary == 0
		if (behind || ahead) && !s.numberTouches(i+2) {
			return 2
		}
		return 0
	}
	if isPerson && behind && (n == 1 && s.isOneInitial(i) || n == 0 && s.isPairOfInitials(i)) {
		return 1
	}
	return 0
}

// isOneInitial tells «Иванов И.» from «Иванов Д.5», and from «иванов г. тула».
func (s *scanner) isOneInitial(i int) bool {
	t := s.ts[i]
	if i+1 < len(s.ts) && s.ts[i+1].number {
		return false
	}
	return t.upper && !s.shouting || !isMarker(t.text)
}

// isPairOfInitials tells «Иванов ИИ».
func (s *scanner) isPairOfInitials(i int) bool {
	t := s.ts[i]
	if t.letters != 2 || !t.upper || isMarker(t.text) {
		return false
	}
	_, taken := formAt(s.ts[i:])
	return taken == 0
}

// singleLetters is how many tokens from i, two at most, may be initials: single
// capitals; beside a legal form of persons small letters too.
func (s *scanner) singleLetters(i int, isPerson bool) int {
	n := 0
	for ; n < 2 && i+n < len(s.ts); n++ {
		t := s.ts[i+n]
		if t.number || t.letters != 1 || n > 0 && t.before&(boundary|quotation) != 0 {
			break
		}
		small := isPerson && (t.dotted || n == 1 || i+1 < len(s.ts) && s.ts[i+1].letters == 1)
		if !t.upper && !small {
			break
		}
	}
	return n
}

func isSurname(t token) bool { return !t.number && t.letters >= 3 }

// numberTouches tells whether token i is a number glued to a capital before it: «А Б12».
func (s *scanner) numberTouches(i int) bool {
	return i < len(s.ts) && s.ts[i].number && s.ts[i].before == 0 && s.ts[i-1].upper && !s.ts[i-1].dotted
}

// isPatronymic tells patronymics by their endings, Russian, Ukrainian and Kazakh.
func isPatronymic(t token) bool {
	if t.number || t.letters < 6 {
		return false
	}
	for _, end := range [...]string{"ovich", "evich", "iovich", "ovna", "evna", "ichna", "ivna", "lich", "mich", "tich", "uli", "kizi", "ogli"} {
		if strings.HasSuffix(t.text, end) {
			return true
		}
	}
	return false
}
