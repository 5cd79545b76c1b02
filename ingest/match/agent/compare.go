package agent

import "strings"

// agreement is how a part of two names compares.
type agreement int

const (
	differs  agreement = iota - 1
	unknown            // one of them does not have it
	agreesIn           // an initial agrees
	agrees             // both are written out, and equal
)

// likeness is how two names compare.
type likeness struct {
	surname    agreement // differs: not even similar
	misspelt   bool      // the surname is one letter off
	otherForm  bool      // Иванова for Иванов
	given      agreement
	patronymic agreement
	equal      bool // the same words, in whatever order
}

// fits tells that nothing contradicts.
func (l likeness) fits() bool {
	return l.surname == agrees && !l.misspelt && !l.otherForm && l.given != differs && l.patronymic != differs
}

// contradicts tells two people apart: what both names tell differs. A misspelling does not.
func (l likeness) contradicts() bool {
	return l.surname == differs || l.otherForm || l.given == differs || l.patronymic == differs
}

// rank orders likenesses: what agrees less what contradicts.
func (l likeness) rank() float64 {
	r := map[agreement]float64{differs: -4, agreesIn: 1, agrees: 2}
	sum := 3*r[l.surname] + r[l.given] + r[l.patronymic]
	if l.misspelt {
		sum--
	}
	if l.otherForm {
		sum -= 2
	}
	if l.equal {
		sum += 0.5
	}
	return sum
}

// reasons are the machine words of what agrees and what does not.
func (l likeness) reasons() []string {
	var out []string
	switch {
	case l.surname == differs || l.otherForm:
		out = append(out, "surname_differs")
	case l.misspelt:
		out = append(out, "surname_misspelt")
	default:
		out = append(out, "same_surname")
	}
	switch l.given {
	case agrees:
		out = append(out, "given_equal")
	case agreesIn:
		out = append(out, "initials_agree")
	case differs:
		out = append(out, "given_differs")
	}
	if l.patronymic == differs {
		out = append(out, "patronymic_differs")
	}
	return out
}

// compare gives the best likeness of any two readings.
func compare(a, b name) likeness {
	best := likeness{surname: differs}
	for _, x := range a.readings {
		for _, y := range b.readings {
			l := compareReadings(x, y)
			if l.rank() > best.rank() {
				best = l
			}
		}
	}
	best.equal = best.surname == agrees && a.words == b.words && a.words != ""
	return best
}

func compareReadings(a, b reading) likeness {
	l := likeness{surname: differs, given: compareParts(a.given, b.given), patronymic: compareParts(a.patronymic, b.patronymic)}
	x, y := a.surname, b.surname
	switch {
	case x.absent() || y.absent():
	case x.initial || y.initial:
	case x.folded == y.folded:
		l.surname = agrees
	case masculine(x.folded) == masculine(y.folded):
		l.surname, l.otherForm = agrees, true
	case near(x.folded, y.folded):
		l.surname, l.misspelt = agrees, true
	}
	return l
}

func compareParts(a, b part) agreement {
	switch {
	case a.absent() || b.absent():
		return unknown
	case a.initial || b.initial:
		if initialOf(a, b) || initialOf(b, a) {
			return agreesIn
		}
		return differs
	case a.folded == b.folded:
		return agrees
	}
	return differs
}

// initialOf tells whether a is the initial of b. Within an alphabet letters are
// compared as they are: И is no initial of Юрий, though I may be.
func initialOf(a, b part) bool {
	if !a.initial {
		return false
	}
	first := []rune(b.text)[:1]
	if isCyrillic(a.text) == isCyrillic(b.text) {
		return a.text == string(first)
	}
	if b.initial {
		return strings.HasPrefix(b.folded, a.folded) || strings.HasPrefix(a.folded, b.folded)
	}
	return a.folded != "" && strings.HasPrefix(b.folded, a.folded)
}

func isCyrillic(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return r >= 0x400 && r < 0x530 })
}

// masculine is the form of a surname that both genders share, as it is folded: Иванова
// and Иванов, Толстая and Толстой, Черная and Черный.
func masculine(folded string) string {
	for _, end := range [][2]string{{"ova", "ov"}, {"eva", "ev"}, {"ina", "in"}, {"skaia", "ski"}, {"ckaia", "cki"}, {"aia", ""}, {"oi", ""}, {"ski", "ski"}, {"cki", "cki"}, {"i", ""}} {
		if len(folded) > len(end[0])+1 && strings.HasSuffix(folded, end[0]) {
			return strings.TrimSuffix(folded, end[0]) + end[1]
		}
	}
	return folded
}
