package table

// valueKeys are the measures under the first value of a cross-tab, as a layout tells them.
func (rd *reading) valueKeys() []LayoutColumn {
	var out []LayoutColumn
	for _, g := range rd.cross.groups {
		if g.total {
			continue
		}
		for i := range rd.cols {
			for r, col := range g.cols {
				if col == i+1 {
					out = append(out, rd.valueKey(r, col))
				}
			}
		}
		break
	}
	return out
}

// valueKey is one of them. Where one row of titles holds the values, no title tells
// the measure.
func (rd *reading) valueKey(r Role, col int) LayoutColumn {
	k := LayoutColumn{Role: r}
	if parts := rd.h.parts[col-1]; len(parts) > 1 {
		last := parts[len(parts)-1]
		if m, ok := bestMatch(last); ok && m.role == r {
			k.Title = titleKey(last)
			k.Unit, k.VAT = meaningOf(last)
		}
	}
	return k
}

// valueDrift tells measures of a cross-tab that are gone or mean something else.
func (rd *reading) valueDrift(l *Layout) []Drift {
	if rd.cross == nil || len(l.Values) == 0 {
		return nil
	}
	var out []Drift
	now := map[Role]LayoutColumn{}
	left := Drift{Code: DriftMeasure}
	for _, k := range rd.valueKeys() {
		now[k.Role] = k
		left.Now = k.Title
	}
	out = append(out, rd.valueSwap(l)...)
	for _, c := range l.Values {
		k, ok := now[c.Role]
		switch {
		case !ok:
			out = append(out, Drift{Code: DriftMeasure, Role: c.Role, Was: c.Title, Now: left.Now})
		case c.Title == k.Title:
		case c.Unit != k.Unit:
			out = append(out, Drift{Code: DriftUnit, Role: c.Role, Was: c.Unit, Now: k.Unit})
		case c.VAT != k.VAT:
			out = append(out, Drift{Code: DriftVAT, Role: c.Role, Was: c.VAT, Now: k.VAT})
		}
	}
	return out
}

// crossedOver: column i of the layout stood on the other side of the cross-tab.
func (rd *reading) crossedOver(m *match, i int) bool {
	if rd.cross == nil || m.layout.Before == 0 {
		return false
	}
	return (i < m.layout.Before) != (rd.columnsBefore(m.at[i:i+1]) > 0)
}

// valueSwap tells two measures under every value that changed places, where the
// figures do not agree with their titles.
func (rd *reading) valueSwap(l *Layout) []Drift {
	now := rd.valueKeys()
	if len(now) != 2 || len(l.Values) != 2 || now[0].Role != l.Values[1].Role || now[1].Role != l.Values[0].Role {
		return nil
	}
	columns := func(r Role) []int {
		var out []int
		for _, g := range rd.cross.groups {
			if !g.total && g.cols[r] != 0 {
				out = append(out, g.cols[r])
			}
		}
		return out
	}
	if rd.agreesWith(now[0].Role, now[1].Role, columns) {
		return nil
	}
	return []Drift{{Code: DriftMeasure, Role: l.Values[0].Role, Was: l.Values[0].Title, Now: l.Values[1].Title}}
}
