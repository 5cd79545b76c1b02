package name_test

import (
	"strings"
	"testing"

	"github.com/distbase/distbase/ingest/match/name"
	"pgregory.net/rapid"
)

func TestNamesAreTakenApart(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, want string }{
		{"Ср-во д/посуды Лимон 0,5л (12шт) АКЦИЯ", "ср-во для посуды лимон 500ml 12pcs"},
		{"костейCrystal", "костей crystal"},
		{"Cредство для ОSB", "средство для osb"},
		{"Crystal1л", "crystal 1000ml"},
		{"Антижук Бренд,5л", "антижук бренд 5000ml"},
		{"Sony DCM-390 5 Disc VN-4100PC", "sony dcm390 5 disc vn4100pc"},
		{"ТВ 40' LCD", "тв lcd 1016mm"},
		{"Средство 1:200-1:500 / 0,75 л", "средство 200parts 500parts 750ml"},
		{"Bath Acid+ 750мл", "bath acid + 750ml"},
		{"2 штуки*0.8 л.", "2pcs 800ml"},
		{"Вода 12х0,5л", "вода 12pcs 500ml"},
		{"Мыло 1/72", "мыло 72pcs"},
		{"Таблетки №20 500мг", "таблетки 20 20pcs 0.5g"},
		{"Краска (006-10к)", "краска 00610к"},
		{"Спирт 95%", "спирт 95%"},
		{"Мыло б/запаха", "мыло без запаха"},
		{"Шампунь «Ёлка»", "шампунь елка"},
		{"", ""},
	} {
		if got := name.Parse(c.text).Canonical(); got != c.want {
			t.Errorf("%q gives %q, want %q", c.text, got, c.want)
		}
	}
}

func TestKeysMeetAcrossAlphabetsAndEndings(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ a, b string }{
		{"Просепт", "PROSEPT"}, {"Кристалл", "Crystal"}, {"посуды", "посуда"}, {"антисептика", "антисептик"}, {"Колор", "Color"}, {"белая", "белый"},
	} {
		x, y := name.Parse(c.a).Tokens[0].Key, name.Parse(c.b).Tokens[0].Key
		if x != y {
			t.Errorf("%q is %q, %q is %q", c.a, x, c.b, y)
		}
	}
}

func TestSimilarWords(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a, b string
		low  float64
		high float64
	}{
		{"Ср-во", "Средство", 0.85, 1}, {"конц-т", "концентрат", 0.85, 1}, {"антистат. x", "антистатический", 0.8, 1}, {"шампунь", "шампнь", 0.7, 1},
		{"удалитель", "удаления", 0.4, 0.8}, {"посуда", "полы", 0, 0.1}, {"белый", "черный", 0, 0.3},
	} {
		x, y := name.Parse(c.a).Tokens[0], name.Parse(c.b).Tokens[0]
		if s := name.Similar(x.Key, y.Key, x.Short, x.Tail); s < c.low || s > c.high {
			t.Errorf("%q (%s) and %q (%s): %.2f", c.a, x.Key, c.b, y.Key, s)
		}
	}
}

func TestTraitsAreTold(t *testing.T) {
	t.Parallel()
	a, b := name.Parse("Краска белая, готовый состав").Traits, name.Parse("White paint, concentrate 1:10").Traits
	if a.Colours == 0 || a.Colours != b.Colours || a.Strength != name.Ready || b.Strength != name.Concentrate {
		t.Errorf("got %+v and %+v", a, b)
	}
	if !name.Parse("Набор: мыло и губка").Traits.Set || name.Parse("мыло").Traits.Set {
		t.Error("a set is told by its word")
	}
}

func TestCaseAndBlanksDoNotMatter(t *testing.T) {
	t.Parallel()
	words := []string{"шампунь", "0,5 л", "12 шт", "DCM-390", "для", "Ромашка", "1:10", "№20", "+"}
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 1, 6).Draw(t, "words"), " ")
		if a, b := name.Parse(text).Canonical(), name.Parse("  "+strings.ReplaceAll(strings.ToLower(text), " ", "  ")).Canonical(); a != b {
			t.Fatalf("%q gives %q and %q", text, a, b)
		}
	})
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"Ср-во д/посуды 0,5л", "12х0,5", "A1-", "№", "+", "5'", "\xff", "ﬁ½²", "1:1:1", "д/", "а-б"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n := name.Parse(s)
		for _, x := range n.Tokens {
			if x.Key == "" || x.Text == "" {
				t.Fatalf("%q has an empty token: %+v", s, n)
			}
		}
		_ = n.Canonical()
		name.Compact(s)
	})
}

func BenchmarkParse(b *testing.B) {
	for b.Loop() {
		name.Parse("Средство для мытья посуды вручную «Лимон» концентрат 1:10 / 0,5 л (12 шт)")
	}
}
