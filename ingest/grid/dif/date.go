package dif

import (
	"strings"
	"time"
)

// layouts are the dates that can be read in one way: Excel writes dates as they are
// shown, month first where it is American, day first where points part them.
var layouts = [...]string{"02.01.2006", "2.1.2006", "2006-01-02"}

// american is what a year of two digits behind slashes tells: where the day comes first
// the year has four.
const american = "1/2/06"

// slashed may be either, unless one of the numbers is no month.
var slashed = [...]string{"1/2/2006", "2/1/2006", "2/1/06"}

// parseDate gives a date as ISO 8601 where there is one way to read it.
func parseDate(s string) (string, bool) {
	for _, layout := range layouts {
		if t, err := time.Parse(layout, s); err == nil {
			return t.Format(time.DateOnly), true
		}
	}
	if !strings.Contains(s, "/") {
		return "", false
	}
	if t, err := time.Parse(american, s); err == nil {
		return t.Format(time.DateOnly), true
	}
	found := ""
	for _, layout := range slashed {
		t, err := time.Parse(layout, s)
		if err != nil {
			continue
		}
		iso := t.Format(time.DateOnly)
		if found != "" && found != iso {
			return "", false
		}
		found = iso
	}
	return found, found != ""
}
