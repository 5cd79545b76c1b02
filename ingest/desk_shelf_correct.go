package ingest

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"

	"github.com/distbase/distbase/ingest/table"
	"github.com/distbase/distbase/storage"
)

// CorrectLayout makes a new version of a layout in force as the analyst corrects it.
// Errors: *WrongAnswerError, also where the layout is out of force; *UnreadableError
// where nothing that is counted would be taken; ErrNotFound.
func (d *Desk) CorrectLayout(ctx context.Context, personID, id int64, c Correction) (storage.LayoutRecord, int64, error) {
	return d.shelve(ctx, personID, id, "layout.edit", func(tx pgx.Tx, old storage.LayoutRecord) (storage.LayoutRecord, shelfUndo, error) {
		if old.RetiredAt != nil {
			return old, shelfUndo{}, &WrongAnswerError{"the layout is out of force"}
		}
		spec, err := specOf(old)
		if err != nil {
			return old, shelfUndo{}, err
		}
		if err := c.apply(&spec); err != nil {
			return old, shelfUndo{}, err
		}
		if err := checkLayout(spec); err != nil {
			return old, shelfUndo{}, err
		}
		if !counts(spec) {
			return old, shelfUndo{}, &UnreadableError{}
		}
		return d.shelveSpec(ctx, tx, personID, old, old.DistributorID, spec, storage.LayoutEdited)
	})
}

// counts says whether a layout takes something that is counted and what it is
// counted of. The figures of a cross-tab stand under its heading.
func counts(l table.Layout) bool {
	has := func(fits func(table.Role) bool) bool {
		return slices.ContainsFunc(l.Columns, func(c table.LayoutColumn) bool { return fits(c.Role) }) || slices.ContainsFunc(l.Levels, fits) || fits(l.Across)
	}
	things := []table.Role{table.Product, table.ProductCode, table.Barcode, table.Client, table.ClientCode, table.Outlet, table.OutletCode}
	return (l.Across != "" || has(table.Role.IsSummed)) && has(func(r table.Role) bool { return slices.Contains(things, r) })
}

// LayoutColumns are the columns, levels of groups and the heading across of a layout,
// as those of a table that is asked about; without letters and samples, since a layout
// knows none.
func LayoutColumns(l table.Layout) []table.ColumnInsight {
	var out []table.ColumnInsight
	for i, r := range l.Levels {
		out = append(out, table.ColumnInsight{Ref: table.Group(i + 1), Index: -1, Role: r, Confidence: 1, Reason: table.ReasonLayout})
	}
	if l.Across != "" {
		out = append(out, table.ColumnInsight{Ref: table.Across(l.Across), Index: -1, Role: l.Across, Confidence: 1, Reason: table.ReasonLayout})
	}
	for i, c := range l.Columns {
		out = append(out, table.ColumnInsight{Index: i, Title: c.Title, After: c.After, Role: c.Role, Confidence: 1, Reason: table.ReasonLayout})
	}
	return out
}

// LayoutSpec is the document of a layout.
func LayoutSpec(r storage.LayoutRecord) (table.Layout, error) { return specOf(r) }

// LayoutChange is the newest change that made a layout what it is and that can still
// be taken back with one tap; ErrNotFound where there is none.
func (d *Desk) LayoutChange(ctx context.Context, r storage.LayoutRecord) (storage.JournalEntry, error) {
	q := d.p.store.Pool()
	subjects := []int64{r.ID}
	if r.FromID != nil {
		subjects = append(subjects, *r.FromID)
	}
	var all []storage.JournalEntry
	for _, id := range subjects {
		of, err := storage.JournalOf(ctx, q, fmt.Sprintf("layout:%d", id))
		if err != nil {
			return storage.JournalEntry{}, err
		}
		all = append(all, of...)
	}
	slices.SortFunc(all, func(a, b storage.JournalEntry) int { return cmp.Compare(b.ID, a.ID) })
	for _, e := range all {
		var detail shelfDetail
		if err := json.Unmarshal(e.Detail, &detail); err != nil || detail.Made != r.ID {
			continue
		}
		undone, err := storage.Undone(ctx, q, e.ID)
		if err != nil {
			return e, err
		}
		if undone {
			continue
		}
		if d.p.now().Sub(e.At) > undoable || (e.Action == "layout.retire") != (r.RetiredAt != nil) {
			break
		}
		return e, nil
	}
	return storage.JournalEntry{}, fmt.Errorf("change of layout %d: %w", r.ID, storage.ErrNotFound)
}
