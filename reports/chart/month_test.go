package chart_test

import (
	"bytes"
	"errors"
	"image/png"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/distbase/distbase/reports/chart"
	"github.com/distbase/distbase/reports/cube"
)

func line(name string, from time.Time, days int, perDay int64) chart.Line {
	l := chart.Line{Name: name, From: from, To: from.AddDate(0, 0, days-1), Days: &cube.Result{Dimensions: []string{"day"}, Measures: []string{"amount"}}}
	for i := range days {
		if i%7 == 6 {
			continue // nobody sells on the seventh day
		}
		l.Days.Rows = append(l.Days.Rows, cube.Row{
			Keys:   []string{from.AddDate(0, 0, i).Format(time.DateOnly)},
			Values: []decimal.Decimal{decimal.NewFromInt(perDay + int64(i*i%17)*perDay/20)},
		})
	}
	return l
}

func month(days int) chart.Month {
	day := func(y int, m time.Month) time.Time { return time.Date(y, m, 1, 0, 0, 0, 0, time.UTC) }
	return chart.Month{
		Title: "Вторичные продажи с начала месяца", Subtitle: "Ноябрь 2026: 9,8 млн ₽, +4,4 % к октябрю", Measure: "amount",
		Lines: []chart.Line{
			line("ноябрь 2026", day(2026, 11), days, 412_000), line("октябрь 2026", day(2026, 10), 31, 391_000),
			line("ноябрь 2025", day(2025, 11), 30, 322_000),
		},
		Value: func(n decimal.Decimal) string { return n.Shift(-6).StringFixed(1) + " млн" },
	}
}

func TestPictureHasTheSizeOfAPhone(t *testing.T) {
	t.Parallel()
	for name, days := range map[string]int{"one day": 1, "two days": 2, "most of the month": 22, "whole month": 30} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			raw, err := month(days).PNG()
			if err != nil {
				t.Fatal(err)
			}
			img, err := png.Decode(bytes.NewReader(raw))
			if err != nil {
				t.Fatal(err)
			}
			if b := img.Bounds(); b.Dx() != chart.Width || b.Dy() != chart.Height {
				t.Errorf("size %v", b)
			}
			if dir := os.Getenv("DISTBASE_KEEP_PICTURES"); dir != "" { // to look at
				if err := os.WriteFile(filepath.Join(dir, name+".png"), raw, 0o600); err != nil {
					t.Error(err)
				}
			}
		})
	}
}

func TestNothingToDrawIsSaid(t *testing.T) {
	t.Parallel()
	m := month(3)
	for i := range m.Lines {
		m.Lines[i].Days.Rows = nil
	}
	if _, err := m.PNG(); !errors.Is(err, chart.ErrEmpty) {
		t.Errorf("got %v", err)
	}
	m.Measure = "rows"
	if _, err := m.PNG(); err == nil || errors.Is(err, chart.ErrEmpty) {
		t.Errorf("a measure that is not there: %v", err)
	}
}
