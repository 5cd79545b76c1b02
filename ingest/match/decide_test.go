package match_test

import (
	"context"
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/distbase/distbase/ingest/match"
	"github.com/distbase/distbase/ingest/match/sample"
	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

func audited(n int, confidence float64, right bool) []match.Audited {
	out := make([]match.Audited, n)
	for i := range out {
		out[i] = match.Audited{Confidence: confidence, Right: right}
	}
	return out
}

func TestZonesFollowTheHistoryOfADistributor(t *testing.T) {
	t.Parallel()
	def := match.DefaultZones()
	join := func(parts ...[]match.Audited) (out []match.Audited) {
		for _, p := range parts {
			out = append(out, p...)
		}
		return out
	}
	for _, c := range []struct {
		name    string
		history []match.Audited
		low     float64
		high    float64
	}{
		{"a new distributor starts cautious", nil, def.Map, def.Map},
		{"a few right ones change nothing", audited(50, 0.97, true), def.Map, def.Map},
		{"many right ones widen the zone", audited(300, 0.97, true), 0.97, 0.97},
		{"it never goes below the least", audited(3000, 0.5, true), def.Map, def.Map},
		{"one wrong automatic mapping tightens", join(audited(20, 0.9995, true), audited(1, 0.9985, false)), math.Nextafter(0.9985, 1), 0.9995},
		{"enough right ones outweigh it", join(audited(600, 0.999, true), audited(1, 0.9985, false)), 0.99, 0.9985},
		{"wrong ones below do not matter", audited(10, 0.6, false), def.Map, def.Map},
	} {
		if z := match.ZonesFor(c.history); z.Map < c.low || z.Map > c.high {
			t.Errorf("%s: from %.4f on", c.name, z.Map)
		}
	}
	if z := match.ZonesFor(audited(40, 0.2, false)); z.None < 0.2 {
		t.Errorf("names that never were in the catalogue leave None at %.2f", z.None)
	}
}

func TestAWrongMappingNeverWidensTheZone(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var history []match.Audited
		for range rapid.IntRange(0, 400).Draw(t, "n") {
			history = append(history, match.Audited{Confidence: rapid.Float64Range(0.8, 1).Draw(t, "confidence"), Right: rapid.IntRange(0, 200).Draw(t, "luck") > 0})
		}
		before := match.ZonesFor(history)
		worse := match.ZonesFor(append(history, match.Audited{Confidence: rapid.Float64Range(0.998, 1).Draw(t, "wrong")}))
		if worse.Map < before.Map {
			t.Fatalf("from %v to %v", before, worse)
		}
	})
}

func TestASizeDoesNotSlipThroughTheHistory(t *testing.T) {
	t.Parallel()
	c := match.NewCatalog(shampoos, match.Options{})
	h := match.Confirmed{Name: "шамп. ромаш. 400мл", ID: "p400", Distributor: "D"}
	c.Remember(h)
	c.Remember(h)
	if got := c.Rank(match.Query{Name: "Шамп. ромаш. 0,4 л", Distributor: "D"}, 1)[0]; got.ID != "p400" || got.Decision != match.Map {
		t.Errorf("the same name gives %+v", got)
	}
	if got := c.Rank(match.Query{Name: "Шамп. ромаш. 250мл", Distributor: "D"}, 1)[0]; got.ID != "p250" || slices.Contains(got.Reasons, "confirmed") {
		t.Errorf("another size gives %+v", got)
	}
	c.Forget(h)
	if got := c.Rank(match.Query{Name: h.Name, Distributor: "D"}, 1)[0]; slices.Contains(got.Reasons, "confirmed") {
		t.Errorf("forgotten, it gives %+v", got)
	}
}

func TestEntriesComeAndGo(t *testing.T) {
	t.Parallel()
	c := match.NewCatalog(shampoos, match.Options{})
	c.Add(match.Entry{ID: "new", Name: "Бальзам «Крапива» 200 мл"})
	q := match.Query{Name: "бальзам крапива 0,2л"}
	if got := c.Rank(q, 1); len(got) == 0 || got[0].ID != "new" || got[0].Decision != match.Map {
		t.Errorf("got %+v", got)
	}
	c.Add(match.Entry{ID: "new", Name: "Лосьон «Алоэ» 50 мл"})
	if got := c.Rank(q, 1); len(got) > 0 && got[0].Decision == match.Map {
		t.Errorf("renamed, it gives %+v", got)
	}
	c.Remove("new")
	for _, x := range c.Rank(match.Query{Name: "Лосьон «Алоэ» 50 мл"}, 5) {
		if x.ID == "new" {
			t.Errorf("removed, it gives %+v", x)
		}
	}
}

func TestEqualNamesAreGroupedOverDistributors(t *testing.T) {
	t.Parallel()
	got := match.GroupNames([]match.Query{
		{Name: "Мыло «Лаванда» 0,1 кг", Distributor: "A"}, {Name: "Шампунь 400 мл", Barcode: "4600123456782", Distributor: "A"},
		{Name: "МЫЛО ЛАВАНДА 100г", Distributor: "B"}, {Name: "Шамп. ромашка", Barcode: "4600123456782", Distributor: "B"},
		{Name: "Шампунь 250 мл", Barcode: "4600123456782", Distributor: "C"}, {Name: ""}, {Name: ""},
	})
	want := []match.Group{
		{Members: []int{0, 2}, Name: "мыло лаванда 100g"}, {Members: []int{1, 3}, Name: "шампунь 400ml"}, {Members: []int{4}, Name: "шампунь 250ml"},
		{Members: []int{5}}, {Members: []int{6}},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestFactorsAreWeighedByPrices(t *testing.T) {
	t.Parallel()
	d := decimal.RequireFromString
	for _, c := range []struct {
		name string
		q    match.FactorQuestion
		want string
		low  float64
	}{
		{"a piece is a piece", match.FactorQuestion{ItemName: "Мыло 100 г", ItemUnit: "шт", ProductUnit: "шт"}, "1", 0.99},
		{"a case of a known pack", match.FactorQuestion{ItemName: "Мыло", ItemUnit: "кор", ProductUnit: "шт", Packs: []decimal.Decimal{d("24")}}, "24", 0.9},
		{"no unit, the price of a case", match.FactorQuestion{ItemName: "Мыло", ProductUnit: "шт", Packs: []decimal.Decimal{d("24")}, ItemPrice: d("1300"), ProductPrice: d("50")}, "24", 0.9},
		{"no unit, the price of a piece", match.FactorQuestion{ItemName: "Мыло", ProductUnit: "шт", Packs: []decimal.Decimal{d("24")}, ItemPrice: d("60"), ProductPrice: d("50")}, "1", 0.99},
		{"kilograms of pieces", match.FactorQuestion{ItemName: "Порошок", ItemUnit: "кг", ProductName: "Порошок 400 г", ProductUnit: "шт"}, "2.5", 0.9},
		{"decalitres of bottles", match.FactorQuestion{ItemName: "Водка 0,5 л", ItemUnit: "дал", ProductName: "Водка 0,5 л", ProductUnit: "бут"}, "20", 0.9},
		{"a pack that is the product", match.FactorQuestion{ItemName: "Салфетки 72 шт", ItemUnit: "упак", ProductName: "Салфетки, 72 шт", ProductUnit: "шт"}, "1", 0.9},
		{"a case of packs", match.FactorQuestion{ItemName: "Салфетки 72шт*12", ItemUnit: "кор", ProductName: "Салфетки, 72 шт", ProductUnit: "шт"}, "12", 0.9},
		{"two packs, told by the price", match.FactorQuestion{ItemName: "Мыло", ItemUnit: "кор", ProductUnit: "шт", Packs: []decimal.Decimal{d("12"), d("24")}, ItemPrice: d("600"), ProductPrice: d("50")}, "12", 0.8},
	} {
		got := match.Factors(c.q)
		sum := 0.0
		for _, f := range got {
			sum += f.Confidence
		}
		if got[0].Value.String() != c.want || got[0].Confidence < c.low || sum < 0.999 || sum > 1.001 {
			t.Errorf("%s: %s", c.name, fmt.Sprint(got))
		}
	}
}

func TestNamesOfADistributorHelpEachOther(t *testing.T) {
	t.Parallel()
	entries := sample.Catalogue(300)
	queries := sample.Names(entries, 400)
	c := match.NewCatalog(entries, match.Options{})
	first, err := c.RankAll(t.Context(), queries, 3, nil)
	if err != nil {
		t.Fatal(err)
	}
	done := 0
	again, err := match.NewCatalog(entries, match.Options{}).RankAll(t.Context(), queries, 3, func(n int) { done = n })
	if err != nil || done != len(queries) {
		t.Errorf("%d done, %v", done, err)
	}
	if d := cmp.Diff(first, again); d != "" {
		t.Error("two runs differ", d)
	}
	right := 0
	for i, q := range queries {
		e := entries[slices.IndexFunc(entries, func(e match.Entry) bool { return e.ID == first[i][0].ID })]
		if e.Price == q.Price {
			right++
		}
	}
	if right < 390 {
		t.Errorf("%d of 400 are right", right)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := c.RankAll(ctx, queries, 3, nil); err == nil {
		t.Error("goes on after the end of its context")
	}
}
