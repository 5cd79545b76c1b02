package letter

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"
)

func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		mixed(textPart("x"), filePart("Content-Disposition: attachment; filename*0*=utf-8''%D0; filename*1=b", "report")),
		multi("digest", "\r\n"+inner()),
		mixed("Content-Type: message/rfc822\r\n\r\n" + inner()),
		mixed(filePart("Content-Type: application/ms-tnef", container(attribute(2, attRenderData, ""),
			attribute(2, attAttachment, mapi(long(typeUnicode, propLongName, wide("имя.xls")), long(typeObject, propData, strings.Repeat("i", 16)+container())))))),
		mixed(filePart("Content-Type: application/pkcs7-mime", signedMessage(ber, ber(tagContext0, ber(tagOctets|tagConstructed, der(tagOctets, "Content-Type: text/csv\r\n\r\n1")))))),
		"From: a@b.test\r\n\r\nbegin 644 a\r\n#86)C\r\n`\r\nend\r\n",
		"Content-Type: text/html; charset=koi8-r\n\n<p>\xf0\xd2\xc9\xd7\xc5\xd4",
		"Subject: =?utf-8?B?0J7RgtGH0Q==?= =?utf-8?B?kdGC?=\nTo: \"a\" <b@c.test>, d: e@f.test;\n\n",
	} {
		f.Add([]byte(seed))
	}
	if files, err := filepath.Glob(filepath.Join(corpusDir, "*.eml")); err == nil {
		for _, name := range files {
			if data, err := os.ReadFile(name); err == nil && len(data) < 16<<10 {
				f.Add(data)
			}
		}
	}
	lim := Limits{Depth: 4, Parts: 50, TotalBytes: 1 << 20, NameBytes: 60}
	f.Fuzz(func(t *testing.T, data []byte) {
		l, err := Parse(data, lim)
		if err != nil && !errors.Is(err, ErrLimit) && !errors.Is(err, ErrEmpty) {
			t.Fatalf("another error: %v", err)
		}
		if l == nil {
			return
		}
		checkLetter(t, l, lim)
	})
}

// checkLetter checks what holds for every letter.
func checkLetter(t *testing.T, l *Letter, lim Limits) {
	t.Helper()
	if len(l.Attachments) > lim.Parts {
		t.Errorf("%d attachments", len(l.Attachments))
	}
	for _, s := range append([]string{l.Subject, l.Text, l.MessageID}, append(l.References, l.InReplyTo...)...) {
		if !utf8.ValidString(s) {
			t.Errorf("no UTF-8: %q", s)
		}
	}
	for _, a := range append(append(append([]Address(nil), l.From...), l.To...), l.Cc...) {
		if !utf8.ValidString(a.Name+a.Addr) || !strings.Contains(a.Addr, "@") {
			t.Errorf("address %q", a)
		}
	}
	for _, a := range l.Attachments {
		if !utf8.ValidString(a.Name+a.Type+a.ContentID) || len(a.Name) > lim.NameBytes || strings.ContainsAny(a.Name, "/\\\x00\r\n") {
			t.Errorf("attachment %q %q", a.Name, a.Type)
		}
		if len(a.Path) > lim.Depth {
			t.Errorf("path %q", a.Path)
		}
	}
	l.Reports()
}
