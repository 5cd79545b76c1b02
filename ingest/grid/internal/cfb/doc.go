// Package cfb reads and writes compound files (MS-CFB), storages in storages with
// streams in them, which hold the workbooks of Excel 5 to 2003, messages of Outlook
// and encrypted packages.
//
// Nothing in a file is trusted: chains of sectors end where they leave the file or
// after as many sectors as it has, each line of the directory belongs to one
// storage, counts of the header are not asked, and paths are not kept. What is held
// in memory stays within a few times the file. [Entry.Content] helps on where old
// accounting systems wrote the tables carelessly or the file was cut.
//
// [Write] makes small files of version 3, for tests and for what the house sends.
package cfb
