// Package sheet is what every reader of table files gives and obeys: sheets of
// typed cells, warnings, errors with their place, and the budget of a read, which
// bounds what hostile files can make it spend. A reader of a format is a package
// of its own beside it, with one function
//
//	Read(b *sheet.Budget, data []byte) ([]*sheet.Sheet, []sheet.Warning, error)
//
// whose errors are *[ReadError] where it knows more than that the file is broken.
package sheet
