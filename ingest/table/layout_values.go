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
	for _, c := range l.Values {
		k, ok := now[c.Role]
		switch {
		case !ok:
			out = append(out, Drift{Code: DriftMeasure, Role: c.Role, Was: c.Title, Now: left.Now})
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
