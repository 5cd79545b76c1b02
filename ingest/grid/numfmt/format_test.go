package numfmt

import (
	"strconv"
	"testing"
)

func TestNumbersShowAsInExcel(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ code, value, want string }{
		{"", "1234.5", "1234.5"}, {"", "0.1", "0.1"}, {"", "4600123456789", "4.60012E+12"}, {"", "12345678901", "12345678901"}, {"", "3.14159265358979", "3.141592654"},
		{"0", "2.5", "3"}, {"0.00", "-1.005", "-1.01"}, {"#,##0.00", "1234567.5", "1,234,567.50"}, {"#,##0.000", "-1234567.5", "-1,234,567.500"},
		{"#,##0", "0", "0"}, {"#", "0", ""}, {"000000", "42", "000042"}, {"0%", "0.125", "13%"}, {"0.0#", "1.5", "1.5"}, {"#.##", "0.5", ".5"},
		{`#,##0.00" ₽"`, "5", "5.00 ₽"}, {"#,##0.00;[Red](#,##0.00)", "-5", "(5.00)"}, {"0;-0;\"–\"", "0", "–"}, {"0,", "12345", "12"},
		{"0.00E+00", "12345", "1.23E+04"}, {"[>=1000]0.0,\"k\";0", "2500", "2.5k"}, {"[$₽-419] 0", "7", "₽ 7"}, {"000-00", "12345", "123-45"},
		{"# ?/?", "3.5", "3 1/2"}, {"# ?/10", "12.3", "12 3/10"}, {"# ??/16", "0.5", " 8/16"}, {"@", "12", "12"}, {"_(0_)", "1", " 1 "}, {"-0", "-1", "--1"},
	} {
		x, err := strconv.ParseFloat(c.value, 64)
		if err != nil {
			t.Fatal(err)
		}
		if got := Parse(c.code).NumberText(c.value, x); got != c.want {
			t.Errorf("%s under %q shows %q, want %q", c.value, c.code, got, c.want)
		}
	}
}

func TestDatesShowAndMeanWhatExcelMeans(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		code      string
		x         float64
		iso, want string
	}{
		{"dd.mm.yyyy", 46204, "2026-07-01", "01.07.2026"}, {"d mmmm yy", 46204, "2026-07-01", "1 July 26"}, {"ddd, d mmm", 46204, "2026-07-01", "Wed, 1 Jul"},
		{"yyyy-mm-dd hh:mm:ss", 46204.25, "2026-07-01T06:00:00", "2026-07-01 06:00:00"}, {"h:mm AM/PM", 0.75, "18:00:00", "6:00 PM"},
		{"mm:ss.0", 0.000011574074074, "00:00:01", "00:01.0"}, {"[h]:mm:ss", 1.5, "36:00:00", "36:00:00"}, {"[mm]:ss", 0.0625, "01:30:00", "90:00"}, {"[h]:mm:ss", 1.9999999, "47:59:59.991", "48:00:00"}, {"[s]", 1.00001, "24:00:00.864", "86401"}, {"[h]", 0.99, "23:45:36", "23"}, {"ddd", 1, "1900-01-01", "Sun"},
		{"dd/mm/yyyy", 1, "1900-01-01", "01/01/1900"}, {"dd/mm/yyyy", 61, "1900-03-01", "01/03/1900"}, {"dd.mm.yyyy", 2958465, "9999-12-31", "31.12.9999"}, {"dd.mm.yyyy", 60, "", ""}, {"dd.mm.yyyy", -5, "", ""}, {"dd.mm.yyyy", 9e9, "", ""},
	} {
		f := Parse(c.code)
		if !f.IsDate() {
			t.Errorf("%q is a date", c.code)
		}
		iso, ok := System{}.ISO(c.x, f)
		if ok != (c.iso != "") || ok && iso != c.iso {
			t.Errorf("%v under %q means %q, want %q", c.x, c.code, iso, c.iso)
		}
		if got := (System{}).Show(c.x, f); ok && got != c.want {
			t.Errorf("%v under %q shows %q, want %q", c.x, c.code, got, c.want)
		}
	}
	if iso, _ := (System{Base1904: true}).ISO(1, Parse("d.m.yy")); iso != "1904-01-02" {
		t.Errorf("day 1 of 1904 is %s", iso)
	}
}

func TestFormatsWithoutDatesAreNone(t *testing.T) {
	t.Parallel()
	for _, code := range []string{"General", "0.00", `0" дн"`, "[Red]0", "[$€-2] 0", `\d0`, "@", "0.00E+00"} {
		if Parse(code).IsDate() {
			t.Errorf("%q is no date", code)
		}
	}
}

func TestTextsShowUnderTheirSection(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ code, want string }{
		{"", "да"}, {"0.00", "да"}, {"@", "да"}, {`"«"@"»"`, "«да»"}, {"0;-0;0;@\" шт\"", "да шт"}, {";;;", ""}, {"0;0;0;General_)", "да "}, {"0;0;0", "да"},
	} {
		if got := Parse(c.code).Text("да"); got != c.want {
			t.Errorf("under %q shows %q, want %q", c.code, got, c.want)
		}
	}
}
