package letter

import (
	"slices"
	"strings"
)

// nestedPart opens a part that is a letter by its type. Its transfer encoding
// should be none, but often is base64.
func (w *walker) nestedPart(p part) error {
	data := p.body
	if h, _ := splitLetter(data); h.known() == 0 {
		data, _ = undo(transferCoding(p.header), p.body)
		if h, _ = splitLetter(data); h.known() == 0 {
			data = decodeIfLetter(p.body, data)
		}
	}
	if err := w.spend(len(data)); err != nil {
		return err
	}
	return w.nestedFile(p, data)
}

// decodeIfLetter tries base64 that no header names.
func decodeIfLetter(body, otherwise []byte) []byte {
	if !allBase64(body) {
		return otherwise
	}
	decoded := decodeBase64(body)
	if h, _ := splitLetter(decoded); h.known() == 0 {
		return otherwise
	}
	return decoded
}

// isLetterFile reports whether a file is a letter by its name and content.
func isLetterFile(name string, data []byte) bool {
	if !strings.HasSuffix(strings.ToLower(name), ".eml") {
		return false
	}
	h, _ := splitLetter(data)
	return h.known() >= 2
}

// nestedFile walks a letter within a letter. Where it came as a file it is listed
// too.
func (w *walker) nestedFile(p part, data []byte) error {
	h, body := splitLetter(data)
	if h.known() == 0 {
		if len(data) > 0 {
			w.warn("a nested letter has no header")
			w.add(p, data)
		}
		return nil
	}
	name := p.name
	if name == "" {
		name = cleanName(strings.NewReplacer("/", " ", `\`, " ").Replace(h.Text("Subject")), w.lim.NameBytes)
	}
	if !w.deeper(p) {
		w.add(p, data)
		return nil
	}
	if p.isFile() {
		w.add(p, data).Unpacked = true
	}
	return w.entity(h, body, p.at.inside(name))
}

// deeper reports whether a letter or container may still be opened.
func (w *walker) deeper(p part) bool {
	if p.at.depth < w.lim.Depth {
		return true
	}
	w.warn("letters deeper than %d were not opened", w.lim.Depth)
	return false
}

// inside is the place of what a letter holds.
func (at place) inside(name string) place {
	if name == "" {
		name = "letter"
	}
	return place{path: append(slices.Clone(at.path), name), depth: at.depth + 1, encrypted: at.encrypted}
}
