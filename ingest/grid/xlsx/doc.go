// Package xlsx reads workbooks of Office Open XML: xlsx, xlsm, xltx, xltm, of the
// transitional and of the strict kind.
//
// In: the bytes of the file. Out: sheets and their rows of typed cells, to a
// [sheet.Sink] as they are read.
//
// # Method
//
// Source: ECMA-376 parts 1 and 2, and MS-OI29500 for what Excel does of it.
//
//   - The archive is opened by its directory, or by the headers of its members where
//     the directory is gone (archive.go). Parts are found whatever the case of their
//     letters and the slant of their slashes (package.go).
//   - XML is pulled token by token from a small buffer (scan.go). Namespaces are not
//     looked at, and entities that a document declares are never expanded.
//   - Shared strings lie packed in memory (strings.go); a cell refers to its text.
//   - A worksheet is inflated in one goroutine and cut behind ends of rows; several
//     others read the pieces, and the caller gets the rows in their order
//     (pieces.go). A piece that does not end between two rows, because the mark of
//     the cut stood in a comment, is read again as one stream with all behind it. So
//     the rows are the same on one core and on many.
//
// A row or a cell without a reference follows the one before it. The dimension of a
// sheet is not looked at. Formulas give their cached values.
//
// # Warnings
//
// "truncated" where a part or the archive broke off and what came before is given,
// "checksum" where it is whole but not as it was written, "part_missing",
// "sheet_without_part", "string_index", "row_mismatch", "not_a_number",
// "too_many_merges".
//
// # What it refuses
//
// Text cells whose table of shared strings is not there (their index would pass for
// data), archives without a workbook, members under a password, and what exceeds the
// budget of the read.
package xlsx
