package letter

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestFileNames(t *testing.T) {
	t.Parallel()
	const otchet = "Отчёт за март.xlsx"
	for _, c := range []struct{ name, header, want string }{
		{"plain", `Content-Disposition: attachment; filename="a b.xls"`, "a b.xls"},
		{"without quotes", `Content-Disposition: attachment; filename=a (1) b.xls; size=3`, "a (1) b.xls"},
		{"with a quote inside", `Content-Disposition: attachment; filename="a \"b\".xls"`, `a "b".xls`},
		{"quote not closed", `Content-Disposition: attachment; filename="a.xls; size=3`, "a.xls"},
		{"RFC 2231", "Content-Disposition: attachment; filename*=utf-8''%D0%9E%D1%82%D1%87%D1%91%D1%82%20%D0%B7%D0%B0%20%D0%BC%D0%B0%D1%80%D1%82.xlsx", otchet},
		{"RFC 2231 in koi8-r", "Content-Disposition: attachment; filename*=koi8-r'ru'%EF%D4%DE%A3%D4%20%DA%C1%20%CD%C1%D2%D4.xlsx", otchet},
		{"RFC 2231 wins", "Content-Disposition: attachment; filename=\"otchet.xlsx\"; filename*=utf-8''%D0%B0.xlsx", "а.xlsx"},
		{"RFC 2231 in pieces out of order, a letter split", "Content-Disposition: attachment;\r\n filename*1*=%87%D1%91%D1%82;\r\n filename*0*=utf-8''%D0%9E%D1%82%D1;\r\n filename*2=\" 1.xls\"", "Отчёт 1.xls"},
		{"RFC 2231 without a charset", "Content-Disposition: attachment; filename*=%CF%F0%EE%E4%E0%E6%E8.xls", "Продажи.xls"},
		{"RFC 2231 without percent signs", "Content-Disposition: attachment; filename*=utf-8''a.xls", "a.xls"},
		{"encoded words in pieces", "Content-Disposition: attachment; filename*0=\"=?utf-8?B?0J7RgtGH\"; filename*1=\"0ZHRgg==?=.xls\"", "Отчёт.xls"},
		{"encoded word", "Content-Disposition: attachment; filename=\"=?utf-8?B?0J7RgtGH0ZHRgg==?=.xls\"", "Отчёт.xls"},
		{"words split amid a letter", "Content-Disposition: attachment; filename=\"=?utf-8?B?0J7RgtGH0Q==?= =?utf-8?B?kdGCLnhscw==?=\"", "Отчёт.xls"},
		{"words split amid base64", "Content-Disposition: attachment; filename=\"=?utf-8?B?0J7RgtG?=\r\n =?utf-8?B?H0ZHRgi54bHM=?=\"", "Отчёт.xls"},
		{"Q word of two charsets", "Content-Type: application/x; name=\"=?windows-1251?Q?=CE=F2=F7=B8=F2_?= =?koi8-r?Q?=DA=C1?= 1.xls\"", "Отчёт за 1.xls"},
		{"word that is cut off", "Content-Disposition: attachment; filename=\"=?utf-8?B?0J7RgtGH0ZHRgi54bHM", "Отчёт.xls"},
		{"word with a language", "Content-Disposition: attachment; filename==?utf-8*ru?Q?=D0=B0?=.xls", "а.xls"},
		{"Japanese word", "Content-Disposition: attachment; filename=\"=?ISO-2022-JP?B?GyRCJEYkOSRIGyhCLnR4dA==?=\"", "てすと.txt"},
		{"raw utf-8", "Content-Disposition: attachment; filename=\"Отчёт.xls\"", "Отчёт.xls"},
		{"raw windows-1251", "Content-Disposition: attachment; filename=\"\xce\xf2\xf7\xb8\xf2 \xef\xee \xef\xf0\xee\xe4\xe0\xe6\xe0\xec.xls\"", "Отчёт по продажам.xls"},
		{"raw koi8-r", "Content-Disposition: attachment; filename=\"\xef\xd4\xde\xa3\xd4 \xd0\xcf \xd0\xd2\xcf\xc4\xc1\xd6\xc1\xcd.xls\"", "Отчёт по продажам.xls"},
		{"raw cp866", "Content-Disposition: attachment; filename=\"\x8e\xe2\xe7\xf1\xe2 \xaf\xae \xaf\xe0\xae\xa4\xa0\xa6\xa0\xac.xls\"", "Отчёт по продажам.xls"},
		{"raw capitals in windows-1251", "Content-Disposition: attachment; filename=\"\xce\xd2\xd7\xc5\xd2.XLS\"", "ОТЧЕТ.XLS"},
		{"raw Latin-1", "Content-Disposition: attachment; filename=\"Umsatzb\xfccher.xls\"", "Umsatzbücher.xls"},
		{"Latin-1 that is Russian", "Content-Disposition: attachment; filename=\"=?iso-8859-1?Q?=CE=F2=F7=E5=F2_=EF=EE_=EF=F0=EE=E4=E0=E6=E0=EC?=\"", "Отчет по продажам"},
		{"Content-Type only", "Content-Type: application/x; name=a.xls\r\nContent-Disposition: attachment", "a.xls"},
		{"disposition wins over Content-Type", "Content-Type: application/x; name=b.xls\r\nContent-Disposition: attachment; filename=a.xls", "a.xls"},
		{"semicolon missing", "Content-Type: application/x name=a.xls", "a.xls"},
		{"value missing", "Content-Type: application/x\r\nContent-Disposition: filename=a.xls", "a.xls"},
		{"line without its indent", "Content-Type: application/x;\r\nname=\"a.xls\"", "a.xls"},
		{"folded", "Content-Disposition: attachment;\r\n\tfilename=\"a\r\n b.xls\"", "a b.xls"},
		{"path of Unix", `Content-Disposition: attachment; filename="../../etc/a.xls"`, "a.xls"},
		{"path of Windows", `Content-Disposition: attachment; filename="C:\Temp\a.xls"`, "a.xls"},
		{"dots only", `Content-Disposition: attachment; filename=".."`, ""},
		{"controls and direction marks", "Content-Disposition: attachment; filename=\"=?utf-8?B?YeKAri54bABzCi5leGU=?=\"", "a.xls.exe"},
		{"none", "Content-Disposition: attachment", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			l := parse(t, mixed(filePart(c.header, "data")))
			if len(l.Attachments) != 1 || l.Attachments[0].Name != c.want || string(l.Attachments[0].Data) != "data" {
				t.Errorf("got %q, want name %q", listed(l), c.want)
			}
		})
	}
}

func TestLongNameKeepsItsExtension(t *testing.T) {
	t.Parallel()
	l := parse(t, mixed(filePart("Content-Disposition: attachment; filename=\""+strings.Repeat("ё", 300)+".xlsx\"", "x")))
	name := l.Attachments[0].Name
	if len(name) > 255 || len(name) < 250 || !strings.HasSuffix(name, "ё.xlsx") || !utf8.ValidString(name) {
		t.Errorf("got %d bytes: %q", len(name), name)
	}
}

func TestNamelessFileIsNamedByItsContent(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ data, kind, want string }{
		{"PK\x03\x04...xl/workbook.xml", "", "attachment-2.xlsx"},
		{"PK\x03\x04...", "", "attachment-2.zip"},
		{"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "", "attachment-2.xls"},
		{"%PDF-1.4", "application/pdf", "attachment-2.pdf"},
		{"a;b", "text/csv", "attachment-2.csv"},
		{"a;b", "application/octet-stream", "attachment-2.txt"},
		{"\x00\x01", "application/octet-stream", "attachment-2.bin"},
	} {
		if got := NameOf(Attachment{Data: []byte(c.data), Type: c.kind}, 2); got != c.want {
			t.Errorf("%q: got %s, want %s", c.data, got, c.want)
		}
	}
	if got := NameOf(Attachment{Name: "a.xls"}, 2); got != "a.xls" {
		t.Errorf("a given name became %s", got)
	}
}
