package match_test

import (
	"context"
	"fmt"

	"github.com/distbase/distbase/ingest/match"
)

func Example() {
	c := match.NewCatalog([]match.Entry{
		{ID: "p5", Name: "Средство для мытья посуды «Лимон», 500 мл"},
		{ID: "p1", Name: "Средство для мытья посуды «Лимон», 1 л"},
		{ID: "a5", Name: "Средство для мытья посуды «Алоэ», 500 мл"},
	}, match.Options{})
	first := c.Rank(match.Query{Name: "Ср-во д/мытья посуды Лимон 0,5л АКЦИЯ"}, 1)[0]
	fmt.Println(first.ID, first.Reasons)
	// Output: p5 [size_equal:500ml words:ср-во+лимон]
}

func ExampleCatalog_Remember() {
	c := match.NewCatalog([]match.Entry{{ID: "p5", Name: "Мыло 100 г"}, {ID: "p2", Name: "Мыло 200 г"}}, match.Options{})
	c.Remember(match.Confirmed{Name: "М-100 белое", ID: "p5", Distributor: "Север"})
	first := c.Rank(match.Query{Name: "м-100 БЕЛОЕ", Distributor: "Север"}, 1)[0]
	fmt.Println(first.ID, first.Decision, first.Reasons[0])
	// Output: p5 map confirmed
}

func ExampleCatalog_RankAll() {
	c := match.NewCatalog([]match.Entry{{ID: "p5", Name: "Мыло 100 г"}, {ID: "p2", Name: "Мыло 200 г"}}, match.Options{})
	ranked, err := c.RankAll(context.Background(), []match.Query{{Name: "мыло 0,1 кг"}, {Name: "мыло 0,2 кг"}}, 1, nil)
	fmt.Println(ranked[0][0].ID, ranked[1][0].ID, err)
	// Output: p5 p2 <nil>
}

func ExampleGroupNames() {
	for _, g := range match.GroupNames([]match.Query{{Name: "Мыло 0,1 кг"}, {Name: "Гель 1 л"}, {Name: "МЫЛО 100г"}}) {
		fmt.Println(g.Name, g.Members)
	}
	// Output:
	// мыло 100g [0 2]
	// гель 1000ml [1]
}
