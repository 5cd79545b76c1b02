// Package grid turns the bytes of a file into grids of cells.
//
// In: the bytes of one file as it came. Out: its sheets, each a list of rows of
// typed cells that keep the text the source shows beside the value; whole
// ([Read]), packed to about 12 bytes a cell beside its text, or row by row as the
// reader finds them ([Stream]).
//
// # Method
//
// What a file is, is told by its content and never by its extension (magic*.go).
// Each format is a package of its own, which names its sources:
//
//   - xlsx, xlsb, xls: workbooks of Office Open XML, binary ones, and those of Excel
//     2.0 to 2003 in their container or bare; ooxmlcrypt opens what is encrypted
//   - ods: OpenDocument, in its archive or flat, and its forerunner sxc
//   - csv: delimited text and print-outs of fixed width; charset tells its encoding
//   - html: web pages called .xls, and those saved with their sheets (mht)
//   - xmlss, sylk, dif, dbf: XML Spreadsheet 2003, SYLK, DIF, dBase and FoxPro
//   - pdf, docx, rtf, mxl: tables of print-outs and documents
//   - pack, mail: archives and letters, whose members are read in their order, at
//     most Options.MaxDepth inside each other
//
// What all readers give and obey is package sheet; numfmt shows numbers and dates
// as workbook programs do.
//
// # What it refuses
//
// Everything else is refused by a [ReadError] that names what the file is. Unpacked
// bytes, text, ratio, members, depth, cells and time are bounded by [Options]; paths
// in archives are names and nothing else; entities are not expanded and nothing
// outside the file is opened. A panic in a reader becomes an error of code "broken".
// A file that breaks off is given as far as it goes, with a warning "truncated".
package grid
