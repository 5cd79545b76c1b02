// Package plain finds the first table of any file, whatever it is about, and
// prints it as CSV in the source's own words.
//
// In: a file as grids. Out: UTF-8, comma, quotes doubled: the titles, then the
// records. What stands above the titles, totals, notes, group lines, repeated
// titles and blank rows are left out; short rows are filled up.
//
// # Method
//
// Cells are told apart by how they are made up: digits without letters, both, or
// words. A column is of the make that four fifths of its cells have. Titles are
// the rows, from the first wide one on, whose cells are made otherwise than the
// columns below them; a first wide row made like its columns is a record, and the
// table has no titles. Several rows of titles are joined by a blank per column.
// The table ends where other titles begin, or where the same ones begin over the
// same first record.
//
// # What it leaves
//
// It repairs nothing: a record that lost a delimiter is printed as it was cut.
package plain
