package ingest

import (
	"context"
	"testing"
	"time"

	"github.com/distbase/distbase/storage"
)

// TestAPeriodThatFollowsNoRuleIsAskedAboutAgain: a report that tells no period is taken
// for the last month by itself only where the analyst said so of the one before.
func TestAPeriodThatFollowsNoRuleIsAskedAboutAgain(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		months int    // back from the month in which the report comes
		asked  string // of the next report, which tells no period either
	}{
		{"the last month", 1, storage.AskReplace},
		{"the month before the last", 2, storage.AskPeriod},
		{"the month that runs", 0, storage.AskPeriod},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			x := newTown(t)
			first := x.send(t, "VOLGA", "a.xlsx", unclear("Продажи", 3)...)
			x.confirmAll(t, first)
			from := time.Date(x.w.Today.Year(), x.w.Today.Month(), 1, 0, 0, 0, 0, time.UTC).AddDate(0, -c.months, 0)
			out := x.confirm(t, storage.AskPeriod, Answer{
				Choice: ChoosePeriod, From: from.Format(time.DateOnly), To: from.AddDate(0, 1, -1).Format(time.DateOnly),
			})
			if got := x.states(t, first); got != "loaded" {
				t.Fatalf("the first report is %s", got)
			}
			x.send(t, "VOLGA", "b.xlsx", unclear("Продажи", 4)...)
			x.open(t, c.asked)
			if c.asked == storage.AskReplace {
				return
			}
			if _, err := x.Desk().Undo(context.Background(), x.analyst(t, 501), out.JournalID); err != nil {
				t.Fatal(err)
			}
			third := x.send(t, "VOLGA", "c.xlsx", unclear("Продажи", 5)...)
			if got := x.states(t, third); got != "loaded" {
				t.Errorf("after the answer was taken back the next report is %s", got)
			}
		})
	}
}
