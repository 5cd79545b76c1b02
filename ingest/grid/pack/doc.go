// Package pack gives the members of archives, in their order: zip (stored,
// deflate, deflate64, bzip2, lzma, zstandard, xz; ZipCrypto and AES passwords), 7z,
// rar (4 and 5), tar, and the files packed alone by gzip, bzip2, xz and zstandard.
//
// In: the bytes of the archive. Out: names and bytes of the members. A member that
// cannot be read comes with the reason, and the rest goes on. A zip whose directory
// is lost is read by the headers before its members.
//
// Names are never used on a disk: drives, roots and steps upwards are taken off.
// Where a zip does not say how its names are written they are UTF-8 if they can be,
// else the code page of DOS in Russia (cp866), or that of Windows (cp1251) where
// cp866 would make frames out of letters.
//
// Sources: APPNOTE.TXT 6.3.10 (PKWARE) for zip; AE-1 and AE-2 by WinZip's "AES
// Encryption Information"; deflate64 by RFC 1951 with the longer tables that the
// Info-ZIP and .NET readers document. 7z and rar are read by libraries.
package pack
