package match

import (
	"strings"

	"github.com/distbase/distbase/ingest/match/name"
)

// evidence is exact agreement between a query and an entry.
type evidence struct {
	name, barcode, code      bool
	confirmed, confirmedElse bool
	codeText, barcodeText    string
}

func (e evidence) any() bool { return e != (evidence{}) }

// bonus lifts exact agreement over every similarity; the surest comes first. Equal
// names and codes are weighed by the model.
func (e evidence) bonus() float64 {
	switch {
	case e.confirmed:
		return 30
	case e.barcode:
		return 20
	case e.confirmedElse:
		return 2
	}
	return 0
}

func (e evidence) reasons() []string {
	var r []string
	for _, x := range []struct {
		is   bool
		word string
	}{
		{e.confirmed, "confirmed"}, {e.barcode, "same_barcode:" + e.barcodeText}, {e.name, "same_name"},
		{e.confirmedElse, "confirmed_elsewhere"}, {e.code, "same_code:" + e.codeText},
	} {
		if x.is {
			r = append(r, x.word)
		}
	}
	return r
}

// barcodeKey is a GTIN in 14 digits, "" where the digits are none (GS1 General Specifications 7.9: check digit).
func barcodeKey(s string) string {
	s = strings.TrimSpace(s)
	switch len(s) {
	case 8, 12, 13, 14:
	default:
		return ""
	}
	sum := 0
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return ""
		}
		weight := 1
		if (len(s)-i)%2 == 0 {
			weight = 3
		}
		sum += weight * int(s[i]-'0')
	}
	if sum%10 != 0 {
		return ""
	}
	return strings.Repeat("0", 14-len(s)) + s
}

// codeKey is a code without blanks, signs and case. Short codes meet by chance and do not count.
func codeKey(s string) string {
	key := name.Compact(s)
	if len(key) < 3 {
		return ""
	}
	return key
}
