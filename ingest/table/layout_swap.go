package table

import "slices"

// swapDrift tells two measures that changed places with each other. Where the columns
// moved, the figures under the titles agree with them; where the titles were exchanged,
// they do not, and the meaning has changed.
func (rd *reading) swapDrift(m *match) []Drift {
	i, j := m.swapped()
	if i < 0 {
		return nil
	}
	a, b := m.layout.Columns[i], m.layout.Columns[j]
	if rd.agreesWith(a.Role, b.Role, func(r Role) []int {
		if c := columnOf(rd.cols, r); c != nil {
			return []int{c.col}
		}
		return nil
	}) {
		return nil
	}
	return []Drift{{Code: DriftMeasure, Role: a.Role, Was: a.Title, Now: b.Title}}
}

// swapped finds the two columns of numbers whose exchange brings all others into
// order; -1 where there are none.
func (m *match) swapped() (i, j int) {
	var at []int // indexes of columns that were found, and are no column without a title
	for i, k := range m.at {
		if k >= 0 && m.layout.Columns[i].Title != "" {
			at = append(at, i)
		}
	}
	var off []int
	for n, k := range sortedBy(at, m.at) {
		if k != at[n] {
			off = append(off, at[n])
		}
	}
	if len(off) != 2 || !m.layout.Columns[off[0]].Role.IsNumber() || !m.layout.Columns[off[1]].Role.IsNumber() {
		return -1, -1
	}
	return off[0], off[1]
}

// sortedBy orders indexes by the places they stand at.
func sortedBy(list, places []int) []int {
	out := slices.Clone(list)
	slices.SortFunc(out, func(a, b int) int { return places[a] - places[b] })
	return out
}

// swapSample is how many rows tell whether figures agree with their titles.
const swapSample = 2000

// agreesWith: the figures of two measures are what their titles say: quantity times
// price is the amount, opening and movements make the closing; or else pieces are whole
// more often than money, and fewer.
func (rd *reading) agreesWith(a, b Role, columns func(Role) []int) bool {
	pairs := [][2]Role{{Quantity, Amount}, {StockQty, StockAmount}, {Quantity, Price}, {StockQty, Price}, {StockQty, Amount}}
	for _, p := range pairs {
		if p == [2]Role{a, b} || p == [2]Role{b, a} {
			if right, rows := rd.multiplied(p[0]); rows > 2 && columnOf(rd.cols, Price) != nil {
				return right*10 >= rows*8
			}
			return rd.piecesAndMoney(columns(p[0]), columns(p[1]))
		}
	}
	right, rows := rd.balanced()
	return rows > 2 && right*10 >= rows*9
}

// multiplied counts the rows in which quantity times price is the amount.
func (rd *reading) multiplied(quantity Role) (right, rows int) {
	amount := Amount
	if quantity == StockQty && columnOf(rd.cols, StockAmount) != nil {
		amount = StockAmount
	}
	rd.eachRecord(func(at func(Role) (float64, bool)) {
		q, ok1 := at(quantity)
		p, ok2 := at(Price)
		s, ok3 := at(amount)
		if !ok1 || !ok2 || !ok3 || q == 0 || p == 0 {
			return
		}
		if rows++; q*p > s*0.99-0.5 && q*p < s*1.01+0.5 || s < 0 {
			right++
		}
	})
	return right, rows
}

// balanced counts the rows in which the opening and the movements make the closing.
func (rd *reading) balanced() (right, rows int) {
	rd.eachRecord(func(at func(Role) (float64, bool)) {
		closing, ok := at(StockQty)
		opening, _ := at(OpeningQty)
		in, moved := at(ReceivedQty)
		out, sold := at(ShippedQty)
		if !ok || !moved && !sold || in == out {
			return
		}
		if rows++; near(opening+in-out, closing) {
			right++
		}
	})
	return right, rows
}

// eachRecord reads the figures of the first records.
func (rd *reading) eachRecord(look func(at func(Role) (float64, bool))) {
	cols := map[Role]*column{}
	for i := range rd.cols {
		if c := &rd.cols[i]; c.role.IsNumber() {
			cols[c.role] = c
		}
	}
	for i := range rd.lines[:min(len(rd.lines), swapSample)] {
		l := &rd.lines[i]
		if l.class != "" {
			continue
		}
		look(func(r Role) (float64, bool) {
			c := cols[r]
			if c == nil {
				return 0, false
			}
			f := rd.figure(c, rd.v.cell(l.ri, c.col))
			return f, f == f
		})
	}
}

// piecesAndMoney: in columns that stand in pairs, pieces are whole at least as often as
// money is, and mostly fewer.
func (rd *reading) piecesAndMoney(pieces, money []int) bool {
	rows, fewer, wholePieces, wholeMoney := 0, 0, 0, 0
	for k := range min(len(pieces), len(money)) {
		p, s := &rd.cols[pieces[k]-1], &rd.cols[money[k]-1]
		for i := range rd.lines[:min(len(rd.lines), swapSample)] {
			if rd.lines[i].class != "" {
				continue
			}
			n, sum := rd.figure(p, rd.v.cell(rd.lines[i].ri, p.col)), rd.figure(s, rd.v.cell(rd.lines[i].ri, s.col))
			if n != n || sum != sum || n == 0 || sum == 0 {
				continue
			}
			rows++
			if n < sum && n > 0 || n > sum && n < 0 {
				fewer++
			}
			if n == float64(int64(n)) {
				wholePieces++
			}
			if sum == float64(int64(sum)) {
				wholeMoney++
			}
		}
	}
	return rows > 0 && fewer*10 >= rows*8 && wholePieces >= wholeMoney
}
