// Package text holds everything people read: the message catalogues in
// Russian (the default) and English, plural rules, and the formats of numbers
// and dates. It knows nothing of the rest of distbase.
package text
