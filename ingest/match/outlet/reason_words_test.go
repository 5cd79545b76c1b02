package outlet_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/distbase/distbase/ingest/match/outlet"
	"github.com/distbase/distbase/ingest/match/outlet/sample"
)

func TestEveryReasonIsListed(t *testing.T) {
	t.Parallel()
	s := sample.New(sample.Options{Seed: 3, Outlets: 2000, Queries: 300, Strangers: 0.1, Hardness: 0.5})
	x, known := outlet.New(s.Entries, outlet.Options{}), outlet.ReasonWords()
	for _, c := range s.Cases {
		for _, y := range x.Rank(c.Query, 5) {
			for _, r := range y.Reasons {
				if word, _, _ := strings.Cut(r, ":"); !slices.Contains(known, word) {
					t.Errorf("%q gets the reason %q, which is not listed", c.Query.Name, r)
				}
			}
		}
	}
}
