// Package charset tells in which encoding a text is written, and decodes it.
//
// In: bytes. Out: the name of an encoding, chosen by byte order marks, by the form
// of UTF-8 and UTF-16, and else by how much the letters look like words of Russian
// or a Latin language; and the text in UTF-8.
//
// It refuses nothing: a byte without meaning becomes the control character of its
// number, a lone surrogate U+FFFD. Bytes that are no text have no
// encoding.
package charset
