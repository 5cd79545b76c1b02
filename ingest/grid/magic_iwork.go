package grid

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
)

// Words for the documents of iWork. Those of Keynote are presentations like others.
const (
	formatNumbers = "numbers"
	formatPages   = "pages"
	formatKeynote = "ppt"
)

// sniffIWork tells the documents of Numbers, Pages and Keynote, "" where the
// archive is none: since 2013 their parts are called .iwa, in 2009 they were XML.
func sniffIWork(files []*zip.File) string {
	found := ""
	for _, f := range files {
		switch name := strings.ToLower(f.Name); {
		case strings.HasSuffix(name, ".iwa") && strings.Contains(name, "index/slide"), name == "index.apxl":
			return formatKeynote
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
