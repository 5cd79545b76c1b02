package letter

import (
	"reflect"
	"slices"
	"testing"
	"time"
)

func TestHeaderOfALetter(t *testing.T) {
	t.Parallel()
	l := parse(t, "Return-Path: <>\r\nFROM: =?koi8-r?B?6drBzs/XLCDwxdTS?= <Ivanov@Dist.test>\r\nSender: bot@dist.test\r\n"+
		"Reply-To: \"Отчёты, ООО\" <r@dist.test>\r\nTo: sales: a@x.test, B <b@x.test>;, c@x.test (Пётр)\r\nCc: broken, <d@x.test\r\n"+
		"Subject: =?utf-8?Q?=D0=9E=D1=82=D1?= =?utf-8?Q?=87=D1=91=D1=82?=\r\n for\t March\r\n"+
		"Message-ID: <1@dist.test>\r\nIn-Reply-To: <0@x.test>\r\nReferences: <a@x.test><0@x.test>\r\n\t<b@x.test>\r\n"+
		"Date: Mon, 05 Aug 2024 09:12:33 +0300 (MSK)\r\nAuto-Submitted : auto-replied\r\nList-Id:\r\n\r\ntext")
	want := &Letter{
		Header:  l.Header,
		From:    []Address{{"Изанов, Петр", "ivanov@dist.test"}},
		Sender:  []Address{{"", "bot@dist.test"}},
		ReplyTo: []Address{{"Отчёты, ООО", "r@dist.test"}},
		To:      []Address{{"", "a@x.test"}, {"B", "b@x.test"}, {"Пётр", "c@x.test"}},
		Cc:      []Address{{"", "d@x.test"}},
		Subject: "Отчёт for  March", MessageID: "1@dist.test",
		InReplyTo: []string{"0@x.test"}, References: []string{"a@x.test", "0@x.test", "b@x.test"},
		Date: l.Date, Text: "text",
	}
	if !reflect.DeepEqual(l, want) {
		t.Errorf("got  %+v\nwant %+v", l, want)
	}
	if !l.Date.Equal(time.Date(2024, 8, 5, 6, 12, 33, 0, time.UTC)) {
		t.Errorf("date %v", l.Date)
	}
	h := l.Header
	if h.Raw("auto-submitted") != "auto-replied" || !h.Has("LIST-ID") || h.Has("Precedence") || h.Raw("Return-path") != "<>" {
		t.Error("fields for the loop guards are not found")
	}
}

func TestAddressesThatBreakTheRules(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		raw  string
		want []Address
	}{
		{"", nil},
		{"undisclosed-recipients:;", nil},
		{"a@b.test c@d.test", []Address{{"", "a@b.test"}}},
		{"Name <a@b.test", []Address{{"Name", "a@b.test"}}},
		{"Name <a@b.test, Other <c@d.test>", []Address{{"Name", "a@b.test"}, {"Other", "c@d.test"}}},
		{`"Name <a@b.test>`, []Address{{"", "a@b.test"}}},
		{"<@relay.test:a@b.test>", []Address{{"", "a@b.test"}}},
		{"\xc8\xe2\xe0\xed\xee\xe2 <a@b.test>", []Address{{"Иванов", "a@b.test"}}},
		{"a@b.test; c@d.test", []Address{{"", "a@b.test"}, {"", "c@d.test"}}},
		{"'a@b.test' <a@b.test>", []Address{{"a@b.test", "a@b.test"}}},
		{"not an address", nil},
	} {
		h := Header{fields: []field{{"to", []byte(c.raw)}}}
		if got := h.Addresses("To"); !slices.Equal(got, c.want) {
			t.Errorf("%q: got %+v, want %+v", c.raw, got, c.want)
		}
	}
}

func TestHeadersThatBreakTheRules(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, raw, subject, text string }{
		{"no header", "just words: many\nof them", "", "just words: many\nof them"},
		{"only a header", "Subject: x", "x", ""},
		{"no blank line before the text", "Subject: x\nHello there\nNote: y\n", "x", "Hello there\nNote: y"},
		{"byte order mark", "\xEF\xBB\xBFSubject: x\n\ny", "x", "y"},
		{"blank lines above", "\n\n \nSubject: x\n\ny", "x", "y"},
		{"line of a mailbox", "From x@y Mon Aug  5 09:12:33 2024\nSubject: x\n\ny", "x", "y"},
		{"first field indented", " From: a@b.test\nSubject: x\n\ny", "x", "y"},
		{"blank line of blanks", "Subject: x\n \ny", "x", "y"},
		{"blanks within a field", "Subject: x\n \n z\n\ny", "x  z", "y"},
		{"zero bytes and controls", "Subject: x\x00\x07z\n\ny", "xz", "y"},
		{"raw koi8-r", "Subject: \xef\xd4\xde\xa3\xd4 \xda\xc1 \xcd\xc1\xca\n\ny", "Отчёт за май", "y"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if l := parse(t, c.raw); l.Subject != c.subject || l.Text != c.text {
				t.Errorf("got subject %q and text %q, want %q and %q", l.Subject, l.Text, c.subject, c.text)
			}
		})
	}
}

func TestDatesAsPeopleSendThem(t *testing.T) {
	t.Parallel()
	want := time.Date(2024, 8, 5, 9, 12, 33, 0, time.UTC)
	for _, raw := range []string{"Mon, 5 Aug 2024 09:12:33 +0000", "5 Aug 2024 09:12:33 GMT", "Mon, 05 Aug 2024 09:12:33",
		"2024-08-05T09:12:33Z", "Mon Aug  5 09:12:33 2024", "Mon, 5 Aug 2024 12:12:33 +0300 (MSK)"} {
		h := Header{fields: []field{{"date", []byte(raw)}}}
		if got := h.date(); !got.Equal(want) {
			t.Errorf("%q: got %v", raw, got)
		}
	}
	if got := (Header{fields: []field{{"date", []byte("yesterday")}}}).date(); !got.IsZero() {
		t.Errorf("yesterday became %v", got)
	}
}
