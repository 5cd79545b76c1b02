package grid

import (
	"archive/zip"
	"bytes"
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
		return pack.Zip
	}
	for _, f := range z.File {
		switch name := strings.ToLower(strings.ReplaceAll(f.Name, `\`, "/")); {
		case name == "mimetype":
			if format := sniffMimetype(f); format != "" {
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
		case strings.HasSuffix(name, ".iwa"):
			return "numbers"
		}
	}
	if looksLikeWorkbook(z.File) {
		return formatXLSX
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

func sniffMimetype(f *zip.File) string {
	r, err := f.Open()
	if err != nil {
		return ""
	}
	defer r.Close()
	b, err := io.ReadAll(io.LimitReader(r, 200))
	if err != nil {
		return ""
	}
	switch mime := string(b); {
	case strings.Contains(mime, "opendocument.spreadsheet"), strings.Contains(mime, "sun.xml.calc"):
		return "ods"
	case strings.Contains(mime, "opendocument.text"):
		return "odt"
	case strings.Contains(mime, "opendocument"):
		return "opendocument"
	case strings.Contains(mime, "epub"):
		return "epub"
	}
	return ""
}
