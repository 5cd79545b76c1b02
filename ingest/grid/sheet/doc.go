// Package sheet is what every reader of table files gives and obeys: sheets of
// typed cells, warnings, errors with their place, and the budget of a read, which
// bounds what hostile files can make it spend. A reader of a format is a package
// of its own beside it, with one function
//
//	Read(b *sheet.Budget, data []byte, to sheet.Sink) error
//
// that sends sheets row by row, so that a caller may keep them packed ([Book]) or
// use them up as they come. Its errors are *[ReadError] where it knows more than
// that the file is broken; an error after some rows means that these stand and the
// rest could not be read, where the reader did not choose to end with a warning
// "truncated" instead.
package sheet
