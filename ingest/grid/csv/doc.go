// Package csv reads delimited text and print-outs of fixed width.
//
// In: the bytes of a file. Out: one sheet without a name, a row a record, blank
// ones too; encoding and dialect. Each cell keeps the characters of the source as
// its text beside the value.
//
// # Method
//
// The encoding is told by package charset. The dialect is the one under which rows
// and cells come out most regular (after van den Burg et al., "Wrangling messy CSV
// files by detecting row and type patterns", 2019); a line `sep=;` decides the
// delimiter and is no row. Where no delimiter explains the lines, but blanks stand
// at the same places of nearly all of them, or lines are drawn between columns,
// fields are cut at these places.
//
// A text becomes a number or a date only where its column leaves no second
// reading: 1,234 is left alone unless other cells of the column, of the table, or
// the country of the text tell what its comma means. So the text is gone over
// twice, first for what its columns prove, then for its rows. Both passes cut the
// text into pieces at line ends and go over them on all cores; a piece that turns
// out to begin inside a quoted field is cut again, so that the result does not
// depend on it. Beyond the bytes given only a few pieces are held.
//
// # What it takes
//
// Quotes doubled or escaped by a backslash, quotes that never close or stand
// inside fields, all line ends in one file, rows of any length, NUL bytes (left
// out), ^Z at the end, several encodings in one file.
//
// # What it refuses
//
// A record of more than 262,144 fields.
package csv
