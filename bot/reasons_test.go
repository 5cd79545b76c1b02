package bot

import (
	"slices"
	"testing"

	"github.com/distbase/distbase/ingest/match"
	"github.com/distbase/distbase/ingest/match/agent"
	"github.com/distbase/distbase/ingest/match/outlet"
	"github.com/distbase/distbase/ingest/table"
	"github.com/distbase/distbase/text"
)

func TestEveryReasonHasAPhrase(t *testing.T) {
	t.Parallel()
	for _, lang := range text.Languages() {
		p := text.For(lang)
		for _, word := range slices.Concat(match.ReasonWords(), outlet.ReasonWords(), agent.ReasonWords()) {
			if !p.Has("bot.reason." + word) {
				t.Errorf("%s: no phrase for the reason %s", lang, word)
			}
		}
		for _, word := range match.FactorWords() {
			if !p.Has("bot.factor." + word) {
				t.Errorf("%s: no phrase for the factor's reason %s", lang, word)
			}
		}
	}
}

// TestEveryDoubtHasAPhrase holds what an analyst is told of a reading: every doubt, and why
// a column is what it is.
func TestEveryDoubtHasAPhrase(t *testing.T) {
	t.Parallel()
	doubts := []string{
		table.DoubtNoProduct, table.DoubtNoClient, table.DoubtNoQuantity, table.DoubtKind, table.DoubtPeriod, table.DoubtTotal, table.DoubtSubtotal,
		table.DoubtSumRow, table.DoubtOddRow, table.DoubtThousands, table.DoubtTwoColumns, table.DoubtUnreadNumbers, table.DoubtGroups, table.DoubtCrosstab,
		table.DoubtNumberStyle, table.DoubtRepeatedAmount, table.DoubtWeakColumn, table.DoubtUnknownColumn, table.DoubtDrift, table.DoubtNotDistribution,
	}
	told := []string{
		table.ReasonLayout, table.ReasonTitle, table.ReasonLearned, table.ReasonContent, table.ReasonArithmetic, table.ReasonGroup, table.ReasonAcross,
	}
	for _, lang := range text.Languages() {
		p := text.For(lang)
		for _, code := range doubts {
			if !p.Has("bot.doubt." + code) {
				t.Errorf("%s: no phrase for the doubt %s", lang, code)
			}
		}
		for _, reason := range told {
			if !p.Has("bot.told_by." + reason) {
				t.Errorf("%s: no phrase for a column told by %s", lang, reason)
			}
		}
	}
}

func TestReasonsAreReadByPeople(t *testing.T) {
	t.Parallel()
	say := &turn{Bot: &Bot{}, p: text.For("ru")}
	for _, c := range []struct {
		name  string
		words []string
		want  string
	}{
		{"what settles comes first, then what contradicts", []string{"size_differs:500ml/1000ml", "brand_equal", "same_code:P7"}, "тот же код, другой размер: 500 мл ≠ 1000 мл, та же марка"},
		{"words are listed", []string{"words:лимон+алоэ"}, "слова: лимон, алоэ"},
		{"four at most", []string{"same_city", "same_street", "same_house", "same_postcode", "same_name"}, "то же название, тот же город, та же улица, тот же дом"},
		{"a word without a phrase is left out", []string{"unheard_of"}, ""},
	} {
		if got := say.reasons(c.words); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}
