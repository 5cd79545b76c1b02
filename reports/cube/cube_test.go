package cube_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sort"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"github.com/distbase/distbase/reports/cube"
	"github.com/distbase/distbase/storage"
	"github.com/distbase/distbase/storage/storagetest"
)

// keyOf is the value of a dimension for a fact, told from the world alone.
func (w world) keyOf(f fact, dimension string) (string, bool) {
	day := dayOf(f.day)
	switch dimension {
	case "day":
		return day.Format("2006-01-02"), true
	case "month":
		return day.Format("2006-01"), true
	case "quarter":
		return fmt.Sprintf("%d-Q%d", day.Year(), (int(day.Month())+2)/3), true
	case "year":
		return day.Format("2006"), true
	case "distributor":
		return distributors[f.distributor].code, true
	case "brand", "category", "product":
		p, ok := w.product(f)
		if !ok {
			return "", true
		}
		return map[string]string{"brand": p.brand, "category": p.category, "product": p.code}[dimension], true
	case "region":
		if o, ok := w.outlet(f); ok && o.region != "" {
			return o.region, true
		}
		return distributors[f.distributor].region, true
	}
	if f.table == "primary" {
		return "", false
	}
	switch dimension {
	case "item":
		return itemName(f.distributor, f.item), true
	case "warehouse":
		return f.warehouse, true
	case "submission":
		return fmt.Sprint(f.submission + 1), true
	}
	if f.table == "stock" {
		return "", false
	}
	return w.buyerKey(f, dimension), true
}

func (w world) buyerKey(f fact, dimension string) string {
	o, mapped := w.outlet(f)
	switch dimension {
	case "client":
		if f.client >= 0 {
			return clientName(f.client)
		}
	case "agent":
		if f.agent >= 0 {
			return agentName(f.agent)
		}
	case "outlet":
		return o.code
	case "city":
		return o.city
	case "channel":
		if mapped && o.channel >= 0 {
			return channels[o.channel]
		}
	case "rep":
		return w.rep(f)
	}
	return ""
}

func (w world) product(f fact) (product, bool) {
	if f.table == "primary" {
		return products[f.item], true
	}
	m := w.items[f.distributor][f.item]
	if m.verdict != "product" {
		return product{}, false
	}
	return products[m.to], true
}

func (w world) outlet(f fact) (outlet, bool) {
	if f.table != "sale" || f.client < 0 || w.clients[f.distributor][f.client].verdict != "outlet" {
		return outlet{}, false
	}
	return outlets[w.clients[f.distributor][f.client].to], true
}

func (w world) rep(f fact) string {
	if o, ok := w.outlet(f); ok {
		for _, s := range w.services {
			if outlets[s.outlet] == o && s.distributor == f.distributor && s.from <= f.day && (s.to < 0 || f.day < s.to) && s.rep >= 0 {
				return reps[s.rep]
			}
		}
	}
	if f.agent >= 0 && w.agents[f.distributor][f.agent].verdict != "" {
		return reps[w.agents[f.distributor][f.agent].to]
	}
	return ""
}

// inBase is a quantity in base units of the product it is tied to.
func (w world) inBase(f fact, n *decimal.Decimal) decimal.Decimal {
	if n == nil {
		return decimal.Zero
	}
	if m := w.items[f.distributor][f.item]; m.verdict == "product" {
		return n.Mul(decimal.NewFromInt(m.factor))
	}
	return *n
}

// recompute answers a query from the world, by the definitions of the package's
// comment and no SQL.
func (w world) recompute(q cube.Query) map[string][]string {
	groups := make(map[string][]fact)
	if len(q.By) == 0 {
		groups[""] = nil
	}
	keep := func(f fact, all bool) bool {
		day := dayOf(f.day)
		if !q.From.IsZero() && day.Before(q.From) || !q.To.IsZero() && day.After(q.To) {
			return false
		}
		for _, c := range q.Where {
			before := slices.Contains([]string{"day", "month", "quarter", "year", "distributor", "submission"}, c.Dimension)
			if k, _ := w.keyOf(f, c.Dimension); (all || before) && !slices.Contains(c.Values, k) {
				return false
			}
		}
		return f.table == "primary" || w.states[f.submission] == "loaded"
	}
	group := func(f fact) string {
		var keys []string
		for _, d := range q.By {
			k, _ := w.keyOf(f, d)
			keys = append(keys, k)
		}
		return strings.Join(keys, "|")
	}
	ours := func(f fact) bool { return f.table == "primary" || w.items[f.distributor][f.item].verdict != "not_ours" }
	last := make(map[string]int) // newest stock report of a warehouse, by period
	lastKey := func(f fact) string {
		key := fmt.Sprint(f.distributor, "|", f.warehouse)
		for _, d := range q.By {
			if slices.Contains([]string{"day", "month", "quarter", "year"}, d) {
				k, _ := w.keyOf(f, d)
				key += "|" + k
			}
		}
		return key
	}
	for _, f := range w.facts {
		if f.table == "stock" && f.closing != nil && keep(f, false) {
			k := lastKey(f)
			if n, ok := last[k]; !ok || f.day > n {
				last[k] = f.day
			}
		}
	}
	for _, f := range w.facts {
		used := slices.ContainsFunc(q.Measures, func(m string) bool {
			switch m {
			case "stock_quantity":
				return f.table == "stock" && f.closing != nil && last[lastKey(f)] == f.day && ours(f)
			case "primary_quantity", "primary_amount":
				return f.table == "primary"
			case "rows":
				return f.table == "sale"
			}
			return f.table == "sale" && ours(f)
		})
		if used && keep(f, true) {
			groups[group(f)] = append(groups[group(f)], f)
		}
	}
	out := make(map[string][]string)
	for key, facts := range groups {
		for _, m := range q.Measures {
			out[key] = append(out[key], w.measure(m, facts).String())
		}
	}
	return out
}

func (w world) measure(m string, facts []fact) decimal.Decimal {
	sum, set, nets := decimal.Zero, make(map[string]bool), make(map[string]decimal.Decimal)
	for _, f := range facts {
		amount := decimal.Zero
		if f.amount != nil {
			amount = *f.amount
		}
		switch {
		case f.table == "sale" && m == "rows":
			sum = sum.Add(decimal.NewFromInt(1))
		case f.table == "primary" && m == "primary_quantity":
			sum = sum.Add(*f.quantity)
		case f.table == "primary" && m == "primary_amount":
			sum = sum.Add(amount)
		case f.table == "stock" && m == "stock_quantity":
			sum = sum.Add(w.inBase(f, f.closing))
		}
		if f.table != "sale" || w.items[f.distributor][f.item].verdict == "not_ours" {
			continue
		}
		_, mapped := w.product(f)
		switch {
		case m == "quantity":
			sum = sum.Add(w.inBase(f, f.quantity))
		case m == "amount", m == "unmapped_amount" && !mapped:
			sum = sum.Add(amount)
		case m == "documents" && f.document != "":
			set[fmt.Sprint(f.distributor, f.day, "/", f.document)] = true
		case m == "active_outlets" && f.client >= 0 && w.clients[f.distributor][f.client].verdict != "not_ours":
			buyer := fmt.Sprint("client ", f.distributor, " ", f.client)
			if o, ok := w.outlet(f); ok {
				buyer = o.code
			}
			nets[buyer] = nets[buyer].Add(w.inBase(f, f.quantity))
		}
	}
	for _, net := range nets {
		if net.IsPositive() {
			sum = sum.Add(decimal.NewFromInt(1))
		}
	}
	return sum.Add(decimal.NewFromInt(int64(len(set))))
}

func drawQuery(t *rapid.T) cube.Query {
	q := cube.Query{
		Measures: rapid.SliceOfNDistinct(rapid.SampledFrom(cube.Measures()), 1, 4, rapid.ID).Draw(t, "measures"),
		By:       rapid.SliceOfNDistinct(rapid.SampledFrom(cube.Dimensions()), 0, 3, rapid.ID).Draw(t, "by"),
	}
	if rapid.Bool().Draw(t, "span") {
		from := rapid.IntRange(0, 30).Draw(t, "from")
		q.From, q.To = dayOf(from), dayOf(from+rapid.IntRange(0, 20).Draw(t, "days"))
	}
	values := map[string][]string{
		"distributor": {"D1", "D2"}, "brand": {"", "Нури"}, "region": {"Юг", "Север", ""}, "submission": {"1", "4"},
		"outlet": {"", "O1"}, "rep": {"R1", ""}, "month": {"2026-01"}, "warehouse": {"W1", ""},
	}
	for range rapid.IntRange(0, 2).Draw(t, "filters") {
		d := rapid.SampledFrom([]string{"distributor", "brand", "region", "submission", "outlet", "rep", "month", "warehouse"}).Draw(t, "filter")
		q.Where = append(q.Where, cube.Filter{Dimension: d, Values: rapid.SliceOfNDistinct(rapid.SampledFrom(values[d]), 1, len(values[d]), rapid.ID).Draw(t, "values")})
	}
	return q
}

// everyDimension cuts by each dimension all the measures that know it.
func everyDimension() []cube.Query {
	var queries []cube.Query
	for _, d := range cube.Dimensions() {
		q := cube.Query{By: []string{d}}
		for _, m := range cube.Measures() {
			if _, _, err := (cube.Query{Measures: []string{m}, By: q.By}).SQL(); err == nil {
				q.Measures = append(q.Measures, m)
			}
		}
		queries = append(queries, q)
	}
	return queries
}

func inWorld(t *testing.T, s *storage.Store, check func(r *rapid.T, w world, q storage.Querier)) {
	t.Helper()
	ctx := context.Background()
	rapid.Check(t, func(r *rapid.T) {
		w := drawWorld(r)
		tx, err := s.Pool().Begin(ctx)
		if err != nil {
			r.Fatal(err)
		}
		defer func() { _ = tx.Rollback(ctx) }()
		if err := w.store(ctx, tx); err != nil {
			r.Fatal(err)
		}
		check(r, w, tx)
	})
}

func TestAnyCutEqualsItsRecomputation(t *testing.T) {
	t.Parallel()
	inWorld(t, storagetest.New(t), func(r *rapid.T, w world, q storage.Querier) {
		queries := everyDimension()
		for range 6 {
			queries = append(queries, drawQuery(r))
		}
		for _, query := range queries {
			if _, _, err := query.SQL(); err != nil {
				var cut *cube.CutError
				if !errors.As(err, &cut) {
					r.Fatalf("%+v: %v", query, err)
				}
				continue
			}
			got, err := cube.Run(context.Background(), q, query)
			if err != nil {
				r.Fatalf("%+v: %v", query, err)
			}
			found := make(map[string][]string)
			for _, row := range got.Rows {
				var values []string
				for _, v := range row.Values {
					values = append(values, v.String())
				}
				found[strings.Join(row.Keys, "|")] = values
			}
			if d := cmp.Diff(w.recompute(query), found); d != "" {
				r.Fatalf("%+v: recomputed (-), cube (+):\n%s", query, d)
			}
			if len(found) != len(got.Rows) {
				r.Fatalf("%+v: a combination stands twice", query)
			}
			if len(query.By) > 0 && !sort.SliceIsSorted(got.Rows, func(a, b int) bool { return got.Rows[a].Keys[0] < got.Rows[b].Keys[0] }) {
				r.Fatalf("%+v: rows are not ordered", query)
			}
		}
	})
}

func TestTotalsAgreeOverAnyDimension(t *testing.T) {
	t.Parallel()
	additive := []string{"quantity", "amount", "unmapped_amount", "rows", "primary_quantity", "primary_amount"}
	inWorld(t, storagetest.New(t), func(r *rapid.T, _ world, q storage.Querier) {
		m := rapid.SampledFrom(additive).Draw(r, "measure")
		whole, err := cube.Run(context.Background(), q, cube.Query{Measures: []string{m}})
		if err != nil {
			r.Fatal(err)
		}
		for _, d := range cube.Dimensions() {
			query := cube.Query{Measures: []string{m}, By: []string{d}}
			if _, _, err := query.SQL(); err != nil {
				continue
			}
			parts, err := cube.Run(context.Background(), q, query)
			if err != nil {
				r.Fatal(err)
			}
			if !parts.Total(m).Equal(whole.Total(m)) {
				r.Fatalf("%s by %s adds up to %s, not %s", m, d, parts.Total(m), whole.Total(m))
			}
		}
	})
}

func TestQueryRefusesWhatItDoesNotKnow(t *testing.T) {
	t.Parallel()
	day := func(s string) time.Time { d, _ := time.Parse(time.DateOnly, s); return d }
	for name, c := range map[string]struct {
		query cube.Query
		want  string
	}{
		"no measure":            {cube.Query{By: []string{"day"}}, "name at least one measure"},
		"unknown measure":       {cube.Query{Measures: []string{"profit"}}, `there is no measure "profit"; there are quantity`},
		"unknown dimension":     {cube.Query{Measures: []string{"rows"}, By: []string{"day; drop table sale"}}, `there is no dimension "day; drop table sale"`},
		"unknown filter":        {cube.Query{Measures: []string{"rows"}, Where: []cube.Filter{{Dimension: "x"}}}, `there is no dimension "x"`},
		"twice":                 {cube.Query{Measures: []string{"rows", "rows"}}, "rows is named twice"},
		"primary by outlet":     {cube.Query{Measures: []string{"amount", "primary_amount"}, By: []string{"outlet"}}, "primary_amount cannot be cut by outlet"},
		"stock where rep":       {cube.Query{Measures: []string{"stock_quantity"}, Where: []cube.Filter{{Dimension: "rep"}}}, "stock_quantity cannot be cut by rep"},
		"submission not number": {cube.Query{Measures: []string{"rows"}, Where: []cube.Filter{{Dimension: "submission", Values: []string{"x"}}}}, `submission "x" is no number`},
		"backward span":         {cube.Query{Measures: []string{"rows"}, From: day("2026-02-01"), To: day("2026-01-31")}, "the span ends on 2026-01-31"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, _, err := c.query.SQL(); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %s", err, c.want)
			}
		})
	}
}

func TestTooManyRowsAreAnErrorAndNotCutOff(t *testing.T) {
	t.Parallel()
	s, ctx := storagetest.New(t), context.Background()
	err := s.InTx(ctx, func(tx pgx.Tx) error {
		two := decimal.NewFromInt(2)
		var w world
		for range distributors {
			w.items, w.clients, w.agents = append(w.items, make([]mapping, namesEach)), append(w.clients, make([]mapping, namesEach)), append(w.agents, make([]mapping, namesEach))
		}
		w.states = []string{"loaded", "loaded", "loaded", "loaded"}
		for day := range 3 {
			w.facts = append(w.facts, fact{table: "sale", day: day, client: -1, agent: -1, amount: &two})
		}
		return w.store(ctx, tx)
	})
	if err != nil {
		t.Fatal(err)
	}
	query := cube.Query{Measures: []string{"amount"}, By: []string{"day"}, MaxRows: 3}
	if got, err := cube.Run(ctx, s.Pool(), query); err != nil || len(got.Rows) != 3 {
		t.Fatalf("at the limit: %v", err)
	}
	query.MaxRows = 2
	var large *cube.TooLargeError
	if _, err := cube.Run(ctx, s.Pool(), query); !errors.As(err, &large) {
		t.Fatalf("above the limit: %v", err)
	}
}

func TestCutOfPersonNarrowsWhatWasAskedFor(t *testing.T) {
	t.Parallel()
	asked := cube.Query{Measures: []string{"amount"}, Where: []cube.Filter{{Dimension: "distributor", Values: []string{"D2"}}}}
	got := asked.Within(storage.Cut{Distributors: []string{"D1"}, Brands: []string{"Нури"}})
	want := []cube.Filter{
		{Dimension: "distributor", Values: []string{"D2"}}, {Dimension: "distributor", Values: []string{"D1"}},
		{Dimension: "brand", Values: []string{"Нури"}},
	}
	if d := cmp.Diff(want, got.Where); d != "" {
		t.Error(d)
	}
	if len(asked.Where) != 1 {
		t.Error("the query asked was changed")
	}
}

func TestFiltersOfOneDimensionAreAlternatives(t *testing.T) {
	t.Parallel()
	got, err := cube.ParseFilters([]string{"brand=Нури", "product=", "brand=A=B"})
	want := []cube.Filter{{Dimension: "brand", Values: []string{"Нури", "A=B"}}, {Dimension: "product", Values: []string{""}}}
	if d := cmp.Diff(want, got); err != nil || d != "" {
		t.Error(err, d)
	}
	if _, err := cube.ParseFilters([]string{"brand"}); err == nil {
		t.Error("a filter without = was taken")
	}
}

func TestWritersPrintDecimalsWithPoint(t *testing.T) {
	t.Parallel()
	r := &cube.Result{Dimensions: []string{"brand"}, Measures: []string{"amount", "rows"}, Rows: []cube.Row{
		{Keys: []string{""}, Values: []decimal.Decimal{decimal.RequireFromString("-0.50"), decimal.NewFromInt(1)}},
		{Keys: []string{"Чай, «Нури»\""}, Values: []decimal.Decimal{decimal.RequireFromString("1234567.25"), decimal.NewFromInt(20)}},
	}}
	var csv, json strings.Builder
	if err := errors.Join(cube.WriteCSV(&csv, r), cube.WriteJSON(&json, r)); err != nil {
		t.Fatal(err)
	}
	if want := "brand,amount,rows\n,-0.5,1\n\"Чай, «Нури»\"\"\",1234567.25,20\n"; csv.String() != want {
		t.Errorf("CSV: %s", csv.String())
	}
	want := "[\n{\"brand\":\"\",\"amount\":-0.5,\"rows\":1},\n{\"brand\":\"Чай, «Нури»\\\"\",\"amount\":1234567.25,\"rows\":20}\n]\n"
	if json.String() != want {
		t.Errorf("JSON: %s", json.String())
	}
}
