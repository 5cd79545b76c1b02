package text

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"
)

func TestBothCataloguesHaveTheSameKeys(t *testing.T) {
	t.Parallel()
	ru, err := messagesOf("ru")
	if err != nil {
		t.Fatal(err)
	}
	en, err := messagesOf("en")
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(sortedKeys(ru), sortedKeys(en)); d != "" {
		t.Errorf("keys ru (-) and en (+):\n%s", d)
	}
	if _, err := compile(); err != nil {
		t.Error(err)
	}
}

func TestMessagesCarryNoExclamationMarks(t *testing.T) {
	t.Parallel()
	for _, lang := range Languages() {
		messages, err := messagesOf(lang)
		if err != nil {
			t.Fatal(err)
		}
		for key, m := range messages {
			if strings.Contains(m, "!") {
				t.Errorf("%s (%s): %s", key, lang, m)
			}
		}
	}
}

func TestArgumentsAreEscapedInHTML(t *testing.T) {
	t.Parallel()
	got := For("ru").HTML("problem.broken", Data{"File": "<b>&.xlsx"})
	if !strings.Contains(got, "«&lt;b&gt;&amp;.xlsx»") {
		t.Errorf("got %s", got)
	}
	if got := For("ru").Text("problem.broken", Data{"File": "<b>.xlsx"}); !strings.Contains(got, "«<b>.xlsx»") {
		t.Errorf("got %s", got)
	}
}

func TestFormats(t *testing.T) {
	t.Parallel()
	day := func(m time.Month, d int) time.Time { return time.Date(2026, m, d, 0, 0, 0, 0, time.UTC) }
	dec := decimal.RequireFromString
	for _, c := range []struct{ got, want string }{
		{Money("ru", dec("3812400")), "3 812 400 ₽"},
		{Money("ru", dec("-1234.5")), "−1 234,50 ₽"},
		{Money("en", dec("1234.5")), "1,234.50 ₽"},
		{Money("ru", dec("-0.001")), "0 ₽"},
		{Number("ru", dec("100"), -1), "100"},
		{Number("ru", dec("1000.25"), -1), "1 000,25"},
		{Percent("ru", dec("0.9741")), "97,4 %"},
		{Period("ru", day(7, 1), day(7, 31)), "июль 2026"},
		{Period("ru", day(7, 1), day(7, 15)), "01–15.07.2026"},
		{Period("en", day(7, 1), day(7, 31)), "July 2026"},
		{Period("ru", day(6, 30), day(7, 2)), "30.06.2026–02.07.2026"},
		{Period("ru", day(6, 30), day(6, 30)), "30.06.2026"},
		{Size("ru", 1258291), "1,2 МБ"},
		{Size("en", 100), "100 B"},
	} {
		if got := strings.ReplaceAll(c.got, nbsp, " "); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}
