package letter

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
)

func TestLimitsEndALetterWithWhatWasReadSoFar(t *testing.T) {
	t.Parallel()
	files := mixed(filePart("Content-Type: a/b; name=1", "0123456789"), filePart("Content-Type: a/b; name=2", "0123456789"))
	for _, c := range []struct {
		name string
		lim  Limits
	}{
		{"parts", Limits{Parts: 2}},
		{"bytes", Limits{TotalBytes: 15}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			l, err := Parse([]byte(files), c.lim)
			if !errors.Is(err, ErrLimit) || l == nil || len(l.Attachments) != 1 || len(l.From) != 1 {
				t.Errorf("got %+v, %v", l, err)
			}
		})
	}
	if _, err := Parse([]byte(" \r\n"), Limits{}); !errors.Is(err, ErrEmpty) {
		t.Errorf("blanks: %v", err)
	}
}

func TestWhatIsTooDeepStaysClosed(t *testing.T) {
	t.Parallel()
	letters, multiparts := inner(), "Content-Type: text/csv; name=a.csv\r\n\r\n1"
	for i := range 30 {
		letters = fmt.Sprintf("From: a@b.test\r\nSubject: %d\r\nContent-Type: message/rfc822\r\n\r\n%s", i, letters)
		multiparts = fmt.Sprintf("Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n%s\r\n--b%d--\r\n", i, i, multiparts, i)
	}
	for _, raw := range []string{letters, multiparts} {
		l := parse(t, raw)
		if len(l.Attachments) != 1 || !strings.Contains(string(l.Attachments[0].Data), "\r\n") || len(l.Warnings) == 0 {
			t.Errorf("got %d attachments, warnings %q", len(l.Attachments), l.Warnings)
		}
	}
}

// TestHostileLettersCostLittle feeds what would take quadratic time where a
// reader looks back or ahead too far. The bound is generous: a quadratic reader
// takes minutes.
func TestHostileLettersCostLittle(t *testing.T) {
	t.Parallel()
	const n = 200_000
	rep := strings.Repeat
	tnef := container(rep(attribute(2, attRenderData, ""), 20_000))
	for name, raw := range map[string]string{
		"boundaries":           "Content-Type: multipart/mixed; boundary=b\n\n" + rep("--b\n", n),
		"closing boundaries":   "Content-Type: multipart/mixed; boundary=b\n\n" + rep("--b--\n", n),
		"false boundaries":     "Content-Type: multipart/mixed; boundary=b\n\n" + rep("--b x\n", n) + rep("--b   ", n),
		"nested multiparts":    rep("Content-Type: multipart/mixed; boundary=b\n\n--b\n", n/10),
		"nested letters":       rep("From: a@b\nContent-Type: message/rfc822\n\n", n/10),
		"encoded words":        "Subject: " + rep("=?utf-8?Q?", n) + "\n\nx",
		"closed encoded words": "Subject: " + rep("=?a?B?YQ=?= ", n) + "\n\nx",
		"parameters":           "Content-Type: a/b; " + rep("x*1*=%D0;", n) + "\n\nx",
		"open quotes":          "Content-Type: a/b; " + rep("x=\"y\\;", n) + "\n\nx",
		"addresses":            "To: " + rep("<a@b.c", n) + rep(",(", n) + "\n\nx",
		"fields":               rep("X: y\n", n) + "\nx",
		"junk in the header":   "A: b\n" + rep("junk\nContent-X: y\n", n) + "\nx",
		"folded":               "Subject: x\n" + rep(" \n x\n", n) + "\nx",
		"blank lines":          rep("\n", n) + "Subject: x\n\n",
		"uuencode":             "A: b\n\n" + rep("begin 644 a\n#86)C\n", n),
		"uuencode begins":      "A: b\n\n" + rep("begin 644 a\n", n),
		"padding":              "Content-Type: a/b\nContent-Transfer-Encoding: base64\n\n" + rep("YQ==", n) + rep("YQ==\n", n),
		"soft breaks":          "Content-Transfer-Encoding: quoted-printable\n\n" + rep("=\r", n) + rep(" ", n) + rep("= ", n),
		"open tags":            "Content-Type: text/html\n\n" + rep("<div a='", n) + rep("<script>", n),
		"dashes":               "Content-Type: multipart/mixed\n\n" + rep("--a\n", n) + rep("-", n),
		"BER":                  "Content-Type: application/pkcs7-mime\nContent-Transfer-Encoding: base64\n\n" + wrapped(rep("\x30\x80", n)),
		"BER siblings":         "Content-Type: application/pkcs7-mime\nContent-Transfer-Encoding: base64\n\n" + wrapped("\x30\x80"+rep("\x06\x00", n)),
		"TNEF":                 "Content-Type: application/ms-tnef\nContent-Transfer-Encoding: base64\n\n" + wrapped(tnef),
		"TNEF properties": "Content-Type: application/ms-tnef\nContent-Transfer-Encoding: base64\n\n" + wrapped(container(
			attribute(1, attMessageProps, "\xff\xff\xff\xff"+rep("\x02\x11\x13\x10\xff\xff\xff\xff", 1000)))),
	} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			l, err := Parse([]byte(raw), Limits{})
			if err != nil && !errors.Is(err, ErrLimit) {
				t.Error(err)
			}
			if took := time.Since(start); took > 10*time.Second {
				t.Errorf("took %v", took)
			} else if took > time.Second {
				t.Logf("took %v", took)
			}
			if len(l.Attachments) > 1000 {
				t.Errorf("%d attachments", len(l.Attachments))
			}
		})
	}
}
