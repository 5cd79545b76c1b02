package outlet

import (
	"slices"
	"strconv"
)

// What a confirmed mapping is worth as a probability: a person's word about the
// very same text, from the same distributor or from another.
const (
	confirmedHere      = 0.999
	confirmedElsewhere = 0.97
)

// decide turns the ranked list into at most k candidates with confidence, decision and reasons.
func (x *Index) decide(q Query, a *asked, list []scored, k int) []Candidate {
	id, own := x.confirmed(q)
	list = x.confirmedFirst(a, list, id)
	if len(list) == 0 {
		return nil
	}
	e := a.evidenceOf(list)
	first := x.model.confidence(&e)
	rivals := int(e[rivalsEvidence])
	out := make([]Candidate, 0, min(k, len(list)))
	rest := 1 - first
	for i := range list[:min(k, len(list))] {
		s := &list[i]
		c := Candidate{ID: x.docs[s.doc].id, Score: s.score, Decision: Ask, Reasons: reasons(&s.vector)}
		switch {
		case i > 0:
			c.Confidence = rest / 2
			rest -= c.Confidence
		case id != "":
			c.Confidence, c.Decision = max(first, confirmedElsewhere), Ask
			word := "confirmed_elsewhere"
			if own {
				c.Confidence, c.Decision, word = confirmedHere, Map, "confirmed"
			}
			c.Score += confirmedBonus
			c.Reasons = append([]string{word}, c.Reasons...)
			rest = 1 - c.Confidence
		default:
			c.Confidence, c.Decision = first, x.model.decision(first, rivals, &s.vector)
			if rivals > 0 {
				c.Reasons = append(c.Reasons, "several:"+strconv.Itoa(rivals+1))
			}
		}
		out = append(out, c)
	}
	return out
}

// confirmedBonus lifts what a person confirmed over every score.
const confirmedBonus = 100

// confirmedFirst moves the confirmed outlet to the front, or adds it there.
func (x *Index) confirmedFirst(a *asked, list []scored, id string) []scored {
	n, ok := x.byID[id]
	if !ok {
		return list
	}
	i := slices.IndexFunc(list, func(s scored) bool { return s.doc == n })
	s := scored{doc: n}
	if i >= 0 {
		s = list[i]
		list = slices.Delete(list, i, i+1)
	} else {
		s.vector = x.compare(a, &x.docs[n])
		s.score = x.model.score(&s.vector)
	}
	return slices.Insert(list, 0, s)
}

// decision is what to do about a first candidate with so many rivals. What
// contradicts is never mapped, however sure the rest.
func (m *Model) decision(confidence float64, rivals int, v *vector) Decision {
	switch {
	case confidence*float64(1+rivals) < m.NoneUnder:
		return None
	case confidence >= m.MapFrom && v.contradiction() == 0:
		return Map
	}
	return Ask
}

// contradiction counts the hard attributes that differ.
func (v *vector) contradiction() float64 {
	return v[houseOther] + v[houseOtherPart] + v[placeOther] + v[taxDiffers] + v[givenDiffers] + v[numeralDiffers]
}

// reasons phrases what agreed and what did not as machine words:
//
//	same_inn inn_differs inn_near
//	same_name name_similar:0.87 name_differs
//	same_person person_differs form_differs
//	same_shop_number shop_number_differs
//	same_street street_similar:0.90 street_differs street_kind_differs
//	same_house house_part_missing house_part_differs house_differs house_missing
//	same_city city_differs region_differs
//	same_postcode postcode_differs unit_differs
//	several:N (so many outlets are nearly as good) confirmed confirmed_elsewhere
func reasons(v *vector) []string {
	var out []string
	for _, r := range [...]struct {
		is   bool
		word string
	}{
		{v[taxEqual] > 0, "same_inn"}, {v[taxNear] > 0, "inn_near"}, {v[taxDiffers] > 0, "inn_differs"},
		{v[nameAbsent] == 0, nameReason(v)}, {v[givenEqual] > 0, "same_person"}, {v[givenDiffers] > 0, "person_differs"}, {v[formDiffers] > 0, "form_differs"},
		{v[numeralEqual] > 0, "same_shop_number"}, {v[numeralDiffers] > 0, "shop_number_differs"},
		{v[streetMissing] == 0, streetReason(v)}, {v[streetClassDiffers] > 0, "street_kind_differs"},
		{v[houseSame]+v[houseLoose] > 0 && v[housePart]+v[houseOtherPart] == 0, "same_house"}, {v[housePart] > 0, "house_part_missing"},
		{v[houseOtherPart] > 0, "house_part_differs"}, {v[houseOther] > 0, "house_differs"}, {v[houseUnasked]+v[houseUncatalogued] > 0, "house_missing"},
		{v[placeSame] > 0, "same_city"}, {v[placeOther] > 0, "city_differs"}, {v[areaOther] > 0, "region_differs"},
		{v[postcodeSame] > 0, "same_postcode"}, {v[postcodeOther] > 0, "postcode_differs"}, {v[unitOther] > 0, "unit_differs"},
	} {
		if r.is {
			out = append(out, r.word)
		}
	}
	return out
}

// Shares of a name or street from which it is called the same, and under which it differs.
const (
	sameShare   = 0.98
	differShare = 0.4
)

func nameReason(v *vector) string {
	switch share := max(v[nameCover], v[nameSecond]); {
	case share >= sameShare && v[nameAsked] > 0.5:
		return "same_name"
	case share < differShare:
		return "name_differs"
	default:
		return "name_similar:" + strconv.FormatFloat(min(share, max(v[nameAsked], 0.01)), 'f', 2, 64)
	}
}

func streetReason(v *vector) string {
	switch share := v[streetCover]; {
	case share >= sameShare:
		return "same_street"
	case share < differShare:
		return "street_differs"
	default:
		return "street_similar:" + strconv.FormatFloat(share, 'f', 2, 64)
	}
}
