package grid

import (
	"slices"
	"strings"

	"github.com/distbase/distbase/ingest/grid/charset"
	"github.com/distbase/distbase/ingest/grid/sheet"
)

// readText reads delimited text: encoding, dialect, records, types.
func readText(b *sheet.Budget, data []byte, to Sink) (*File, error) {
	if int64(len(data)) > b.Options.MaxText {
		return nil, &ReadError{Code: CodeTooBig, Found: "text"}
	}
	enc := charset.Detect(data)
	text, err := charset.Decode(enc, data)
	if err != nil {
		return nil, &ReadError{Code: CodeBroken, Found: enc, Err: err}
	}
	// A NUL is padding, and ^Z the end of a file of DOS.
	text = strings.TrimRight(strings.ReplaceAll(text, "\x00", ""), "\x1a")
	sep, text := separatorLine(text)
	dialect := detectDialect(text, sep)
	draft := &sheet.Draft{}
	if err := fillRows(b, draft, text, dialect); err != nil {
		return nil, err
	}
	typeColumns(draft, numericStyle{delimiter: dialect.delimiter, cyrillic: isCyrillic(enc, text)})
	return &File{Format: formatText, Encoding: enc, Dialect: dialect.public()}, draft.Send(to)
}

// separatorLine takes off the line by which Excel is told the delimiter; it is no row.
func separatorLine(text string) (byte, string) {
	if len(text) < 6 || !strings.EqualFold(text[:4], "sep=") {
		return 0, text
	}
	if text[4] >= 0x80 {
		return 0, text
	}
	for _, end := range []string{"\r\n", "\n", "\r"} {
		if rest, ok := strings.CutPrefix(text[5:], end); ok {
			return text[4], rest
		}
	}
	return 0, text
}

// fillRows makes a row of every record, blank ones too; a record may span lines.
func fillRows(b *sheet.Budget, sheet *sheet.Draft, text string, d dialect) error {
	p := d.split(text)
	var cells []Cell
	for n := 1; ; n++ {
		fields, ok := p.next()
		if !ok {
			if p.unclosed > 0 {
				sheet.Warnings = append(sheet.Warnings, Warning{Row: p.unclosed, Code: "open_quote"})
			}
			return nil
		}
		row := Row{N: n}
		cells = cells[:0]
		for i, f := range fields {
			if f == "" || f == " " {
				continue
			}
			cells = append(cells, Cell{Row: n, Col: i + 1, Kind: Text, Value: f, Text: f})
		}
		row.Cells = slices.Clone(cells)
		sheet.Rows = append(sheet.Rows, row)
		if n%4096 == 0 {
			if err := b.Alive(); err != nil {
				return err
			}
		}
	}
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
