package outlet

import "strconv"

// house is the number of a house with all that belongs to it. The zero value is no house.
type house struct {
	number uint32
	letter byte // folded, first letter
	// corpus and building are numbers of корпус and строение; fraction is what stands behind a slash.
	corpus, building, fraction uint16
}

// String writes the house briefly: 5a, 5k2s1, 5/2.
func (h house) String() string {
	s := strconv.FormatUint(uint64(h.number), 10)
	if h.letter != 0 {
		s += string(rune(h.letter))
	}
	for _, p := range [...]struct {
		sign   string
		number uint16
	}{{"k", h.corpus}, {"s", h.building}, {"/", h.fraction}} {
		if p.number != 0 {
			s += p.sign + strconv.Itoa(int(p.number))
		}
	}
	return s
}

// houseAt reads the house that starts at the number ts[0] and says how many tokens it takes.
func houseAt(ts []token) (house, int) {
	var h house
	h.number = number32(ts[0].text)
	i := 1
	for i < len(ts) {
		n := h.part(ts[i:], i == 1)
		if n == 0 {
			break
		}
		i += n
	}
	return h, i
}

// part reads one part of a house, and how many tokens it took.
func (h *house) part(ts []token, first bool) int {
	t := ts[0]
	if t.number {
		return h.fractionPart(t, first)
	}
	next := token{before: boundary}
	if len(ts) > 1 {
		next = ts[1]
	}
	switch m := markers[t.text]; {
	case m.kind == corpusMarker:
		return h.numbered(&h.corpus, next)
	case m.kind == buildingMarker, t.text == "s" && next.number && next.before == 0: // «5с1»; «5 с Ивановка» is a village
		return h.numbered(&h.building, next)
	case m.kind == letterMarker:
		if next.number || next.letters != 1 {
			return 0
		}
		h.letter = next.text[0]
		return 2
	case h.letter == 0 && isHouseLetter(t, next, m):
		h.letter = t.text[0]
		return 1
	}
	return 0
}

// fractionPart reads 5/2, 5-2, 5а/2.
func (h *house) fractionPart(t token, first bool) int {
	behindSlash := t.before == slash && h.fraction == 0 && h.corpus == 0
	if t.letters > 3 || !behindSlash && (!first || t.before != hyphen) {
		return 0
	}
	h.fraction = uint16(number32(t.text))
	return 1
}

// isHouseLetter tells «5а», «5 А», «5-а», «5 "А"» from «5 г. Тула» and «5 д».
func isHouseLetter(t, next token, m marker) bool {
	if t.letters != 1 || t.before&boundary != 0 || next.number && next.before == 0 {
		return false
	}
	if t.before&^(hyphen|quotation|slash) == 0 {
		return !t.dotted || t.before&space == 0
	}
	last := next.before&boundary != 0
	return !t.dotted && (m.kind == noMarker || last)
}

// numbered reads the number, or the letter, of a corpus or building.
func (h *house) numbered(to *uint16, next token) int {
	switch {
	case next.number && next.letters <= 4:
		*to = uint16(number32(next.text))
		return 2
	case next.letters == 1 && h.letter == 0:
		h.letter = next.text[0]
		return 2
	}
	return 0
}

func number32(digits string) uint32 {
	n, err := strconv.ParseUint(digits, 10, 32)
	if err != nil {
		return 0
	}
	return uint32(n)
}

// houseAgreement says how two houses compare.
type houseAgreement uint8

const (
	houseUnknown houseAgreement = iota // one side has none
	houseEqual
	housePartMissing // the same number; one side knows a letter or corpus that the other lacks
	housePartDiffers
	houseDiffers
)

// compareHouses compares two houses. A fraction stands for a corpus or building
// where the other side has one: 5/2 is written for 5 корпус 2.
func compareHouses(a, b house) houseAgreement {
	switch {
	case a.number == 0 || b.number == 0:
		return houseUnknown
	case a == b:
		return houseEqual
	case a.number != b.number:
		return houseDiffers
	}
	a, b = a.unfractioned(b), b.unfractioned(a)
	if a == b {
		return houseEqual
	}
	missing := false
	for _, p := range [...][2]uint16{{uint16(a.letter), uint16(b.letter)}, {a.corpus, b.corpus}, {a.building, b.building}, {a.fraction, b.fraction}} {
		switch {
		case p[0] == p[1]:
		case p[0] == 0 || p[1] == 0:
			missing = true
		default:
			return housePartDiffers
		}
	}
	if missing {
		return housePartMissing
	}
	return houseEqual
}

// unfractioned reads the fraction as the part that the other house names.
func (h house) unfractioned(other house) house {
	if h.fraction == 0 || other.fraction != 0 {
		return h
	}
	switch {
	case other.corpus != 0 && h.corpus == 0:
		h.corpus, h.fraction = h.fraction, 0
	case other.building != 0 && h.building == 0:
		h.building, h.fraction = h.fraction, 0
	}
	return h
}
