package match_test

import (
	"math"
	"testing"

	"github.com/distbase/distbase/ingest/match"
)

// FuzzRank holds that no text breaks the ranking, its numbers or its order, whether it
// stands in the catalogue, among confirmed names or is asked for.
func FuzzRank(f *testing.F) {
	for _, s := range [...][3]string{
		{"Шампунь «Ромашка» 0,4 л x 12", "SH-400", "4600123456782"},
		{"ср-во д/посуды 5000мл (12шт) 1:10 №3 40%", "0024-7 б", "14600123456789"},
		{"Lavender soap 3x100 g 2-pack v2.0", "", "00000000"},
		{"№№ 5/5/5 ((( 1:1:1 ½²", "ﬁ", "1"},
		{"\xff\xfe İ ß ǅ", "\x00", ""},
		{"", "-", "-"},
	} {
		f.Add(s[0], s[1], s[2])
	}
	f.Fuzz(func(t *testing.T, name, code, barcode string) {
		entries := append([]match.Entry{{ID: "new", Name: name, Code: code, Barcode: barcode, Other: []string{code}}}, shampoos...)
		c := match.NewCatalog(entries, match.Options{History: []match.Confirmed{{Name: code, ID: "new", Distributor: "d"}}})
		for _, q := range []match.Query{
			{Name: name, Code: code, Barcode: barcode, Distributor: "d"}, {Name: name + " " + code}, {Name: shampoos[0].Name + " " + name, Brand: code, Unit: name},
		} {
			last := math.Inf(1)
			for i, x := range c.Rank(q, 10) {
				if !(x.Confidence >= 0 && x.Confidence <= 1) || math.IsNaN(x.Score) || i > 0 && x.Score > last {
					t.Fatalf("%+v: %+v behind %v", q, x, last)
				}
				last = x.Score
			}
		}
	})
}
