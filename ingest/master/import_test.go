package master_test

import (
	"bytes"
	"context"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/distbase/distbase/ingest/master"
	"github.com/distbase/distbase/storage"
	"github.com/distbase/distbase/storage/storagetest"
	"github.com/distbase/distbase/text"
)

func TestMain(m *testing.M) { storagetest.Main(m) }

func load(t *testing.T, s *storage.Store, kind, file string, partial bool) (master.Result, error) {
	t.Helper()
	k, err := master.KindByName(kind)
	if err != nil {
		t.Fatal(err)
	}
	return master.Import(context.Background(), s, k, kind+".csv", []byte(file), partial)
}

func mustLoad(t *testing.T, s *storage.Store, kind, file string) {
	t.Helper()
	res, err := load(t, s, kind, file, false)
	if err != nil || len(res.Refused) > 0 {
		t.Fatalf("%s: %+v, %v", kind, res, err)
	}
}

func count(t *testing.T, s *storage.Store, table string) (n int) {
	t.Helper()
	if err := s.Pool().QueryRow(context.Background(), "select count(*) from "+table).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestImportTakesRussianTitlesInAnyOrderAndUpdatesByCode(t *testing.T) {
	t.Parallel()
	s := storagetest.New(t)
	mustLoad(t, s, "products", "Наименование;КОД;Цена;В коробе;активен;Заметка\nЧай;007;1 234,50;24;да;x\nКофе;008;;;нет;\n")
	mustLoad(t, s, "products", "code,name,pack\n007,Чай чёрный,12\n")
	all, err := storage.Products(context.Background(), s.Pool())
	if err != nil {
		t.Fatal(err)
	}
	if len(all) != 2 || all[0].Code != "007" || all[0].Name != "Чай чёрный" || all[0].Pack.Decimal.String() != "12" || all[1].Active {
		t.Errorf("got %+v", all)
	}
}

func TestRefusedLineKeepsTheWholeFileOut(t *testing.T) {
	t.Parallel()
	s := storagetest.New(t)
	const file = "code,name,pack,price,surprise\nA,Tea,24,10,1\nB,,24,10,1\nC,Coffee,-1,10,1\nD,Cocoa,1,ten,1\n"
	res, err := load(t, s, "products", file, false)
	if err != nil {
		t.Fatal(err)
	}
	want := master.Result{Read: 4, Unknown: []string{"surprise"}, Refused: []master.Refusal{
		{Line: 3, Column: "name", Key: "blank"},
		{Line: 4, Column: "pack", Key: "not_positive", Found: "-1"},
		{Line: 5, Column: "price", Key: "no_number", Found: "ten"},
	}}
	if d := cmp.Diff(want, res); d != "" {
		t.Error(d)
	}
	if n := count(t, s, "product"); n != 0 {
		t.Errorf("%d products stored", n)
	}
	if res, err = load(t, s, "products", file, true); err != nil || res.Applied != 1 || count(t, s, "product") != 1 {
		t.Errorf("partial: %+v, %v", res, err)
	}
	for _, lang := range text.Languages() {
		for _, r := range want.Refused {
			if !text.For(lang).Has("import." + r.Key) {
				t.Errorf("no sentence for %s", r.Key)
			}
		}
	}
}

func TestMissingColumnsAreNamed(t *testing.T) {
	t.Parallel()
	s := storagetest.New(t)
	_, err := load(t, s, "primary", "date,product\n2026-07-01,A\n", false)
	var header *master.HeaderError
	if !errors.As(err, &header) || !cmp.Equal(header.Missing, []string{"amount", "distributor", "quantity"}) {
		t.Fatalf("got %v", err)
	}
}

func TestClientBaseMovesOnItsDay(t *testing.T) {
	t.Parallel()
	s := storagetest.New(t)
	mustLoad(t, s, "distributors", "code,name,emails,calendar\nD1,One,a@one.example b@one.example,monthly:3 18:00\nD2,Two,,weekly:mon\n")
	mustLoad(t, s, "channels", "code,name,parent\nMINI,Minimarket,RET\nRET,Retail,\n")
	mustLoad(t, s, "reps", "code,name\nR1,Ivan\nR2,Anna\n")
	mustLoad(t, s, "outlets", "code,name,channel,rep,distributor,from\nO1,Shop,MINI,R1,D1,2026-01-01\n")
	mustLoad(t, s, "outlets", "code,name,channel,rep,distributor,from\nO1,Shop,MINI,R2,D1,01.07.2026\n")
	mustLoad(t, s, "outlets", "code,name,channel,rep,distributor,from\nO1,Shop,MINI,R2,D1,01.07.2026\n")
	rows, err := s.Pool().Query(context.Background(), `
		select r.code || ' ' || s.valid::text from outlet_service s join rep r on r.id = s.rep_id order by 1`)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for rows.Next() {
		var line string
		if err := rows.Scan(&line); err != nil {
			t.Fatal(err)
		}
		got = append(got, line)
	}
	if d := cmp.Diff([]string{"R1 [2026-01-01,2026-07-01)", "R2 [2026-07-01,)"}, got); d != "" {
		t.Error(d)
	}
	res, err := load(t, s, "distributors", "code,name,emails\nD2,Two,A@one.example\n", false)
	if err != nil || len(res.Refused) != 1 || res.Refused[0].Key != "contact_taken" {
		t.Errorf("a contact of two distributors: %+v, %v", res, err)
	}
}

func TestPrimarySalesAgainChangeNothing(t *testing.T) {
	t.Parallel()
	s := storagetest.New(t)
	mustLoad(t, s, "distributors", "code,name\nD1,One\n")
	mustLoad(t, s, "products", "code,name\nP1,Tea\n")
	const file = "date,distributor,product,quantity,amount,document\n2026-07-01,D1,P1,10,100,A\n2026-07-01,D1,P1,-2,-20,B\n02.07.2026,D1,P1,1,10,\n"
	for range 2 {
		mustLoad(t, s, "primary", file)
	}
	if n := count(t, s, "primary_sale"); n != 3 {
		t.Errorf("%d lines", n)
	}
}

func TestTemplateIsReadBack(t *testing.T) {
	t.Parallel()
	for _, name := range master.Kinds() {
		for _, lang := range text.Languages() {
			t.Run(name+"/"+lang, func(t *testing.T) {
				t.Parallel()
				k, err := master.KindByName(name)
				if err != nil {
					t.Fatal(err)
				}
				var csv, xlsx bytes.Buffer
				if err := k.WriteCSV(&csv, lang); err != nil {
					t.Fatal(err)
				}
				if err := k.WriteXLSX(&xlsx, lang); err != nil {
					t.Fatal(err)
				}
				s := storagetest.New(t)
				for file, data := range map[string][]byte{"t.csv": csv.Bytes(), "t.xlsx": xlsx.Bytes()} {
					res, err := master.Import(context.Background(), s, k, file, data, true)
					if err != nil || res.Read != 1 || len(res.Unknown) > 0 {
						t.Errorf("%s: %+v, %v", file, res, err)
					}
					for _, r := range res.Refused {
						if r.Key != "unknown_code" { // the example refers to codes of other files
							t.Errorf("%s: %+v", file, r)
						}
					}
				}
			})
		}
	}
}
