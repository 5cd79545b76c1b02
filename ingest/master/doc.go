// Package master imports the manufacturer's own data from files: products,
// distributors, reps, channels, outlets with their dated distributor and rep,
// and primary sales.
//
// A file is CSV (any encoding and delimiter) or a workbook with one header row,
// titles in English or Russian, columns in any order. The same code again
// updates. Every line that cannot be taken is refused with its number, column
// and reason; nothing of a file with refused lines is applied unless the caller
// asks for a partial import. An import is one transaction.
package master
