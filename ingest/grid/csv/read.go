package csv

import (
	"errors"

	"github.com/distbase/distbase/ingest/grid/charset"
	"github.com/distbase/distbase/ingest/grid/sheet"
)

// Dialect is how a text is written.
type Dialect struct {
	// Delimiter stands between fields: a blank where they are cut by their place,
	// empty where a text has one column.
	Delimiter string
	Quote     string
	Escape    string
	// Columns is how many fields most records have, empty ones at the end counted.
	Columns int
}

// Found is what a text turned out to be.
type Found struct {
	Encoding string
	Dialect  Dialect
}

// Read sends the one sheet of a text. The bytes must stay as they are while texts
// of cells are in use.
func Read(b *sheet.Budget, data []byte, to sheet.Sink) error {
	_, err := ReadTold(b, data, to)
	return err
}

// ReadTold reads as [Read] does and tells encoding and dialect.
func ReadTold(b *sheet.Budget, data []byte, to sheet.Sink) (Found, error) {
	r, err := open(b, data)
	if err != nil {
		return Found{}, err
	}
	plan, err := r.survey()
	if errors.Is(err, errUnclean) {
		r.source.clean = false
		plan, err = r.survey()
	}
	if err != nil {
		return Found{}, err
	}
	r.found.Dialect.Columns = plan.usualWidth()
	out := &sheet.Sheet{}
	if err := to.Begin(out); err != nil {
		return Found{}, err
	}
	if err := r.send(plan, to); err != nil {
		return Found{}, err
	}
	if plan.unclosed > 0 {
		out.Warnings = append(out.Warnings, sheet.Warning{Row: plan.unclosed, Code: "open_quote"})
	}
	return r.found, to.End(out)
}

// Sniff tells encoding and dialect by the start of a text.
func Sniff(data []byte) (Found, bool) {
	enc := charset.Detect(data)
	if enc == "" {
		return Found{}, false
	}
	s := newSource(enc, data)
	d, _ := detect(s.head(), s.isWholeHead())
	return Found{Encoding: enc, Dialect: d.public()}, true
}

// reader reads one text.
type reader struct {
	b       *sheet.Budget
	source  *source
	dialect dialect
	style   style
	found   Found
}

func open(b *sheet.Budget, data []byte) (*reader, error) {
	enc := charset.Detect(data)
	if enc == "" {
		return nil, &sheet.ReadError{Code: sheet.CodeUnsupported, Found: "binary"}
	}
	r := &reader{b: b, source: newSource(enc, data)}
	head := r.source.head()
	r.dialect, r.source.skip = detect(head, r.source.isWholeHead())
	r.style = style{delimiter: r.dialect.delimiter, cyrillic: isCyrillic(enc, head)}
	r.found = Found{Encoding: enc, Dialect: r.dialect.public()}
	return r, nil
}

// isCyrillic tells a text of a country that writes the decimal comma.
func isCyrillic(enc, text string) bool {
	switch enc {
	case "windows-1251", "cp866", "koi8-r", "x-mac-cyrillic":
		return true
	}
	n := 0
	for _, r := range text[:min(len(text), 1<<14)] {
		if r >= 'А' && r <= 'я' {
			if n++; n > 3 {
				return true
			}
		}
	}
	return false
}

func (d dialect) public() Dialect {
	text := func(c byte) string {
		if c == 0 {
			return ""
		}
		return string(rune(c))
	}
	if d.layout != nil {
		return Dialect{Delimiter: d.layout.delimiter()}
	}
	return Dialect{Delimiter: text(d.delimiter), Quote: text(d.quote), Escape: text(d.escape)}
}
