// Package html reads the tables of web pages, which many systems save under the name
// of a workbook, and of web archives (MHTML), which is how Excel saves workbooks of
// several sheets as one page.
//
// In: the bytes of a page or an archive. Out: every table with text in it as a sheet,
// in the order in which they begin; a table inside a cell is a sheet of its own and no
// text of that cell. Text outside of tables is left out. Blanks are drawn together as
// browsers do, a no-break space is a blank, br and paragraphs part lines.
//
// Cells over several columns or rows make merged areas. Where Excel or LibreOffice
// left value and number format beside the text, the cell has them (x:num, x:str,
// x:bool, x:err, sdval, mso-number-format). Else a cell is a number or a date only
// where its text can be read in one way; the text stays as it is.
//
// The encoding is told by the bytes; what the page says of it counts only where these
// leave it open.
//
// Sources: HTML Living Standard, 4.9 (tables) and 13.2.5 (tokens, by golang.org/x/net/html);
// "Microsoft Office HTML and XML Reference" (Office 2000); RFC 2557 (MHTML).
//
// A page without a table is refused with code empty; a page of frames, whose sheets
// lie in other files, as unsupported.
package html
