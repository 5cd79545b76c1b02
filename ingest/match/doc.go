// Package match ranks the products or outlets of a catalogue for the names a
// distributor uses.
//
// In: a catalogue, confirmed mappings, and a name with what is known beside it
// (code, barcode, unit). Out: candidates, best first, with a score that is
// comparable across names, the probability that the first one is right, a
// decision and the reasons for it as machine words.
//
// # Method
//
// Names are normalised (normalise.go) and compared by the cosine of TF-IDF
// vectors of character n-grams of 2 to 4 within words, found through an
// inverted index in memory. Sizes (millilitres, grams, pieces) are
// taken out of both names: where they contradict, score and confidence fall.
// Names equal after normalisation, barcodes, codes and mappings confirmed
// earlier are looked up exactly. Near-equal names of the history are not used:
// on dealers' names they are wrong more often than the catalogue itself, because
// they differ in size or shade only.
//
// Confidence is a logistic of the score, its lead over the second candidate and
// the agreement of sizes. Its coefficients are set by hand and checked against
// mappings made by people, where every one of them has an entry: in a catalogue
// that lacks the entry it promises too much. A similarity alone never maps,
// only exact agreement does.
//
// # What it refuses
//
// Nothing: a name without a similar entry gets no candidate, or the decision none.
package match
