// Package xmlscan pulls tags and text out of XML, fast and in bounded memory.
//
// In: a stream in any encoding that a byte order mark or the declaration names, or
// a text in memory that is UTF-8.
// Out: one token after the other; names, attributes and text are views of the
// buffer, good until the next token.
//
// Only the five entities of XML itself, nbsp and character references are known.
// A document type is passed over, one that declares entities ends the scan: without
// them the text would be another, and with them it has no bounds and may read what
// is not the file's. Comments and processing instructions are passed over. Tags are
// not checked to match, namespaces are left as prefixes. Of a stream long texts are
// handed out in parts; a tag, comment or section over 4 MiB is an error.
package xmlscan
