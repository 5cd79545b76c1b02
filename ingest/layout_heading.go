package ingest

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/distbase/distbase/ingest/grid"
	"github.com/distbase/distbase/ingest/table"
	"github.com/distbase/distbase/storage"
)

// HeadRow is a row near the top of a sheet, of which one holds the titles.
type HeadRow struct {
	Row   int    // 1-based row of the sheet
	Text  string // its cells, parted by " · "
	Taken bool   // it is read as a row of titles now
}

// maxHeadRows is how many rows may be chosen from: titles stand further down in no
// report, and nobody reads on.
const maxHeadRows = 60

// HeadRows lists the first rows of the sheet that a layout question is about. Errors:
// *StaleError where the report does not wait any more, ErrNotFound.
func (d *Desk) HeadRows(ctx context.Context, questionID int64) ([]HeadRow, error) {
	q, err := storage.QuestionByID(ctx, d.p.store.Pool(), questionID)
	if err != nil {
		return nil, err
	}
	if q.Kind != storage.AskLayout || q.SubmissionID == nil {
		return nil, &WrongAnswerError{"titles of a question of kind " + q.Kind}
	}
	s, m, a, err := d.p.waiting(ctx, *q.SubmissionID)
	if err != nil {
		return nil, err
	}
	if s.ID == 0 {
		return nil, &StaleError{}
	}
	summary, err := summaryOf(s)
	if err != nil {
		return nil, err
	}
	o, err := d.p.open(ctx, d.p.store.Pool(), m, a)
	if err != nil || summary.Place == nil {
		return nil, err
	}
	t, err := d.p.tableOf(ctx, o, s, summary)
	if err != nil {
		return nil, err
	}
	return o.headRows(*summary.Place, t), nil
}

func (o *opened) headRows(at tablePlace, t *table.Table) []HeadRow {
	sheet := table.SheetOf(o.file, o.src, at.Path, at.Index)
	if sheet == nil {
		return nil
	}
	var out []HeadRow
	for r := range sheet.All() {
		h := HeadRow{Row: r.N, Text: rowText(r)}
		h.Taken = t != nil && t.HeaderRows[0] <= r.N && r.N <= t.HeaderRows[1]
		if h.Text != "" {
			out = append(out, h)
		}
		if len(out) == maxHeadRows {
			break
		}
	}
	return out
}

// rowText joins what the cells of a row show.
func rowText(r grid.Row) string {
	var parts []string
	for i := range r.Cells {
		text := r.Cells[i].Text
		if text == "" {
			text = r.Cells[i].Value
		}
		if text = strings.Join(strings.Fields(text), " "); text != "" {
			parts = append(parts, cut(text, 60))
		}
	}
	return cut(strings.Join(parts, " · "), 200)
}

// readUnder reads the sheet of a submission under the titles that the analyst pointed
// to. What was told and doubted under others does not matter any more.
func (c Correction) readUnder(o *opened, before Summary) (reading, error) {
	if before.Place == nil {
		return reading{}, &UnreadableError{}
	}
	sheet := table.SheetOf(o.file, o.src, before.Place.Path, before.Place.Index)
	if sheet == nil {
		return reading{}, &UnreadableError{}
	}
	t, err := table.UnderTitles(o.file, sheet, o.src, c.Row)
	if err != nil {
		return reading{}, fmt.Errorf("read %q under row %d: %w", o.name, c.Row, err)
	}
	if t == nil || !loadable(t) {
		return reading{}, &UnreadableError{}
	}
	l := t.Layout()
	all, err := o.tables([]table.Layout{l})
	if err != nil {
		return reading{}, err
	}
	now, err := summarise(t)
	if err != nil {
		return reading{}, err
	}
	now.Known, now.LayoutID, now.Drift, now.Corrections, now.Touched = before.Known, before.LayoutID, before.Drift, before.Corrections, before.Touched
	now.Overlap, now.OpenMonth = before.Overlap, before.OpenMonth
	if before.PeriodSource == periodByAnalyst {
		now.PeriodSource = before.PeriodSource
	}
	at := places(all)
	i := slices.IndexFunc(all, func(x *table.Table) bool {
		return x.KnownAs != "" && x.File == t.File && x.Index == t.Index && x.HeaderRows[1] == t.HeaderRows[1]
	})
	if i < 0 {
		return reading{}, &UnreadableError{}
	}
	now.Place = &at[i]
	r, err := o.read(l, now)
	if err != nil {
		return reading{}, err
	}
	if r.table == nil || !loadable(r.table) {
		return reading{}, &UnreadableError{}
	}
	r.summary.Doubts = append(r.summary.Doubts, c.left(now, r.summary)...)
	return r, nil
}
