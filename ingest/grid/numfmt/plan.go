package numfmt

// numberPlan is what the digit places of a section ask for.
type numberPlan struct {
	whole, frac, exp int    // digit places before the point, after it, in the exponent
	scale            int    // powers of ten: percent up, trailing commas down
	point            int    // index of the point, -1 without one
	mark             byte   // what the point is shown as
	group            string // what stands between thousands
}

// compile works out, once for a format, what its tokens ask for.
func (s *section) compile() {
	s.general, s.hasDigits = s.has('G'), s.has('0') || s.has('#') || s.has('?')
	s.fraction = s.hasDigits && !s.general && s.has('/')
	if s.date || !s.hasDigits {
		return
	}
	mark, group := byte('.'), ","
	if blank, comma := s.russian(); comma > 0 {
		mark, group = ',', s.tokens[blank].text
		s.tokens[comma].kind = '.'
		s.tokens = append(s.tokens[:blank:blank], s.tokens[blank+1:]...)
	}
	s.plan = s.count()
	s.plan.mark = mark
	if s.plan.group != "" || mark == ',' {
		s.plan.group = group
	}
}

// count goes over the digit places.
func (s *section) count() numberPlan {
	p := numberPlan{point: -1}
	commas, inExp := 0, false
	for i, t := range s.tokens {
		switch t.kind {
		case '0', '#', '?':
			switch {
			case inExp:
				p.exp++
			case p.point >= 0:
				p.frac++
			default:
				if commas > 0 && p.whole > 0 {
					p.group = ","
				}
				p.whole++
			}
			commas = 0
		case ',':
			commas++
		case '.':
			if p.point < 0 {
				p.point = i
				p.scale -= 3 * commas
				commas = 0
			}
		case '%':
			p.scale += 2
		case 'E':
			inExp = true
			commas = 0
		}
	}
	if p.whole+p.frac > 0 {
		p.scale -= 3 * commas
	}
	return p
}

// russian finds blank and comma of a code like "# ##0,00", which systems write that
// take the look of a Russian Excel for its code: the blank parts the thousands, and
// the comma is the point. A comma that parts thousands does not stand beside such a
// blank. Where it is no such code, comma is 0.
func (s *section) russian() (blank, comma int) {
	digits := 0
	for i, t := range s.tokens {
		switch t.kind {
		case '0', '#':
			digits++
		case 'l':
			if blank == 0 && digits == 1 && isBlank(t.text) && s.tokens[i-1].kind == '#' {
				blank, digits = i, 0
			}
		case ',':
			if blank == 0 || comma > 0 || digits != 3 || i != blank+4 {
				return 0, 0
			}
			comma, digits = i, 0
		case '.', 'E', '/':
			return 0, 0
		}
	}
	if digits == 0 {
		comma = 0
	}
	return blank, comma
}

func isBlank(text string) bool { return text == " " || text == "\u00a0" || text == "\u202f" }
