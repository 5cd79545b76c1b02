// Package table turns grids into tables: it finds what a sheet reports.
//
// In: a [grid.File] and what came with it ([Source]), and the layouts an
// analyst has confirmed before ([Layout]). Out: [Table]: the heading, what each
// column means, the records, the totals the file prints and whether the records
// add up to them, the period, and everything that makes the reading doubtful.
//
// # Method
//
//   - The heading is the block of rows whose cells name the most roles, judged
//     together with the cells below it (header.go). Titles are read by words of
//     Russian, Ukrainian, English and Spanish trade (words.go), never by place. Where
//     these do not understand every word, package titles says what titles like it
//     mean and how surely (learned.go).
//   - A column keeps the role its title gives it only if its cells can carry it
//     (columns.go); of two columns with one role the plainer title wins.
//   - A row is a record, a group, a subtotal, a total, a note or a repeated
//     heading (rows.go, groups.go). Totals are told by their word and by their
//     sum; group rows by outline, by indent, by what they leave blank, or by
//     being the sum of the rows under them.
//   - A heading whose titles are months, warehouses or buyers over one measure
//     is a cross-tab and is unpivoted (crosstab.go).
//   - The file's own total is the judge (totals.go): the reading is certain only
//     if nothing printed contradicts it.
//
// # What it refuses
//
// A sheet without goods, buyers or measures gives no table. A number is never
// guessed: a cell that is none is named in Problems and left out of the sums.
package table
