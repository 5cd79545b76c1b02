package ingest

import (
	"encoding/json"
	"fmt"

	"github.com/distbase/distbase/ingest/table"
	"github.com/distbase/distbase/storage"
)

// Issue is one thing about a table that a person should know.
type Issue struct {
	Code     string `json:"code"`
	Sheet    string `json:"sheet,omitempty"`
	Cell     string `json:"cell,omitempty"` // "D14"; "14" where only the row is known
	Row      int    `json:"row,omitempty"`
	Column   string `json:"column,omitempty"`
	Role     string `json:"role,omitempty"`
	Found    string `json:"found,omitempty"`
	Expected string `json:"expected,omitempty"`
}

// Summary is what is kept of a table beside its facts: what the sender and the
// analyst are told.
type Summary struct {
	Columns      map[string]string `json:"columns,omitempty"` // role -> column letter
	Preview      [][]string        `json:"preview,omitempty"` // titles and the first records as understood
	Totals       map[string]string `json:"totals,omitempty"`
	Printed      map[string]string `json:"printed,omitempty"`
	Reconciled   *bool             `json:"reconciled,omitempty"`
	PeriodSource string            `json:"period_source,omitempty"`
	Doubts       []Issue           `json:"doubts,omitempty"`   // until the analyst confirms
	Problems     []Issue           `json:"problems,omitempty"` // the first of them
	ProblemCount int               `json:"problem_count,omitempty"`
	Missing      []string          `json:"missing,omitempty"` // roles a report should have
	Layout       json.RawMessage   `json:"layout,omitempty"`  // to learn when confirmed

	Place   *tablePlace           `json:"place,omitempty"`
	Insight []table.ColumnInsight `json:"insight,omitempty"` // what is believed of every column and level
	Skipped []table.SkippedGroup  `json:"skipped,omitempty"`
	// Levels are the ways to take the rows of a sheet with groups.
	Levels []table.LevelChoice `json:"levels,omitempty"`

	// Known are the layouts that the table was read with, Draft the one that took
	// their place: the analyst's correction, or another distributor's offered.
	// Loading reads by the same.
	Known []int64         `json:"known,omitzero"`
	Draft json.RawMessage `json:"draft,omitempty"`
	// LayoutID is the layout that fitted, 0 for none; Drift how the file differs from it.
	LayoutID    int64         `json:"layout_id,omitempty"`
	Drift       []table.Drift `json:"drift,omitempty"`
	Like        *Likeness     `json:"like,omitempty"`        // the draft is another distributor's layout
	Corrections []int64       `json:"corrections,omitempty"` // journal entries that made the draft, newest last
	Touched     bool          `json:"touched,omitempty"`     // the analyst looked: nothing is loaded without their word

	Confirmed bool   `json:"confirmed,omitempty"` // the analyst said that the table is right
	Overlap   string `json:"overlap,omitempty"`   // "replace" or "add": the analyst's word
	OpenMonth bool   `json:"open_month,omitempty"`
	Refusal   string `json:"refusal,omitempty"`
}

// maxProblems bounds the cells that are kept and told one by one.
const maxProblems = 30

func summarise(t *table.Table) (Summary, error) {
	s := Summary{
		Columns: make(map[string]string), Totals: make(map[string]string), Printed: make(map[string]string),
		Reconciled: t.Reconciled, PeriodSource: t.PeriodSource, ProblemCount: len(t.Problems), Preview: t.Preview(5),
	}
	for role, ref := range t.Columns {
		s.Columns[string(role)] = string(ref)
	}
	for role, sum := range t.Totals {
		s.Totals[string(role)] = sum.String()
	}
	for role, sum := range t.PrintedTotals {
		s.Printed[string(role)] = sum.String()
	}
	for _, d := range t.Doubts {
		s.Doubts = append(s.Doubts, issueOf(t, d))
	}
	for _, d := range t.Problems[:min(len(t.Problems), maxProblems)] {
		s.Problems = append(s.Problems, issueOf(t, d))
	}
	s.Missing = missingRoles(t)
	s.Insight, s.Skipped, s.Drift, s.Levels = insightOf(t), t.SkippedSummary(), t.Drift, levelsOf(t)
	raw, err := json.Marshal(t.Layout())
	if err != nil {
		return s, fmt.Errorf("encode layout: %w", err)
	}
	s.Layout = raw
	return s, nil
}

// maxInsight bounds the columns that are kept: no analyst corrects more by tapping.
const maxInsight = 120

func insightOf(t *table.Table) []table.ColumnInsight {
	all := t.Explain()
	all = all[:min(len(all), maxInsight)]
	for i := range all {
		all[i].Title = cut(all[i].Title, 120)
		for j := range all[i].Samples {
			all[i].Samples[j] = cut(all[i].Samples[j], 80)
		}
	}
	return all
}

func levelsOf(t *table.Table) []table.LevelChoice {
	all := t.LevelChoices()
	for i := range all {
		for j := range all[i].Examples {
			all[i].Examples[j] = cut(all[i].Examples[j], 80)
		}
	}
	return all
}

func issueOf(t *table.Table, i table.Issue) Issue {
	out := Issue{Code: i.Code, Sheet: i.Sheet, Row: i.Row, Role: string(i.Role), Found: cut(i.Found, 80), Expected: cut(i.Expected, 80)}
	if out.Sheet == "" {
		out.Sheet = t.Sheet
	}
	if i.Col > 0 {
		out.Column = string(table.Column(i.Col))
	}
	if i.Row > 0 {
		out.Cell = fmt.Sprintf("%s%d", out.Column, i.Row)
	}
	return out
}

// missingRoles are what a report of the kind should tell and does not.
func missingRoles(t *table.Table) []string {
	has := func(roles ...table.Role) bool {
		for _, r := range roles {
			if _, ok := t.Columns[r]; ok {
				return true
			}
		}
		return false
	}
	var gone []string
	if t.Kind == table.Sales || t.Kind == table.Returns {
		if !has(table.Client, table.ClientCode, table.Outlet, table.OutletCode) {
			gone = append(gone, "client")
		}
		if !has(table.Quantity) {
			gone = append(gone, "quantity")
		}
		if !has(table.Amount) {
			gone = append(gone, "amount")
		}
	}
	return gone
}

func summaryOf(s storage.Submission) (Summary, error) {
	var out Summary
	if err := json.Unmarshal(s.Summary, &out); err != nil {
		return out, fmt.Errorf("read summary of submission %d: %w", s.ID, err)
	}
	return out, nil
}

func (s Summary) raw() (json.RawMessage, error) {
	raw, err := json.Marshal(s)
	if err != nil {
		return nil, fmt.Errorf("encode summary: %w", err)
	}
	return raw, nil
}
