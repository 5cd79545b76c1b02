package outlet_test

import (
	"testing"

	"github.com/distbase/distbase/ingest/match/outlet"
	"github.com/distbase/distbase/ingest/match/outlet/clerk"
)

// Each sort of slip by itself, and three at a time, against bases kept in each way;
// -v prints the figures by slip.
func TestWhatClerksWriteIsFound(t *testing.T) {
	t.Parallel()
	keeping := [clerk.Keepings]string{"in columns", "briefly", "in names only"}
	for k := range clerk.Keepings {
		for _, c := range []struct {
			name  string
			mixed bool
			floor report
		}{
			{"one slip", false, report{recall1: 0.992, cover99: 0.985, cover995: 0.975, mapped: 0.90, precision: 0.998, calibration: 0.02}},
			{"several slips", true, report{recall1: 0.98, cover99: 0.955, cover995: 0.94, mapped: 0.78, precision: 0.998, calibration: 0.03}},
		} {
			t.Run(keeping[k]+"/"+c.name, func(t *testing.T) {
				t.Parallel()
				w := clerk.New(clerk.Options{Seed: 5, Outlets: 2500, Cases: 2500, Keeping: k, Mixed: c.mixed, Strangers: 0.1})
				x := outlet.New(w.Entries, outlet.Options{})
				var all []verdict
				bySlip := map[string][]verdict{}
				for _, y := range w.Cases {
					v := verdict{known: y.Want != "", decision: outlet.None}
					if r := x.Rank(y.Query, 1); len(r) > 0 {
						v.confidence, v.right, v.decision = r[0].Confidence, r[0].ID == y.Want, r[0].Decision
					}
					all, bySlip[y.Slip] = append(all, v), append(bySlip[y.Slip], v)
				}
				for _, slip := range clerk.Slips() {
					t.Logf("%-32s %+v", slip, summarise(bySlip[slip]))
				}
				got, f := summarise(all), c.floor
				t.Logf("%-32s %+v", "all", got)
				if got.recall1 < f.recall1 || got.cover99 < f.cover99 || got.cover995 < f.cover995 || got.mapped < f.mapped || got.precision < f.precision || got.calibration > f.calibration {
					t.Errorf("got %+v, want at least %+v", got, f)
				}
			})
		}
	}
}
