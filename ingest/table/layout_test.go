package table

import (
	"encoding/json"
	"testing"
)

func TestLayoutIsAppliedWhereverColumnsStand(t *testing.T) {
	t.Parallel()
	src := Source{FileName: "Продажи июль 2026.xlsx", Received: day(2026, 8, 1)}
	first := understandOne(t, [][]any{
		{"Клиент", "Товар", "Количество", "Количество"},
		{"ООО Альфа", "Сок", 3, 30},
		{"ООО Бета", "Вода", 4, 40},
	}, src)
	if first.Certain {
		t.Fatal("two quantities must be asked about")
	}
	learned := first.Layout()
	learned.SetRole(3, Quantity) // the analyst's answer
	data, err := json.Marshal(learned)
	if err != nil {
		t.Fatal(err)
	}
	var back Layout
	if err := json.Unmarshal(data, &back); err != nil {
		t.Fatal(err)
	}
	second := understandOne(t, [][]any{
		{"Отчет"},
		{"Количество", "Город", "Товар", "Количество", "Клиент"},
		{5, "Тверь", "Чай", 50, "ООО Гамма"},
		{6, "Тверь", "Сок", 60, "ООО Дельта"},
	}, src, back)
	if !second.Certain || second.Totals[Quantity].String() != "110" || second.Records[0].Text(Client) != "ООО Гамма" {
		t.Errorf("certain %v, totals %v, doubts %+v", second.Certain, second.Totals, second.Doubts)
	}
}

func TestFingerprintIsOfTitlesAndKind(t *testing.T) {
	t.Parallel()
	src := Source{FileName: "Остатки.xlsx"}
	a := understandOne(t, [][]any{{"Товар", "Остаток на 01.07.2026"}, {"Сок", 3}}, src)
	b := understandOne(t, [][]any{{"Отчет"}, {"Остаток на 01.08.2026", "Товар"}, {7, "Чай"}, {8, "Вода"}}, src)
	c := understandOne(t, [][]any{{"Товар", "Склад", "Остаток на 01.07.2026"}, {"Сок", "Центр", 3}}, src)
	if a.Fingerprint != b.Fingerprint {
		t.Error("dates, data and order of columns change the fingerprint")
	}
	if a.Fingerprint == c.Fingerprint {
		t.Error("a new column leaves the fingerprint as it was")
	}
}

func TestCanonicalHashIsOfTheContent(t *testing.T) {
	t.Parallel()
	src := Source{FileName: "Продажи июль 2026.xlsx"}
	a := understandOne(t, [][]any{{"Клиент", "Товар", "Количество"}, {"ООО Альфа", "Сок", 3}, {"ООО Бета", "Вода", "4,0"}}, src)
	b := understandOne(t, [][]any{{"Отчет"}, {"Кол-во", "Номенклатура", "Покупатель"}, {4, "вода", "ООО  Бета"}, {3, "Сок", "ООО Альфа"}, {"Итого"}}, src)
	c := understandOne(t, [][]any{{"Клиент", "Товар", "Количество"}, {"ООО Альфа", "Сок", 3}, {"ООО Бета", "Вода", 5}}, src)
	if a.CanonicalHash() != b.CanonicalHash() {
		t.Error("the same content has two hashes")
	}
	if a.CanonicalHash() == c.CanonicalHash() {
		t.Error("different content has one hash")
	}
}

func TestPreviewShowsRolesAndFirstRows(t *testing.T) {
	t.Parallel()
	tb := understandOne(t, [][]any{{"Клиент", "Товар", "Количество"}, {"ООО Альфа", "Сок", 3}, {"ООО Бета", "Вода", 4}}, Source{})
	got := tb.Preview(1)
	if len(got) != 2 || got[0][0] != "client" || got[1][0] != "ООО Альфа" || got[1][2] != "3" {
		t.Errorf("got %v", got)
	}
}

func TestConfirmedDoubtsAreNotAskedAgain(t *testing.T) {
	t.Parallel()
	src := Source{FileName: "Остатки.xlsx", Received: day(2026, 8, 3)}
	rows := [][]any{{"Товар", "Остаток"}, {"Сок", 3}, {"Вода", "по запросу"}, {"Чай", "мало"}}
	first := understandOne(t, rows, src)
	if first.Certain {
		t.Fatal("unread numbers must be asked about")
	}
	second := understandOne(t, rows, src, first.Layout())
	if !second.Certain || len(second.Drift) > 0 || second.Period.String() != "2026-08-03" {
		t.Errorf("doubts %+v, drift %+v, period %v", second.Doubts, second.Drift, second.Period)
	}
}

func TestDriftIsToldAndAskedWhereMeaningChanges(t *testing.T) {
	t.Parallel()
	src := Source{FileName: "Продажи июль 2026.xlsx", Received: day(2026, 8, 1)}
	l := understandOne(t, [][]any{
		{"Клиент", "Товар", "Количество, шт", "Сумма с НДС"},
		{"ООО Альфа", "Сок", 3, 30}, {"ООО Бета", "Вода", 4, 40},
	}, src).Layout()
	for _, c := range []struct {
		name  string
		heads []any
		code  string
		asks  bool
	}{
		{"moved", []any{"Товар", "Клиент", "Количество, шт", "Сумма с НДС"}, DriftMoved, false},
		{"unit", []any{"Клиент", "Товар", "Количество, кор", "Сумма с НДС"}, DriftUnit, true},
		{"vat", []any{"Клиент", "Товар", "Количество, шт", "Сумма без НДС"}, DriftVAT, true},
		{"added", []any{"Клиент", "Товар", "Количество, шт", "Сумма с НДС", "Город"}, DriftAdded, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			values := map[string]any{"Клиент": "ООО Гамма", "Товар": "Чай", "Город": "Тверь"}
			row := make([]any, len(c.heads))
			for i, h := range c.heads {
				if row[i] = values[h.(string)]; row[i] == nil {
					row[i] = 5
				}
			}
			tb := understandOne(t, [][]any{c.heads, row, row}, src, l)
			if tb.KnownAs == "" || len(tb.Drift) != 1 || tb.Drift[0].Code != c.code || tb.Certain == c.asks {
				t.Errorf("known %q, drift %+v, certain %v", tb.KnownAs, tb.Drift, tb.Certain)
			}
		})
	}
}

func TestLayoutsOfTheFirstFormAreRead(t *testing.T) {
	t.Parallel()
	var l Layout
	err := json.Unmarshal([]byte(`{"fingerprint":"x","kind":"sales","columns":{"product":{"title":"товар","nth":1}}}`), &l)
	if c, ok := l.Column(Product); err != nil || !ok || c.Title != "товар" || l.Version != 2 {
		t.Errorf("%+v %v", l, err)
	}
}

// accepting is a layout whose reports may say that they are of another kind.
func accepting(l Layout, told Kind, codes ...string) Layout {
	l.AcceptKind(told)
	l.Accepted = append(l.Accepted, codes...)
	return l
}

// TestLayoutOfAnotherKindIsAskedAbout, be it told by the words above the table or by
// columns that the layout does not know.
func TestLayoutOfAnotherKindIsAskedAbout(t *testing.T) {
	t.Parallel()
	learn := func(rows ...[]any) Layout {
		tables, err := Understand(fileFixture("a.xlsx", sheetFixture("Лист1", rows)), Source{Received: day(2026, 8, 1)}, nil)
		if err != nil || len(tables) != 1 {
			t.Fatalf("%d tables, %v", len(tables), err)
		}
		return tables[0].Layout()
	}
	sales := learn([]any{"Продажи за июль 2026"}, []any{"Товар", "Количество"}, []any{"Сок", 3}, []any{"Вода", 4})
	stock := learn([]any{"Остатки на 31.07.2026"}, []any{"Товар", "Остаток"}, []any{"Сок", 3}, []any{"Вода", 4})
	for name, c := range map[string]struct {
		known []Layout
		rows  [][]any
		want  Kind
		asked bool
	}{
		"the same":             {[]Layout{sales}, [][]any{{"Продажи за август 2026"}, {"Товар", "Количество"}, {"Сок", 5}, {"Вода", 6}}, Sales, false},
		"words of stock":       {[]Layout{sales}, [][]any{{"Остатки на 31.07.2026"}, {"Товар", "Количество"}, {"Сок", 5}, {"Вода", 6}}, Sales, true},
		"words of returns":     {[]Layout{sales}, [][]any{{"Возвраты за август 2026"}, {"Товар", "Количество"}, {"Сок", 5}, {"Вода", 6}}, Sales, true},
		"words of orders":      {[]Layout{sales}, [][]any{{"Заказы за август 2026"}, {"Товар", "Количество"}, {"Сок", 5}, {"Вода", 6}}, Sales, true},
		"another was accepted": {[]Layout{accepting(sales, Stock)}, [][]any{{"Возвраты за август 2026"}, {"Товар", "Количество"}, {"Сок", 5}, {"Вода", 6}}, Sales, true},
		"this was accepted":    {[]Layout{accepting(sales, Returns)}, [][]any{{"Возвраты за август 2026"}, {"Товар", "Количество"}, {"Сок", 5}, {"Вода", 6}}, Sales, false},
		"every code accepted":  {[]Layout{accepting(sales, Stock, DriftKind, DoubtDrift)}, [][]any{{"Возвраты за август 2026"}, {"Товар", "Количество"}, {"Сок", 5}, {"Вода", 6}}, Sales, true},
		"columns of movement":  {[]Layout{stock}, [][]any{{"Ведомость за июль 2026"}, {"Товар", "Нач. остаток", "Приход", "Расход", "Остаток"}, {"Сок", 5, 2, 1, 6}, {"Вода", 6, 0, 2, 4}}, Stock, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tables, err := Understand(fileFixture("b.xlsx", sheetFixture("Лист1", c.rows)), Source{Received: day(2026, 9, 1)}, c.known)
			if err != nil || len(tables) != 1 {
				t.Fatalf("%d tables, %v", len(tables), err)
			}
			asked := false
			for _, d := range tables[0].Drift {
				asked = asked || d.Code == DriftKind
			}
			if tables[0].Kind != c.want || tables[0].KnownAs == "" || asked != c.asked || tables[0].Certain == c.asked {
				t.Errorf("kind %s, known as %q, drift %+v, certain %t, doubts %+v", tables[0].Kind, tables[0].KnownAs, tables[0].Drift, tables[0].Certain, tables[0].Doubts)
			}
		})
	}
}

// TestLinesAboveTheReportAreHeldTo: what they say of all money, and what they tell for
// the records, is part of the layout.
func TestLinesAboveTheReportAreHeldTo(t *testing.T) {
	t.Parallel()
	read := func(known []Layout, lines ...string) *Table {
		var rows [][]any
		for _, l := range append([]string{"Продажи за июль 2026"}, lines...) {
			rows = append(rows, []any{l})
		}
		rows = append(rows, []any{"Клиент", "Товар", "Количество", "Сумма"}, []any{"ООО Альфа", "Сок", 3, 30}, []any{"ООО Бета", "Вода", 4, 40})
		return understandOne(t, rows, Source{FileName: "a.xlsx", Received: day(2026, 8, 1)}, known...)
	}
	known := []Layout{read(nil, "Суммы указаны без НДС", "Склад: Южный").Layout()}
	for name, c := range map[string]struct {
		lines []string
		code  string
		asks  bool
	}{
		"the same":       {[]string{"Суммы указаны без НДС", "Склад: Северный"}, "", false},
		"with VAT":       {[]string{"Суммы указаны с НДС", "Склад: Южный"}, DriftVAT, true},
		"in thousands":   {[]string{"Суммы указаны без НДС, в тыс. руб.", "Склад: Южный"}, DriftUnit, true},
		"a line is gone": {[]string{"Суммы указаны без НДС"}, DriftMissing, true},
		"a line is new":  {[]string{"Суммы указаны без НДС", "Склад: Южный", "Менеджер: Петрова М."}, DriftLine, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tb := read(known, c.lines...)
			found := ""
			for _, d := range tb.Drift {
				found += d.Code
			}
			if tb.KnownAs == "" || found != c.code || tb.Certain == c.asks || tb.Records[0].Text(SalesRep) != "" {
				t.Errorf("known as %q, drift %+v, certain %t, doubts %+v", tb.KnownAs, tb.Drift, tb.Certain, tb.Doubts)
			}
		})
	}
}

// TestAnotherMeasureInTheOldPlaceIsAskedAbout, since the report is one of something else.
func TestAnotherMeasureInTheOldPlaceIsAskedAbout(t *testing.T) {
	t.Parallel()
	read := func(known []Layout, title string) *Table {
		return understandOne(t, [][]any{{"Отчет за июль 2026"}, {"Товар", "Регион", title}, {"Сок", "Тверь", 3}, {"Вода", "Тула", 4}}, Source{FileName: "a.xlsx", Received: day(2026, 8, 1)}, known...)
	}
	known := []Layout{read(nil, "Количество").Layout()}
	for title, asks := range map[string]bool{"Остаток": true, "Кол-во, кор": true, "Продано": true, "Кол-во": false} {
		tb := read(known, title)
		asked := false
		for _, d := range tb.Doubts {
			asked = asked || d.Code == DoubtDrift
		}
		if asked != asks {
			t.Errorf("%s: known as %q, drift %+v, doubts %+v", title, tb.KnownAs, tb.Drift, tb.Doubts)
		}
		if again := read([]Layout{known[0], tb.Layout()}, title); again.KnownAs == "" || !again.Certain {
			t.Errorf("%s again: known as %q, doubts %+v", title, again.KnownAs, again.Doubts)
		}
	}
}
