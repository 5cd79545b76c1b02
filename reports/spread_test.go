package reports

import (
	"fmt"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"github.com/distbase/distbase/reports/cube"
	"github.com/distbase/distbase/storage"
)

func TestPortionsKeepTheSum(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		from := time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC)
		n := rapid.IntRange(1, 62).Draw(t, "days")
		amount := decimal.New(rapid.Int64Range(-1e9, 1e12).Draw(t, "kopecks"), -2)
		row := cube.Row{Keys: []string{"2026-07-31", "7", "SEVER"}, Values: []decimal.Decimal{amount}}
		all := portions(row, storage.Days{From: from, To: from.AddDate(0, 0, n-1)})
		sum := decimal.Zero
		for i, r := range all {
			sum = sum.Add(r.Values[0])
			if want := fmt.Sprint([]string{from.AddDate(0, 0, i).Format(time.DateOnly), "SEVER"}); fmt.Sprint(r.Keys) != want {
				t.Fatalf("keys %v, want %s", r.Keys, want)
			}
			if off := r.Values[0].Sub(all[0].Values[0]).Abs(); off.GreaterThan(decimal.New(int64(n), -2)) {
				t.Fatalf("day %d has %s, the first %s", i, r.Values[0], all[0].Values[0])
			}
		}
		if len(all) != n || !sum.Equal(amount) {
			t.Fatalf("%d days make %s, want %d and %s", len(all), sum, n, amount)
		}
	})
}
