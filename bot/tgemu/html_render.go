package tgemu

import (
	"strings"
)

// RenderHTML is the text with its entities as HTML, everything else escaped.
// Entities that cross are cut at the edges of each other, so that tags nest.
func RenderHTML(text string, entities []Entity) string {
	offsets := byteOffsets(text)
	edge := func(n int) int { return offsets[min(max(n, 0), len(offsets)-1)] }
	opens := make(map[int][]Entity)
	edges := map[int]bool{}
	for _, e := range sortEntities(append([]Entity(nil), entities...)) {
		begin, end := edge(e.Offset), edge(e.Offset+e.Length)
		if begin >= end {
			continue
		}
		e.Offset, e.Length = begin, end-begin
		opens[begin] = append(opens[begin], e)
		edges[begin], edges[end] = true, true
	}
	r := &renderer{}
	last := 0
	for at := 0; at <= len(text); at++ {
		if !edges[at] {
			continue
		}
		r.out.WriteString(escapeHTML(text[last:at]))
		r.closeAt(at)
		r.openAll(text, opens[at])
		last = at
	}
	r.out.WriteString(escapeHTML(text[last:]))
	return r.out.String()
}

// renderer keeps the tags that are open; offset and length are in bytes.
type renderer struct {
	out  strings.Builder
	open []Entity
}

// closeAt closes what ends at a byte; what was opened inside is opened anew.
func (r *renderer) closeAt(at int) {
	lowest := len(r.open)
	for i, e := range r.open {
		if e.Offset+e.Length <= at {
			lowest = i
			break
		}
	}
	again := append([]Entity(nil), r.open[lowest:]...)
	for i := len(r.open) - 1; i >= lowest; i-- {
		_, end := tagsOf(r.open[i], "")
		r.out.WriteString(end)
	}
	r.open = r.open[:lowest]
	for _, e := range again {
		if e.Offset+e.Length > at {
			r.openAll("", []Entity{e})
		}
	}
}

func (r *renderer) openAll(text string, entities []Entity) {
	for _, e := range entities {
		if e.URL == "" && text != "" {
			e.URL = linkOf(e.Type, text[e.Offset:e.Offset+e.Length])
		}
		begin, _ := tagsOf(e, e.URL)
		r.out.WriteString(begin)
		r.open = append(r.open, e)
	}
}

// linkOf is where an entity found in plain text leads.
func linkOf(kind, part string) string {
	switch kind {
	case "url":
		return checkedLink(part)
	case "email":
		return "mailto:" + part
	}
	return ""
}

// plainTags are the tags of the entities that have no argument.
//
//nolint:gochecknoglobals // a table
var plainTags = map[string]string{
	"bold": "b", "italic": "i", "underline": "u", "strikethrough": "s", "spoiler": "tg-spoiler",
	"code": "code", "blockquote": "blockquote",
}

func tagsOf(e Entity, link string) (begin, end string) {
	if tag, ok := plainTags[e.Type]; ok {
		return "<" + tag + ">", "</" + tag + ">"
	}
	switch e.Type {
	case "pre":
		if e.Language == "" {
			return "<pre>", "</pre>"
		}
		return `<pre><code class="language-` + escapeHTML(e.Language) + `">`, "</code></pre>"
	case "expandable_blockquote":
		return "<blockquote expandable>", "</blockquote>"
	case "text_link", "url", "email":
		return `<a href="` + escapeHTML(link) + `">`, "</a>"
	}
	return "", ""
}

func escapeHTML(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;").Replace(s)
}
