// Package shelf makes up a manufacturer's catalogue of product lines whose products
// differ in a size, a scent, a shade or a strength only, and writes their names the way
// distributors do, one sort of carelessness at a time, so that package match can be
// measured by sort.
//
// In: a seed, how many cases. Out: entries, and cases: a query, the ID of its entry ("" for
// goods that the catalogue lacks) and the sort. The same numbers give the same cases.
// Nothing is learned from it.
//
// # Method
//
// A product is a head, a brand, properties and a size (lines.go). A name is a list of
// these parts, each in one of its usual ways (write.go); a sort of carelessness drops,
// moves or rewrites parts, or damages letters. A name is kept only where what is left of
// it names one product. Goods that the catalogue lacks are products held back of the
// same lines, competitors' goods of the same kinds, and other trades.
//
// # What it refuses
//
// Nothing.
package shelf
