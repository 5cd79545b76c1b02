// Package grid turns the bytes of a file into grids of cells.
//
// In: the bytes of one file as it came. Out: its sheets, each a sparse list of
// rows of typed cells that keep the text the source shows beside the value.
//
// # Method
//
// What a file is, is told by its content and never by its extension (magic.go).
//
//   - Workbooks of Office Open XML are scanned part by part straight from the
//     archive (xlsx), so that memory follows the cells kept and not the XML they
//     stand in. Encrypted ones are opened first (ooxmlcrypt).
//   - Binary workbooks are read record by record (xlsb, and xls, that of Excel 2.0
//     to 2003, in its container or bare).
//   - Spreadsheets of OpenDocument are streamed, in their archive or flat (ods).
//   - Delimited text and print-outs of fixed width: package csv.
//   - Archives (zip, gzip) are opened and their members read in archive order.
//
// # What it refuses
//
// Everything else is refused by a [ReadError] that names what the file is.
// Unpacked size, compression ratio, depth of archives and number of cells are
// bounded; a panic in a reader becomes an error of code "broken".
package grid
