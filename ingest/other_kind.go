package ingest

import (
	"context"
	"slices"

	"github.com/jackc/pgx/v5"

	"github.com/distbase/distbase/ingest/table"
	"github.com/distbase/distbase/storage"
	"github.com/distbase/distbase/text"
)

// LoadableKind says whether a table of a kind is about goods sold or held.
func LoadableKind(k table.Kind) bool {
	switch k {
	case table.Sales, table.Stock, table.Movement, table.Returns:
		return true
	}
	return false
}

func loadable(t *table.Table) bool { return LoadableKind(t.Kind) }

// countsGoods says whether the rows name goods and count them. Such a table may be a
// report whose heading says another thing: orders that a distributor sends for sales.
func countsGoods(t *table.Table) bool {
	has := func(roles ...table.Role) bool {
		return slices.ContainsFunc(t.Records, func(r table.Record) bool {
			return slices.ContainsFunc(roles, func(role table.Role) bool { _, ok := r.Get(role); return ok })
		})
	}
	return has(table.Product, table.ProductCode, table.Barcode) && has(table.Quantity, table.StockQty)
}

// doubtOthers has the analyst asked about the tables of a file in which there is none
// to load, where one may be a report after all. Those that a layout knows to be of
// another kind are settled.
func doubtOthers(all []reading) {
	if slices.ContainsFunc(all, func(r reading) bool { return loadable(r.table) }) {
		return
	}
	for i, r := range all {
		if r.table.KnownAs != "" || !countsGoods(r.table) {
			continue
		}
		code := Issue{Code: table.DoubtNotDistribution, Sheet: r.table.Sheet}
		if !slices.ContainsFunc(r.summary.Doubts, func(d Issue) bool { return d.Code == code.Code }) {
			all[i].summary.Doubts = append(r.summary.Doubts, code)
		}
	}
}

// submits says whether a table becomes a submission: it is a report, or the analyst
// is asked whether it is one.
func submits(r reading) bool {
	return loadable(r.table) || r.table.KnownAs == "" && countsGoods(r.table) &&
		slices.ContainsFunc(r.summary.Doubts, func(d Issue) bool { return d.Code == table.DoubtNotDistribution })
}

// noReport tells the sender of a file without a report what was found in it instead.
func noReport(name string, all []reading) Sentence {
	s := Sentence{Key: "problem.no_table", Args: map[string]any{"File": name}}
	most := 0
	for _, r := range all {
		key := "problem.kind." + string(r.table.Kind)
		if n := len(r.table.Records); n > most && r.table.Kind != table.Other && r.table.Kind != table.None {
			most, s.Key = n, key
		}
	}
	return s
}

// setAside refuses a submission of which the analyst, now or for the same layout
// before, has said that it is of another kind.
func (p *Pipeline) setAside(ctx context.Context, tx pgx.Tx, s storage.Submission, summary Summary) error {
	summary.Refusal = text.For(p.lang).Text("answer.other_kind", nil)
	raw, err := summary.raw()
	if err != nil {
		return err
	}
	s.Summary, s.State = raw, storage.SubmissionRefused
	return storage.UpdateSubmission(ctx, tx, s)
}
