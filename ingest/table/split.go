package table

import (
	"strings"

	"github.com/shopspring/decimal"
)

// split makes of a record that a rule of the layout shares out the records of what
// stays and of what moves; of any other record itself. Sums stay the same.
func (s *source) split(out []Record, r Record) []Record {
	if k := s.ruleFor(r); k >= 0 {
		stays, moves := r, r
		stays.part, moves.part = -int16(k)-1, int16(k)+1
		return append(out, stays, moves)
	}
	return append(out, r)
}

// ruleFor is the index of the first rule that shares the record out, -1 for none.
func (s *source) ruleFor(r Record) int {
	for k, rule := range s.splits {
		place, ok := r.Get(rule.Role)
		if !ok || !strings.EqualFold(place.Text, rule.From) {
			continue
		}
		n, ok := r.Decimal(s.rd.inKind(Quantity, s.kind))
		if ok && n.GreaterThan(decimal.NewFromInt(int64(rule.Above))) {
			return k
		}
	}
	return -1
}

// sharedOut is the value of a record that a rule has shared out.
func (s *source) sharedOut(r Record, role Role, v Value) Value {
	k := int(max(r.part, -r.part)) - 1
	rule := s.splits[k]
	percent := rule.Percent
	if r.part < 0 {
		percent = 100 - percent
	}
	switch {
	case role.IsSummed():
		v.Number = v.Number.Mul(decimal.NewFromInt(int64(percent))).Shift(-2)
		v.Text = v.Number.String()
	case role == rule.Role && r.part > 0:
		v.Text = rule.To
	}
	return v
}
