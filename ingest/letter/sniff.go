package letter

import (
	"bytes"
	"unicode/utf8"
)

// magics tell a format by its first bytes.
var magics = [...]struct{ start, ext string }{
	{"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", ".xls"}, // OLE; a workbook is by far the likeliest
	{"%PDF", ".pdf"},
	{"Rar!\x1A\x07", ".rar"},
	{"7z\xBC\xAF\x27\x1C", ".7z"},
	{"\x1F\x8B", ".gz"},
	{"\x89PNG", ".png"},
	{"\xFF\xD8\xFF", ".jpg"},
	{"GIF8", ".gif"},
	{"{\\rtf", ".rtf"},
	{"<?xml", ".xml"},
	{"<html", ".html"},
	{"<!DOCTYPE html", ".html"},
}

// documentMagic reports whether data begin as a compressed or binary document does.
func documentMagic(data []byte) bool {
	if bytes.HasPrefix(data, []byte("PK\x03\x04")) {
		return true
	}
	for _, m := range magics[:8] {
		if bytes.HasPrefix(data, []byte(m.start)) {
			return true
		}
	}
	return false
}

// extension tells a file's extension, with its point.
func extension(data []byte, mediaType string) string {
	if bytes.HasPrefix(data, []byte("PK\x03\x04")) {
		return zipExtension(data)
	}
	for _, m := range magics {
		if bytes.HasPrefix(data, []byte(m.start)) {
			return m.ext
		}
	}
	switch mediaType {
	case "text/csv", "text/comma-separated-values":
		return ".csv"
	case "text/html":
		return ".html"
	case "message/rfc822":
		return ".eml"
	case "text/plain":
		return ".txt"
	}
	head := data[:min(len(data), 1024)]
	if len(head) > 0 && utf8.Valid(head) && bytes.IndexByte(head, 0) < 0 {
		return ".txt"
	}
	return ".bin"
}

func zipExtension(data []byte) string {
	for _, known := range [...]struct{ entry, ext string }{
		{"xl/workbook.bin", ".xlsb"}, {"xl/workbook", ".xlsx"}, {"word/document", ".docx"},
		{"opendocument.spreadsheet", ".ods"},
	} {
		if bytes.Contains(data, []byte(known.entry)) {
			return known.ext
		}
	}
	return ".zip"
}
