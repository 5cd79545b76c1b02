// Package drifttest changes sheets as the next file of a distributor differs from the
// last one: a column stands elsewhere or is new, lines stand over the report, indents
// are others, a title says another thing. Tests hold layouts to them.
//
// In: a [grid.Sheet], which is left as it is. Out: another one, which says the same
// unless a title was changed.
package drifttest
