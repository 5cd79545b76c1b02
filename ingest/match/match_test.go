package match_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/distbase/distbase/ingest/match"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

var shampoos = []match.Entry{
	{ID: "p400", Name: "Шампунь «Ромашка» 400 мл", Code: "SH-400", Barcode: "4600123456782"},
	{ID: "p250", Name: "Шампунь «Ромашка» 250 мл", Code: "SH-250"},
	{ID: "soap", Name: "Мыло туалетное «Лаванда» 100 г", Other: []string{"Lavender soap 100 g"}},
	{ID: "gel5", Name: "Гель для посуды 5 л"},
	{ID: "gel1", Name: "Гель для посуды 1 л"},
	{ID: "twin1", Name: "Крем для рук"},
	{ID: "twin2", Name: "Крем для РУК."},
}

func TestNormalisedNamesAgree(t *testing.T) {
	t.Parallel()
	for _, c := range [][2]string{
		{"АнтижукProsept,5л", "антижук PROSEPT 5000 мл"},
		{"Шампунь Ёлка 0,40 л", "шампунь елка 400мл"},
		{"костейCrystal", "костей crystal"},
		{"Порошок 1.50кг", "порошок 1500 г"},
		{"Мыло (100г)", "мыло 100 гр."},
	} {
		if a, b := match.Normalise(c[0]), match.Normalise(c[1]); a != b {
			t.Errorf("%q is %q, %q is %q", c[0], a, c[1], b)
		}
	}
	if match.Normalise("код 007") == match.Normalise("код 7") {
		t.Error("leading zeros of a code count")
	}
}

func TestFirstCandidate(t *testing.T) {
	t.Parallel()
	history := []match.Confirmed{
		{Name: "Шамп. ромаш. 0,4", ID: "p400", Distributor: "D1"}, {Name: "Нечто", ID: "soap", Distributor: "D1"}, {Name: "Нечто", ID: "gel1", Distributor: "D1"},
		{Name: "Старое", ID: "gone", Distributor: "D1"},
	}
	c := match.NewCatalog(shampoos, match.Options{History: history})
	for _, x := range []struct {
		name     string
		q        match.Query
		id       string
		decision match.Decision
		reason   string
	}{
		{"the same name written otherwise", match.Query{Name: "шампунь \"ромашка\" 0,4л"}, "p400", match.Map, "same_name"},
		{"another name of the entry", match.Query{Name: "LAVENDER SOAP 100г"}, "soap", match.Map, "same_name"},
		{"a size decides between equal words", match.Query{Name: "Гель д/посуды 5000мл"}, "gel5", match.Map, "size_equal"},
		{"a size without its unit", match.Query{Name: "Шампунь Ромашка 250"}, "p250", match.Ask, "size_equal"},
		{"a size nobody sells", match.Query{Name: "Шампунь Ромашка 750 мл"}, "", match.Ask, "size_differs"},
		{"two entries of one name", match.Query{Name: "крем для рук"}, "", match.Ask, "several:2"},
		{"a barcode", match.Query{Name: "что-то", Barcode: "4600123456782"}, "p400", match.Map, "same_barcode"},
		{"the barcode of a case of it", match.Query{Name: "что-то", Barcode: "14600123456789"}, "p400", match.Map, "same_barcode"},
		{"a barcode against the size", match.Query{Name: "Шампунь Ромашка 250 мл x", Barcode: "4600123456782"}, "p400", match.Ask, "size_differs"},
		{"a code whose name is far", match.Query{Name: "Перчатки", Code: "SH-400"}, "", "", ""},
		{"a name confirmed by this distributor", match.Query{Name: "ШАМП РОМАШ 0.4", Distributor: "D1"}, "p400", match.Map, "confirmed"},
		{"a name confirmed by another one", match.Query{Name: "ШАМП РОМАШ 0.4", Distributor: "D2"}, "p400", match.Ask, "confirmed_elsewhere"},
		{"a history that contradicts itself", match.Query{Name: "нечто", Distributor: "D1"}, "", match.Ask, "confirmed"},
		{"a history of an entry that is gone", match.Query{Name: "старое", Distributor: "D1"}, "", "", ""},
	} {
		t.Run(x.name, func(t *testing.T) {
			t.Parallel()
			got := c.Rank(x.q, 5)
			if x.decision == "" {
				if len(got) > 0 && (got[0].Decision == match.Map || got[0].Confidence > 0.5) {
					t.Errorf("got %+v", got[0])
				}
				return
			}
			if len(got) == 0 {
				t.Fatal("no candidate")
			}
			has := slices.ContainsFunc(got[0].Reasons, func(r string) bool { return strings.HasPrefix(r, x.reason) })
			if x.id != "" && got[0].ID != x.id || got[0].Decision != x.decision || !has {
				t.Errorf("got %+v", got[0])
			}
			if certain := got[0].Confidence >= 0.995; !certain && x.decision == match.Map {
				t.Errorf("confidence is %.3f at decision %s", got[0].Confidence, got[0].Decision)
			}
		})
	}
}

func TestUnknownNameHasNoCandidateThatMaps(t *testing.T) {
	t.Parallel()
	for _, x := range match.NewCatalog(shampoos, match.Options{}).Rank(match.Query{Name: "Перчатки резиновые"}, 5) {
		if x.Decision != match.None {
			t.Errorf("got %+v", x)
		}
	}
	if got := match.NewCatalog(nil, match.Options{}).Rank(match.Query{Name: "x"}, 5); len(got) != 0 {
		t.Errorf("an empty catalogue gives %v", got)
	}
}

func TestRankKeepsItsPromises(t *testing.T) {
	t.Parallel()
	words := []string{"шампунь", "мыло", "гель", "ромашка", "400", "250", "мл", "л", "5", "шт", "Crystal", "0,5"}
	rapid.Check(t, func(t *rapid.T) {
		name := func(label string) string {
			return strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 1, 6).Draw(t, label), " ")
		}
		var entries []match.Entry
		for i := range rapid.IntRange(1, 12).Draw(t, "n") {
			entries = append(entries, match.Entry{ID: fmt.Sprint(i), Name: name("entry")})
		}
		c := match.NewCatalog(entries, match.Options{})
		q := match.Query{Name: name("query")}
		got := c.Rank(q, 5)
		if again := c.Rank(q, 5); fmt.Sprint(got) != fmt.Sprint(again) {
			t.Fatalf("ranked %v, then %v", got, again)
		}
		sum := 0.0
		for i, x := range got {
			if sum += x.Confidence; x.Confidence < 0 || sum > 1+1e-9 || i > 0 && x.Score > got[i-1].Score {
				t.Fatalf("candidates are %+v", got)
			}
			same := match.Normalise(q.Name) == match.Normalise(nameOf(entries, x.ID))
			if x.Decision == match.Map && (i > 0 || !same && x.Confidence < match.DefaultZones().Map) {
				t.Fatalf("%q maps to %+v", q.Name, x)
			}
		}
	})
}

func nameOf(entries []match.Entry, id string) string {
	i := slices.IndexFunc(entries, func(e match.Entry) bool { return e.ID == id })
	return entries[i].Name
}

func TestCatalogServesManyAtOnce(t *testing.T) {
	t.Parallel()
	c := match.NewCatalog(shampoos, match.Options{})
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			for range 50 {
				c.Remember(match.Confirmed{Name: fmt.Sprint("имя ", i), ID: "soap", Distributor: "D"})
				if got := c.Rank(match.Query{Name: fmt.Sprint("имя ", i), Distributor: "D"}, 1); got[0].ID != "soap" {
					t.Errorf("got %+v", got)
				}
			}
		})
	}
	wg.Wait()
}

func TestPackFactorSuggests(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, unit, base, packs, want string }{
		{"Шампунь 400 мл", "кор", "шт", "24", "24 1"},
		{"Шампунь 400 мл", "кор", "", "24", "24 1"},
		{"Шампунь 400 мл", "кор", "кор.", "24", "1"},
		{"Шампунь 400 мл", "шт", "шт", "24", "1"},
		{"Шампунь 400 мл", "796", "шт", "24", "1"},
		{"Шампунь 400 мл", "", "шт", "24", "1 24"},
		{"Мыло 100г (72 шт/кор)", "короб", "шт", "", "72 1"},
		{"Мыло 100г*72", "короб", "шт", "", "72 1"},
		{"Мыло 100г (72 шт)", "ящ", "шт", "24", "24 72 1 unsure"},
		{"Мыло 1/72", "ящ.", "шт", "72", "72 1"},
		{"Мыло", "упак (6 шт)", "шт", "24", "6 24 1 unsure"},
		{"Мыло", "упак (6 шт)", "шт", "", "6 1"},
		{"Мыло", "кор", "шт", "", "1 unsure"},
		{"Мыло", "кор", "шт", "0", "1 unsure"},
		{"Мыло", "место", "шт", "10", "10 1"},
		{"Вино 0.75 x6", "case", "шт", "12", "12 6 1 unsure"},
		{"Таблетки №20", "уп", "шт", "", "20 1 unsure"},
		{"Таблетки №20 500мг", "уп", "шт", "10", "10 20 1"},
		{"Мука", "кг", "кг", "", "1"},
		{"Водка", "дал", "л", "", "10"},
		{"Вода", "мл", "кг", "", "0.001 unsure"},
		{"Краска 14 кг", "л", "шт", "", "1 unsure"},
		{"Мука 2 кг", "кг", "шт", "", "1 unsure"},
	} {
		var packs []decimal.Decimal
		for _, p := range strings.Fields(c.packs) {
			packs = append(packs, decimal.RequireFromString(p))
		}
		var got []string
		list, sure := match.PackFactor(c.name, c.unit, c.base, packs...)
		for _, d := range list {
			got = append(got, d.String())
		}
		if !sure {
			got = append(got, "unsure")
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%q in %q of %s: got %s, want %s", c.name, c.unit, c.packs, s, c.want)
		}
	}
}
