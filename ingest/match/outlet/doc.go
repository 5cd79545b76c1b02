// Package outlet finds the outlet of a base that a buyer of a distributor's report is.
//
// In: outlets (names, legal entity, taxpayer number, address), confirmed
// mappings, and a buyer written as the distributor likes, all of it in the name
// if need be. Out: candidates, best first, with a score comparable across
// queries, the probability that the first is right, a decision (map, ask, none)
// and the reasons as machine words.
//
// # Method
//
// A text is cut into words and numbers (token.go) and folded to Latin letters
// (fold.go), so that Cyrillic, look-alikes and transliterations of Russian,
// Ukrainian and Kazakh meet. A scanner (scanner.go) tells by the markers of
// addresses and by legal forms what each word is: name, legal entity, given name
// or initial, town, street; a house is a number with letter, corpus and building
// (house.go), taxpayer numbers count with their check digits (tax_id.go).
//
// Blocking (key.go, retrieve.go): an outlet is filed under its rare parts and
// under pairs of parts (name and town, street and house, chain and number),
// whose posting lists stay short in a base of a million. A misspelt word is first
// led back to the words of the base that are a letter away (vocabulary.go,
// symmetric deletion, Garbe 2012) or have the same consonants.
//
// Comparing (compare.go): some forty features of agreement and contradiction;
// words count by inverse document frequency (Spärck Jones 1972), as in the
// record linkage of Fellegi and Sunter (1969), with a linear score learned by a
// softmax over the candidates (Cao et al. 2007). The confidence comes from
// boosted trees (package boost), monotone where more evidence can only make
// surer, over the first candidate's features and its lead over the next ones: a
// sibling in the next house counts against it. What contradicts in a hard
// attribute (house, letter, town, taxpayer number, initials, number of the shop)
// never maps.
//
// Confirmed mappings count where the whole text is the same, word by word; a
// near one teaches nothing, since siblings differ in a digit.
//
// The numbers in model.json are learned by «distbase match train --kind outlets» from
// outlets and corruptions made up by packages sample and clerk, and by nothing else.
// They are measured on made-up outlets of another vocabulary, in score_test.go, and
// sort of slip by sort of slip in clerk_test.go.
//
// # What it refuses
//
// Nothing: a query without a word gets no candidate. Text behind the first 600
// characters of a field, and words behind the fortieth of an outlet, are not read.
package outlet
