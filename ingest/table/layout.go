package table

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// LayoutVersion is the form of the document that [Layout] writes.
const LayoutVersion = 4

// Layout is how one distributor lays a report out, learned from a table that an
// analyst has confirmed. It is a document people can read and correct, and it is
// keyed by what stays from file to file: titles, their order, how groups are nested.
// It holds no row numbers and no data.
//
// A layout is data: it survives JSON, and the same file read with the same layouts
// gives the same table. Who confirmed it and when is kept beside it, in storage.
type Layout struct {
	// Version is the form of the document, [LayoutVersion] or an earlier one: those
	// before 4 tell neither columns without titles nor lines, which are then looked for.
	Version int `json:"version"`
	// Fingerprint tells layouts apart and finds the same one at another distributor.
	Fingerprint string `json:"fingerprint"`
	Kind        Kind   `json:"kind"`
	// Title is the first line of the report ("Ведомость по товарам на складах"), for
	// people; Sheet the name of the sheet it was learned from. Neither is needed to match.
	Title string `json:"title,omitempty"`
	Sheet string `json:"sheet,omitempty"`
	// Columns are all columns that hold something from left to right, but those of a
	// cross-tab; those without a role are of no interest.
	Columns []LayoutColumn `json:"columns"`
	// Levels are the roles of group rows, outermost first; "" is a level of no interest.
	Levels []Role `json:"levels,omitempty"`
	// Detail is which rows are taken where a person chose; nil: the innermost ones.
	Detail *Detail `json:"detail,omitempty"`
	// Across is what the values of a cross-tab's heading are, "" for a plain table.
	Across Role `json:"across,omitempty"`
	// Before is how many of the columns stand in front of the cross-tab, Values what is
	// told under every value of its heading, from left to right.
	Before int            `json:"before,omitempty"`
	Values []LayoutColumn `json:"values,omitempty"`
	// Heads are the values of its heading whose words do not tell what they are, so that
	// a new one is asked about; "" stands for all whose words do.
	Heads []string `json:"heads,omitempty"`
	// Lines are what lines of their own tell for the records below them («Склад: Южный»).
	Lines []Role `json:"lines,omitempty"`
	// LeftOut is what lines tell that came after the layout was confirmed; it is not taken.
	LeftOut []Role `json:"left_out,omitempty"`
	// Period is where the period is found: one of the Period constants; PeriodReceived,
	// PeriodLastMonth and PeriodAsked where files never tell it.
	Period string `json:"period,omitempty"`
	// Unit and VAT are what the lines above the report say of all its money: "тыс" for
	// thousands; "with", "without".
	Unit string `json:"unit,omitempty"`
	VAT  string `json:"vat,omitempty"`
	// Accepted are the codes of doubts that the analyst has seen and confirmed.
	Accepted []string `json:"accepted,omitempty"`
	// Splits share what is sold in one place among others, by the distributor's own rule.
	Splits []Split `json:"splits,omitempty"`
}

// LayoutColumn is a column of a layout and how it is found again.
type LayoutColumn struct {
	// Role is "" for a column that is not taken.
	Role Role `json:"role,omitempty"`
	// Title is the key of the title: words in lower case; dates, numbers and signs left
	// out. A title of signs only ("№") is its own key.
	Title string `json:"title"`
	// After and Holds tell a column without a title: the key of the next title to its
	// left, "" for none, and what its cells mostly hold: one of the Holds constants.
	After string `json:"after,omitempty"`
	Holds string `json:"holds,omitempty"`
	// Nth tells columns of one title, or without one behind the same title, apart,
	// counted from 1.
	Nth int `json:"nth,omitempty"`
	// Unit and VAT are what the title says of a measure: "шт", "кор", "руб";
	// "with", "without". A change of them changes what the figures mean.
	Unit string `json:"unit,omitempty"`
	VAT  string `json:"vat,omitempty"`
	// LeftOut says that the column came after the layout was confirmed: it does not take
	// part in telling groups from records, as long as it has no role.
	LeftOut bool `json:"left_out,omitempty"`
	// Commas is "thousands" where 1,234 is a thousand, "decimal" where it is one and
	// some, "" where the column itself tells.
	Commas string `json:"commas,omitempty"`
}

// Split moves a share of the quantity of one place to another: 30 per cent of
// Краснодар to Ростов-на-Дону where more than 3 were sold.
type Split struct {
	Role    Role   `json:"role"`
	From    string `json:"from"`
	To      string `json:"to"`
	Percent int    `json:"percent"`
	Above   int    `json:"above,omitempty"`
}

// UnmarshalJSON reads documents of this form and of the first one, which held its
// columns by role.
func (l *Layout) UnmarshalJSON(data []byte) error {
	type plain Layout
	var head struct {
		Version int                   `json:"version"`
		Columns map[Role]LayoutColumn `json:"-"`
	}
	if err := json.Unmarshal(data, &head); err != nil {
		return fmt.Errorf("read layout: %w", err)
	}
	if head.Version > LayoutVersion {
		return fmt.Errorf("read layout: version %d is newer than %d", head.Version, LayoutVersion)
	}
	if head.Version >= 2 {
		return json.Unmarshal(data, (*plain)(l))
	}
	var first struct {
		Fingerprint string                `json:"fingerprint"`
		Kind        Kind                  `json:"kind"`
		Columns     map[Role]LayoutColumn `json:"columns"`
		Levels      []Role                `json:"levels"`
		Across      Role                  `json:"across"`
	}
	if err := json.Unmarshal(data, &first); err != nil {
		return fmt.Errorf("read layout: %w", err)
	}
	*l = Layout{Version: 2, Fingerprint: first.Fingerprint, Kind: first.Kind, Levels: first.Levels, Across: first.Across}
	for _, r := range Roles() {
		if c, ok := first.Columns[r]; ok {
			c.Role = r
			l.Columns = append(l.Columns, c)
		}
	}
	return nil
}

// Column finds the column of a role; false where the layout takes none.
func (l *Layout) Column(r Role) (LayoutColumn, bool) {
	for _, c := range l.Columns {
		if c.Role == r {
			return c, true
		}
	}
	return LayoutColumn{}, false
}

// SetRole gives the role to the column at index i, from the column that had it
// before; a role of "" lets the column go.
func (l *Layout) SetRole(i int, r Role) {
	for k := range l.Columns {
		if r != "" && l.Columns[k].Role == r {
			l.Columns[k].Role = ""
		}
	}
	l.Columns[i].Role = r
}

// Layout gives what there is to learn when an analyst confirms the table. It is the
// caller's to change.
func (t *Table) Layout() Layout { return t.layout.clone() }

// clone is a layout that shares nothing that can be changed.
func (l Layout) clone() Layout {
	l.Columns, l.Values = slices.Clone(l.Columns), slices.Clone(l.Values)
	l.Levels, l.Lines, l.LeftOut = slices.Clone(l.Levels), slices.Clone(l.Lines), slices.Clone(l.LeftOut)
	l.Heads, l.Accepted, l.Splits = slices.Clone(l.Heads), slices.Clone(l.Accepted), slices.Clone(l.Splits)
	if l.Detail != nil {
		d := *l.Detail
		l.Detail = &d
	}
	return l
}

// titleKey is what a title is recognised by: words in lower case, dates and numbers out.
func titleKey(title string) string {
	toks := scanTokens(plainBlanks(title))
	drop := map[int]bool{}
	for _, sp := range scanDates(toks) {
		for i := sp.first; i <= sp.last; i++ {
			drop[i] = true
		}
	}
	var words []string
	for i, tk := range toks {
		if tk.kind == wordToken && !drop[i] {
			words = append(words, tk.text)
		}
	}
	return strings.Join(words, " ")
}

// fingerprint tells layouts apart by the titles that are no values of a cross-tab.
func (rd *reading) fingerprint(kind Kind) string {
	var keys []string
	for i := range rd.h.parts {
		if rd.cross.covers(i + 1) {
			continue
		}
		if k := titleKey(rd.h.title(i + 1)); k != "" {
			keys = append(keys, k)
		}
	}
	slices.Sort(keys)
	keys = append(keys, "kind "+string(kind))
	if rd.cross != nil {
		keys = append(keys, "across "+string(rd.cross.what))
	}
	sum := sha256.Sum256([]byte(strings.Join(keys, "\n")))
	return hex.EncodeToString(sum[:12])
}
