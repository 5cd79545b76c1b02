// Package numfmt reads number format codes of workbooks and shows numbers, dates
// and texts under them.
//
// In: a format code, a number as decimal text, a serial number of a day. Out: the
// text a spreadsheet would show, and dates as ISO 8601.
//
// Source: ECMA-376 part 1, 18.8.30 and 18.8.31; days of the 1900 and 1904 systems
// 18.17.4.1. Codes it does not know are literals, as in Excel.
package numfmt
