package ingest

import (
	"context"
	"fmt"

	"github.com/distbase/distbase/ingest/grid"
	"github.com/distbase/distbase/ingest/table"
	"github.com/distbase/distbase/storage"
)

// Trial is what would become of one table of a file.
type Trial struct {
	File   string `json:"file"`
	Sheet  string `json:"sheet"`
	Kind   string `json:"kind"`
	Rows   int    `json:"rows"`
	Period string `json:"period,omitempty"`
	// Layout is the number of the layout that fits, Distributor whose it is.
	Layout      int64         `json:"layout,omitempty"`
	Distributor string        `json:"distributor,omitempty"`
	Drift       []table.Drift `json:"drift,omitempty"`
	Asks        []Issue       `json:"asks,omitempty"`
	Like        int64         `json:"like,omitempty"` // another distributor's layout that would be offered
	// Would is "load", "ask" or "set aside".
	Would string `json:"would"`
}

// Try says what would become of a file, and changes nothing. Without a distributor
// (id 0) the layouts of all are tried.
func (p *Pipeline) Try(ctx context.Context, distributorID int64, name string, data []byte) ([]Trial, error) {
	f, err := grid.Read(ctx, name, data, grid.Options{Received: p.now()})
	if err != nil {
		return nil, fmt.Errorf("read %q: %w", name, err)
	}
	records, err := storage.Layouts(ctx, p.store.Pool(), distributorID, false)
	if err != nil {
		return nil, err
	}
	known, err := layoutsKnown(records)
	if err != nil {
		return nil, err
	}
	o := &opened{name: name, file: f, src: table.Source{FileName: name, Received: p.now()}}
	all, err := o.tables(known.specs)
	if err != nil {
		return nil, err
	}
	readings := make([]reading, 0, len(all))
	at := places(all)
	for i, t := range all {
		r, err := newReading(t, at[i], known)
		if err != nil {
			return nil, err
		}
		if loadable(t) && t.KnownAs == "" && distributorID != 0 && len(openDoubts(r.summary)) > 0 {
			if r, err = p.readLikeOthers(ctx, o, r, distributorID); err != nil {
				return nil, err
			}
		}
		readings = append(readings, r)
	}
	doubtOthers(readings)
	out := make([]Trial, 0, len(all))
	for _, r := range readings {
		x, err := p.trial(ctx, r)
		if err != nil {
			return nil, err
		}
		out = append(out, x)
	}
	return out, nil
}

func (p *Pipeline) trial(ctx context.Context, r reading) (Trial, error) {
	t := r.table
	x := Trial{File: t.File, Sheet: t.Sheet, Kind: string(t.Kind), Rows: len(t.Records), Drift: r.summary.Drift, Asks: r.summary.Doubts, Layout: r.summary.LayoutID, Would: "load"}
	dated := t.DatedPeriod(p.now())
	if dated != nil {
		x.Period = dated.String()
	}
	if r.summary.Like != nil {
		x.Like = r.summary.Like.LayoutID
	}
	switch {
	case !submits(r):
		x.Would = "set aside"
	case asksLayout(r.summary) || dated == nil:
		x.Would = "ask"
	}
	if x.Layout == 0 {
		return x, nil
	}
	record, err := storage.LayoutByID(ctx, p.store.Pool(), x.Layout)
	if err != nil {
		return x, err
	}
	d, err := storage.DistributorByID(ctx, p.store.Pool(), record.DistributorID)
	x.Distributor = d.Code
	return x, err
}
