// Package dif reads the Data Interchange Format of VisiCalc, which spreadsheet
// programs still write.
//
// In: the bytes of a file. Out: one sheet without a name.
//
// A file is a header of topics of three lines each, up to DATA, and then values of two
// lines: "type,number" and a word or a text. A tuple, which begins with BOT, is a row,
// as every program since Lotus 1-2-3 writes it, whatever the header calls its vectors.
// Type 0 is a number, said to be a value (V), a logical value (TRUE, FALSE), missing
// (NA) or an error (ERROR); type 1 is a text in quotes, in which quotes are doubled, or
// not. A date that stands where the number should is one only if it can be read in one
// way.
//
// Sources: "Programmer's Guide to DIF" (Software Arts, 1981); what Excel, Quattro Pro
// and LibreOffice write. The code page is told by the text.
//
// A file that does not begin with TABLE is refused as broken. Cells beyond 1,048,576
// rows or 16,384 columns are left out; a file without EOD gets the warning "truncated".
package dif
