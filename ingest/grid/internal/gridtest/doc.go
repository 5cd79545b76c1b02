// Package gridtest holds what the tests of readers have in common. Nothing but
// tests imports it.
//
// In: the Read of a format and bytes, some of them built here ([Zip], [Workbook],
// [Encoded]). Out: the book they give ([Read], [Book]), written down on a line a
// sheet ([Show]), and failures of the test where a reader gives another ([Reads]),
// refuses for another reason ([Refuses]), goes over its budget ([KeepsBudget]) or
// breaks what all readers promise ([Fuzz]); for benchmarks, a sink that counts
// ([Count]) and how a package compares with inflating it ([BenchmarkArchive]).
package gridtest
