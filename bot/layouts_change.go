package bot

import (
	"context"
	"errors"
	"slices"

	"github.com/distbase/distbase/ingest"
	"github.com/distbase/distbase/ingest/table"
	"github.com/distbase/distbase/storage"
	"github.com/distbase/distbase/text"
)

// layoutInForce is a layout that can be changed; where it is out of force, the person
// is told who changed it, shown what is in force now, and ok is false.
func (t *turn) layoutInForce(ctx context.Context, id int64) (r storage.LayoutRecord, l table.Layout, ok bool, err error) {
	if r, err = storage.LayoutByID(ctx, t.Store.Pool(), id); err != nil {
		return r, l, false, err
	}
	if r.RetiredAt != nil {
		return r, l, false, t.staleLayout(ctx, r)
	}
	l, err = ingest.LayoutSpec(r)
	return r, l, err == nil, err
}

// staleLayout says who changed a layout meanwhile and shows what it is now.
func (t *turn) staleLayout(ctx context.Context, r storage.LayoutRecord) error {
	by, err := t.personName(ctx, r.RetiredBy)
	if err != nil {
		return err
	}
	if r.RetiredBy != nil && *r.RetiredBy == t.person.ID {
		t.note(ctx, t.text("layouts.mine", nil)) // a double tap
	} else {
		t.alert(ctx, t.text("layouts.changed", text.Data{"Name": by, "At": t.changedAt(r)}))
	}
	versions, err := storage.LayoutVersions(ctx, t.Store.Pool(), r.DistributorID, r.Fingerprint)
	if err != nil {
		return err
	}
	if now := inForceOf(versions); now != nil {
		r = *now
	}
	return t.showLayout(ctx, layoutArgs{ID: r.ID})
}

// layoutColumns lists what a layout says of each column, to correct one.
func (t *turn) layoutColumns(ctx context.Context, a layoutArgs) error {
	r, l, ok, err := t.layoutInForce(ctx, a.ID)
	if err != nil || !ok {
		return err
	}
	all := ingest.LayoutColumns(l)
	k := t.keys()
	for i, c := range page(all, a.Page) {
		label := t.columnName(c) + ": " + t.roleOr(c.Role)
		if c.Index >= 0 {
			label = t.columnName(c) + nth(l.Columns[c.Index]) + ": " + t.roleOr(c.Role)
		}
		k.row(key{shorten(label, phone), "lay.column", layoutArgs{ID: a.ID, Place: max(a.Page, 0)*pageSize + i}})
	}
	k.row(t.pageKeys(len(all), a.Page, "lay.columns", func(n int) any { b := a; b.Page = n; return b })...)
	switch _, err := t.Desk.LayoutLevels(ctx, r); {
	case err == nil:
		k.row(key{t.text("key.levels", nil), "lay.levels", layoutArgs{ID: a.ID}})
	case !errors.Is(err, storage.ErrNotFound):
		return err
	}
	k.row(key{t.text("key.to_layout", nil), "lay.show", layoutArgs{ID: a.ID}})
	return t.replace(ctx, t.html("layouts.choose_column", nil), k)
}

// layoutRoles asks what a column of a layout is.
func (t *turn) layoutRoles(ctx context.Context, a layoutArgs) error {
	_, l, ok, err := t.layoutInForce(ctx, a.ID)
	if err != nil || !ok {
		return err
	}
	all := ingest.LayoutColumns(l)
	if a.Place < 0 || a.Place >= len(all) {
		return t.showLayout(ctx, layoutArgs{ID: a.ID})
	}
	c := all[a.Place]
	k := t.keys()
	t.roleRows(k, c, l.Kind, roleList{
		page: a.Page, action: "lay.column",
		turn: func(n int) any { b := a; b.Page = n; return b },
		give: func(r table.Role) key {
			label := t.roleOr(r)
			return key{label, "lay.fix", layoutArgs{ID: a.ID, Fix: roleFix(c, r), Line: t.columnName(c) + ": " + label}}
		},
	})
	k.row(key{t.text("key.to_columns", nil), "lay.columns", layoutArgs{ID: a.ID, Page: a.Place / pageSize}})
	html := t.html("layout.choose_role", text.Data{"Column": t.columnName(c), "Role": t.roleOr(c.Role), "Why": t.toldBy(c), "Samples": ""})
	return t.replace(ctx, html, k)
}

// fixLayout makes a corrected version and shows it.
func (t *turn) fixLayout(ctx context.Context, a layoutArgs) error {
	return t.changed(ctx, a, func() (storage.LayoutRecord, error) {
		made, _, err := t.Desk.CorrectLayout(ctx, t.person.ID, a.ID, a.Fix)
		return made, err
	})
}

// askRetireLayout has the analyst tap twice: the next report is asked about again.
func (t *turn) askRetireLayout(ctx context.Context, a layoutArgs) error {
	r, l, ok, err := t.layoutInForce(ctx, a.ID)
	if err != nil || !ok {
		return err
	}
	k := t.keys().row(
		key{t.text("key.retire_yes", nil), "lay.retire_yes", layoutArgs{ID: a.ID, Line: t.text("layouts.line_retired", nil)}},
		key{t.text("key.back", nil), "lay.show", layoutArgs{ID: a.ID}},
	)
	return t.replace(ctx, t.html("layouts.ask_retire", text.Data{"Name": t.layoutName(r, l), "Title": shorten(l.Title, phone)}), k)
}

// retireLayout takes a layout out of force.
func (t *turn) retireLayout(ctx context.Context, a layoutArgs) error {
	return t.changed(ctx, a, func() (storage.LayoutRecord, error) {
		made, _, err := t.Desk.RetireLayout(ctx, t.person.ID, a.ID)
		return made, err
	})
}

// restoreLayout brings a layout back, in place of the version that the person saw in force.
func (t *turn) restoreLayout(ctx context.Context, a layoutArgs) error {
	a.Line = t.text("layouts.line_restored", nil)
	made, _, err := t.Desk.RestoreLayout(ctx, t.person.ID, a.ID, a.Instead)
	var wrong *ingest.WrongAnswerError
	if !errors.As(err, &wrong) {
		return t.shown(ctx, a, made, err)
	}
	r, err := storage.LayoutByID(ctx, t.Store.Pool(), a.ID)
	if err != nil {
		return err
	}
	if r.RetiredAt == nil { // a double tap
		t.note(ctx, t.text("layouts.mine", nil))
		return t.showLayout(ctx, layoutArgs{ID: r.ID})
	}
	versions, err := storage.LayoutVersions(ctx, t.Store.Pool(), r.DistributorID, r.Fingerprint)
	if err != nil {
		return err
	}
	t.alert(ctx, t.text("layouts.other_version", nil))
	if now := inForceOf(versions); now != nil {
		r = *now
	}
	return t.showLayout(ctx, layoutArgs{ID: r.ID})
}

// changed applies a change to a layout that must be in force, and shows what came of it.
func (t *turn) changed(ctx context.Context, a layoutArgs, change func() (storage.LayoutRecord, error)) error {
	made, err := change()
	var wrong *ingest.WrongAnswerError
	if !errors.As(err, &wrong) {
		return t.shown(ctx, a, made, err)
	}
	if _, _, ok, err := t.layoutInForce(ctx, a.ID); err != nil || !ok {
		return err
	}
	t.alert(ctx, t.text("layouts.impossible", nil))
	return nil
}

// shown shows what came of a change.
func (t *turn) shown(ctx context.Context, a layoutArgs, made storage.LayoutRecord, err error) error {
	var unreadable *ingest.UnreadableError
	switch {
	case errors.As(err, &unreadable):
		t.alert(ctx, t.text("layout.unreadable", nil))
		return nil
	case errors.Is(err, storage.ErrNotFound):
		t.alert(ctx, t.text("layouts.impossible", nil))
		return nil
	case err != nil:
		return err
	}
	t.note(ctx, "✔ "+a.Line)
	return t.showLayout(ctx, layoutArgs{ID: made.ID, Line: a.Line})
}

// undoLayout takes a change back and shows the layout that it was made of.
func (t *turn) undoLayout(ctx context.Context, a layoutArgs) error {
	id, err := t.Desk.UndoLayout(ctx, t.person.ID, a.Journal)
	var stale *ingest.StaleError
	var wrong *ingest.WrongAnswerError
	switch {
	case errors.As(err, &stale) && stale.Later: // about a report that the layout had read
		t.alert(ctx, t.text("undo.later", nil))
		return nil
	case errors.As(err, &stale):
		return t.staleUndo(ctx, a, id)
	case errors.As(err, &wrong), errors.Is(err, storage.ErrNotFound):
		t.alert(ctx, t.text("undo.nothing", nil))
		return nil
	case err != nil:
		return err
	}
	t.note(ctx, t.text("undo.done", nil))
	return t.showLayout(ctx, layoutArgs{ID: id})
}

// staleUndo tells a change that was taken back already from one that others stand on.
func (t *turn) staleUndo(ctx context.Context, a layoutArgs, id int64) error {
	undone, err := storage.Undone(ctx, t.Store.Pool(), a.Journal)
	if err != nil {
		return err
	}
	if undone {
		t.note(ctx, t.text("undo.already", nil))
	} else {
		t.alert(ctx, t.text("layouts.undo_later_first", nil))
		id = a.ID
	}
	r, err := storage.LayoutByID(ctx, t.Store.Pool(), id)
	if err != nil {
		return err
	}
	versions, err := storage.LayoutVersions(ctx, t.Store.Pool(), r.DistributorID, r.Fingerprint)
	if err != nil {
		return err
	}
	if now := inForceOf(versions); now != nil && !slices.ContainsFunc(versions, func(v storage.LayoutRecord) bool { return v.ID == r.ID && v.RetiredAt == nil }) {
		r = *now
	}
	return t.showLayout(ctx, layoutArgs{ID: r.ID})
}
