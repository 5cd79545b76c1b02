// Package dbf reads the tables of dBase II, III, IV, V and 7, Clipper, FoxPro and
// Visual FoxPro, with their memos.
//
// In: the bytes of a .dbf; the memo file (.fpt, .dbt) and the code page (.cpg)
// through Options.Beside. Out: one sheet without a name, whose first row holds the
// names of the fields and every further one a record. Records marked as deleted and
// system fields are left out; numbers are shown as they are written, dates as ISO
// 8601, logical values by their letter. What a field cannot hold (a date that is
// none, a number of asterisks) stays as text.
//
// The code page is that of the language byte or the .cpg, unless the text says
// otherwise: Russian programs write cp866 and windows-1251 under any byte.
//
// Sources: dBase table file format (level 5 and 7, dBase LLC), "Table File
// Structure", "Memo File Structure" and "Code Pages Supported by Visual FoxPro"
// of the Visual FoxPro documentation.
//
// A file whose header tells of no record that could be cut out is refused as
// broken. Of a file that ends early, or tells a wrong number of records, what is
// there is read, with the warning "truncated" or "more_records". Pictures and OLE
// objects are not read.
package dbf
