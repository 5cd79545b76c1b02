// Package mxl reads the spreadsheet documents that 1C prints.
//
// Two forms are known. 1C:Enterprise 7.7 writes a binary one whose layout was
// described publicly by those who took it apart (versions 6 and 7): "MOXCEL", five
// bytes, a version, counts of columns, rows and objects, then the properties and
// texts of rows and cells in the way MFC archives its collections. Text is in
// cp1251. 1C:Enterprise 8 writes "MOXCEL" before nested braces; no description of
// these braces was found that could be relied upon, so it is refused with the
// advice to save as xlsx.
package mxl
