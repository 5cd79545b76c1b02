// Package sample makes up outlets, and the ways distributors write them.
//
// In: a seed, a size and a half of the vocabulary. Out: a catalogue, queries
// with the outlet that each means, and queries that mean nobody of the
// catalogue. The same seed makes the same sample. The two halves share no
// surname, brand, street or town but the commonest (Ленина, «Продукты»), so
// that what is learned on one half is measured on the other.
//
// # Outlets
//
// Russian, Ukrainian and Kazakh legal entities run one outlet or several, some
// as numbered chains; a part is written in Latin letters. Made to be confused:
// outlets of one entity on one street in other houses, in one house with other
// letters or corpora, at the same address in another town; persons of one
// surname with other initials in one street; one legal name in two towns.
// A catalogue may lack columns (legal name, INN, town, region, chain) or hold
// the legal entity in the name.
//
// # Corruptions
//
// Of names: legal form abbreviated, spelled out, translated, moved behind, left
// out; quotation marks of any kind; initials for given names and back, glued,
// moved before the surname; sort of shop abbreviated, left out, added; capitals
// or small letters throughout; words left out; the shop's name alone or the
// legal entity alone; remarks of the distributor behind.
//
// Of addresses: markers abbreviated, spelled out, behind their word, left out;
// parts in another order, without region, town, postcode or house; letter and
// corpus of the house in all ways of writing; parted by commas or blanks, blanks
// left out; written behind the name.
//
// Of letters: one left out, doubled, exchanged with its neighbour, hit beside on
// the keyboard; Latin letters that look like Cyrillic ones; a whole query
// transliterated; two words glued. Of INN: left out, a digit wrong.
package sample
