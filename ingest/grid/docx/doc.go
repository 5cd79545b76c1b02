// Package docx reads the tables of a Word document (ECMA-376 part 1, chapter 17).
//
// In: the bytes of a .docx, .docm or .dotx. Out: each table with text in it as a
// sheet, in the order in which they begin; a table inside a cell is a sheet of its
// own and no text of that cell. Cells are text as the document shows it: accepted
// insertions and the numbers of list items in, deletions, hidden text and the codes
// of fields out.
//
// Columns are those of the grid: a cell over two of them (gridSpan) or going on
// from the row above (vMerge) makes a merged area.
//
// A document without tables is refused with code empty; text around the tables,
// headers and footers are not read.
package docx
