package letter

import (
	"slices"
	"strings"
	"testing"
)

func TestFileComesThroughEveryTransferEncoding(t *testing.T) {
	t.Parallel()
	const name = "Content-Type: application/octet-stream; name=a.bin\r\n"
	long := strings.Repeat("Отчёт;12\r\n", 40)
	for _, c := range []struct{ name, part, want string }{
		{"base64", filePart(name[:len(name)-2], long), long},
		{"base64 without padding", name + "Content-Transfer-Encoding: base64\r\n\r\nYQ", "a"},
		{"base64 on one line", name + "Content-Transfer-Encoding: BASE64 \r\n\r\n" + strings.ReplaceAll(wrapped(long), "\r\n", ""), long},
		{"base64 with junk", name + "Content-Transfer-Encoding: base64\r\n\r\nY!W J\r\n*j", "abc"},
		{"base64 with a footer", name + "Content-Transfer-Encoding: base64\r\n\r\nYWI=\r\n-- \r\nChecked by nobody", "ab"},
		{"base64 that needs no padding with a footer", name + "Content-Transfer-Encoding: base64\r\n\r\nYWJj\r\n\r\n-- \r\nChecked by nobody", "abc"},
		{"base64 in padded pieces", name + "Content-Transfer-Encoding: base64\r\n\r\nYQ==\r\nYg==\r\n" + wrapped("cccccccccccccccccccccccccccc"), "abcccccccccccccccccccccccccccc"},
		{"base64 label on a bare document", name + "Content-Transfer-Encoding: base64\r\n\r\nPK\x03\x04bare", "PK\x03\x04bare"},
		{"base64 document without a label", name + "\r\n" + wrapped("PK\x03\x04"+long), "PK\x03\x04" + long},
		{"quoted-printable", name + "Content-Transfer-Encoding: Quoted-Printable\r\n\r\n=D0=9E=\r\n=d1=82 \r\nx=3D= \t\r\ny", "От\r\nx=y"},
		{"quoted-printable, broken", name + "Content-Transfer-Encoding: quoted-printable\r\n\r\n100=% =ZZ=", "100=% =ZZ"},
		{"8bit", name + "Content-Transfer-Encoding: 8bit\r\n\r\n\xcf\xf0\xe8\r\n\r\n", "\xcf\xf0\xe8\r\n\r\n"},
		{"binary", name + "Content-Transfer-Encoding: binary\r\n\r\na\x00\r\nb\rc\n", "a\x00\r\nb\rc\n"},
		{"unknown", name + "Content-Transfer-Encoding: x-what\r\n\r\nas it is", "as it is"},
		{"uuencode", name + "Content-Transfer-Encoding: x-uuencode\r\n\r\nbegin 644 b.bin\r\n#86)C\r\n`\r\nend", "abc"},
		{"uuencode without its end and with blanks lost", name + "Content-Transfer-Encoding: x-uue\r\n\r\nbegin 644 b.bin\r\n#86\r\n", "a`\x00"},
		{"empty", name + "Content-Transfer-Encoding: base64\r\n\r\n", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			l := parse(t, mixed(textPart("see file"), c.part))
			if got := listed(l); !slices.Equal(got, []string{"a.bin=" + c.want}) {
				t.Errorf("got %q, want %q", got, c.want)
			}
			if l.Text != "see file" {
				t.Errorf("text %q", l.Text)
			}
		})
	}
}

func TestTextAttachmentIsNotTranscoded(t *testing.T) {
	t.Parallel()
	const csv = "\xd2\xee\xe2\xe0\xf0;1\r\n" // windows-1251
	l := parse(t, mixed("Content-Type: text/csv; charset=windows-1251; name=a.csv\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"+csv))
	if got := listed(l); !slices.Equal(got, []string{"a.csv=" + csv}) {
		t.Errorf("got %q", got)
	}
}

func TestUuencodeInATextIsAFile(t *testing.T) {
	t.Parallel()
	raw := "From: a@b.test\nSubject: uu\n\nSee file\n\nbegin 644 report one.xls\n#86)C\n`\nend\nand\nbegin 600 \xcf\xf0\xe8.xls\n!80``\n`\nend\nBye, begin 644 nothing\n"
	l := parse(t, raw)
	if got := listed(l); !slices.Equal(got, []string{"report one.xls=abc", "При.xls=a"}) {
		t.Errorf("got %q", got)
	}
	if l.Text != "See file\n\nand\nBye, begin 644 nothing" {
		t.Errorf("text %q", l.Text)
	}
}

func TestWordsThatOnlyLookLikeUuencodeStayText(t *testing.T) {
	t.Parallel()
	l := parse(t, "From: a@b.test\n\nbegin 100 days\nof summer here\n")
	if len(l.Attachments) != 0 || l.Text != "begin 100 days\nof summer here" {
		t.Errorf("got %q and text %q", listed(l), l.Text)
	}
}
