// Package xlsb reads binary workbooks of Excel 2007 and later, records in the parts
// of a zip archive ([MS-XLSB]).
//
// In: the bytes of the archive. Out: each worksheet with typed cells, displayed
// texts made from the number formats, merged areas, indents, outline levels, bold
// and what is hidden. Formulas give the value they had when the file was saved.
//
// Parts are streamed, record by record; only the shared strings and the styles are
// held. Records that say nothing about cells are passed over unread. A part that
// breaks off gives what stands before the break, with a warning "truncated".
//
// A cell that points into a table of shared strings which the file has lost is an
// error, never its index number. Sheets of charts have no cells and are left out.
// Links to other files are not followed.
package xlsb
