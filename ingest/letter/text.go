package letter

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"

	"golang.org/x/net/html"
)

// body is a text of the letter that is no file.
type body struct {
	html   bool
	nested bool // of a letter within the letter
	text   string
}

// maxText bounds each text that is decoded; the rest of it is dropped.
const maxText = 4 << 20

// body keeps a text, and lists the files that stand in it in uuencode.
func (w *walker) body(mediaType string, p part, data []byte) error {
	isHTML := mediaType == "text/html"
	if !isHTML {
		found := findUU(data)
		for _, f := range found.files {
			if w.parts++; w.parts > w.lim.Parts {
				return fmt.Errorf("%w: more than %d parts", ErrLimit, w.lim.Parts)
			}
			file := p
			file.name = cleanName(f.name, w.lim.NameBytes)
			file.contentType.main = "application/octet-stream"
			w.add(file, f.data)
		}
		data = found.text
	}
	if len(data) > maxText {
		data = data[:maxText]
		w.warn("a text was cut at %d bytes", maxText)
	}
	charset := p.contentType.ascii("charset")
	if isHTML && charset == "" {
		charset = metaCharset(data)
	}
	text := toUTF8(data, charset)
	if isHTML {
		text = stripHTML(text)
	}
	w.bodies = append(w.bodies, body{isHTML, len(p.at.path) > 0, tidy(text)})
	return nil
}

// choose keeps the plain texts of an alternative, which began at from, and drops
// the others, unless the plain ones say nothing.
func (w *walker) choose(from int) {
	for _, b := range w.bodies[from:] {
		if b.html || b.text == "" {
			continue
		}
		kept := w.bodies[:from]
		for _, b := range w.bodies[from:] {
			if !b.html {
				kept = append(kept, b)
			}
		}
		w.bodies = kept
		return
	}
}

// text is what the letter says; where it says nothing itself, what the letters
// within it say.
func (w *walker) text() string {
	for _, nested := range []bool{false, true} {
		var texts []string
		for _, b := range w.bodies {
			if b.nested == nested && b.text != "" {
				texts = append(texts, b.text)
			}
		}
		if len(texts) > 0 {
			return strings.Join(texts, "\n\n")
		}
	}
	return ""
}

// tidy makes line ends LF and takes blanks off the ends of lines, zero bytes off
// the text.
func tidy(s string) string {
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\x00", "").Replace(s)
	rows := strings.Split(s, "\n")
	for i, row := range rows {
		rows[i] = strings.TrimRight(row, " \t\u00a0")
	}
	return strings.Trim(strings.Join(rows, "\n"), "\n")
}

var metaCharsetPattern = regexp.MustCompile(`(?i)charset\s*=\s*["']?([a-z0-9_-]+)`)

// metaCharset is the charset that a page names in its head.
func metaCharset(page []byte) string {
	if m := metaCharsetPattern.FindSubmatch(page[:min(len(page), 2048)]); m != nil {
		return string(m[1])
	}
	return ""
}

// stripHTML is the text of a page: blocks and rows on lines of their own, cells
// set apart by tabs.
func stripHTML(page string) string {
	var out bytes.Buffer
	hidden := 0 // depth within elements that show nothing
	z := html.NewTokenizer(strings.NewReader(page))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return squeeze(out.String())
		case html.TextToken:
			if hidden == 0 {
				collapse(&out, z.Text())
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			name, _ := z.TagName()
			hidden += hides(string(name))
			out.WriteString(breaks(string(name)))
		case html.EndTagToken:
			name, _ := z.TagName()
			hidden = max(0, hidden-hides(string(name)))
			out.WriteString(breaks(string(name)))
		}
	}
}

// collapse writes text with each run of blanks as one.
func collapse(out *bytes.Buffer, text []byte) {
	blank := out.Len() > 0 && strings.IndexByte(" \n\t", out.Bytes()[out.Len()-1]) >= 0
	for _, c := range text {
		if c == ' ' || c == '\t' || c == '\r' || c == '\n' {
			if !blank {
				out.WriteByte(' ')
			}
			blank = true
			continue
		}
		out.WriteByte(c)
		blank = false
	}
}

func hides(tag string) int {
	switch tag {
	case "script", "style", "title":
		return 1
	}
	return 0
}

func breaks(tag string) string {
	switch tag {
	case "br", "p", "div", "tr", "li", "h1", "h2", "h3", "h4", "table", "blockquote", "hr":
		return "\n"
	case "td", "th":
		return "\t"
	}
	return ""
}

// squeeze leaves at most one blank line between lines.
func squeeze(s string) string {
	var out []string
	for _, row := range strings.Split(s, "\n") {
		row = strings.TrimSpace(row)
		if row != "" || len(out) > 0 && out[len(out)-1] != "" {
			out = append(out, row)
		}
	}
	return strings.Join(out, "\n")
}
