package titles

import (
	"bytes"
	"math"
	"slices"
	"testing"
)

// TestTitlesAreUnderstood tells titles that no rule of package table names, in every language.
func TestTitlesAreUnderstood(t *testing.T) {
	t.Parallel()
	for title, want := range map[string]string{
		"Отгр., шт":                "quantity",
		"Кол-во отгр. (уп.)":       "quantity",
		"Ст-ть с НДС, руб":         "amount",
		"Контрагент.Наименование":  "client",
		"Торг.пред.":               "sales_rep",
		"ФИО ТП":                   "sales_rep",
		"Точка продаж":             "outlet",
		"Ост. кон.":                "stock_qty",
		"Остаток на начало Кол-во": "opening_qty",
		"Остаток на конец Сумма":   "stock_amount",
		"Вес, кг":                  None,
		"№ п/п":                    None,
		"Возврат, шт":              None,
		"План продаж, руб.":        None,
		"ГТИН":                     "barcode",
		"Найменування ТМЦ":         "product",
		"К-ть":                     "quantity",
		"Тауар атауы":              "product",
		"Сатып алушы":              "client",
		"Ship-to party":            "outlet",
		"Net value":                "amount",
		"Due date":                 None,
		"Nombre del producto":      "product",
		"Razón social":             "client",
		"Quantidade":               "quantity",
		"Vlr. Unit.":               "price",
		"P_NAME":                   "product",
		"KOL":                      "quantity",
		"SUMMA":                    "amount",
		"NAIM":                     "product",
	} {
		if g := Learned().Best(title); g.Role != want {
			t.Errorf("%q is %q (%.2f), want %q", title, g.Role, g.Probability, want)
		}
	}
}

func TestTextsAreNoTitles(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"Шампунь «Ромашка» 400 мл", "ООО \"Вектор-Плюс\"", "Моторное масло 5W-40 синтетическое 4л", "г. Тверь, ул. Советская, д. 10, офис 3"} {
		if g := Learned().Best(text, "unknown"); g.Role != None && g.Probability > 0.7 {
			t.Errorf("%q is taken for the title %q (%.2f)", text, g.Role, g.Probability)
		}
	}
}

func TestWhatSaysNothingHasNoGuesses(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "  ", "---", "…"} {
		if g := Learned().Guesses(text, 0); g != nil {
			t.Errorf("%q has guesses %v", text, g)
		}
		if g := Learned().Best(text); g != (Guess{None, 1}) {
			t.Errorf("%q is %v", text, g)
		}
	}
}

func TestWordsOfTitles(t *testing.T) {
	t.Parallel()
	for title, want := range map[string][]string{
		"Кол-во, шт.":         {"кол-во", "шт"},
		"CustomerCode":        {"customer", "code"},
		"EAN13":               {"ean", "0"},
		"№ п/п":               {"№", "п", "п"},
		"НДС 20%":             {"ндс", "0", "%"},
		"Descripción":         {"descripcion"},
		"Отчётная дата":       {"отчетная", "дата"},
		"Остаток на 01.07.26": {"остаток", "на", "0", "0", "0"},
	} {
		if got := Words(title); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", title, got, want)
		}
	}
}

func TestTrainingGivesTheSameModelAgain(t *testing.T) {
	t.Parallel()
	lessons := []Lesson{{"Клиент", "client", nil, 1}, {"Товар", "product", []string{"known"}, 1}, {"Сумма", "amount", nil, 1}, {"Телефон", None, nil, 1}}
	s := Settings{Rounds: 20, Rate: 0.5, Temperature: 1, Forget: 0.2, Seed: 1}
	a, _ := Train(lessons, s).MarshalBinary()
	b, _ := Train(lessons, s).MarshalBinary()
	if !bytes.Equal(a, b) {
		t.Error("two models of the same lessons differ")
	}
	m := &Model{}
	if err := m.UnmarshalBinary(a); err != nil {
		t.Fatal(err)
	}
	for _, l := range lessons {
		if g := m.Best(l.Title, l.Hints...); g.Role != l.Role {
			t.Errorf("%q is %q after the lesson %q", l.Title, g.Role, l.Role)
		}
	}
}

func TestBrokenModelsAreRefused(t *testing.T) {
	t.Parallel()
	for _, data := range [][]byte{nil, []byte("TTL1"), learned[:len(learned)-1], append([]byte("XTL1"), learned[4:]...)} {
		if err := (&Model{}).UnmarshalBinary(data); err == nil {
			t.Errorf("%d bytes were taken for a model", len(data))
		}
	}
}

func FuzzGuesses(f *testing.F) {
	for _, s := range []string{"Кол-во, шт", "Ship-to party", "Ōй\u0301", "\xff\xfe", "№№№№", "a1b2c3"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, title string) {
		guesses := Learned().Guesses(title, 0, "unknown")
		sum := 0.0
		for i, g := range guesses {
			if g.Probability < 0 || g.Probability > 1 || i > 0 && g.Probability > guesses[i-1].Probability {
				t.Fatalf("%q: %v", title, guesses)
			}
			sum += g.Probability
		}
		if guesses != nil && math.Abs(sum-1) > 1e-9 {
			t.Fatalf("%q: probabilities add up to %v", title, sum)
		}
	})
}

func BenchmarkBest(b *testing.B) {
	m := Learned()
	b.ReportAllocs()
	for b.Loop() {
		m.Best("Количество (в ед. хранения), отгрузка", "unknown")
	}
}
