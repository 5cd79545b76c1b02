package match_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/distbase/distbase/ingest/match"
	"github.com/distbase/distbase/ingest/match/sample"
)

func TestEveryReasonIsListed(t *testing.T) {
	t.Parallel()
	entries := sample.Catalogue(2000)
	c, known := match.NewCatalog(entries, match.Options{}), match.ReasonWords()
	for _, q := range sample.Names(entries, 300) {
		for _, x := range c.Rank(q, 5) {
			for _, r := range x.Reasons {
				if word, _, _ := strings.Cut(r, ":"); !slices.Contains(known, word) {
					t.Errorf("%q gets the reason %q, which is not listed", q.Name, r)
				}
			}
		}
	}
}
