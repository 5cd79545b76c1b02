// Package agent tells which of the manufacturer's sales reps an agent of a
// distributor is.
//
// In: the reps (code, name, whether they serve this distributor's outlets), the
// agents of one distributor as its report writes them, and which of those were tied
// before. Out: for each agent the likely reps, best first, with a confidence, a
// decision (map, ask, none) and the reasons as machine words.
//
// # What is read in a name
//
//	Иванов И.И.                     surname and initials
//	Иванов Иван, Иван Иванов        surname and given name, in either order
//	ТП Иванов Иван Иванович         a post in front is no part of the name
//	Ivanov I.                       Latin letters by any usual transliteration
//	Иванов И. (ТП-015)              a code of the manufacturer's, in brackets or not
//	Алиев Вагиф Гасан оглы          patronymics of other peoples
//
// A name that can be read in several ways (two words without a patronymic) is
// compared in all of them, and the best agreement counts.
//
// # How it is decided
//
// Nothing is learned: names of people are compared part by part, and any part that
// differs (another given name, another initial, Иванова for Иванов) contradicts.
// An agent maps where its surname and at least an initial agree with exactly one rep
// of the team that serves the distributor, and nobody outside of the team agrees in
// more; where a rep serves no outlet of the distributor, the given name must be
// written out and nobody else may agree, and where there is a team without them the
// whole name. A code of a rep maps where the name beside it does not contradict. A
// surname alone, a misspelt one and a diminutive are only asked about. Two agents of
// one distributor whose names contradict each other never map to one rep.
//
// Transliteration folds as the outlets' matcher does it; that names stand for people
// of flesh and blood is left to the analyst: a namesake of the same team who is not
// in the list of reps cannot be told.
package agent
