package sample_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/distbase/distbase/ingest/match/outlet"
	"github.com/distbase/distbase/ingest/match/outlet/sample"
)

func options(half sample.Half) sample.Options {
	return sample.Options{Seed: 3, Half: half, Outlets: 400, Queries: 300, Strangers: 0.2, Hardness: 0.5}
}

func TestTheSameSeedMakesTheSameSample(t *testing.T) {
	t.Parallel()
	if a, b := sample.New(options(sample.Test)), sample.New(options(sample.Test)); !reflect.DeepEqual(a, b) {
		t.Error("two samples differ")
	}
}

func TestEveryCaseHasItsOutletOrNone(t *testing.T) {
	t.Parallel()
	s := sample.New(options(sample.Test))
	ids := map[string]bool{}
	for _, e := range s.Entries {
		if ids[e.ID] {
			t.Errorf("%s twice", e.ID)
		}
		ids[e.ID] = true
	}
	strangers := 0
	for _, c := range s.Cases {
		if c.Want == "" {
			strangers++
		} else if !ids[c.Want] {
			t.Errorf("%+v means nobody", c)
		}
		if strings.TrimSpace(c.Query.Name) == "" {
			t.Errorf("%+v has no name", c)
		}
	}
	if strangers != 60 || len(s.Entries) != 400 || len(s.Cases) != 300 {
		t.Errorf("%d strangers, %d outlets, %d cases", strangers, len(s.Entries), len(s.Cases))
	}
}

// What is learned on one half must not be known on the other.
func TestHalvesShareOnlyCommonWords(t *testing.T) {
	t.Parallel()
	chains := func(s sample.Sample) map[string]bool {
		out := map[string]bool{}
		for _, e := range s.Entries {
			if e.Chain != "" {
				out[e.Chain] = true
			}
		}
		return out
	}
	seen := false
	for seed := range uint64(6) {
		o := options(sample.Training)
		o.Seed = seed
		a := chains(sample.New(o))
		o.Half = sample.Test
		for c := range chains(sample.New(o)) {
			seen = true
			if a[c] {
				t.Errorf("chain %q is in both halves", c)
			}
		}
	}
	if !seen {
		t.Error("no chain at all")
	}
}

func TestTaxpayerNumbersPassTheirChecks(t *testing.T) {
	t.Parallel()
	for seed := range uint64(4) {
		o := options(sample.Training)
		o.Seed = seed
		for _, e := range sample.New(o).Entries {
			if e.INN == "" {
				continue
			}
			if _, kind := outlet.TaxID(e.INN); kind == outlet.NoTaxID {
				t.Errorf("%s fails its check", e.INN)
			}
		}
	}
}
