package grid

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"io"
	"strings"

	"github.com/distbase/distbase/ingest/grid/pack"
	"github.com/distbase/distbase/ingest/grid/xlsx"
)

// sniffZip tells what kind of package a zip archive is by the parts in it.
func sniffZip(data []byte) string {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		if xlsx.IsScattered(data) {
			return formatXLSX
		}
		return cutPackage(data)
	}
	for _, f := range z.File {
		switch name := strings.ToLower(strings.ReplaceAll(f.Name, `\`, "/")); {
		case name == "mimetype", name == "meta-inf/manifest.xml": // the first may be missing
			if format := sniffMediaType(f); format != "" {
				return format
			}
		case strings.HasSuffix(name, "xl/workbook.bin"):
			return formatXLSB
		case strings.HasSuffix(name, "word/document.xml"):
			return formatDocx
		case strings.HasSuffix(name, "ppt/presentation.xml"):
			return "pptx"
		case name == "androidmanifest.xml", name == "meta-inf/manifest.mf":
			return "program"
		}
	}
	if looksLikeWorkbook(z.File) {
		return formatXLSX
	}
	if format := sniffIWork(z.File); format != "" {
		return format
	}
	return pack.Zip
}

// cutPackage tells what an archive without directory was by the name of its first
// member: nobody who sends a workbook has heard of the parts in it.
func cutPackage(data []byte) string {
	const name, length = 30, 26 // of the head before a member (APPNOTE.TXT 4.3.7)
	if len(data) < name {
		return pack.Zip
	}
	n := int(binary.LittleEndian.Uint16(data[length:]))
	first := strings.ToLower(strings.ReplaceAll(string(data[name:min(name+n, len(data))]), `\`, "/"))
	for prefix, format := range map[string]string{
		"xl/": formatXLSX, "[content_types].xml": formatXLSX, "_rels/.rels": formatXLSX, "docprops/": formatXLSX,
		"word/": formatDocx, "ppt/": "pptx", "mimetype": formatODS, "content.xml": formatODS, "meta-inf/manifest.xml": formatODS,
	} {
		if strings.HasPrefix(first, prefix) {
			return format
		}
	}
	return pack.Zip
}

func looksLikeWorkbook(files []*zip.File) bool {
	types, rels := false, false
	for _, f := range files {
		name := strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(f.Name, `\`, "/"), "/"))
		switch {
		case strings.HasSuffix(name, "/workbook.xml"), name == "workbook.xml":
			return true
		case name == "[content_types].xml":
			types = true
		case name == "_rels/.rels":
			rels = true
		}
	}
	return types && rels
}

// sniffMediaType looks for the type of an OpenDocument at the head of a member.
func sniffMediaType(f *zip.File) string {
	return mediaType(strings.ToLower(string(headOf(f, 4096))))
}

// sniffIWork tells the documents of Numbers, Pages and Keynote, "" where the
// archive is none: since 2013 their parts are called .iwa, in 2009 they were XML.
func sniffIWork(files []*zip.File) string {
	found := ""
	for _, f := range files {
		switch name := strings.ToLower(f.Name); {
		case strings.HasSuffix(name, ".iwa") && strings.Contains(name, "index/slide"), name == "index.apxl":
			return formatSlides
		case strings.HasSuffix(name, "index/document.iwa") && bytes.Contains(headOf(f, 128), []byte(pagesDocument)):
			found = formatPages
		case strings.HasSuffix(name, ".iwa") && found == "":
			found = formatNumbers
		case name == "index.xml":
			return oldIWork(string(headOf(f, 2048)))
		}
	}
	return found
}

// pagesDocument is the field that says which type the first object of a document
// is, 10000 in Pages and 1 in the others. It stands near the beginning, where the
// compression (Snappy) has nothing to refer to yet.
const pagesDocument = "\x08\x90\x4e"

// oldIWork tells by the prefix of the first element.
func oldIWork(head string) string {
	switch {
	case strings.Contains(head, "<ls:document"):
		return formatNumbers
	case strings.Contains(head, "<sl:document"):
		return formatPages
	}
	return ""
}

// headOf is what a member begins with.
func headOf(f *zip.File, n int64) []byte {
	r, err := f.Open()
	if err != nil {
		return nil
	}
	defer r.Close()
	b, _ := io.ReadAll(io.LimitReader(r, n)) // what a damaged one begins with tells enough
	return b
}
