package match

// feature is one thing that is measured of a query and an entry.
type feature int

// The features. Those of a pair come first, then those that compare the pair with
// the other candidates of the query, then those of the distributor's other names.
const (
	fCosine        feature = iota // of the n-grams of the nearest name
	fQueryStrict                  // share of the query's words the name has, by weight; nearly equal ones
	fQueryLoose                   // the same, similar ones by degree
	fQueryUnion                   // the same over all names of the entry
	fEntryStrict                  // share of the name's words that the query has
	fEntryLoose                   //
	fEntryUnion                   // the best of all names of the entry
	fMissKnown                    // weight of the query's words that the entry lacks and the catalogue knows
	fMissUnknown                  // weight of those that the catalogue does not know
	fMissMost                     // the greatest weight of a known one
	fExtra                        // weight of the name's words that the query lacks
	fExtraMost                    // the greatest of these
	fExtraUnion                   // the least of fExtra over the names
	fEntryMain                    // fEntryLoose of the main name of the entry
	fExtraMain                    // fExtra of the main name
	fExtraMean                    // the mean of fExtra over the names
	fSharedMost                   // the greatest weight of a word that both have
	fSharedSum                    //
	fHeadQuery                    // whether the entry has the first word of the query
	fHeadEntry                    // whether the query has the first word of the entry
	fLatinQuery                   // fQueryLoose of words in Latin letters and of marked ones
	fLatinEntry                   // fEntryLoose of words in Latin letters
	fLatinExtra                   // weight of the name's Latin words that the query lacks
	fLatinMiss                    // weight of the query's Latin words that the name lacks
	fOrder                        // share of neighbouring words of the query that are neighbours in the name
	fSameName                     // canonical names are equal
	fSameWords                    // equal but for the order
	fContent                      // agreement of volumes or weights, see agreement
	fContentRatio                 // logarithm of the ratio of the nearest contents
	fCount                        // agreement of counts
	fDilution                     //
	fLength                       //
	fTechnical                    // power, memory, voltage, frequency, per cent
	fNumbersShared                // numbers without unit that both have
	fNumbersMiss                  // of the query only
	fNumbersExtra                 // of the name only
	fBareContent                  // a number of one side is the content of the other
	fColour                       //
	fStrength                     //
	fForm                         //
	fSet                          //
	fPlus                         //
	fCodeToken                    // the best similarity of a code in the query's name to one in the entry
	fCodeWeight                   // its weight
	fCodeMiss                     // weight of codes in the query that the entry lacks
	fCodeExtra                    // weight of codes in the entry that the query lacks
	fCodeField                    // similarity of the code columns
	fCodeInName                   // how much of the entry's code the query's name holds
	fFieldInName                  // whether the entry's name holds the query's code
	fBrand                        // agreement of brand
	fPrice                        // logarithm of the ratio of prices
	fPriceFar                     // its absolute value
	fLengthQuery                  // words of the query
	fLengthEntry                  // words of the name
	fPairs                        // how many features a pair has
)

// Features that are also compared with the best one among the candidates of the query: the difference to it.
var compared = [...]feature{
	fCosine, fQueryStrict, fQueryLoose, fQueryUnion, fEntryStrict, fEntryLoose, fEntryUnion, fEntryMain, fMissKnown, fExtra, fExtraUnion, fExtraMain, fExtraMean, fSharedSum, fLatinQuery, fLatinEntry, fLatinExtra,
	fCodeToken, fCodeInName, fCodeField, fNumbersShared, fPriceFar, fContentRatio,
}

// Features of the list.
const (
	fCompared   = fPairs
	fRank       = fPairs + feature(len(compared)) // place by cosine
	fTwins      = fRank + 1                       // candidates that cover the query as well
	fSizeRivals = fRank + 2                       // candidates whose sizes contradict less
	fRivals     = fRank + 3                       // candidates that cover the query as well and contradict no more
	fList       = fRank + 4
)

// Features of the distributor's other names.
const (
	fPriceLevel = fList     // logarithm of the ratio of prices, less the usual one of the distributor
	fPriceBest  = fList + 1 // difference of its absolute value to the least among candidates
	fTaken      = fList + 2 // how much better another name of the distributor fits the entry
	fFirst      = fList + 3 // score without these features, less the best one
	fFirstScore = fList + 4
	fPriceUsual = fList + 5 // distance of the price from the usual level, in the distributor's usual distances
	// Features is how many values a candidate has.
	Features = int(fList) + 6
)

// Features of the first candidate for the confidence: those of the candidate, then
// how it stands among the others.
const (
	sureShare    = feature(Features) // log odds of its share
	sureLead     = sureShare + 1     // logarithm of the ratio of its share to the second one
	sureNull     = sureShare + 2     // log odds of the null candidate
	surePrice    = sureShare + 3     // distance of its price from the usual level
	sureRivals   = sureShare + 4     // rivals whose price is as near
	sureNext     = sureShare + 5     // contradictions of the second one, less its own
	sureFeatures = Features + 6
)

// Agreement of an attribute that may be missing.
const (
	contradicts   = -1
	nowhere       = 0
	queryOnly     = 1
	entryOnly     = 2
	agrees        = 3
	partlyAgrees  = 2.5
	agreesLoosely = 2.8
)

// directions are the features of which more never makes an entry less likely (1) or
// more likely (-1): what little data says otherwise is chance.
func directions(width int) []int8 {
	d := make([]int8, width)
	for _, f := range []feature{
		fQueryStrict, fQueryLoose, fQueryUnion, fEntryStrict, fEntryLoose, fEntryUnion, fEntryMain, fHeadQuery, fHeadEntry, fLatinQuery, fLatinEntry, fSameName, fSameWords,
		fNumbersShared, fBareContent, fCodeToken, fCodeInName, fFieldInName, fPriceBest, fFirst, fFirstScore, sureShare, sureLead,
	} {
		set(d, f, 1)
	}
	for f := fCompared; f < fRank; f++ {
		set(d, f, 1)
	}
	for _, f := range []feature{
		fMissKnown, fMissMost, fExtra, fExtraMost, fExtraUnion, fExtraMain, fExtraMean, fLatinExtra, fLatinMiss, fContentRatio, fNumbersMiss, fNumbersExtra, fCodeMiss, fCodeExtra,
		fPriceFar, fPriceUsual, fSizeRivals, fRivals, fTaken, sureNull, surePrice, sureRivals,
	} {
		set(d, f, -1)
	}
	return d
}

func set(d []int8, f feature, v int8) {
	if int(f) < len(d) {
		d[f] = v
	}
}
