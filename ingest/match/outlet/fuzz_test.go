package outlet_test

import (
	"math"
	"testing"

	"github.com/distbase/distbase/ingest/match/outlet"
)

// FuzzRank holds that no text breaks the index or its numbers.
func FuzzRank(f *testing.F) {
	for _, s := range [...][2]string{
		{`ИП Сидоров А.А. магазин "Продукты" г.Тула ул.Ленина,5`, "г. Тула, ул. Ленина, д. 5, корп. 2"},
		{"OOO Romashka", "1-я Парковая ул., д. 7/2 стр 1"},
		{"№№№ 5/5/5 (((", "д. д. д. к. 5 5 5 ул"},
		{"ИПИПИП и.и.и.и", "99999999999999999999 - а-б-в-1-я"},
		{"\xff\xfe", "İ ß ǅ"},
	} {
		f.Add(s[0], s[1], "7707083893")
	}
	x := outlet.New(base(), outlet.Options{})
	f.Fuzz(func(t *testing.T, name, address, inn string) {
		e := outlet.Entry{ID: "new", Name: name, Address: address, INN: inn, LegalName: address, Other: []string{address}}
		x.Put(e)
		for _, q := range []outlet.Query{{Name: name, Address: address, INN: inn}, {Name: name + " " + address, LegalName: name, City: address, Region: name, Chain: address}} {
			last := math.Inf(1)
			for _, c := range x.Rank(q, 20) {
				if !(c.Confidence >= 0 && c.Confidence <= 1) || math.IsNaN(c.Score) || c.Score > last {
					t.Fatalf("%+v: %+v", q, c)
				}
				last = c.Score
			}
		}
		x.Remove("new")
	})
}
