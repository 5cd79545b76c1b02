package world

import (
	"reflect"
	"testing"
	"time"
)

func sample(t *testing.T) *World {
	t.Helper()
	return New(7, time.Date(2026, 7, 20, 0, 0, 0, 0, time.UTC))
}

func TestSameSeedAndDayGiveTheSameWorld(t *testing.T) {
	t.Parallel()
	if a, b := sample(t), sample(t); !reflect.DeepEqual(a.Sales, b.Sales) || !reflect.DeepEqual(a.Shipments, b.Shipments) {
		t.Error("two worlds of one seed differ")
	}
}

func TestWorldHasTheSizeItPromises(t *testing.T) {
	t.Parallel()
	w := sample(t)
	brands := map[string]bool{}
	for _, p := range w.Products {
		brands[p.Brand] = true
	}
	if len(w.Products) != 60 || len(brands) != 5 || len(w.Distributors) != 8 || len(w.Outlets) != 300 {
		t.Errorf("%d products, %d brands, %d distributors, %d outlets", len(w.Products), len(brands), len(w.Distributors), len(w.Outlets))
	}
	if months := w.Today.Sub(w.First).Hours() / 24 / 30; months < 13 {
		t.Errorf("%.1f months", months)
	}
}

func TestStockNeverRunsBelowZeroAndTheBalanceCloses(t *testing.T) {
	t.Parallel()
	w := sample(t)
	type key struct{ d, p int }
	stock := map[key]int{}
	for d := range w.Distributors {
		for p := range w.Products {
			stock[key{d, p}] = w.opening[d][p]
		}
	}
	byDay := map[time.Time][]func(){}
	for _, s := range w.Shipments {
		byDay[s.Day] = append(byDay[s.Day], func() { stock[key{s.Distributor, s.Product}] += s.Quantity })
	}
	for _, s := range w.Sales {
		byDay[s.Day] = append(byDay[s.Day], func() { stock[key{s.Distributor, s.Product}] -= s.Quantity })
	}
	for day := w.First; day.Before(w.Today); day = day.AddDate(0, 0, 1) {
		for _, move := range byDay[day] {
			move()
		}
		for k, n := range stock {
			if n < 0 {
				t.Fatalf("%s: distributor %d has %d of product %d", day.Format("2006-01-02"), k.d, n, k.p)
			}
		}
	}
	end := w.Today.AddDate(0, 0, -1)
	for k, n := range stock {
		if got := w.Stock(k.d, k.p, end); got != n {
			t.Fatalf("distributor %d, product %d: stock %d, moves say %d", k.d, k.p, got, n)
		}
	}
}

func TestLettersCarryReportsOfEveryDistributor(t *testing.T) {
	t.Parallel()
	w := sample(t)
	letters, err := w.Letters()
	if err != nil {
		t.Fatal(err)
	}
	byKey := map[string]Letter{}
	for _, l := range letters {
		if _, twice := byKey[l.Key]; twice {
			t.Errorf("two letters %s", l.Key)
		}
		byKey[l.Key] = l
		raw, err := l.Bytes("reports@maker.example")
		if err != nil {
			t.Fatal(err)
		}
		again, err := l.Bytes("reports@maker.example")
		if err != nil || string(raw) != string(again) {
			t.Errorf("%s: not the same bytes twice (%v)", l.Key, err)
		}
	}
	for _, key := range []string{"SEVER/2025-07", "BAIKAL/2026-07", "URAL/2026-06", "SEVER/duplicate", "YUG/correction", "VOLGA/broken", "stranger", "thanks"} {
		if _, ok := byKey[key]; !ok {
			t.Errorf("no letter %s", key)
		}
	}
	if string(byKey["SEVER/duplicate"].Files[0].Data) != string(byKey["SEVER/2026-06"].Files[0].Data) {
		t.Error("the duplicate is another file")
	}
	returns := 0
	for _, s := range w.Sales {
		if s.Quantity < 0 {
			returns++
		}
	}
	if returns < 20 {
		t.Errorf("%d returns", returns)
	}
}
