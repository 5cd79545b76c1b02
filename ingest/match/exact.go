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

// names tells exact agreement that by itself names an entry; equal codes meet by chance.
func (e evidence) names() bool { return e.name || e.barcode || e.confirmed || e.confirmedElse }

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
	if strings.Trim(s, "0123456789") != "" || strings.Trim(s, "0") == "" || gtinSum(s)%10 != 0 {
		return ""
	}
	return strings.Repeat("0", 14-len(s)) + s
}

// containedKey is the key of the pieces in a case whose GTIN-14 has an indicator of 1 to 8:
// behind it stands the GTIN of the piece but for its check digit (GS1 General
// Specifications 2.1.6). "" for any other key.
func containedKey(key string) string {
	if len(key) != 14 || key[0] < '1' || key[0] > '8' {
		return ""
	}
	piece := "0" + key[1:13]
	return piece + string(byte('0'+(10-gtinSum(piece+"0")%10)%10))
}

// gtinSum weighs digits by 3 and 1 in turn, the last one by 1.
func gtinSum(digits string) int {
	sum := 0
	for i := range len(digits) {
		weight := 1
		if (len(digits)-i)%2 == 0 {
			weight = 3
		}
		sum += weight * int(digits[i]-'0')
	}
	return sum
}

// codeKey is a code without blanks, signs and case. Short codes meet by chance and do not count.
func codeKey(s string) string {
	key := name.Compact(s)
	if len(key) < 3 {
		return ""
	}
	return key
}
