// Package rtf reads the tables of a Rich Text document (RTF specification 1.9.1).
//
// In: the bytes of an .rtf. Out: each table with text in it as a sheet, in the
// order in which they begin; a table inside a cell is a sheet of its own and no text
// of that cell. Cells are text as the document shows it: hidden and deleted text,
// pictures and codes of fields out, numbers of list items in, as writers put them
// beside the list.
//
// Rows say where each cell ends on the page, so the columns of the sheet are made
// of all the edges of a table, and a cell over several of them makes a merged area,
// as do the marks \clmgf and \clvmgf.
//
// Bytes are decoded by the character set of their font, else by the code page of
// the document. Where neither is more than the default of Western writers, and the
// text reads as Russian, the code page is guessed.
//
// A document without tables is refused with code empty; text around the tables,
// headers and footers are not read.
package rtf
