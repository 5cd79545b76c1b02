// Package numfmt reads number format codes of workbooks and shows numbers, dates
// and texts under them.
//
// In: a format code, a number as decimal text, a serial number of a day. Out: the
// text a spreadsheet would show, and dates as ISO 8601.
//
// Source: ECMA-376 part 1, 18.8.30 and 18.8.31; days of the 1900 and 1904 systems
// 18.17.4.1. Codes it does not know are literals, as in Excel. Words are English,
// those of months and days Russian where the code names that language. Numbers show
// 15 digits, halves of which are rounded away from zero in decimal, as in Excel.
//
// A code like "# ##0,00", a blank between thousands and a comma before the last
// digits, is what a Russian Excel shows for "#,##0.00"; systems that write it mean
// that, though Excel takes its comma for one between thousands.
package numfmt
