package tgemu

import (
	"testing"
	"unicode/utf8"
)

// FuzzHTMLParser holds that no input panics, that every entity lies inside the
// text, and that what was parsed renders to markup that parses the same.
func FuzzHTMLParser(f *testing.F) {
	for _, seed := range []string{
		"", "<b>жирный</b>", "<a href='x'>y</a>", "&lt;&#x1F4E5;&bogus;", "<b", "</", "<b/>", "<pre><code class=\"language-x\">a</code></pre>",
		"<b><i>📥</i></b>", "<span class=tg-spoiler>x</span>", "&#", "&#x", "<a href=\"", "<blockquote expandable>q</blockquote>",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, in string) {
		text, entities, err := parseHTML(in)
		if err != nil {
			return
		}
		for _, e := range entities {
			if e.Offset < 0 || e.Length <= 0 || e.Offset+e.Length > units(text) {
				t.Fatalf("entity %+v outside of %q", e, text)
			}
		}
		if !utf8.ValidString(text) {
			return
		}
		again, _, err := parseHTML(RenderHTML(text, entities))
		if err != nil || again != text {
			t.Fatalf("render of %q gives %q, %v", text, again, err)
		}
	})
}
