package table

import (
	"testing"
)

func TestParseNumberReadsWhatPeopleWrite(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ in, want string }{
		{"12", "12"}, {" 12 ", "12"}, {"1 234,50", "1234.5"}, {"1\u00a0234,50", "1234.5"}, {"1\u202f234\u2009567,5", "1234567.5"},
		{"1,234.50", "1234.5"}, {"1,234,567", "1234567"}, {"1.234,50", "1234.5"}, {"1.234.567,00", "1234567"},
		{"\u22125", "-5"}, {"5-", "-5"}, {"1 234,50-", "-1234.5"}, {"(1 234,50)", "-1234.5"}, {"-0,5", "-0.5"},
		{"2 шт.", "2"}, {"2шт", "2"}, {"1 234,50 руб.", "1234.5"}, {"₽ 100", "100"}, {"$1,234.50", "1234.5"},
		{"6,000", "6"}, {"0.001", "0.001"}, {"1e3", "1000"}, {"2.0", "2"}, {"3.", "3"}, {",5", "0.5"}, {"+7", "7"}, {"1'234.5", "1234.5"},
		{"19=30", "19.3"}, {"1 900=00", "1900"}, {"R$ 15.583,77", "15583.77"}, {"US$ 5", "5"}, {"S/ 12.50", "12.5"},
	} {
		got, ok := ParseNumber(c.in)
		if !ok || got.String() != c.want {
			t.Errorf("ParseNumber(%q) = %v %v, want %s", c.in, got, ok, c.want)
		}
	}
}

func TestParseNumberRefusesWhatOnlyContainsANumber(t *testing.T) {
	t.Parallel()
	for _, in := range []string{"", "-", "—", "> 10", "10+", "5%", "400 мл х 2", "12 34", "немає", "1,2,3", "1.2.3", "01.07.2026",
		"12-34", "А12", "1 23,4", "--5", "(5", "1,234,56", "№5", "1/2", "10 шт в кор", "=10", "5=100", "a=10", "S/N"} {
		if got, ok := ParseNumber(in); ok {
			t.Errorf("ParseNumber(%q) = %v, want none", in, got)
		}
	}
}

func TestStyleOfAColumnSettlesLoneCommas(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		texts []string
		want  string // of "1,234"
	}{
		{"three places everywhere are decimals", []string{"24,000", "25,000", "162,000", "1,234"}, "1.234"},
		{"whole numbers beside", []string{"950", "1,234", "12,500"}, "1234"},
		{"points beside", []string{"1,234", "950.50"}, "1234"},
		{"decimal commas beside", []string{"1,234", "9,5"}, "1.234"},
	} {
		st, _ := styleOf(c.texts)
		if got, _ := st.parse("1,234"); got.String() != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
	if st, _ := styleOf([]string{"1.234", "1.234,50"}); !st.pointThousands {
		t.Error("points before a decimal comma are thousands")
	}
}

func TestDigitsBehindTheFifteenthAreNoise(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"539.4000000000001":   "539.4",
		"0.30000000000000004": "0.3",
		"-18456.199999999997": "-18456.2",
		"1234567890123.45":    "1234567890123.45",
		"4601234567890123":    "4601234567890123",
		"12.5":                "12.5",
	} {
		if got := withoutNoise(in); got != want {
			t.Errorf("%s: %s, want %s", in, got, want)
		}
	}
}
