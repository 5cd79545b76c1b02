// Package biff writes small binary workbooks, for the demonstration and for tests:
// texts, numbers and days on named sheets (BIFF8 in a compound file), which workbook
// programs open since all is there that [MS-XLS] 2.1.7.20 asks for at least; single
// records of any version; and the enciphered forms of a stream.
package biff
