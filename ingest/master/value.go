package master

import (
	"strings"
	"time"

	"github.com/shopspring/decimal"
)

func (l line) text(column string) string { return strings.TrimSpace(l.values[column]) }

// needed is the value of a column that must not be blank.
func (l line) needed(column string) (string, error) {
	v := l.text(column)
	if v == "" {
		return "", l.refuse(column, "blank")
	}
	return v, nil
}

// number reads 1 234,50 and 1234.50; blank is no number.
func (l line) number(column string) (decimal.NullDecimal, error) {
	v := l.text(column)
	if v == "" {
		return decimal.NullDecimal{}, nil
	}
	plain := strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "", "\u2212", "-", ",", ".").Replace(v)
	d, err := decimal.NewFromString(plain)
	if err != nil || strings.Count(plain, ".") > 1 || strings.ContainsAny(plain, "eE") || len(plain) > 40 {
		return decimal.NullDecimal{}, l.refuse(column, "no_number")
	}
	return decimal.NewNullDecimal(d), nil
}

// positive is a number above zero, or blank.
func (l line) positive(column string) (decimal.NullDecimal, error) {
	d, err := l.number(column)
	if err == nil && d.Valid && !d.Decimal.IsPositive() {
		return d, l.refuse(column, "not_positive")
	}
	return d, err
}

// day reads ISO dates and dd.mm.yyyy, with or without a time; blank is zero.
func (l line) day(column string) (time.Time, error) {
	v := l.text(column)
	if v == "" {
		return time.Time{}, nil
	}
	for _, layout := range []string{"2006-01-02", "02.01.2006", "2.1.2006", "2006-01-02T15:04:05", "02.01.2006 15:04:05", "02.01.06"} {
		if t, err := time.Parse(layout, v); err == nil {
			return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC), nil
		}
	}
	return time.Time{}, l.refuse(column, "no_date")
}

// yes reads 1, да, yes, true and their opposites; blank is def.
func (l line) yes(column string, def bool) (bool, error) {
	switch strings.ToLower(l.text(column)) {
	case "":
		return def, nil
	case "1", "да", "yes", "true", "истина", "y", "+":
		return true, nil
	case "0", "нет", "no", "false", "ложь", "n", "-":
		return false, nil
	}
	return def, l.refuse(column, "no_yes")
}
