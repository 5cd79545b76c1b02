// Package sylk reads the symbolic links of Multiplan and Excel (.slk).
//
// In: the bytes of a file. Out: one sheet without a name, with typed values, number
// formats and bold text; of formulas the value they had when the file was saved.
//
// A record is a line of fields parted by semicolons, each a letter and a value; a
// semicolon inside of a value is doubled, or stands in quotes. Characters beyond ASCII
// are bytes of the code page that the text tells, or escapes: ESC and two characters
// for one byte, ESC N and one or two for a character of ISO 6937.
//
// Sources: "SYLK file format" (Microsoft, as kept by the GNU oleo manual, appendix
// "SYLK format"); ISO/IEC 6937 for ESC N. ID, C, F, O, P and E are read; the order in
// which records come does not matter but for the place, which goes on from one to the
// next. O with V4 counts days from 1904.
//
// A file that does not begin with an ID record is refused as broken. Cells beyond
// 1,048,576 rows or 16,384 columns are left out, with the warning "out_of_range"; a
// file without its last record E gets the warning "truncated".
package sylk
