// Package xmlscan pulls tags and text out of XML, fast and in bounded memory.
//
// In: a stream in any encoding that a byte order mark or the declaration names.
// Out: one token after the other; names, attributes and text are views of the
// buffer, good until the next token.
//
// Only the five entities of XML itself and character references are known: what a
// document type declares is passed over, never expanded, and nothing outside of
// the stream is looked at. Comments and processing instructions are passed over.
// Tags are not checked to match, namespaces are left as prefixes. Long texts are
// handed out in parts; a tag, comment or section over 4 MiB is an error.
package xmlscan
