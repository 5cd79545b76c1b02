package table

// Drift is a difference between a file and the layout it was read by.
type Drift struct {
	// Code is one of the Drift constants.
	Code string `json:"code"`
	Role Role   `json:"role,omitempty"`
	// Was and Now are titles, names of sheets, units or counts, as the code asks.
	Was string `json:"was,omitempty"`
	Now string `json:"now,omitempty"`
}

// Codes of drift. What is only moved is followed and told; what may change the
// meaning of figures is asked about.
const (
	DriftMoved   = "moved"           // a column stands elsewhere: Was and Now are letters or places
	DriftAdded   = "added"           // a column the layout does not know: Now is its title
	DriftGone    = "gone"            // a column of no interest is missing: Was is its title
	DriftLine    = "line_added"      // a line of its own tells Role, which is not taken
	DriftTitle   = "title_changed"   // the line above the report reads differently
	DriftSheet   = "sheet_renamed"   // the sheet has another name
	DriftRenamed = "renamed"         // a column was found under a title that is alike; asked
	DriftMissing = "missing"         // a column with a role is not there; asked
	DriftUnit    = "unit_changed"    // the title names another unit or currency; asked
	DriftVAT     = "vat_changed"     // with VAT became without, or the other way; asked
	DriftLevels  = "levels_changed"  // groups are nested deeper or less deep; asked
	DriftMeasure = "measure_changed" // another measure stands in the same place; asked
	DriftValue   = "value_added"     // the heading of a cross-tab has a value of another sort: Now; asked
	DriftKind    = "kind_changed"    // the words of the report say another kind; asked
)

// Asks says whether the analyst has to confirm the difference before the file is loaded.
func (d Drift) Asks() bool {
	switch d.Code {
	case DriftRenamed, DriftMissing, DriftUnit, DriftVAT, DriftLevels, DriftMeasure, DriftValue, DriftKind:
		return true
	}
	return false
}

// drift compares what was read with the layout it was read by.
func (rd *reading) drift(t *Table, m *match) []Drift {
	l := m.layout
	var out []Drift
	out = append(out, rd.columnDrift(m)...)
	out = append(out, rd.swapDrift(m)...)
	out = append(out, rd.valueDrift(l)...)
	out = append(out, rd.headDrift(l)...)
	out = append(out, rd.saidDrift(l)...)
	out = append(out, rd.lineDrift(l)...)
	if l.crossed() && rd.cross == nil {
		out = append(out, Drift{Code: DriftMissing, Role: l.Across})
	}
	if l.Sheet != "" && l.Sheet != t.Sheet {
		out = append(out, Drift{Code: DriftSheet, Was: l.Sheet, Now: t.Sheet})
	}
	if now := rd.v.firstLine(rd.h); titleKey(l.Title) != titleKey(now) {
		out = append(out, Drift{Code: DriftTitle, Was: l.Title, Now: now})
	}
	for _, r := range l.Levels {
		if r != "" && r != Category && !rd.has(r) {
			out = append(out, Drift{Code: DriftMissing, Role: r})
		}
	}
	if rd.levelsDrifted(l) {
		was := len(l.Levels)
		if l.Detail != nil {
			was = l.Detail.Of
		}
		out = append(out, Drift{Code: DriftLevels, Was: itoa(was), Now: itoa(len(rd.found))})
	}
	if m.told != "" {
		out = append(out, Drift{Code: DriftKind, Was: string(l.Kind), Now: string(m.told)})
	}
	return out
}

// saidDrift tells what the lines above the report say otherwise of all its money. That
// they no longer speak of VAT changes nothing.
func (rd *reading) saidDrift(l *Layout) []Drift {
	unit, vat := rd.said()
	switch {
	case l.Unit != unit:
		return []Drift{{Code: DriftUnit, Role: Amount, Was: l.Unit, Now: unit}}
	case l.VAT != "" && vat != "" && l.VAT != vat:
		return []Drift{{Code: DriftVAT, Role: Amount, Was: l.VAT, Now: vat}}
	}
	return nil
}

// columnDrift tells columns that are gone, renamed, moved, added, or mean something else.
func (rd *reading) columnDrift(m *match) []Drift {
	var out []Drift
	known := make([]bool, len(rd.cols))
	last := -1
	for i, c := range m.layout.Columns {
		k := m.at[i]
		switch {
		case k < 0 && c.Role != "":
			out = append(out, Drift{Code: DriftMissing, Role: c.Role, Was: c.Title})
		case k < 0 && c.Title != "":
			out = append(out, Drift{Code: DriftGone, Was: c.Title})
		case k >= 0:
			known[k] = true
			if d, ok := rd.differs(m, i, k < last); ok {
				out = append(out, d)
			}
			last = max(last, k)
		}
	}
	for k := range rd.h.parts {
		if now := rd.h.title(k + 1); titleKey(now) != "" && !known[k] && !rd.cross.covers(k+1) {
			out = append(out, Drift{Code: DriftAdded, Now: now})
		}
	}
	return out
}

// differs tells how column i of the layout differs from what was found. Moved says
// that it stands left of one that it stood right of.
func (rd *reading) differs(m *match, i int, moved bool) (Drift, bool) {
	c, k := m.layout.Columns[i], m.at[i]
	now := rd.h.title(k + 1)
	unit, vat := meaningOf(now)
	if titleKey(now) == c.Title {
		unit, vat = c.Unit, c.VAT
	}
	switch {
	case c.Role.IsNumber() && c.Unit != unit:
		return Drift{Code: DriftUnit, Role: c.Role, Was: c.Unit, Now: unit}, true
	case c.Role.IsNumber() && c.VAT != vat:
		return Drift{Code: DriftVAT, Role: c.Role, Was: c.VAT, Now: vat}, true
	case m.renamed[i]:
		return Drift{Code: DriftRenamed, Role: c.Role, Was: c.Title, Now: now}, true
	case moved && c.Role != "" && rd.h.guessed: // nothing but the cells tells that it is the same one
		return Drift{Code: DriftMeasure, Role: c.Role, Was: c.Title}, true
	case (c.Title != "" || c.Role != "") && (moved || rd.crossedOver(m, i)):
		return Drift{Code: DriftMoved, Role: c.Role, Was: c.Title, Now: string(Column(rd.v.letterOf(k + 1)))}, true
	}
	return Drift{}, false
}
