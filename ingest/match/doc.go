// Package match ranks the products or outlets of a catalogue for the names a
// distributor uses, and says how sure it is.
//
// In: a catalogue, confirmed mappings, and names with what is known beside them
// (code, barcode, brand, unit, price). Out: candidates, best first, with a score that
// is comparable across names, the probability that the first one is right, a
// decision and the reasons for it as machine words.
//
// # Method
//
//   - Names are taken apart by package name: words, codes, sizes, attributes.
//   - An inverted index of character trigrams brings candidates (index.go), exact
//     tables those of equal name, code, barcode, and of confirmed mappings.
//   - Each pair of name and entry is measured by features that know no language and
//     no brand (feature.go): what each side covers of the other, words weighed by
//     their rarity in this very catalogue; whether sizes, counts, dilution, colour,
//     strength agree, contradict or are missing; codes; prices; how the other
//     candidates compare.
//   - Boosted trees (package boost) order the candidates, and a null candidate that
//     stands for «not in the catalogue». Names of one distributor are ranked in two
//     rounds: the first tells how its prices stand to those of the catalogue and which
//     entries are taken by another of its names, the second uses that (context.go).
//   - A third model says how probably the first candidate is right. It is learned from
//     names that the other models had not seen (train.go), so that it knows how often
//     they err.
//
// Mappings confirmed earlier are looked up by the equal name only. Near-equal names
// of the history are not used: on dealers' names they are wrong more often than the
// catalogue itself, because they differ in size or shade only.
//
// # What it refuses
//
// Nothing: a name without a similar entry gets no candidate, or the decision none.
package match
