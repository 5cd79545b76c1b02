package ingest

import (
	"testing"

	"github.com/distbase/distbase/ingest/master"
	"github.com/distbase/distbase/storage"
)

func TestOpenQuestionsFollowImportedMasterData(t *testing.T) {
	t.Parallel()
	x := newShelf(t, soaps()...)
	x.load("A", []storage.Item{{Name: "Мыло жидкое Ромашка 500мл", Unit: "шт"}, {Name: "Порошок стиральный Полынь 3кг", Unit: "шт"}},
		[]storage.Client{{Name: "маг. Заря", Address: "г.Тула, ул Мира 17"}, {Name: "маг. Закат", Address: "г.Тула, ул Мира 19"}})
	x.visits("A", "Иванов Ваня")
	x.asked("A", "Порошок стиральный Полынь 3кг")
	imports := func(kind, csv string) {
		k, err := master.KindByName(kind)
		if err != nil {
			t.Fatal(err)
		}
		res, err := master.Import(x.ctx, x.store, k, kind+".csv", []byte(csv), false)
		if err != nil || res.Applied != 1 {
			t.Fatalf("import %s: %+v, %v", kind, res, err)
		}
	}
	imports("outlets", "code,name,city,address\nR1,Магазин «Заря»,Тула,\"ул. Мира, д. 17\"\n")
	imports("products", "code,name,unit\nS9,Порошок стиральный «Полынь» 3 кг,шт\n")
	if got := x.scan(`select count(*) from river_job where kind = 'rank_names' and state = 'available'`); got != "1" {
		t.Errorf("%s jobs wait to rank the names anew", got)
	}
	if err := x.rankNames(x.ctx, 1); err != nil {
		t.Fatal(err)
	}
	if got := x.is("A", "Порошок стиральный Полынь 3кг"); got != "S9 distbase" {
		t.Errorf("the item whose product was imported is %q", got)
	}
	if got := x.scan(`select string_agg(o.code, ',') from client_mapping m join outlet o on o.id = m.outlet_id`); got != "R1" {
		t.Errorf("the client whose outlet was imported is %q", got)
	}
	if got := x.scan(`select string_agg(payload->>'name' || ' ' || coalesce(payload->>'foreign', 'near'), ',') from question where kind = 'client' and state = 'open'`); got != "маг. Закат true" {
		t.Errorf("still asked about: %q", got)
	}
}
