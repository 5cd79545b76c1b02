package match

import (
	"strings"

	"github.com/distbase/distbase/ingest/match/name"
)

// measureCodes compares articles and models, wherever they stand.
func (c *Catalog) measureCodes(a *asked, e *indexed, d *document, f fit, v *[Features]float32) {
	for i, t := range a.tokens {
		if t.Kind != name.Code {
			continue
		}
		s := max(f.query[i], similarCode(t.Key, e.code))
		if s > v[fCodeToken] {
			v[fCodeToken], v[fCodeWeight] = s, t.weight
		}
		v[fCodeMiss] += t.weight * (1 - s)
	}
	for j, t := range d.tokens {
		if t.kind == name.Code && a.code != c.words.words[t.word].key {
			v[fCodeExtra] += c.words.weight(t.word, t.kind) * (1 - f.entry[j])
		}
	}
	v[fCodeField] = agreementOfCodes(a.code, e.code)
	if len(e.code) >= 3 {
		v[fCodeInName] = codeInside(e.Code, e.code, a)
	}
	if len(a.code) >= 3 {
		for _, t := range d.tokens {
			if s := similarCode(a.code, c.words.words[t.word].key); t.kind == name.Code && s > v[fFieldInName] {
				v[fFieldInName] = s
			}
		}
	}
}

func agreementOfCodes(x, y string) float32 {
	switch {
	case x == "" && y == "":
		return nowhere
	case x == "":
		return entryOnly
	case y == "":
		return queryOnly
	case x == y:
		return agrees
	}
	if s := similarCode(x, y); s > 0.6 {
		return entryOnly + s*0.9
	}
	return contradicts
}

// codeInside says how much of an entry's code a query's name holds: the whole of it
// as written, or its first part (the article without the size: 189-0 of 189-075).
func codeInside(written, compact string, a *asked) float32 {
	low := strings.ToLower(written)
	if i := strings.Index(strings.ToLower(a.Name), low); i >= 0 && bounded(strings.ToLower(a.Name), i, i+len(low)) {
		return 3
	}
	for _, t := range a.tokens {
		if t.Kind == name.Code && t.Key == compact {
			return 3
		}
	}
	if len(compact) >= 5 && strings.Contains(a.glued, compact) && inPieces(name.Words(a.Name), compact) {
		return 2
	}
	for _, t := range a.tokens {
		if t.Kind == name.Code && len(t.Key) >= 4 && len(compact) >= 4 && (strings.HasPrefix(compact, t.Key) || strings.HasPrefix(t.Key, compact)) {
			return 1
		}
	}
	return 0
}

// inPieces finds a code that stands in several pieces («SH 250» for SH-250), and none
// that begins within a word («ромаSH 250»).
func inPieces(pieces []string, compact string) bool {
	for i := range pieces {
		rest := compact
		for _, p := range pieces[i:] {
			if p = name.Compact(p); p == "" || !strings.HasPrefix(rest, p) {
				break
			}
			if rest = rest[len(p):]; rest == "" {
				return true
			}
		}
	}
	return false
}

// bounded tells that neither a letter nor a digit stands next to a part of a text.
func bounded(s string, from, to int) bool {
	inner := func(b byte) bool { return b >= 0x80 || b >= '0' && b <= '9' || b >= 'a' && b <= 'z' }
	return (from == 0 || !inner(s[from-1])) && (to == len(s) || !inner(s[to]))
}
