package tgemu

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestHTMLBecomesTextAndEntities(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name, in, text string
		entities       []Entity
	}{
		{"plain", "Привет", "Привет", nil},
		{"bold counts in UTF-16", "📥 <b>Ромашка</b>", "📥 Ромашка", []Entity{{Type: "bold", Offset: 3, Length: 7}}},
		{"nested", "<b>a<i>b</i></b>", "ab", []Entity{{Type: "bold", Length: 2}, {Type: "italic", Offset: 1, Length: 1}}},
		{"entities decoded", "1 &lt; 2 &amp; &#1087;&nbsp;", "1 < 2 & п&nbsp;", nil},
		{"link", `<a href="https://example.org/?a=1&amp;b=2">x</a>`, "x", []Entity{{Type: "text_link", Length: 1, URL: "https://example.org/?a=1&b=2"}}},
		{"pre with language", `<pre><code class="language-go">x</code></pre>`, "x", []Entity{{Type: "pre", Length: 1, Language: "go"}}},
		{"spoiler", `<span class="tg-spoiler">x</span>`, "x", []Entity{{Type: "spoiler", Length: 1}}},
		{"expandable", `<blockquote expandable>x</blockquote>`, "x", []Entity{{Type: "expandable_blockquote", Length: 1}}},
		{"empty tag vanishes", "a<b></b>", "a", nil},
		{"case does not matter", "<B>x</b>", "x", []Entity{{Type: "bold", Length: 1}}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			text, entities, err := parseHTML(c.in)
			if err != nil || text != c.text {
				t.Fatalf("got %q, %v", text, err)
			}
			if d := cmp.Diff(c.entities, entities); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestBrokenHTMLIsRefusedInTheServersWords(t *testing.T) {
	t.Parallel()
	cases := map[string]string{
		"<div>x</div>":         `Unsupported start tag "div" at byte offset 0`,
		"п <br>":               `Unsupported start tag "br" at byte offset 3`,
		"a < b":                `Unsupported start tag "" at byte offset 2`,
		"a <b":                 `Unclosed start tag at byte offset 2`,
		"<b>x":                 `Can't find end tag corresponding to start tag "b"`,
		"x</b>":                `Unexpected end tag at byte offset 1`,
		"<b><i>x</b></i>":      `Unmatched end tag at byte offset 7, expected "</i>", found "</b>"`,
		"<span>x</span>":       `Tag "span" must have class "tg-spoiler" at byte offset 0`,
		"<a href>x</a>":        `Expected equal sign in declaration of an attribute of the tag "a" at byte offset 3`,
		"<a =x>x</a>":          `Empty attribute name in the tag "a" at byte offset 0`,
		"<a href=http://a>x<a": `Unexpected end of name token at byte offset 12`,
		"<b>x</b":              `Unclosed end tag at byte offset 4`,
		"<b ":                  `Unclosed start tag "b" at byte offset 0`,
	}
	for in, want := range cases {
		t.Run(in, func(t *testing.T) {
			t.Parallel()
			if _, _, err := parseHTML(in); err == nil || err.Error() != want {
				t.Errorf("got %v, want %s", err, want)
			}
		})
	}
}

func TestEntitiesAreFoundInPlainText(t *testing.T) {
	t.Parallel()
	cases := map[string][]Entity{
		"/start abc":             {{Type: "bot_command", Length: 6}},
		"Привет 📥 /queue@a_bot,": {{Type: "bot_command", Offset: 10, Length: 12}},
		"см. https://a.ru/b.":    {{Type: "url", Offset: 4, Length: 14}},
		"a@b.ru":                 {{Type: "email", Length: 6}},
		"и/или":                  nil,
		"01/02":                  nil,
		"#отчёт @ivanov":         {{Type: "hashtag", Length: 6}, {Type: "mention", Offset: 7, Length: 7}},
	}
	for in, want := range cases {
		t.Run(in, func(t *testing.T) {
			t.Parallel()
			if d := cmp.Diff(want, findEntities(in, nil)); d != "" {
				t.Error(d)
			}
		})
	}
}
