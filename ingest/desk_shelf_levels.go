package ingest

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/distbase/distbase/ingest/table"
	"github.com/distbase/distbase/storage"
)

// LayoutLevels are the ways to take the rows of a sheet with groups, as the newest
// report of a layout shows them.
type LayoutLevels struct {
	File    string
	Choices []table.LevelChoice
	Printed map[string]string // totals that the report prints, by role
}

// LayoutLevels finds them for a layout. ErrNotFound: no report of it has groups.
func (d *Desk) LayoutLevels(ctx context.Context, r storage.LayoutRecord) (LayoutLevels, error) {
	var out LayoutLevels
	q := d.p.store.Pool()
	s, err := storage.NewestSubmission(ctx, q, r.DistributorID, r.Fingerprint)
	if err != nil {
		return out, err
	}
	summary, err := summaryOf(s)
	if err != nil {
		return out, err
	}
	if len(summary.Levels) == 0 {
		return out, fmt.Errorf("levels of layout %d: %w", r.ID, storage.ErrNotFound)
	}
	a, err := storage.AttachmentByID(ctx, q, s.AttachmentID)
	if err != nil {
		return out, err
	}
	spec, err := specOf(r)
	if err != nil {
		return out, err
	}
	var read table.Layout
	if err := json.Unmarshal(summary.Layout, &read); err != nil {
		return out, fmt.Errorf("read layout of submission %d: %w", s.ID, err)
	}
	out = LayoutLevels{File: a.Name, Choices: summary.Levels, Printed: summary.Printed}
	for i := range out.Choices {
		c := &out.Choices[i]
		c.Index = samePlace(read, c.Index, spec)
		c.Taken = spec.Detail == nil && c.Detail.Level == 0 || spec.Detail != nil && spec.Detail.Level == c.Detail.Level
	}
	return out, nil
}

// samePlace is where a column of one layout stands in another, -1 for nowhere.
func samePlace(from table.Layout, i int, to table.Layout) int {
	if i < 0 || i >= len(from.Columns) {
		return -1
	}
	return slices.IndexFunc(to.Columns, from.Columns[i].Same)
}
