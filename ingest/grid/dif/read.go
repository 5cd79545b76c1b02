package dif

import (
	"strconv"
	"strings"

	"github.com/distbase/distbase/ingest/grid/charset"
	"github.com/distbase/distbase/ingest/grid/numfmt"
	"github.com/distbase/distbase/ingest/grid/sheet"

	"github.com/shopspring/decimal"
)

const name = "dif"

// Bounds of a sheet, which are Excel's.
const (
	maxRows    = 1 << 20
	maxColumns = 1 << 14
	maxLines   = 1000 // of a text
)

var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n")

// reader is a file that is being read.
type reader struct {
	rest  string
	sheet sheet.Sheet
	row   sheet.Row
	col   int
	ended bool // EOD was met
}

// Read gives the sheet.
func Read(b *sheet.Budget, data []byte, to sheet.Sink) error {
	if int64(len(data)) > b.Options.MaxText {
		return &sheet.ReadError{Code: sheet.CodeTooBig, Found: "text"}
	}
	text, err := charset.Decode(charset.Detect(data), data)
	if err != nil {
		return &sheet.ReadError{Code: sheet.CodeBroken, Expected: name, Err: err}
	}
	r := &reader{rest: text}
	if !r.header() {
		return &sheet.ReadError{Code: sheet.CodeBroken, Expected: name}
	}
	if err := to.Begin(&r.sheet); err != nil {
		return err
	}
	for n := 0; ; n++ {
		if n%4096 == 0 {
			if err := b.Alive(); err != nil {
				return err
			}
		}
		done, err := r.value(to)
		if err != nil {
			return err
		}
		if done {
			break
		}
	}
	if err := r.flush(to); err != nil {
		return err
	}
	if !r.ended {
		r.sheet.Warnings = append(r.sheet.Warnings, sheet.Warning{Row: r.row.N, Code: "truncated"})
	}
	return to.End(&r.sheet)
}

// header goes over the topics up to DATA.
func (r *reader) header() bool {
	for first := true; ; first = false {
		topic, ok := r.line()
		topic = strings.ToUpper(strings.TrimSpace(topic))
		if !ok || first && topic != "TABLE" {
			return false
		}
		if _, ok = r.line(); !ok {
			return false
		}
		if _, ok = r.line(); !ok && topic != "DATA" {
			return false
		}
		if topic == "DATA" {
			return true
		}
	}
}

func (r *reader) line() (string, bool) {
	if r.rest == "" {
		return "", false
	}
	end := strings.IndexAny(r.rest, "\r\n")
	if end < 0 {
		line := r.rest
		r.rest = ""
		return line, true
	}
	line, rest := r.rest[:end], r.rest[end+1:]
	if r.rest[end] == '\r' {
		rest = strings.TrimPrefix(rest, "\n")
	}
	r.rest = rest
	return line, true
}

// value reads the two lines of one; done tells the end of the data.
func (r *reader) value(to sheet.Sink) (done bool, err error) {
	head, ok := r.line()
	if !ok {
		return true, nil
	}
	kind, number, _ := strings.Cut(strings.TrimSpace(head), ",")
	word, _ := r.line()
	switch strings.TrimSpace(kind) {
	case "-1":
		switch strings.ToUpper(strings.TrimSpace(word)) {
		case "BOT":
			if err := r.flush(to); err != nil {
				return true, err
			}
			r.row.N, r.col = r.row.N+1, 0
		case "EOD":
			r.ended = true
			return true, nil
		}
	case "0":
		r.number(strings.TrimSpace(number), strings.ToUpper(strings.TrimSpace(word)))
	case "1":
		if s := plain(r.text(word)); s != "" {
			r.add(sheet.Cell{Kind: sheet.Text, Value: s, Text: s})
		} else {
			r.add(sheet.Cell{})
		}
	}
	return false, nil
}

// text takes the quotes off. A text over several lines goes on up to the quote that
// ends it, if a value follows there.
func (r *reader) text(s string) string {
	s = strings.TrimRight(s, " ")
	if !strings.HasPrefix(s, `"`) {
		return s
	}
	s = s[1:]
	if closed, ok := strings.CutSuffix(s, `"`); ok {
		return strings.ReplaceAll(closed, `""`, `"`)
	}
	after := r.rest
	for range maxLines {
		more, ok := r.line()
		if !ok || isHead(more) {
			break
		}
		if strings.HasSuffix(strings.TrimRight(more, " "), `"`) {
			more = lineEnds.Replace(strings.TrimRight(after[:len(after)-len(r.rest)], "\r\n "))
			return strings.ReplaceAll(s+"\n"+strings.TrimSuffix(more, `"`), `""`, `"`)
		}
	}
	r.rest = after
	return strings.ReplaceAll(s, `""`, `"`)
}

// plain undoes ="00123", by which programs keep Excel from reading a text as a number.
func plain(s string) string {
	if inner, ok := strings.CutPrefix(s, `="`); ok && strings.HasSuffix(inner, `"`) && strings.Count(inner, `"`) == 1 {
		return strings.TrimSuffix(inner, `"`)
	}
	return s
}

// isHead tells the first line of a value.
func isHead(s string) bool {
	s = strings.TrimSpace(s)
	return strings.HasPrefix(s, "-1,") || strings.HasPrefix(s, "0,") || strings.HasPrefix(s, "1,")
}

func (r *reader) number(number, word string) {
	c := sheet.Cell{}
	switch word {
	case "TRUE", "FALSE":
		c.Kind, c.Value, c.Text = sheet.Bool, word, word
	case "NA":
		c.Kind, c.Value, c.Text = sheet.Error, "#N/A", "#N/A"
	case "ERROR":
		c.Kind, c.Value, c.Text = sheet.Error, "#VALUE!", "#VALUE!"
	default:
		fillNumber(&c, number)
	}
	r.add(c)
}

// fillNumber reads a number, or the date or text that some programs put in its place.
func fillNumber(c *sheet.Cell, s string) {
	if s == "" {
		return
	}
	x, err := strconv.ParseFloat(s, 64)
	if err == nil && !strings.ContainsAny(s, "xXpP_nN") {
		c.Kind, c.Value, c.Text = sheet.Number, numfmt.Canonical(x), s
		return
	}
	c.Kind, c.Value, c.Text = sheet.Text, s, s
	if digits, ok := strings.CutSuffix(s, "%"); ok {
		if d, err := decimal.NewFromString(digits); err == nil && len(digits) < 30 && !strings.ContainsAny(digits, "eE") {
			c.Kind, c.Value = sheet.Number, d.Shift(-2).String()
		}
		return
	}
	if iso, ok := parseDate(s); ok {
		c.Kind, c.Value = sheet.Date, iso
	}
}

// add puts a value into the next column; one that is empty only takes the place.
func (r *reader) add(c sheet.Cell) {
	r.col++
	if r.row.N == 0 {
		r.row.N = 1 // values before the first BOT
	}
	c.Row, c.Col = r.row.N, r.col
	if c.Kind != sheet.Empty && c.Col <= maxColumns {
		r.row.Cells = append(r.row.Cells, c)
	}
}

func (r *reader) flush(to sheet.Sink) error {
	if len(r.row.Cells) == 0 || r.row.N > maxRows {
		return nil
	}
	err := to.Row(r.row)
	r.row.Cells = r.row.Cells[:0]
	return err
}
