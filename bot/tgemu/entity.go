package tgemu

import (
	"net/url"
	"regexp"
	"sort"
	"strings"
)

// Entity is a marked part of a text; offset and length count UTF-16 units.
type Entity struct {
	Type          string `json:"type"`
	Offset        int    `json:"offset"`
	Length        int    `json:"length"`
	URL           string `json:"url,omitempty"`
	Language      string `json:"language,omitempty"`
	CustomEmojiID string `json:"custom_emoji_id,omitempty"`
}

// found are the entities that Telegram sees in plain text by itself.
//
//nolint:gochecknoglobals // compiled tables
var found = []struct {
	kind    string
	pattern *regexp.Regexp
}{
	{"url", regexp.MustCompile(`(?:^|[\s(«"])((?:https?://|t\.me/|www\.)[^\s<>«»"]*[^\s<>«»".,;:!?)])`)},
	{"email", regexp.MustCompile(`(?:^|[\s(<«"])([\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[a-zA-Z]{2,})`)},
	{"mention", regexp.MustCompile(`(?:^|[^\w@/.])(@[a-zA-Z]\w{3,31})(?:$|[^\w.])`)},
	{"hashtag", regexp.MustCompile(`(?:^|[\s(])(#[\p{L}\d_]*\p{L}[\p{L}\d_]*)`)},
	{"bot_command", regexp.MustCompile(`(?:^|[^\p{L}\d_/<>])(/[a-zA-Z0-9_]{1,64}(?:@[a-zA-Z]\w{2,31})?)(?:$|[^\p{L}\d_/<>@])`)},
}

// findEntities adds what Telegram finds by itself to the given entities; an
// entity inside another found one, inside code or a link is not added.
func findEntities(text string, given []Entity) []Entity {
	all := append([]Entity(nil), given...)
	for _, f := range found {
		for at := 0; at < len(text); {
			m := f.pattern.FindStringSubmatchIndex(text[at:])
			if m == nil {
				break
			}
			begin, end := at+m[2], at+m[3]
			e := Entity{Type: f.kind, Offset: units(text[:begin]), Length: units(text[begin:end])}
			if !clashes(e, all) {
				all = append(all, e)
			}
			at = end
		}
	}
	return sortEntities(all)
}

// clashes reports whether a found entity may not stand beside the others.
func clashes(e Entity, others []Entity) bool {
	for _, o := range others {
		if e.Offset >= o.Offset+o.Length || o.Offset >= e.Offset+e.Length {
			continue
		}
		switch o.Type {
		case "bold", "italic", "underline", "strikethrough", "spoiler", "blockquote", "expandable_blockquote":
		default:
			return true
		}
	}
	return false
}

// sortEntities puts outer entities before inner ones.
func sortEntities(entities []Entity) []Entity {
	sort.SliceStable(entities, func(i, j int) bool {
		a, b := entities[i], entities[j]
		if a.Offset != b.Offset {
			return a.Offset < b.Offset
		}
		return a.Length > b.Length
	})
	return entities
}

// mergePreCode turns <pre><code class="language-x"> into one pre with its
// language and drops a language from code that stands alone.
func mergePreCode(entities []Entity) []Entity {
	var out []Entity
	for _, e := range entities {
		if e.Type == "pre" && len(out) > 0 {
			last := out[len(out)-1]
			if last.Type == "code" && last.Offset == e.Offset && last.Length == e.Length {
				e.Language = last.Language
				out = out[:len(out)-1]
			}
		}
		out = append(out, e)
	}
	for i := range out {
		if out[i].Type == "code" {
			out[i].Language = ""
		}
	}
	return sortEntities(out)
}

// checkedLink is the address of a link with its scheme, or empty when it is none.
func checkedLink(link string) string {
	link = strings.TrimSpace(link)
	if link == "" {
		return ""
	}
	if !strings.Contains(link, "://") && !strings.HasPrefix(link, "mailto:") {
		link = "http://" + link
	}
	u, err := url.Parse(link)
	if err != nil {
		return ""
	}
	switch u.Scheme {
	case "http", "https":
		if u.Host != "localhost" && !strings.ContainsAny(u.Hostname(), ".:") {
			return ""
		}
		if u.Path == "" {
			u.Path = "/"
		}
		return u.String()
	case "tg", "ton", "mailto":
		return link
	}
	return ""
}

// trimText removes blanks at both ends and fits the entities to the rest.
func trimText(text string, entities []Entity) (string, []Entity) {
	right := strings.TrimRight(text, " \t\n\v\u00a0")
	left := strings.TrimLeft(right, " \t\n\v\u00a0")
	shift, length := units(right)-units(left), units(left)
	var out []Entity
	for _, e := range entities {
		begin, end := max(e.Offset-shift, 0), min(e.Offset+e.Length-shift, length)
		if end <= begin {
			continue
		}
		e.Offset, e.Length = begin, end-begin
		out = append(out, e)
	}
	return left, out
}
