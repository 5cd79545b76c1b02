package xmlscan_test

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"pgregory.net/rapid"

	"github.com/distbase/distbase/ingest/grid/internal/gridtest"
	"github.com/distbase/distbase/ingest/grid/internal/xmlscan"
)

// scan writes tokens down: <p:name a=v> </name> and text, parts of one text joined.
func scan(r io.Reader) (string, error) { return tokens(xmlscan.New(r)) }

func tokens(s *xmlscan.Scanner) (string, error) {
	var b strings.Builder
	for {
		t, err := s.Next()
		if err != nil {
			return b.String(), err
		}
		switch t {
		case xmlscan.Open:
			fmt.Fprintf(&b, "<%s", s.Name)
			for _, a := range s.Attrs {
				fmt.Fprintf(&b, " %s=%s", a.Name, xmlscan.Unescape(nil, a.Value))
			}
			b.WriteByte('>')
		case xmlscan.Close:
			fmt.Fprintf(&b, "</%s>", s.Name)
		case xmlscan.Text:
			b.Write(s.Unescaped(nil))
		}
	}
}

func TestTokens(t *testing.T) {
	t.Parallel()
	utf16le := gridtest.Encoded(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), `<a>чай</a>`)
	cp1251 := gridtest.Encoded(charmap.Windows1251, `<?xml version="1.0" encoding="windows-1251"?><a>чай</a>`)
	long := strings.Repeat("x&amp;\r\n", 20_000)
	for _, c := range []struct{ name, in, want string }{
		{"elements", `<a><b/>t<c  />&lt;</a>`, `<a><b></b>t<c></c><</a>`},
		{"prefixes", `<x:a xmlns:x="u" xmlns="v" x:k="1" l='2>'/>`, `<a k=1 l=2>></a>`},
		{"references", `<a v="&quot;&#x416;&apos;">&#1078;&#X416;&nbsp;&unknown;&amp;amp; & &#0; &#xD800;</a>`, "<a v=\"Ж'>жЖ\u00a0&unknown;&amp; & &#0; &#xD800;</a>"},
		{"comments and sections", `<?pi a>b?><a><!-- <b> --><![CDATA[<&amp;>]]></a>`, `<a><&amp;></a>`},
		{"document type", `<!DOCTYPE a [<!ELEMENT a "]>">]><a>&e;</a>`, `<a>&e;</a>`},
		{"line ends", "<a>1\r\n2\r3</a>", "<a>1\n2\n3</a>"},
		{"sloppy", `<a k=1 l m = "2"/><b / >`, `<a k=1 m=2></a><b>`},
		{"utf-16", utf16le, `<a>чай</a>`},
		{"cp1251", cp1251, `<a>чай</a>`},
		{"encoding of no name", `<?xml version="1.0" encoding="UTF8-LINUX"?><a>чай</a>`, `<a>чай</a>`},
		{"encoding nobody knows", `<?xml version="1.0" encoding="x"?><a>чай</a>`, `<a>чай</a>`},
		{"byte order mark", "\ufeff<a/>", `<a></a>`},
		{"cut section", "<a><![CDATA[<b", `<a><b`},
		{"long text", "<a>" + long + "</a>", "<a>" + strings.ReplaceAll(strings.ReplaceAll(long, "&amp;", "&"), "\r\n", "\n") + "</a>"},
		{"long value", `<a k="` + strings.Repeat("v", 100_000) + `"/>`, "<a k=" + strings.Repeat("v", 100_000) + "></a>"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			for _, r := range []io.Reader{strings.NewReader(c.in), iotest.OneByteReader(strings.NewReader(c.in))} {
				if got, err := scan(r); got != c.want || !errors.Is(err, io.EOF) {
					t.Errorf("got  %.300s (%v)\nwant %.300s", got, err, c.want)
				}
			}
		})
	}
}

func TestBrokenEnds(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]error{
		"": io.EOF, "<a>": io.EOF, "<a><b x": io.ErrUnexpectedEOF, "<a>text": io.EOF, "<!-- x": io.ErrUnexpectedEOF, "<": io.ErrUnexpectedEOF, "<!": io.ErrUnexpectedEOF,
	} {
		if _, err := scan(strings.NewReader(in)); !errors.Is(err, want) || want == io.EOF && errors.Is(err, io.ErrUnexpectedEOF) {
			t.Errorf("%q ends with %v, want %v", in, err, want)
		}
	}
	for _, in := range []string{"<a " + strings.Repeat("x", 9<<20), "<!--" + strings.Repeat("x", 9<<20), "<![CDATA[" + strings.Repeat("x", 9<<20)} {
		if _, err := scan(strings.NewReader(in)); err == nil || !strings.Contains(err.Error(), "too_big") {
			t.Errorf("an endless token ends with %v", err)
		}
	}
}

func TestTextInMemoryIsUTF8WhateverItDeclares(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("ж", 9<<20)
	got, err := tokens(xmlscan.NewText([]byte(`<?xml version="1.0" encoding="windows-1251"?><a k="` + long + `">чай</a>`)))
	if want := "<a k=" + long + ">чай</a>"; got != want || !errors.Is(err, io.EOF) {
		t.Errorf("got %.300s (%v)", got, err)
	}
}

func TestDeclaredEntitiesEndTheScan(t *testing.T) {
	t.Parallel()
	for _, declared := range []string{`e "<x>"`, `e SYSTEM "file:///etc/passwd"`, `% p "]>"`} {
		in := `<b/><!DOCTYPE a [<!ENTITY ` + declared + `>]><a>&e;</a>`
		for _, s := range []*xmlscan.Scanner{xmlscan.New(strings.NewReader(in)), xmlscan.New(iotest.OneByteReader(strings.NewReader(in))), xmlscan.NewText([]byte(in))} {
			got, err := tokens(s)
			if got != "<b></b>" || gridtest.Reason(err) != "unsupported xml_entities" {
				t.Errorf("%s gives %s, %v", declared, got, err)
			}
			if _, again := s.Next(); !errors.Is(again, err) {
				t.Errorf("then %v", again)
			}
		}
	}
}

// TestTextComesBack whatever it is and however it is cut.
func TestTextComesBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Repeat(rapid.StringOf(rapid.SampledFrom([]rune("аb&<>\"'\n 😀"))).Draw(t, "text"), rapid.SampledFrom([]int{1, 5000}).Draw(t, "times"))
		var b strings.Builder
		b.WriteString("<a>")
		_ = xml.EscapeText(&b, []byte(text))
		b.WriteString("</a>")
		if got, _ := scan(strings.NewReader(b.String())); got != "<a>"+text+"</a>" {
			t.Fatalf("%q came back as %q", text, got)
		}
	})
}

func FuzzScan(f *testing.F) {
	for _, s := range []string{`<a b="c">&lt;<d/></a>`, `<!DOCTYPE a [<!ENTITY e "x">]><a/>`, "<![CDATA[x]]>", "<?xml encoding='koi8-r'?><a>\xc1</a>", "\xff\xfe<\x00a\x00>\x00"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, s := range []*xmlscan.Scanner{xmlscan.New(strings.NewReader(string(data))), xmlscan.NewText(data)} {
			if text, err := tokens(s); err == nil || len(text) > 16*len(data)+64 {
				t.Errorf("%d bytes out of %d, %v", len(text), len(data), err)
			}
		}
	})
}

// BenchmarkScan tells how much faster this is than encoding/xml, tokens alone.
func BenchmarkScan(b *testing.B) {
	in := "<table>" + strings.Repeat(`<row><cell office:value-type="float" office:value="12.5" table:style-name="ce1"><text:p>12,50</text:p></cell><cell/></row>`, 20_000) + "</table>"
	var own, peer time.Duration
	for b.Loop() {
		start := time.Now()
		s := xmlscan.New(strings.NewReader(in))
		for {
			if _, err := s.Next(); err != nil {
				break
			}
		}
		own += time.Since(start)
		start = time.Now()
		d := xml.NewDecoder(strings.NewReader(in))
		for {
			if _, err := d.RawToken(); err != nil {
				break
			}
		}
		peer += time.Since(start)
	}
	b.ReportMetric(float64(len(in))*float64(b.N)/own.Seconds()/1e6, "MB/s")
	b.ReportMetric(float64(peer)/float64(own), "x-faster-than-encoding/xml")
}
