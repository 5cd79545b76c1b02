package letter

import (
	"encoding/base64"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// inner is a letter with one report, to be put into others.
func inner() string {
	return strings.NewReplacer("Subject: test", "Subject: Fwd/1", "=_b2", "inner").Replace(
		mixed(textPart("внутри"), filePart("Content-Disposition: attachment; filename=a.xls", "report")))
}

func TestNestedLettersAreOpened(t *testing.T) {
	t.Parallel()
	in64 := wrapped(inner())
	for _, c := range []struct {
		name, part string
		want       []string // names
		path       string
	}{
		{"as it should be", "Content-Type: message/rfc822\r\n\r\n" + inner(), []string{"a.xls"}, "Fwd 1"},
		{"in base64", "Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n" + in64, []string{"a.xls"}, "Fwd 1"},
		{"in base64 without saying so", "Content-Type: message/rfc822\r\n\r\n" + in64, []string{"a.xls"}, "Fwd 1"},
		{"plain but called base64", "Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n" + inner(), []string{"a.xls"}, "Fwd 1"},
		{"with a name", "Content-Type: message/rfc822; name=fwd.eml\r\n\r\n" + inner(), []string{"fwd.eml", "a.xls"}, "fwd.eml"},
		{"as octet-stream", "Content-Type: application/octet-stream; name=fwd.EML\r\nContent-Transfer-Encoding: base64\r\n\r\n" + in64, []string{"fwd.EML", "a.xls"}, "fwd.EML"},
		{"after blank lines and a line of a mailbox", "Content-Type: message/rfc822\r\n\r\n\r\nFrom x Mon Aug  5\r\n" + inner(), []string{"a.xls"}, "Fwd 1"},
		{"message/global", "Content-Type: message/global\r\n\r\n" + inner(), []string{"a.xls"}, "Fwd 1"},
		{"first piece of a letter", "Content-Type: message/partial; number=1; total=2; id=x\r\n\r\n" + inner(), []string{"a.xls"}, "Fwd 1"},
		{"no letter at all", "Content-Type: message/rfc822; name=b.eml\r\n\r\nnothing of the kind", []string{"b.eml"}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			l := parse(t, mixed(textPart("see below"), c.part))
			var names []string
			for _, a := range l.Attachments {
				names = append(names, a.Name)
			}
			last := l.Attachments[len(l.Attachments)-1]
			if !slices.Equal(names, c.want) || strings.Join(last.Path, "/") != c.path {
				t.Errorf("got %q in %q, want %q in %q", names, last.Path, c.want, c.path)
			}
			if c.path != "" && (string(last.Data) != "report" || len(l.Reports()) != 1) {
				t.Errorf("report %q, %d reports", last.Data, len(l.Reports()))
			}
			if l.Text != "see below" {
				t.Errorf("text %q", l.Text)
			}
		})
	}
}

func TestForwardWithoutWordsTakesTheTextOfTheLetterInside(t *testing.T) {
	t.Parallel()
	if l := parse(t, mixed("Content-Type: message/rfc822\r\n\r\n"+inner())); l.Text != "внутри" {
		t.Errorf("text %q", l.Text)
	}
}

func TestNestedLetterWithTheBoundaryOfTheOuterOneLosesNothing(t *testing.T) {
	t.Parallel()
	l := parse(t, mixed(textPart("x"), "Content-Type: message/rfc822\r\n\r\n"+strings.ReplaceAll(inner(), "inner", "=_b3"),
		filePart("Content-Disposition: attachment; filename=b.xls", "second")))
	if got := listed(l); !slices.Equal(got, []string{"a.xls=report", "b.xls=second"}) {
		t.Errorf("got %q", got)
	}
}

func TestDigestHoldsLetters(t *testing.T) {
	t.Parallel()
	l := parse(t, multi("digest", "\r\n"+inner(), "\r\n"+inner()))
	if got := listed(l); !slices.Equal(got, []string{"a.xls=report", "a.xls=report"}) {
		t.Errorf("got %q", got)
	}
}

func TestMultipartsThatBreakTheRules(t *testing.T) {
	t.Parallel()
	whole := mixed(textPart("words"), filePart("Content-Disposition: attachment; filename=a.xls", "report"))
	header, body, _ := strings.Cut(whole, "\r\n\r\n")
	for _, c := range []struct{ name, raw string }{
		{"bare LF", strings.ReplaceAll(whole, "\r\n", "\n")},
		{"bare CR", strings.ReplaceAll(whole, "\r\n", "\r")},
		{"CR doubled", strings.ReplaceAll(whole, "\r\n", "\r\r\n")},
		{"no closing boundary", strings.Split(whole, "--=_b2--")[0]},
		{"no boundary in the header", strings.Replace(whole, `boundary="=_b2"`, "", 1)},
		{"another boundary in the header", strings.Replace(whole, `boundary="=_b2"`, `boundary="x"`, 1)},
		{"closed too early", strings.Replace(whole, "\r\n--=_b2\r\nContent-Disp", "\r\n--=_b2--\r\n--=_b2\r\nContent-Disp", 1)},
		{"blanks after the boundary", strings.ReplaceAll(whole, "--=_b2\r\n", "--=_b2 \t\r\n")},
		{"encoded as a whole", header + "\r\nContent-Transfer-Encoding: base64\r\n\r\n" + wrapped(body)},
		{"junk line in the header", strings.Replace(whole, "MIME-Version", "junk without colon\r\nMIME-Version", 1)},
		{"two types", strings.Replace(whole, "\r\n\r\npreamble", "\r\nContent-Type: text/plain\r\n\r\npreamble", 1)},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			l := parse(t, c.raw)
			if got := listed(l); !slices.Equal(got, []string{"a.xls=report"}) || l.Text != "words" {
				t.Errorf("got %q, text %q", got, l.Text)
			}
		})
	}
}

func TestPartsWithoutAFile(t *testing.T) {
	t.Parallel()
	l := parse(t, mixed(
		"Content-Type: message/external-body; access-type=URL; name=a.xls\r\n\r\nContent-Type: application/x\r\n\r\n",
		"Content-Type: multipart/mixed; boundary=none\r\n\r\njust words",
		"\r\nno header",
		"Content-Type: text\r\n\r\nno subtype"))
	if len(l.Attachments) != 0 || l.Text != "just words\n\nno header\n\nno subtype" || len(l.Warnings) != 2 {
		t.Errorf("got %q, text %q, warnings %q", listed(l), l.Text, l.Warnings)
	}
}

func TestReportsLeaveDecorationOut(t *testing.T) {
	t.Parallel()
	file := func(header string) string { return filePart(header, "data") }
	l := parse(t, mixed(
		multi("related", textPart("hi"), file("Content-Type: image/png; name=image001.png\r\nContent-ID: <i1>"))[len("From: Иванов <ivanov@dist.test>\r\nSubject: test\r\n"):],
		file("Content-Type: text/calendar; name=invite.ics"),
		file("Content-Type: application/octet-stream; name=me.VCF"),
		file("Content-Type: application/pkcs7-signature; name=smime.p7s"),
		file("Content-Type: image/jpeg\r\nContent-Disposition: attachment"),
		file("Content-Type: message/delivery-status"),
		"Content-Type: application/x; name=empty.xls\r\n\r\n",
		file("Content-Type: image/jpeg; name=photo.jpg\r\nContent-Disposition: attachment"),
		file("Content-Type: application/x; name=inline.xlsx\r\nContent-Disposition: inline\r\nContent-ID: <x>")))
	if len(l.Attachments) != 9 {
		t.Errorf("%d attachments: %q", len(l.Attachments), listed(l))
	}
	var got []string
	for _, a := range l.Reports() {
		got = append(got, a.Name)
	}
	if !slices.Equal(got, []string{"photo.jpg", "inline.xlsx"}) {
		t.Errorf("reports %q", got)
	}
}

func TestEncryptedPartsAreMarked(t *testing.T) {
	t.Parallel()
	l := parse(t, multi("encrypted", "Content-Type: application/pgp-encrypted\r\n\r\nVersion: 1",
		"Content-Type: application/octet-stream\r\n\r\n-----BEGIN PGP MESSAGE-----"))
	if !l.Encrypted || len(l.Attachments) != 2 || l.Attachments[0].Encrypted || !l.Attachments[1].Encrypted || len(l.Reports()) != 1 {
		t.Errorf("got %+v", l.Attachments)
	}
}

func ExampleWriteAttachments() {
	l, err := Parse([]byte("From: a@b.test\nContent-Type: text/csv; name=\"a<b.csv\"\nContent-Transfer-Encoding: base64\n\n"+
		base64.StdEncoding.EncodeToString([]byte("1;2"))+"\n"), Limits{})
	if err != nil {
		panic(err)
	}
	var out strings.Builder
	if err := WriteAttachments(&out, l); err != nil {
		panic(err)
	}
	fmt.Print(out.String())
	// Output: {"name":"a<b.csv","type":"text/csv","size":3,"sha256":"cbf6d3a344b6cdc05893f974cbab31c42bdafe2bf0acee2aa8f02f834e53a160"}
}
