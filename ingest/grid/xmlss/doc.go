// Package xmlss reads XML Spreadsheet 2003, the workbook in one XML file.
//
// In: the bytes of a file. Out: every Worksheet as a sheet, with typed values,
// number formats, merged areas, indents and what is hidden. Cells of type DateTime
// and numbers under a format of dates are dates. Rich text loses its marks, comments
// and formulas are left out, the cached value of a formula stands.
//
// The XML is read as leniently as programs write it: elements are told by their
// local names, whatever the prefixes; names of entities that XML does not know stay
// as they are. The encoding is
// that of the bytes: UTF-8 and UTF-16 are told by their form, and only what is
// neither is believed to be what the declaration says.
//
// Source: "XML Spreadsheet Reference" (Microsoft, Office XP and 2003).
//
// A file without a Worksheet is refused as broken, one that declares entities of its
// own as unsupported: they are how small files become large, and read what is not theirs. Of one that ends early what is
// there is read, with the warning "truncated"; cells beyond 1,048,576 rows or 16,384
// columns are left out, with the warning "out_of_range".
package xmlss
