package mailer

import (
	"strings"
	"testing"

	"github.com/distbase/distbase/ingest/letter"
)

func TestAutomaticLettersAreNotAnswered(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		header string
		may    bool
	}{
		"a person":                {"From: a@b.example", true},
		"auto-submitted no":       {"From: a@b.example\r\nAuto-Submitted: no", true},
		"auto-replied":            {"From: a@b.example\r\nAuto-Submitted: auto-replied (vacation)", false},
		"auto-generated":          {"From: a@b.example\r\nAuto-Submitted: Auto-Generated; x=1", false},
		"bulk":                    {"From: a@b.example\r\nPrecedence: bulk", false},
		"list":                    {"From: a@b.example\r\nPrecedence: list", false},
		"junk":                    {"From: a@b.example\r\nPrecedence: Junk", false},
		"mailing list":            {"From: a@b.example\r\nList-Id: <l.example>", false},
		"exchange absence note":   {"From: a@b.example\r\nX-Auto-Response-Suppress: All", false},
		"exchange, receipts only": {"From: a@b.example\r\nX-Auto-Response-Suppress: RN, NRN", true},
		"empty return path":       {"Return-Path: <>\r\nFrom: a@b.example", false},
		"return path":             {"Return-Path: <a@b.example>\r\nFrom: a@b.example", true},
		"mailer-daemon":           {"From: MAILER-DAEMON@b.example", false},
		"our own letter":          {"From: a@b.example\r\nMessage-ID: <" + messageID("x", "r@us.example") + ">", false},
		"delivery report":         {"From: a@b.example\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b", false},
		"no sender":               {"Subject: x", false},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l, err := letter.Parse([]byte(c.header+"\r\n\r\nbody\r\n"), letter.Limits{})
			if err != nil {
				t.Fatal(err)
			}
			thread := ThreadOf(l)
			if thread.MayAnswer() != c.may {
				t.Fatalf("%+v", thread)
			}
			back, err := ReadThread(thread.JSON())
			if err != nil || back.MayAnswer() != c.may {
				t.Fatalf("after storing: %+v, %v", back, err)
			}
		})
	}
}

func TestThreadLeadsToReplyToAndStaysShort(t *testing.T) {
	t.Parallel()
	refs := strings.Repeat(" <r@x>", 50)
	l, err := letter.Parse([]byte("From: a@b.example\r\nReply-To: Desk <Desk@B.example>\r\nMessage-ID: <m@b>\r\nReferences: <first@x>"+refs+"\r\n\r\nx\r\n"), letter.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	thread := ThreadOf(l)
	if thread.Address != "desk@b.example" || len(thread.References) != maxReferences || thread.References[0] != "first@x" {
		t.Fatalf("%+v", thread)
	}
}

func TestMessageIDFollowsFromTheDedupKey(t *testing.T) {
	t.Parallel()
	a, b := messageID("answer:1", "r@us.example"), messageID("answer:2", "r@us.example")
	if a == b || a != messageID("answer:1", "r@us.example") || !ownID(a) || !goodID(a) || !strings.HasSuffix(a, "@us.example") {
		t.Fatal(a, b)
	}
}

func TestAnswerKeepsTheSubjectOfItsThread(t *testing.T) {
	t.Parallel()
	for asked, want := range map[string]string{
		"Июль": "Re: Июль", "Re: Июль": "Re: Июль", "RE[2]: Июль": "Re: Июль", "Отв: Июль": "Re: Июль", "": "Re: own",
		"two\r\nBcc: x@y": "Re: two Bcc: x@y",
	} {
		if got := subject("own", asked, true); got != want {
			t.Errorf("%q became %q", asked, got)
		}
	}
	if got := subject("own", "", false); got != "own" {
		t.Errorf("got %q", got)
	}
}

func TestTelegramsHTMLBecomesTextAndPage(t *testing.T) {
	t.Parallel()
	cases := map[string]struct{ in, plain, rich string }{
		"lines and bold":   {"<b>Принято</b>\n1 &lt; 2", "Принято\r\n1 < 2\r\n", "<b>Принято</b><br>\r\n1 &lt; 2"},
		"link":             {`<a href="https://x.example/?a=1&amp;b">see</a>`, "see (https://x.example/?a=1&b)\r\n", `<a href="https://x.example/?a=1&amp;b">see</a>`},
		"script link":      {`<a href="javascript:x">see</a>`, "see\r\n", "<a>see</a>"},
		"preformatted":     {"<pre>a\nb</pre>", "a\r\nb\r\n", "<pre>a\nb</pre>"},
		"unknown tag":      {"<tg-spoiler>s</tg-spoiler><img src=x>", "s\r\n", "s"},
		"closed for them":  {"<b>open", "open\r\n", "<b>open</b>"},
		"stray end":        {"a</b>", "a\r\n", "a"},
		"script vanishes":  {"<script>x</script>", "x\r\n", "x"},
		"strike and under": {"<del>a</del><ins>b</ins>", "ab\r\n", "<s>a</s><u>b</u>"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := plainText(c.in); got != c.plain {
				t.Errorf("plain: %q", got)
			}
			rich := richText(c.in)
			_, rich, _ = strings.Cut(rich, "sans-serif\">\r\n")
			if rich, _, _ = strings.Cut(rich, "\r\n</body>"); rich != c.rich {
				t.Errorf("rich: %q", rich)
			}
		})
	}
}

func FuzzTelegramsHTML(f *testing.F) {
	f.Add("<b>x</b>\n<a href='https://x'>y</a>")
	f.Add("<pre><b></pre></b><a href=")
	f.Fuzz(func(t *testing.T, in string) {
		page := richText(in)
		for _, bad := range []string{"<script", "<img", "<style", "javascript:\"", "<iframe"} {
			if strings.Contains(strings.ToLower(page), bad) {
				t.Fatalf("%q in %q", bad, page)
			}
		}
		plainText(in)
	})
}
