package grid

import "testing"

func TestMarkupIsToldByItsFirstElement(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, data, want string }{
		{"bare table", "\ufeff \r\n<table border=1><tr><td>1", formatHTML},
		{"table behind comment and meta", "<!-- x --><META charset=utf-8><TABLE>", formatHTML},
		{"font around a table", "<font size=2><table><tr><td>1", formatHTML},
		{"xhtml", `<?xml version="1.0"?><!DOCTYPE html PUBLIC "x"><html>`, formatHTML},
		{"doctype alone", "<!DOCTYPE HTML><x>", formatHTML},
		{"utf-16", "\xff\xfe<\x00t\x00a\x00b\x00l\x00e\x00>\x00", formatHTML},
		{"workbook", `<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><!-- y --><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">`, formatXMLSS},
		{"workbook with a prefix", `<?xml version="1.0"?><s:Workbook xmlns:s="urn:schemas-microsoft-com:office:spreadsheet">`, formatXMLSS},
		{"workbook without declaration", `<ss:Workbook xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">`, formatXMLSS},
		{"flat workbook of OpenDocument", `<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0">`, "fods"},
		{"flat text of OpenDocument", `<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:mimetype="application/vnd.oasis.opendocument.text"><table:table>`, "odt"},
		{"flat workbook with another prefix", `<?xml version="1.0"?><o:document xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0">`, "fods"},
		{"gnumeric", `<?xml version="1.0"?><gnm:Workbook xmlns:gnm="http://www.gnumeric.org/v10.dtd">`, "gnumeric"},
		{"picture in XML", `<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "b">]><svg>`, "xml"},
		{"text that begins with a sign", "<5;1\n<7;2\n", formatText},
		{"saved page", "From: <Saved by Blink>\r\nSubject: x\r\nDate: y\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\"; boundary=\"b\"\r\n\r\n--b", formatMHT},
		{"workbook saved as page", "MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\nContent-Type: multipart/related; boundary=\"b\"\r\n\r\n--b", formatMHT},
		{"letter with a page in it", "From: a@b.c\r\nTo: d@e.f\r\nContent-Type: multipart/related; boundary=\"b\"\r\nMIME-Version: 1.0\r\n\r\n--b\r\nContent-Type: text/html\r\n", "eml"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := sniff([]byte(c.data)); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestSymbolicLinksAreToldFromTextsWithAnID(t *testing.T) {
	t.Parallel()
	for data, want := range map[string]string{
		"ID;PWXL;N;E\r\nP;PGeneral\r\n":    formatSLK,
		"ID;PQuattro Pro\rB;X4;Y4\r":       formatSLK,
		"ID;P\nC;Y1;X1;K1\nE\n":            formatSLK,
		"ID;P\nE\n":                        formatSLK,
		"ID;Product;Price\n1;Milk;5\n":     formatText,
		"ID;P\n1;2\n":                      formatText,
		"ID;Price\nC;5\nF;6\n":             formatText,
		"ID;Name;Qty\r\nP;12;5\r\nB;3;4\n": formatText,
	} {
		if got := sniff([]byte(data)); got != want {
			t.Errorf("%q: got %s, want %s", data, got, want)
		}
	}
}
