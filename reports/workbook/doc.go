// Package workbook writes figures of the cube as an xlsx workbook with a pivot
// table that works.
//
// In go results of the cube and the words for sheets and columns in the reader's
// language; out comes the file. Four sheets: the summary, distributors by brands,
// the pivot table over the data, the data, one line a combination.
//
// Method: excelize. It writes a pivot table without cached records: programs that
// calculate (Excel, LibreOffice) fill it when they open the file, and the cells
// under it hold the same figures written out, for those that only show (phones,
// previews). The data goes through the streaming writer, so that memory does not
// grow with its cells.
//
// It never leaves lines out: data with more lines than a sheet has is a
// [TooLargeError].
package workbook
