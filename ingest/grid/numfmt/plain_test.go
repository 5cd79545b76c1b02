package numfmt

import (
	"math"
	"strconv"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// Written digit by digit or by decimal arithmetic, a number shows the same.
func TestPlainSectionsShowWhatDecimalsShow(t *testing.T) {
	t.Parallel()
	codes := []string{
		"", "0", "0.00", "#,##0", "#,##0.00", "# ##0,00", "#", "#.##", ".00", "0.0#", "00000", "0000.0", "#,##0.00\" ₽\"", "$#,##0.00_);($#,##0.00)",
		"0%", "0.00%", "#,##0.00;[Red]-#,##0.00", "0;-0;\"–\"", "[>=1000]#,##0;0.00", "#,###", "0,000", `\№ 0`, "General;-General", "#0.##0",
	}
	number := rapid.OneOf(
		rapid.Custom(func(t *rapid.T) float64 { return float64(rapid.Int64Range(-1e15, 1e15).Draw(t, "cents")) / 100 }),
		rapid.Custom(func(t *rapid.T) float64 {
			return float64(rapid.Int64Range(-2e6, 2e6).Draw(t, "mantissa")) * math.Pow10(rapid.IntRange(-12, 6).Draw(t, "exponent"))
		}),
		rapid.Float64Range(-1e22, 1e22), rapid.Float64Range(-10, 10),
	)
	rapid.Check(t, func(t *rapid.T) {
		code, x := rapid.SampledFrom(codes).Draw(t, "code"), number.Draw(t, "number")
		f, value := Parse(code), Canonical(x)
		sec, negative := f.pick(x)
		if got, want := f.NumberText(value, x), sec.decimalText(value, negative); got != want {
			t.Fatalf("%s under %q shows %q, want %q", value, code, got, want)
		}
	})
}

func TestMostFormatsArePlain(t *testing.T) {
	t.Parallel()
	for code, want := range map[string]bool{
		"": true, "0.00": true, "#,##0.00": true, "0%": true, `#,##0.00" ₽"`: true, "$#,##0_);($#,##0)": true,
		"000-00": false, "0.00E+00": false, "# ?/?": false, "0,": false, "dd.mm.yyyy": false, "@": false, "0#": false,
	} {
		if got := Parse(code).sections[0].plain != nil; got != want {
			t.Errorf("%q: %v", code, got)
		}
	}
}

// The house writes dates as the standard library does, only faster.
func TestDatesAreWrittenAsByTheStandardLibrary(t *testing.T) {
	t.Parallel()
	f := Parse("yyyy yy m mm mmm mmmm d dd ddd dddd h hh \"|\" h:m:s hh:mm:ss.000")
	rapid.Check(t, func(t *rapid.T) {
		at := time.UnixMilli(rapid.Int64Range(-2203891200000, 253402300799000).Draw(t, "moment")).UTC()
		want := at.Format("2006 06 1 01 Jan January 2 02 Mon Monday ") + strconv.Itoa(at.Hour()) + at.Format(" 15 | ") + strconv.Itoa(at.Hour()) + at.Format(":4:5 15:04:05.000")
		if got := f.DateText(at); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
		if got, want := ISOTime(at, true, true), at.Format("2006-01-02T15:04:05.999"); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	})
}

func BenchmarkNumberText(b *testing.B) {
	for _, code := range []string{"", "#,##0.00", "0.00E+00"} {
		b.Run(code, func(b *testing.B) {
			f := Parse(code)
			for b.Loop() {
				f.NumberText("-1234567.25", -1234567.25)
			}
		})
	}
}
