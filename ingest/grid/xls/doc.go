// Package xls reads the binary workbooks of Excel 2.0 to 2003 (BIFF2 to BIFF8),
// inside a compound file or bare, after [MS-XLS] and, for the versions before
// BIFF8, the description "OpenOffice.org's Documentation of the Microsoft Excel
// File Format". Formulas give the result kept beside them. Encrypted workbooks are
// opened with the password of the options, or the one Excel uses by itself
// ([MS-OFFCRYPTO] 2.3.5 to 2.3.7).
//
// Texts of workbooks before BIFF8 are bytes of a code page. Where the record that
// names the page is missing, as accounting systems leave it, the page is told by
// the texts themselves, and by the fonts.
//
// Warnings: "truncated" where the file breaks off, "sheet_without_part",
// "string_index" and "not_a_number" where a sheet or a cell is damaged. A file whose
// table of texts is lost is refused, since numbers of texts are no data.
package xls
