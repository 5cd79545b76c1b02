// Package ooxmlcrypt opens encrypted OOXML: workbooks and documents that Office
// saves with a password, a zip archive enciphered as one stream of a compound file
// (MS-OFFCRYPTO 2.3.4).
//
// In: the bytes of the compound file and the password of the read. Out: the bytes
// of the archive. The password that Excel itself sets where only changes are
// forbidden is tried first, so that such files open for everybody.
//
// Standard encryption (AES, RC4 by the CryptoAPI) and agile encryption (AES, DES,
// triple DES and RC2, chained by CBC or CFB, over MD4, MD5, SHA and RIPEMD-160) are
// read. The code of integrity is not checked: an archive checks its members itself,
// and what a damaged one still gives is wanted.
//
// Refused: extensible encryption, rights management, hashes and ciphers that no
// Office writes by itself.
package ooxmlcrypt
