package outlet_test

import (
	"fmt"

	"github.com/distbase/distbase/ingest/match/outlet"
)

func Example() {
	x := outlet.New([]outlet.Entry{
		{ID: "17", Name: `Магазин "Продукты"`, LegalName: "ИП Сидоров Андрей Алексеевич", City: "Тула", Address: "ул. Ленина, д. 5"},
		{ID: "18", Name: `Магазин "Продукты"`, LegalName: "ИП Сидоров Андрей Алексеевич", City: "Тула", Address: "ул. Ленина, д. 5А"},
	}, outlet.Options{})
	first := x.Rank(outlet.Query{Name: `ИП Сидоров А.А. маг. «Продукты» г.Тула ул.Ленина,5а`}, 1)[0]
	fmt.Println(first.ID, first.Decision, first.Reasons)
	// Output: 18 map [same_name same_person same_street same_house same_city]
}

func ExampleIndex_Remember() {
	x := outlet.New([]outlet.Entry{{ID: "17", Name: "ООО Ромашка", City: "Тула"}, {ID: "18", Name: "ООО Ромашка", City: "Орёл"}}, outlet.Options{})
	q := outlet.Query{Name: "Ромашка у моста", Distributor: "Север"}
	x.Remember(outlet.Confirmed{Query: q, ID: "18"})
	fmt.Println(x.Rank(q, 1)[0].ID)
	// Output: 18
}

func ExampleTaxID() {
	fmt.Println(outlet.TaxID("ИНН 7707083893 / КПП 773601001"))
	fmt.Println(outlet.TaxID("7707083894"))
	// Output:
	// 7707083893 1
	// 7707083894 0
}
