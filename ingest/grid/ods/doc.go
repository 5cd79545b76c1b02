// Package ods reads spreadsheets of OpenDocument (OASIS, 1.0 to 1.3; ISO/IEC
// 26300): the zip archive (.ods, .ots), the same in one flat file of XML (.fods),
// and those of OpenOffice.org 1.0 and StarOffice (.sxc), which differ in little
// more than their namespaces.
//
// In: the bytes of the file. Out: each sheet with typed cells, merged areas,
// indents, outline levels, bold and what is hidden. The displayed text is that in
// the file; where it holds none, the number style makes it. Styles of numbers are
// given as format codes of the kind workbooks have. Notes, shapes, tracked changes
// and embedded objects are left out.
//
// Content is streamed. Rows and columns that repeat are counted and not unfolded
// where they are empty; where they hold something, they are given as often as they
// stand in the sheet, up to a bound on the copies of a file.
//
// A file with a password is deciphered where AES in CBC mode was used (OpenOffice.org
// 3.4, LibreOffice up to 24.2); those of Blowfish and of Argon2id are refused with
// code encrypted.
//
// A file that breaks off gives what stands before the break, with a warning
// "truncated". One that declares entities is refused as unsupported, links are not
// followed.
package ods
