package outlet

// evidence is what the confidence rests on: the features of the first candidate
// and how it stands out from the others.
type evidence [evidences]float32

// Places of what is no feature of the first candidate.
const (
	leadEvidence   = iota + int(features) // of its score over the second's
	scoreEvidence                         // its score
	rivalsEvidence                        // how many others are nearly as good
	thirdEvidence                         // lead over the third
	taxAsked
	houseAsked
	placeAsked
	personAsked
	wordsAsked // words of the query
	restEvidence
	evidences = restEvidence + len(leads)
)

// leads are the features in which the first may stand out from the second.
var leads = [...]feature{nameCover, nameSecond, nameAsked, givenEqual, numeralEqual, taxEqual, streetCover, houseSame, houseOther, placeSame, houseOtherPart, housePart, bothWhole}

// near is how much lower a rival's score may be.
const near = 2.0

// evidenceOf gathers the evidence for the first of a list.
func (a *asked) evidenceOf(list []scored) evidence {
	var e evidence
	first := &list[0]
	for i, v := range first.vector {
		e[i] = float32(v)
	}
	e[scoreEvidence] = float32(first.score)
	e[leadEvidence], e[thirdEvidence] = 10, 10
	if len(list) > 1 {
		second := &list[1]
		e[leadEvidence] = float32(min(10, first.score-second.score))
		for i, f := range leads {
			e[restEvidence+i] = float32(first.vector[f] - second.vector[f])
		}
	}
	if len(list) > 2 {
		e[thirdEvidence] = float32(min(10, first.score-list[2].score))
	}
	for _, s := range list[1:] {
		if s.score > first.score-near {
			e[rivalsEvidence]++
		}
	}
	told := func(is bool) float32 { return float32(flag(is)) }
	e[taxAsked], e[houseAsked], e[placeAsked] = told(a.taxKind != NoTaxID), told(a.house.number != 0), told(a.has(place))
	e[personAsked] = told(a.form == person || a.has(given))
	e[wordsAsked] = float32(len(a.words))
	return e
}
