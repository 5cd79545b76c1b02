package match_test

import (
	"context"
	"slices"
	"testing"

	"github.com/distbase/distbase/ingest/match"
	"github.com/distbase/distbase/ingest/match/shelf"
)

// Lines whose products differ in a size, scent or shade only, names by sort of
// carelessness; -v prints the figures by sort.
func TestMadeUpShelvesAreFound(t *testing.T) {
	t.Parallel()
	s := shelf.New(3, 60, shelf.Odd)
	c := match.NewCatalog(s.Entries, match.Options{})
	queries := make([]match.Query, len(s.Cases))
	for i, x := range s.Cases {
		queries[i] = x.Query
	}
	ranked, err := c.RankAll(context.Background(), queries, 1, nil)
	if err != nil {
		t.Fatal(err)
	}
	type tally struct{ n, right, mapped, mappedRight, none int }
	tallies := map[string]*tally{}
	for i, x := range s.Cases {
		kind := "listed"
		if x.Want == "" {
			kind = "not listed"
		}
		for _, k := range []string{x.Sort, kind} {
			if tallies[k] == nil {
				tallies[k] = &tally{}
			}
			y := tallies[k]
			y.n++
			if len(ranked[i]) == 0 {
				y.none++
				continue
			}
			first := ranked[i][0]
			right := first.ID == x.Want
			y.right += count(right)
			y.mapped += count(first.Decision == match.Map)
			y.mappedRight += count(right && first.Decision == match.Map)
			y.none += count(first.Decision == match.None)
		}
	}
	var names []string
	for k := range tallies {
		names = append(names, k)
	}
	slices.Sort(names)
	for _, k := range names {
		t.Logf("%-36s %+v", k, *tallies[k])
	}
	listed, others := tallies["listed"], tallies["not listed"]
	if float64(listed.right) < 0.96*float64(listed.n) || listed.none > listed.n/30 {
		t.Errorf("of %d listed %d come first, %d are called unknown", listed.n, listed.right, listed.none)
	}
	wrong := listed.mapped - listed.mappedRight + others.mapped
	if listed.mapped < listed.n*2/5 || 200*wrong > listed.mapped {
		t.Errorf("%d of %d are mapped, %d of them wrong", listed.mapped, listed.n, wrong)
	}
	if foreign := tallies[shelf.Foreign]; foreign.none < foreign.n*95/100 {
		t.Errorf("of %d goods of other trades %d are called unknown", foreign.n, foreign.none)
	}
}

func count(is bool) int {
	if is {
		return 1
	}
	return 0
}

func TestNothingSharedIsNothingFound(t *testing.T) {
	t.Parallel()
	c := match.NewCatalog(shampoos, match.Options{})
	for _, q := range []match.Query{
		{Name: "Труба армированная 400 мл"}, {Name: "Подшипник 100 г"}, {Name: "Hydraulic hose 5 л"}, {Name: "для 1 л"}, {Name: "250"}, {Name: "Шпунтель"}, {Name: "Масло", Price: "100"},
	} {
		for _, x := range c.Rank(q, 5) {
			if x.Confidence > 0.3 || x.Decision == match.Map {
				t.Errorf("%q gives %+v", q.Name, x)
			}
		}
	}
}

// A wide zone, learned from a good history, lets no contradiction through.
func TestContradictionsNeverMap(t *testing.T) {
	t.Parallel()
	c := match.NewCatalog(shampoos, match.Options{})
	c.SetZones("D", match.Zones{Map: 0.01, None: 0})
	for _, name := range []string{"Шампунь «Ромашка» 750 мл", "Шампунь Ромашка 4 л", "Гель для посуды 2 л", "Мыло туалетное Лаванда 200 г"} {
		for _, x := range c.Rank(match.Query{Name: name, Distributor: "D"}, 1) {
			if x.Decision == match.Map {
				t.Errorf("%q gives %+v", name, x)
			}
		}
	}
}
