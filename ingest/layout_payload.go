package ingest

import (
	"slices"

	"github.com/distbase/distbase/ingest/table"
	"github.com/distbase/distbase/storage"
)

// LayoutPayload is what a question about a layout shows.
type LayoutPayload struct {
	Doubts  []Issue               `json:"doubts"`
	Preview [][]string            `json:"preview"`
	Columns map[string]string     `json:"columns"`
	Insight []table.ColumnInsight `json:"insight,omitempty"`
	Skipped []table.SkippedGroup  `json:"skipped,omitempty"`
	Levels  []table.LevelChoice   `json:"levels,omitempty"`
	// Known says that the file has a layout, and Drift how it differs from it.
	Known bool          `json:"known,omitempty"`
	Drift []table.Drift `json:"drift,omitempty"`
	Like  *Likeness     `json:"like,omitempty"`

	From         string            `json:"from,omitempty"` // ISO days
	To           string            `json:"to,omitempty"`
	PeriodSource string            `json:"period_source,omitempty"`
	Months       []string          `json:"months,omitempty"` // likely ones, first days
	Totals       map[string]string `json:"totals,omitempty"`
	Printed      map[string]string `json:"printed,omitempty"`
	Reconciled   *bool             `json:"reconciled,omitempty"`
	// Correction is the newest correction, to be taken back; 0 for none.
	Correction int64 `json:"correction,omitempty"`
}

func layoutPayload(s storage.Submission, summary Summary, months []string) LayoutPayload {
	p := LayoutPayload{
		Doubts: openDoubts(summary), Preview: summary.Preview, Columns: summary.Columns, Insight: summary.Insight, Skipped: summary.Skipped, Levels: summary.Levels,
		Known: summary.LayoutID != 0, Drift: summary.Drift, Like: summary.Like, From: iso(s.From), To: iso(s.To), PeriodSource: summary.PeriodSource,
		Months: months, Totals: summary.Totals, Printed: summary.Printed, Reconciled: summary.Reconciled,
	}
	if n := len(summary.Corrections); n > 0 {
		p.Correction = summary.Corrections[n-1]
	}
	return p
}

// asksLayout says whether a table needs the analyst's word about its layout: it is
// doubtful, another distributor's layout is offered, or they have begun to correct it.
func asksLayout(s Summary) bool {
	return !s.Confirmed && (s.Touched || s.Like != nil || len(openDoubts(s)) > 0)
}

// Kinds are what the analyst can say that the report is.
func (LayoutPayload) Kinds() []table.Kind { return correctableKinds() }

// Unsure are the columns that a doubt is about, those believed least first, then
// the others in their order: what the analyst most likely came to correct stands
// on top.
func (p LayoutPayload) Unsure() []table.ColumnInsight {
	rank := func(c table.ColumnInsight) int {
		for _, d := range p.Doubts {
			if d.Found != "" && d.Found == c.Title || d.Expected != "" && d.Expected == c.Title || d.Role != "" && d.Role == string(c.Role) {
				return 0
			}
		}
		if c.Role != "" && c.Confidence < unsure {
			return 1
		}
		return 2
	}
	out := slices.Clone(p.Insight)
	slices.SortStableFunc(out, func(a, b table.ColumnInsight) int { return rank(a) - rank(b) })
	return out
}

// unsure is the confidence under which a role is marked with a question.
const unsure = 0.9

// IsUnsure says whether the role of a column deserves a look.
func IsUnsure(c table.ColumnInsight) bool { return c.Role != "" && c.Confidence < unsure }

// LikelyRoles are the roles that a column may have besides its own, the likeliest
// first: those its title could mean, then what its cells look like.
func LikelyRoles(c table.ColumnInsight, kind table.Kind) []table.Role {
	out := slices.Clone(c.Others)
	out = append(out, usualRoles(c, kind)...)
	seen := map[table.Role]bool{c.Role: true}
	return slices.DeleteFunc(out, func(r table.Role) bool {
		if seen[r] {
			return true
		}
		seen[r] = true
		return false
	})
}

// usualRoles are what columns of numbers and of texts mostly are.
func usualRoles(c table.ColumnInsight, kind table.Kind) []table.Role {
	stock := kind == table.Stock || kind == table.Movement
	switch {
	case c.Index < 0:
		return []table.Role{table.Client, table.Outlet, table.Product, table.Category, table.Warehouse, table.SalesRep}
	case numeric(c) && stock:
		return []table.Role{table.StockQty, table.StockAmount, table.ReceivedQty, table.ShippedQty, table.OpeningQty, table.Price}
	case numeric(c):
		return []table.Role{table.Quantity, table.Amount, table.Price, table.ProductCode, table.DocNo, table.VAT}
	case stock:
		return []table.Role{table.Product, table.ProductCode, table.Warehouse, table.Unit, table.Category, table.Brand}
	}
	return []table.Role{table.Product, table.Client, table.Outlet, table.OutletAddress, table.ProductCode, table.SalesRep}
}

// numeric: its cells look like numbers, or, where none are known, its role is one.
func numeric(c table.ColumnInsight) bool {
	return looksNumeric(c.Samples) || len(c.Samples) == 0 && c.Role.IsNumber()
}

// looksNumeric says whether most samples begin with a digit and have hardly a letter.
func looksNumeric(samples []string) bool {
	numbers := 0
	for _, s := range samples {
		if _, ok := table.ParseNumber(s); ok {
			numbers++
		}
	}
	return len(samples) > 0 && 2*numbers > len(samples)
}
