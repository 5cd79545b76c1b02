package ingest

import (
	"testing"

	"github.com/distbase/distbase/ingest/match/outlet"
	"github.com/distbase/distbase/storage"
)

// checks makes a history, the newest first, of groups of equal checks.
func checks(groups ...any) []storage.Check {
	var out []storage.Check
	for i := 0; i < len(groups); i += 2 {
		for range groups[i].(int) {
			out = append(out, groups[i+1].(storage.Check))
		}
	}
	return out
}

func TestWhatIsNotOursIsDecidedWhereItWasAlwaysRight(t *testing.T) {
	t.Parallel()
	foreign := storage.Check{Confidence: 0.03, HeldForeign: true, Foreign: true}
	ours := storage.Check{Confidence: 0.03, HeldForeign: true}
	near := storage.Check{Confidence: 0.2, HeldForeign: true, Foreign: true}
	nearOurs := storage.Check{Confidence: 0.2, HeldForeign: true}
	audited := storage.Check{Confidence: 0.03, HeldForeign: true, Foreign: true, Automatic: true, Right: true}
	wrong := storage.Check{Confidence: 0.03, HeldForeign: true, Automatic: true}
	item := storage.Check{Confidence: 0.99, Right: true}
	for _, c := range []struct {
		name    string
		history []storage.Check
		want    float64
	}{
		{"a new distributor", nil, noneYet},
		{"mappings say nothing of it", checks(500, item), noneYet},
		{"a hundred are too few", checks(100, foreign), noneYet},
		{"a hundred and forty", checks(140, foreign), 0.03},
		{"one in a hundred and forty was ours", checks(70, foreign, 1, ours, 69, foreign), noneYet},
		{"one in four hundred was ours", checks(200, foreign, 1, ours, 200, foreign), 0.03},
		{"nearer ones are measured too", checks(140, foreign, 140, near), 0.2},
		{"nearer ones were ours at times", checks(140, foreign, 5, nearOurs, 20, near), 0.03},
		{"one wrong decision closes it", checks(1, wrong, 140, foreign), noneYet},
		{"and stays so for a while", checks(100, audited, 1, wrong, 400, foreign), noneYet},
		{"until enough right ones came after", checks(130, audited, 1, wrong, 400, foreign), 0.03},
	} {
		if got := measureZones(c.history).foreign; got != c.want {
			t.Errorf("%s: up to %v, want %v", c.name, got, c.want)
		}
	}
}

func TestAGoodHistoryLoosensOutletsAndAWrongOneTightens(t *testing.T) {
	t.Parallel()
	right := storage.Check{Confidence: 0.93, Right: true}
	wrong := storage.Check{Confidence: 0.993, Automatic: true}
	list := func(confidence float64, d outlet.Decision, reasons ...string) rankedClient {
		return rankedClient{[]outlet.Candidate{{ID: "7", Confidence: confidence, Decision: d, Reasons: reasons}}}
	}
	whole := list(0.994, outlet.Map, "same_name", "same_street", "same_house")
	noHouse := list(0.94, outlet.Ask, "same_name", "same_street", "house_missing")
	for _, c := range []struct {
		name    string
		history []storage.Check
		client  rankedClient
		refused bool
		want    string
	}{
		{"what the matcher maps", nil, whole, false, "outlet"},
		{"what a person took back", nil, whole, true, ""},
		{"what they confirmed since", nil, list(0.999, outlet.Map, "confirmed"), true, "outlet"},
		{"a new distributor is asked about less sure ones", nil, noHouse, false, ""},
		{"a good history maps them", checks(200, right), noHouse, false, "outlet"},
		{"not what fits several", checks(200, right), list(0.94, outlet.Ask, "same_name", "several:2"), false, ""},
		{"not what contradicts", checks(200, right), list(0.94, outlet.Ask, "same_name", "house_differs"), false, ""},
		{"not what was confirmed elsewhere only", checks(200, right), list(0.97, outlet.Ask, "confirmed_elsewhere"), false, ""},
		{"one wrong tightens", checks(1, wrong), list(0.985, outlet.Map, "same_name"), false, ""},
		{"what is surer still maps", checks(1, wrong), list(0.9995, outlet.Map, "same_name"), false, "outlet"},
		{"nothing near, of a new distributor", nil, rankedClient{}, false, ""},
		{"nothing near, where that was always right", checks(140, storage.Check{HeldForeign: true, Foreign: true}), rankedClient{}, false, "not_ours"},
		{"nothing near, taken back before", checks(140, storage.Check{HeldForeign: true, Foreign: true}), rankedClient{}, true, ""},
	} {
		m, ok, err := clientVerdict(storage.UnmappedClient{Refused: c.refused}, c.client, measureZones(c.history))
		if err != nil || ok && m.Verdict != c.want || !ok && c.want != "" {
			t.Errorf("%s: %q %v, %v, want %q", c.name, m.Verdict, ok, err, c.want)
		}
	}
}
