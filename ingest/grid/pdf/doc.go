// Package pdf reads tables out of PDF documents that carry text: objects and
// streams (ISO 32000-1, 7.3 to 7.6), page contents (8 and 9), then words by their
// places, lines, and columns by rulings or by the white between them.
//
// Objects are found by going through the file, not by its cross-reference table:
// a later definition replaces an earlier one, as incremental updates do (7.5.6),
// and a damaged table makes no difference. Pages are joined into one sheet; what a
// page repeats of the first page's heading is left out. A document without text is
// a scan and refused.
package pdf
