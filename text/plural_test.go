package text

import "testing"

func TestPluralFollowsCLDR(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		lang string
		n    int64
		want Form
	}{
		{"ru", 1, One}, {"ru", 21, One}, {"ru", 11, Many}, {"ru", 111, Many},
		{"ru", 2, Few}, {"ru", 24, Few}, {"ru", 12, Many}, {"ru", 112, Many},
		{"ru", 0, Many}, {"ru", 5, Many}, {"ru", -1, One},
		{"en", 1, One}, {"en", 0, Many}, {"en", 2, Many}, {"en", 21, Many},
		{"", 3, Few},
	} {
		if got := Plural(c.lang, c.n); got != c.want {
			t.Errorf("Plural(%q, %d) = %d, want %d", c.lang, c.n, got, c.want)
		}
	}
}
