package mailer

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// plainText is Telegram's HTML as plain text: tags vanish, a link is followed by
// its address.
func plainText(source string) string {
	var b strings.Builder
	var links []string
	walkHTML(source, func(t html.Token) {
		switch {
		case t.Type == html.TextToken:
			b.WriteString(t.Data)
		case t.DataAtom == atom.A && t.Type == html.StartTagToken:
			links = append(links, href(t))
		case t.DataAtom == atom.A && t.Type == html.EndTagToken && len(links) > 0:
			if link := links[len(links)-1]; link != "" {
				b.WriteString(" (" + link + ")")
			}
			links = links[:len(links)-1]
		case t.DataAtom == atom.Br:
			b.WriteByte('\n')
		}
	})
	return strings.ReplaceAll(strings.TrimSpace(b.String()), "\n", "\r\n") + "\r\n"
}

// richText is Telegram's HTML as a page: the line breaks of its text become <br>,
// tags that it does not know are left out.
func richText(source string) string {
	var b strings.Builder
	b.WriteString("<!DOCTYPE html>\r\n<html><head><meta charset=\"utf-8\"></head><body style=\"font-family:sans-serif\">\r\n")
	var open []string
	pre := 0
	walkHTML(source, func(t html.Token) {
		tag, known := mailTag(t)
		switch {
		case t.Type == html.TextToken:
			text := html.EscapeString(t.Data)
			if pre == 0 {
				text = strings.ReplaceAll(text, "\n", "<br>\r\n")
			}
			b.WriteString(text)
		case !known:
		case t.DataAtom == atom.Br:
			b.WriteString("<br>\r\n")
		case t.Type == html.StartTagToken:
			open = append(open, tag)
			if tag == "pre" {
				pre++
			}
			b.WriteString("<" + tag)
			if link := href(t); tag == "a" && link != "" {
				b.WriteString(` href="` + html.EscapeString(link) + `"`)
			}
			b.WriteString(">")
		case t.Type == html.EndTagToken && len(open) > 0 && open[len(open)-1] == tag:
			open = open[:len(open)-1]
			if tag == "pre" {
				pre--
			}
			b.WriteString("</" + tag + ">")
		}
	})
	for i := len(open) - 1; i >= 0; i-- {
		b.WriteString("</" + open[i] + ">")
	}
	b.WriteString("\r\n</body></html>\r\n")
	return b.String()
}

func walkHTML(source string, visit func(html.Token)) {
	z := html.NewTokenizer(strings.NewReader(source))
	for z.Next() != html.ErrorToken {
		visit(z.Token())
	}
}

// mailTag is what a tag of Telegram's is called in mail.
func mailTag(t html.Token) (string, bool) {
	switch t.Data {
	case "b", "strong", "i", "em", "u", "s", "code", "pre", "a", "blockquote", "br":
		return t.Data, true
	case "ins":
		return "u", true
	case "strike", "del":
		return "s", true
	}
	return "", false
}

// href is the address of a link that is safe to show, or "".
func href(t html.Token) string {
	for _, a := range t.Attr {
		if a.Key != "href" {
			continue
		}
		for _, scheme := range []string{"https://", "http://", "mailto:", "tg://"} {
			if strings.HasPrefix(strings.ToLower(a.Val), scheme) {
				return a.Val
			}
		}
	}
	return ""
}
