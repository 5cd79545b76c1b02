package bot

import (
	"context"
	"errors"
	"strconv"

	"github.com/distbase/distbase/ingest"
	"github.com/distbase/distbase/storage"
	"github.com/distbase/distbase/text"
)

// chooseTitles shows the first rows of the sheet, and reads it under the one that is
// tapped.
func (t *turn) chooseTitles(ctx context.Context, a fixArgs) error {
	rows, err := t.Desk.HeadRows(ctx, a.Question)
	var stale *ingest.StaleError
	if errors.As(err, &stale) {
		return t.stale(ctx, a.Question, stale)
	}
	if err != nil {
		return err
	}
	return t.onCard(ctx, a, func(_ storage.Question, _ ingest.LayoutPayload, _ storage.Submission, k *keys) (string, expectation) {
		for _, r := range page(rows, a.Page) {
			label := strconv.Itoa(r.Row) + ": " + r.Text
			if r.Taken {
				label = "✔ " + label
			}
			k.row(key{shorten(label, phone), "l.fix", fixArgs{
				Question: a.Question, Version: a.Version, Line: t.text("line.titles", text.Data{"Row": r.Row}),
				Fix: ingest.Correction{What: ingest.CorrectTitles, Row: r.Row},
			}})
		}
		k.row(t.pageKeys(len(rows), a.Page, "l.titles", func(n int) any { b := a; b.Page = n; return b })...)
		return t.html("layout.choose_titles", nil), expectation{}
	})
}
