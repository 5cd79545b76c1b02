// Package letter turns the bytes of an e-mail into its text and its attachments,
// those of nested letters included. Bytes in, values out: no database, no
// network.
//
// Real mail breaks every rule of MIME, and a report must come through all the
// same, so the walker is tolerant: line ends of any kind, junk inside base64,
// missing closing boundaries, file names in five encodings, letters forwarded as
// base64, winmail.dat, uuencode with and without a header, S/MIME signatures
// around everything. The bytes of an attachment are never transcoded.
//
// Sources: RFC 5322, 2045 to 2047, 2231, 5652 (CMS), MS-OXTNEF.
//
// Refused: a letter over the limits ([Limits]). Encrypted content is listed and
// marked, not opened.
package letter
