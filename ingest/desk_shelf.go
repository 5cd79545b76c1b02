package ingest

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"

	"github.com/distbase/distbase/ingest/table"
	"github.com/distbase/distbase/storage"
)

// EditLayout makes a new version of a layout of a changed document and returns its
// id. Errors: *WrongAnswerError where the document is no layout, ErrNotFound.
// personID 0 is the command line.
func (d *Desk) EditLayout(ctx context.Context, personID, id int64, spec table.Layout) (storage.LayoutRecord, int64, error) {
	if err := checkLayout(spec); err != nil {
		return storage.LayoutRecord{}, 0, err
	}
	return d.shelve(ctx, personID, id, "layout.edit", func(tx pgx.Tx, old storage.LayoutRecord) (storage.LayoutRecord, shelfUndo, error) {
		if old.RetiredAt != nil {
			return old, shelfUndo{}, &WrongAnswerError{"the layout is out of force"}
		}
		spec.Fingerprint = old.Fingerprint // the titles that it is found by are the same
		return d.shelveSpec(ctx, tx, personID, old, old.DistributorID, spec, storage.LayoutEdited)
	})
}

// CopyLayout gives a layout to another distributor too; splits are the first one's
// own and stay behind.
func (d *Desk) CopyLayout(ctx context.Context, personID, id, distributorID int64) (storage.LayoutRecord, int64, error) {
	return d.shelve(ctx, personID, id, "layout.copy", func(tx pgx.Tx, old storage.LayoutRecord) (storage.LayoutRecord, shelfUndo, error) {
		spec, err := specOf(old)
		if err != nil {
			return old, shelfUndo{}, err
		}
		spec.Splits = nil
		return d.shelveSpec(ctx, tx, personID, old, distributorID, spec, storage.LayoutCopied)
	})
}

// RetireLayout takes a layout out of force: the next report of its kind is asked
// about again. It is kept.
func (d *Desk) RetireLayout(ctx context.Context, personID, id int64) (storage.LayoutRecord, int64, error) {
	return d.shelve(ctx, personID, id, "layout.retire", func(tx pgx.Tx, old storage.LayoutRecord) (storage.LayoutRecord, shelfUndo, error) {
		done, err := storage.RetireLayout(ctx, tx, id, person(personID))
		if err == nil && !done {
			err = &WrongAnswerError{"the layout is out of force"}
		}
		return old, shelfUndo{Restore: []int64{id}}, err
	})
}

// RestoreLayout brings a retired layout back. Another version of it that is in force
// goes where it is the one named instead, 0 for none; else nothing changes and the
// error is *WrongAnswerError.
func (d *Desk) RestoreLayout(ctx context.Context, personID, id, instead int64) (storage.LayoutRecord, int64, error) {
	return d.shelve(ctx, personID, id, "layout.restore", func(tx pgx.Tx, old storage.LayoutRecord) (storage.LayoutRecord, shelfUndo, error) {
		undo := shelfUndo{Retire: id}
		if instead != 0 {
			other, err := storage.LockLayout(ctx, tx, instead)
			if err != nil {
				return old, undo, err
			}
			if other.RetiredAt != nil || other.DistributorID != old.DistributorID || other.Fingerprint != old.Fingerprint {
				return old, undo, &WrongAnswerError{"the other version is out of force"}
			}
			if _, err := storage.RetireLayout(ctx, tx, instead, person(personID)); err != nil {
				return old, undo, err
			}
			undo.Restore = []int64{instead}
		}
		done, err := storage.RestoreLayout(ctx, tx, id)
		if err == nil && !done {
			err = &WrongAnswerError{"a version of the layout is in force"}
		}
		return old, undo, err
	})
}

// UndoLayout takes an edit, a copy, a retirement or a restoration back, and
// returns the layout it was about. It fails with *StaleError where that was done
// already, or where the layout has changed since: the later change is undone first.
func (d *Desk) UndoLayout(ctx context.Context, personID, journalID int64) (int64, error) {
	var detail shelfDetail
	err := d.p.store.InTx(ctx, func(tx pgx.Tx) error {
		e, err := storage.JournalByID(ctx, tx, journalID)
		if err != nil {
			return err
		}
		if err := json.Unmarshal(e.Detail, &detail); err != nil || detail.Layout == 0 {
			return &WrongAnswerError{"this entry cannot be undone"}
		}
		if _, err := storage.LockLayout(ctx, tx, detail.Layout); err != nil {
			return err
		}
		if undone, err := storage.Undone(ctx, tx, journalID); err != nil || undone {
			if err == nil {
				err = &StaleError{}
			}
			return err
		}
		if err := d.takeBackShelf(ctx, tx, personID, journalID, detail.Undo); err != nil {
			return err
		}
		_, err = storage.AddJournal(ctx, tx, storage.JournalEntry{PersonID: person(personID), Action: "undo.layout", Subject: e.Subject, Undoes: &journalID})
		return err
	})
	return detail.Layout, err
}

// takeBackShelf undoes a change of the shelf; *StaleError where the shelf has changed since.
func (d *Desk) takeBackShelf(ctx context.Context, tx pgx.Tx, personID, journalID int64, undo shelfUndo) error {
	if undo.Retire != 0 {
		done, err := storage.RetireLayout(ctx, tx, undo.Retire, person(personID))
		if err == nil && !done {
			err = &StaleError{}
		}
		if err != nil {
			return err
		}
		if err := d.takeBackRereads(ctx, tx, personID, journalID); err != nil {
			return err
		}
	}
	for _, id := range undo.Restore {
		done, err := storage.RestoreLayout(ctx, tx, id)
		if err == nil && !done {
			err = &StaleError{}
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// shelfUndo is what takes a change of the shelf back.
type shelfUndo struct {
	Retire  int64   `json:"retire,omitempty"`
	Restore []int64 `json:"restore,omitempty"`
}

type shelfDetail struct {
	Layout int64     `json:"layout"` // that was changed
	Made   int64     `json:"made,omitempty"`
	Undo   shelfUndo `json:"shelf_undo"`
}

// shelve changes the layouts of a distributor, with an entry in the journal.
func (d *Desk) shelve(ctx context.Context, personID, id int64, action string, change func(pgx.Tx, storage.LayoutRecord) (storage.LayoutRecord, shelfUndo, error)) (made storage.LayoutRecord, journalID int64, err error) {
	err = d.p.store.InTx(ctx, func(tx pgx.Tx) error {
		old, err := storage.LockLayout(ctx, tx, id)
		if err != nil {
			return err
		}
		var undo shelfUndo
		if made, undo, err = change(tx, old); err != nil {
			return err
		}
		detail, err := json.Marshal(shelfDetail{id, made.ID, undo})
		if err != nil {
			return fmt.Errorf("encode journal: %w", err)
		}
		journalID, err = storage.AddJournal(ctx, tx, storage.JournalEntry{
			PersonID: person(personID), Action: action, Subject: fmt.Sprintf("layout:%d", id), Detail: detail,
		})
		if err != nil || undo.Retire == 0 { // no layout came into force
			return err
		}
		return d.rereadOthers(ctx, tx, made.DistributorID, 0, journalID)
	})
	return made, journalID, err
}

func (d *Desk) shelveSpec(ctx context.Context, tx pgx.Tx, personID int64, old storage.LayoutRecord, distributorID int64, spec table.Layout, origin string) (storage.LayoutRecord, shelfUndo, error) {
	if spec.Version == 0 { // written by hand
		spec.Version = table.LayoutVersion
	}
	raw, err := json.Marshal(spec)
	if err != nil {
		return old, shelfUndo{}, fmt.Errorf("encode layout: %w", err)
	}
	learned, err := storage.LearnLayout(ctx, tx, storage.LayoutRecord{
		DistributorID: distributorID, Fingerprint: old.Fingerprint, Spec: raw, Origin: origin, FromID: &old.ID, ConfirmedBy: person(personID),
	})
	if err != nil {
		return old, shelfUndo{}, err
	}
	undo := shelfUndo{}
	if learned.Made {
		undo.Retire = learned.ID
	}
	if learned.Replaced != 0 {
		undo.Restore = []int64{learned.Replaced}
	}
	made, err := storage.LayoutByID(ctx, tx, learned.ID)
	return made, undo, err
}

// person is who did something; nil for the command line.
func person(id int64) *int64 {
	if id == 0 {
		return nil
	}
	return &id
}

// checkColumns refuses titles and roles by which columns could not be told.
func checkColumns(columns []table.LayoutColumn) error {
	roles := map[table.Role]bool{}
	for _, c := range columns {
		switch {
		case c.Title == "" && c.Holds == "":
			return &WrongAnswerError{"a column without a title"}
		case c.Role == "":
			continue
		case !slices.Contains(table.Roles(), c.Role):
			return &WrongAnswerError{"role " + string(c.Role)}
		case roles[c.Role]:
			return &WrongAnswerError{"two columns of role " + string(c.Role)}
		}
		roles[c.Role] = true
	}
	if len(roles) == 0 {
		return &WrongAnswerError{"no column has a role"}
	}
	return nil
}

// checkLayout refuses documents that could not be applied.
func checkLayout(l table.Layout) error {
	if err := checkColumns(l.Columns); err != nil {
		return err
	}
	if !slices.Contains(correctableKinds(), l.Kind) {
		return &WrongAnswerError{"kind " + string(l.Kind)}
	}
	for _, r := range append(slices.Clone(l.Levels), l.Across) {
		if r != "" && !slices.Contains(table.Roles(), r) {
			return &WrongAnswerError{"role " + string(r)}
		}
	}
	for _, s := range l.Splits {
		if s.Percent < 1 || s.Percent > 100 || s.From == "" || s.To == "" || !slices.Contains(table.Roles(), s.Role) {
			return &WrongAnswerError{fmt.Sprintf("split of %d per cent from %q to %q", s.Percent, s.From, s.To)}
		}
	}
	return nil
}
