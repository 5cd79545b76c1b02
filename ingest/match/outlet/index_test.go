package outlet_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"github.com/distbase/distbase/ingest/match/outlet"
	"github.com/distbase/distbase/ingest/match/outlet/sample"
)

func base() []outlet.Entry {
	return []outlet.Entry{
		{ID: "1", Name: `Магазин "Продукты"`, LegalName: "ИП Сидоров Андрей Алексеевич", INN: "500100732259", Address: "ул. Ленина, д. 5", City: "Тула"},
		{ID: "2", Name: `Магазин "Продукты"`, LegalName: "ИП Сидоров Андрей Алексеевич", INN: "500100732259", Address: "ул. Ленина, д. 5А", City: "Тула"},
		{ID: "3", Name: `Магазин "Продукты"`, LegalName: "ИП Сидоров Андрей Алексеевич", INN: "500100732259", Address: "ул. Ленина, д. 15", City: "Тула"},
		{ID: "4", Name: `Магазин "Продукты"`, LegalName: "ИП Сидоров Пётр Алексеевич", Address: "ул. Ленина, д. 7", City: "Тула"},
		{ID: "5", Name: "Магнит №1234", LegalName: `АО "Тандер"`, Address: "ул. Мира, д. 1", City: "Тула", Chain: "Магнит"},
		{ID: "6", Name: "Магнит №1243", LegalName: `АО "Тандер"`, Address: "ул. Мира, д. 11", City: "Тула", Chain: "Магнит"},
		{ID: "7", Name: `ООО "Ромашка"`, INN: "7707083893", Address: "пр-т Победы, д. 3", City: "Рязань"},
		{ID: "8", Name: `ООО "Ромашка"`, Address: "пр-т Победы, д. 3", City: "Калуга"},
		{ID: "9", Name: "ФОП Шевченко Тарас Григорович", Address: "вул. Садова, буд. 4", City: "Київ"},
		{ID: "10", Name: `ТОО "Жулдыз"`, Address: "пр. Абая, 10 корп. 2", City: "Алматы"},
	}
}

func TestFirstCandidateIsTheOneMeant(t *testing.T) {
	t.Parallel()
	x := outlet.New(base(), outlet.Options{})
	for _, c := range []struct {
		query outlet.Query
		want  string
	}{
		{outlet.Query{Name: `ИП Сидоров А.А. магазин "Продукты" г.Тула ул.Ленина,5`}, "1"},
		{outlet.Query{Name: "Сидоров А. А. ИП", Address: "Тула, Ленина улица 5а"}, "2"},
		{outlet.Query{Name: "ип сидоров", Address: "тула, ленина, 15"}, "3"},
		{outlet.Query{Name: "ИП Сидоров П.А.", Address: "ул Ленина д 7"}, "4"},
		{outlet.Query{Name: "магнит 1234"}, "5"},
		{outlet.Query{Name: "Магнит", Address: "Тула, Мира ул., д. 11"}, "6"},
		{outlet.Query{Name: "Ромашка ООО", City: "Рязань"}, "7"},
		{outlet.Query{Name: "OOO Romashka, g. Kaluga, prospekt Pobedy 3"}, "8"},
		{outlet.Query{Name: "ЧП Рмоашка", INN: "7707083893"}, "7"},
		{outlet.Query{Name: "СПД Шевченко Т. Г.", Address: "Київ, Садова 4"}, "9"},
		{outlet.Query{Name: "«Жулдыз» ЖШС", Address: "Алматы қ., Абай даңғылы, 10/2"}, "10"},
	} {
		got := x.Rank(c.query, 3)
		if len(got) == 0 || got[0].ID != c.want {
			t.Errorf("%+v: got %+v, want %s", c.query, got, c.want)
		}
	}
}

func TestPartsOfAnotherKindDoNotAgree(t *testing.T) {
	t.Parallel()
	x := outlet.New([]outlet.Entry{
		{ID: "1", Name: "Пивная бочка", Address: "тракт Московский, 126", City: "Щёлково"},
		{ID: "2", Name: "Пивная бочка", Address: "ул. Кирова, 12", City: "Щёлково"},
		{ID: "3", Name: "Шаг №316", LegalName: "ООО Альбион-2002", Address: "ул. Лесная, 1", City: "Тара"},
		{ID: "4", Name: "Шаг №259", LegalName: "ООО Альбион-2002", Address: "ул. Новая, 7", City: "Тара"},
		{ID: "5", Name: "ООО РегионСнаб", Address: "ул. Речная, 128", City: "Полазна"},
		{ID: "6", Name: "Калинка", LegalName: "ООО ТехМаркет", Address: "ул. Речная, 3", City: "Полазна"},
		{ID: "7", Name: "Калинка", LegalName: "ООО ТехПостач", Address: "ул. Речная, 5", City: "Полазна"},
	}, outlet.Options{})
	for _, c := range []struct {
		name   string
		query  outlet.Query
		want   string
		reason string
	}{
		{"a region is no street", outlet.Query{Name: "Пивная бочка, Московская обл, г. Щёлково, ул. Кирова, 126"}, "", "house_differs street_differs"},
		{"a number of the firm is none of the shop", outlet.Query{Name: "Шаг №316 ООО Альбион-2002"}, "3", "same_shop_number"},
		{"a number of the firm alone maps no other shop", outlet.Query{Name: "Шаг №77 ООО Альбион-2002"}, "", "shop_number_differs"},
		{"a region within a name", outlet.Query{Name: "Общество с ограниченной ответственностью РегионСнаб", Address: "Полазна"}, "5", "same_name"},
		{"a market within a name", outlet.Query{Name: "ООО ТехМаркет кафе Калинка"}, "6", "same_name"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got := x.Rank(c.query, 2)
			if len(got) == 0 {
				t.Fatal("nothing")
			}
			if c.want != "" && got[0].ID != c.want || c.want == "" && got[0].Decision == outlet.Map || !slices.ContainsFunc(got[0].Reasons, func(r string) bool { return strings.Contains(c.reason, r) }) {
				t.Errorf("got %+v", got)
			}
		})
	}
}

func TestHardAttributesAreNeverMappedOver(t *testing.T) {
	t.Parallel()
	x := outlet.New(base(), outlet.Options{})
	for name, q := range map[string]outlet.Query{
		"another house":       {Name: "ИП Сидоров А.А. Продукты", Address: "Тула, ул. Ленина, 9"},
		"another letter":      {Name: "ИП Сидоров А.А. Продукты", Address: "Тула, ул. Ленина, 5Б"},
		"other initials":      {Name: "ИП Сидоров К.К.", Address: "Тула, ул. Ленина, 7"},
		"another town":        {Name: "ООО Ромашка", Address: "г. Курск, пр-т Победы, 3"},
		"another shop number": {Name: "Магнит №7777", Address: "Тула, Мира, 1"},
		"nobody":              {Name: "ООО Вектор", Address: "г. Пенза, ул. Лесная, 90"},
		"nothing":             {},
	} {
		if got := x.Rank(q, 1); len(got) > 0 && got[0].Decision == outlet.Map {
			t.Errorf("%s: %+v", name, got[0])
		}
	}
}

func TestReasonsSayWhatAgreed(t *testing.T) {
	t.Parallel()
	x := outlet.New(base(), outlet.Options{})
	got := x.Rank(outlet.Query{Name: "ИП Сидоров А.А.", INN: "500100732259", Address: "Тула, Ленина 5а"}, 2)
	want := []string{"same_inn", "same_name", "same_person", "same_street", "same_house", "same_city"}
	if len(got) != 2 || !slices.Equal(got[0].Reasons, want) {
		t.Errorf("got %+v, want %v", got, want)
	}
}

func TestConfirmedMappingsTeachAtOnce(t *testing.T) {
	t.Parallel()
	x := outlet.New(base(), outlet.Options{})
	q := outlet.Query{Name: "Сидоров точка у вокзала", Distributor: "D1"}
	x.Remember(outlet.Confirmed{Query: q, ID: "3"})
	if got := x.Rank(q, 1); got[0].ID != "3" || got[0].Decision != outlet.Map || got[0].Reasons[0] != "confirmed" {
		t.Errorf("the same distributor: %+v", got[0])
	}
	q.Distributor = "D2"
	if got := x.Rank(q, 1); got[0].ID != "3" || got[0].Decision != outlet.Ask || got[0].Reasons[0] != "confirmed_elsewhere" {
		t.Errorf("another distributor: %+v", got[0])
	}
	near := outlet.Query{Name: "Сидоров точка у вокзала 2", Distributor: "D1"}
	if got := x.Rank(near, 1); got[0].Decision == outlet.Map {
		t.Errorf("a near text: %+v", got[0])
	}
	q.Distributor = "D1"
	x.Forget(outlet.Confirmed{Query: q, ID: "3"})
	if got := x.Rank(q, 1); got[0].Decision == outlet.Map {
		t.Errorf("forgotten: %+v", got[0])
	}
}

func TestOutletsComeAndGo(t *testing.T) {
	t.Parallel()
	x := outlet.New(base()[:5], outlet.Options{})
	q := outlet.Query{Name: "ООО Ромашка", City: "Рязань"}
	for _, e := range base() {
		x.Put(e)
		x.Put(e)
	}
	if got := x.Rank(q, 1); x.Len() != 10 || got[0].ID != "7" {
		t.Errorf("%d outlets, first %+v", x.Len(), got)
	}
	x.Put(outlet.Entry{ID: "7", Name: "ООО Лютик", City: "Омск"})
	x.Remove("8")
	x.Remove("nobody")
	if got := x.Rank(q, 5); x.Len() != 9 || len(got) > 0 && got[0].Decision == outlet.Map {
		t.Errorf("%d outlets, first %+v", x.Len(), got)
	}
}

// An index answers the same however its outlets came into it.
func TestPuttingIsAsGoodAsBuilding(t *testing.T) {
	t.Parallel()
	s := sample.New(sample.Options{Seed: 5, Half: sample.Test, Outlets: 60, Queries: 100, Strangers: 0.1, Hardness: 0.5})
	whole := outlet.New(s.Entries, outlet.Options{})
	rapid.Check(t, func(t *rapid.T) {
		from := rapid.IntRange(0, len(s.Entries)).Draw(t, "from")
		grown := outlet.New(s.Entries[:from], outlet.Options{})
		for _, e := range s.Entries[from:] {
			grown.Put(e)
		}
		c := rapid.SampledFrom(s.Cases).Draw(t, "case")
		a, b := whole.Rank(c.Query, 5), grown.Rank(c.Query, 5)
		if fmt.Sprint(a) != fmt.Sprint(b) {
			t.Fatalf("%+v\nbuilt %v\ngrown %v", c.Query, a, b)
		}
	})
}

func TestIndexServesSeveralAtOnce(t *testing.T) {
	t.Parallel()
	s := sample.New(sample.Options{Seed: 6, Half: sample.Test, Outlets: 200, Queries: 60, Strangers: 0.1, Hardness: 0.5})
	x := outlet.New(s.Entries[:150], outlet.Options{})
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() {
			for _, c := range s.Cases {
				x.Rank(c.Query, 3)
			}
		})
	}
	wg.Go(func() {
		for _, e := range s.Entries[150:] {
			x.Put(e)
			x.Remember(outlet.Confirmed{Query: outlet.Query{Name: e.Name}, ID: e.ID})
		}
	})
	wg.Wait()
}
