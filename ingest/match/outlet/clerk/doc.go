// Package clerk makes up bases of outlets and writes them the way clerks of
// distributors do, one sort of slip at a time, so that the matcher can be measured by
// sort of slip and taught by some of them.
//
// In: a seed, how many outlets, how the base is kept. Out: entries, and cases: a query,
// the ID of its outlet ("" for an outlet that the base lacks) and the slip. The same
// numbers give the same base and cases.
//
// It shares no word list and no code with package sample, whose samples teach the
// matcher: what a matcher taught by one of them does on the other is what it may do on
// names that neither has thought of.
//
// # Method
//
// An outlet is made of parts (legal form, owner, sign, town, street, house ..). A query is
// a line of such parts, each written in one of its usual ways; a slip drops, moves or
// rewrites parts, or damages letters of the finished text. A query of an
// outlet is kept only where the parts that are left name no other one, unless asked otherwise.
//
// # What it refuses
//
// Nothing.
package clerk
