package match

import (
	"slices"
	"strings"
)

// evidence is exact agreement between a query and an entry.
type evidence struct {
	name, barcode, code, inn bool
	confirmed, confirmedElse bool
	codeText, barcodeText    string
}

func (e evidence) any() bool { return e != (evidence{}) }

// bonus lifts exact agreement over every similarity; the surest comes first.
func (e evidence) bonus() float64 {
	switch {
	case e.confirmed:
		return 5
	case e.barcode:
		return 4
	case e.name:
		return 3
	case e.confirmedElse:
		return 2
	case e.inn || e.code:
		return 1
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
		{e.confirmedElse, "confirmed_elsewhere"}, {e.inn, "same_inn"}, {e.code, "same_code:" + e.codeText},
	} {
		if x.is {
			r = append(r, x.word)
		}
	}
	return r
}

// minCodeCosine is how similar names must be before an equal code counts: a
// distributor's own numbering meets the manufacturer's by chance.
const minCodeCosine = 0.25

// addExact looks the query up in the exact tables and joins what it finds.
func (c *Catalog) addExact(q Query, n normal, found map[int32]*scored) {
	name := strings.Join(n.words, " ")
	get := func(i int32) *scored {
		if found[i] == nil {
			s := c.nearestName(n, i)
			found[i] = &s
		}
		return found[i]
	}
	for _, i := range c.names[name] {
		get(i).evidence.name = true
	}
	for _, b := range strings.Fields(q.Barcode) {
		for _, i := range c.barcode[barcodeKey(b)] {
			e := &get(i).evidence
			e.barcode, e.barcodeText = true, b
		}
	}
	for _, i := range c.codes[codeKey(q.Code)] {
		if s := found[i]; s != nil && s.cosine >= minCodeCosine {
			s.evidence.code, s.evidence.codeText = true, q.Code
		}
	}
	for _, i := range c.inn[innKey(q.INN)] {
		get(i).evidence.inn = true
	}
	c.addHistory(Normalise(q.Name), q.Distributor, get)
}

func (c *Catalog) addHistory(name, distributor string, get func(int32) *scored) {
	own := c.confirmed(name, distributor)
	if distributor == "" {
		own = nil
	}
	for _, id := range own {
		get(c.byID[id]).evidence.confirmed = true
	}
	for _, id := range c.confirmed(name, "") {
		if !slices.Contains(own, id) {
			get(c.byID[id]).evidence.confirmedElse = true
		}
	}
}

// nearestName assesses an entry that the search did not bring, by its first name.
func (c *Catalog) nearestName(n normal, entry int32) scored {
	i, ok := slices.BinarySearchFunc(c.docs, entry, func(d document, e int32) int { return int(d.entry - e) })
	if !ok {
		return scored{entry: entry}
	}
	return c.assess(n, c.docs[i], 0)
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
	key := strings.Join(tokens(s), "")
	if len(key) < 3 {
		return ""
	}
	return key
}

// innKey is a taxpayer number of 10 or 12 digits.
func innKey(s string) string {
	s = strings.TrimSpace(s)
	if (len(s) != 10 && len(s) != 12) || strings.Trim(s, "0123456789") != "" {
		return ""
	}
	return s
}
