// Package letter turns the bytes of an e-mail into its header, its text and its
// attachments, those of nested letters included. Bytes in, values out: no
// database, no network, no clock.
//
// Real mail breaks every rule of MIME, and a report must come through all the
// same, so the walker is tolerant: line ends of any kind, junk inside base64,
// missing closing boundaries, file names in five encodings, letters forwarded as
// base64, winmail.dat, uuencode with and without a header, S/MIME signatures
// around everything. The bytes of an attachment are never transcoded.
//
// The way of a letter: [Parse] splits header from body (header.go), walks the
// tree of parts (walk.go, multipart.go), undoes the transfer encoding
// (transfer.go, base64.go, uuencode.go), opens what carries more (nested.go,
// tnef.go, cms.go) and names what it found (name.go).
//
// Sources: RFC 5322, 2045 to 2047, 2231, 5652 (CMS), X.690 (BER), MS-OXTNEF.
//
// Refused: a letter over the limits ([Limits]); what was read before comes with
// the error. Encrypted content is listed and marked, not opened; a body that lies
// elsewhere (message/external-body) is not fetched.
package letter
