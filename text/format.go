package text

import (
	"fmt"
	"strings"
	"time"

	"github.com/shopspring/decimal"
)

// nbsp keeps a number on one line.
const nbsp = "\u00a0"

func functions(lang string) map[string]any {
	return map[string]any{
		"num":     func(v any) string { return Number(lang, toDecimal(v), -1) },
		"money":   func(v any) string { return Money(lang, toDecimal(v)) },
		"percent": func(v any) string { return Percent(lang, toDecimal(v)) },
		"date":    func(t time.Time) string { return Date(lang, t) },
		"time":    func(t time.Time) string { return t.Format("15:04") },
		"period":  func(from, to time.Time) string { return Period(lang, from, to) },
		"size":    func(n int64) string { return Size(lang, n) },
		"plural": func(n any, forms ...string) (string, error) {
			return choose(lang, toDecimal(n), forms)
		},
	}
}

func choose(lang string, n decimal.Decimal, forms []string) (string, error) {
	want := 3
	if lang == "en" {
		want = 2
	}
	if len(forms) != want {
		return "", fmt.Errorf("plural has %d forms, want %d", len(forms), want)
	}
	form := Many
	if n.IsInteger() {
		form = Plural(lang, n.IntPart())
	} else if lang != "en" {
		form = Few // 2,5 строки: fractions take the genitive singular, as 2 to 4 do
	}
	if lang == "en" && form != One {
		return forms[1], nil
	}
	return forms[form], nil
}

func toDecimal(v any) decimal.Decimal {
	switch n := v.(type) {
	case decimal.Decimal:
		return n
	case *decimal.Decimal:
		if n != nil {
			return *n
		}
	case int:
		return decimal.NewFromInt(int64(n))
	case int32:
		return decimal.NewFromInt(int64(n))
	case int64:
		return decimal.NewFromInt(n)
	case float64:
		return decimal.NewFromFloat(n)
	case string:
		if d, err := decimal.NewFromString(n); err == nil {
			return d
		}
	}
	return decimal.Zero
}

// Number writes n with groups of three: 1 234,50 in Russian, 1,234.50 in
// English. places is the number of decimals; -1 shows as many as n has.
func Number(lang string, n decimal.Decimal, places int32) string {
	s := n.Abs().String()
	if places >= 0 {
		s = n.Abs().StringFixed(places)
	}
	whole, frac, _ := strings.Cut(s, ".")
	group, point := nbsp, ","
	if lang == "en" {
		group, point = ",", "."
	}
	var b strings.Builder
	if n.IsNegative() && strings.Trim(s, "0.") != "" {
		b.WriteString("−")
	}
	for i, digit := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteString(group)
		}
		b.WriteRune(digit)
	}
	if frac != "" {
		b.WriteString(point + frac)
	}
	return b.String()
}

// Money writes an amount in roubles; kopecks only where there are any.
func Money(lang string, n decimal.Decimal) string {
	places := int32(2)
	if n.Round(2).IsInteger() {
		places = 0
	}
	return Number(lang, n, places) + nbsp + "₽"
}

// Percent writes a share of 1 as per cent with one decimal.
func Percent(lang string, share decimal.Decimal) string {
	s := Number(lang, share.Shift(2), 1)
	if lang == "en" {
		return s + "%"
	}
	return s + nbsp + "%"
}

// Date writes a day as 01.03.2026.
func Date(_ string, t time.Time) string { return t.Format("02.01.2006") }

// Period writes a span of days the short way: a whole month by its name, days
// of one month as 01–15.07.2026, else both ends.
func Period(lang string, from, to time.Time) string {
	next := to.AddDate(0, 0, 1)
	switch {
	case from.Equal(to):
		return Date(lang, from)
	case from.Day() == 1 && next.Day() == 1 && from.Month() == to.Month() && from.Year() == to.Year():
		return Month(lang, from)
	case from.Year() == to.Year() && from.Month() == to.Month():
		return from.Format("02") + "–" + Date(lang, to)
	}
	return Date(lang, from) + "–" + Date(lang, to)
}

// Month writes «июль 2026».
func Month(lang string, t time.Time) string {
	if lang == "en" {
		return t.Format("January 2006")
	}
	months := [...]string{
		"январь", "февраль", "март", "апрель", "май", "июнь",
		"июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь",
	}
	return fmt.Sprintf("%s %d", months[t.Month()-1], t.Year())
}

// Size writes a number of bytes for people: 1,2 МБ.
func Size(lang string, n int64) string {
	units := [...]string{"Б", "КБ", "МБ", "ГБ"}
	if lang == "en" {
		units = [...]string{"B", "KB", "MB", "GB"}
	}
	d, unit := decimal.NewFromInt(n), 0
	for ; unit < len(units)-1 && d.GreaterThanOrEqual(decimal.NewFromInt(1024)); unit++ {
		d = d.Div(decimal.NewFromInt(1024))
	}
	d = d.Round(1)
	return Number(lang, d, -1) + nbsp + units[unit]
}
