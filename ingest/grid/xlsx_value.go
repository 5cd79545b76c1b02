package grid

import (
	"strconv"
	"strings"
	"time"

	"github.com/distbase/distbase/ingest/grid/numfmt"
)

// fill types the cell that has just been read.
func (r *sheetReader) fill() error {
	raw := string(r.value)
	switch r.typ {
	case "s":
		return r.fillShared(strings.TrimSpace(raw))
	case "inlineStr":
		text := r.inline.String()
		if text == "" {
			text = unescape(raw)
		}
		r.fillText(text)
	case "str":
		r.fillText(unescape(raw))
		if isErrorCode(raw) {
			r.at.Kind = Error
		}
	case "b":
		r.fillBool(strings.TrimSpace(raw))
	case "e":
		if raw != "" {
			r.at.Kind, r.at.Value, r.at.Text = Error, raw, raw
		}
	case "d":
		r.fillISO(strings.TrimSpace(raw))
	default:
		r.fillNumber(strings.TrimSpace(raw))
	}
	return nil
}

// fillShared takes a text from the table. A file that has lost its table shows
// row numbers of the table as if they were data: that is never let through.
func (r *sheetReader) fillShared(raw string) error {
	if raw == "" {
		return nil
	}
	if r.w.strings == nil {
		return &ReadError{Code: CodeBroken, Row: r.at.Row, Col: r.at.Col, Found: "no shared strings", Expected: "shared_strings"}
	}
	i, err := strconv.Atoi(raw)
	if err != nil || i < 0 || i >= len(r.w.strings.items) {
		r.warn(r.at.Row, r.at.Col, "string_index", raw)
		return nil
	}
	r.fillText(r.w.strings.items[i])
	return nil
}

// fillText sets a text; one blank counts as nothing.
func (r *sheetReader) fillText(s string) {
	if s == "" || s == " " {
		return
	}
	r.at.Kind, r.at.Value, r.at.Text = Text, s, s
	r.at.Format = r.style.format.Code
	if t := r.style.format.Text(s); t != s {
		r.at.Text = t
	}
}

// isErrorCode knows the errors of a formula; some writers store them as texts.
func isErrorCode(s string) bool {
	switch s {
	case "#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!":
		return true
	}
	return false
}

func (r *sheetReader) fillBool(raw string) {
	switch raw {
	case "":
		return
	case "0", "false", "FALSE":
		r.at.Value = "FALSE"
	default:
		r.at.Value = "TRUE"
	}
	r.at.Kind, r.at.Text = Bool, r.at.Value
}

// fillISO takes a cell of type "d" (strict workbooks), which is ISO 8601 already.
func (r *sheetReader) fillISO(raw string) {
	if raw == "" {
		return
	}
	for _, layout := range []string{"2006-01-02T15:04:05.999999999", "2006-01-02T15:04:05.999999999Z07:00", "2006-01-02T15:04", "2006-01-02", "15:04:05.999999999", "15:04"} {
		if t, err := time.Parse(layout, raw); err == nil {
			r.at.Kind, r.at.Format = Date, r.style.format.Code
			timeOnly, dateOnly := t.Year() == 0, !strings.Contains(raw, ":")
			r.at.Value = numfmt.ISOTime(t, !timeOnly, !dateOnly && (timeOnly || t.Hour()+t.Minute()+t.Second()+t.Nanosecond() != 0))
			r.at.Text = r.at.Value
			if !timeOnly && r.style.format.IsDate() {
				r.at.Text = r.style.format.DateText(t)
			}
			return
		}
	}
	r.fillNumber(raw)
}

func (r *sheetReader) fillNumber(raw string) {
	if raw == "" {
		return
	}
	x, err := strconv.ParseFloat(raw, 64)
	if err != nil || x != x || x-x != 0 {
		r.warn(r.at.Row, r.at.Col, "not_a_number", raw)
		r.fillText(raw)
		return
	}
	f := r.style.format
	r.at.Format = f.Code
	r.at.Kind, r.at.Value = Number, canonicalNumber(raw, x)
	if f.IsDate() {
		if iso, ok := r.w.date.ISO(x, f); ok {
			r.at.Kind, r.at.Value = Date, iso
			r.at.Text = r.w.date.Show(x, f)
			return
		}
	}
	if r.at.Text = f.NumberText(r.at.Value, x); r.at.Text == r.at.Value {
		r.at.Text = r.at.Value // one string in memory, not two
	}
}

// canonicalNumber is the shortest decimal text of the number the file holds.
// Files carry 17 digits where 15 were meant (18456.200000000001): the double
// decides. Whole numbers too long for a double are codes and keep their digits.
func canonicalNumber(raw string, x float64) string {
	if digits := strings.TrimPrefix(raw, "-"); len(digits) > 15 && isDigits(digits) {
		if digits = strings.TrimLeft(digits, "0"); digits != "" && strings.HasPrefix(raw, "-") {
			return "-" + digits
		}
		return orZero(digits)
	}
	if x == 0 {
		return "0"
	}
	if a := max(x, -x); a >= 1e21 || a < 1e-9 {
		return strconv.FormatFloat(x, 'E', -1, 64)
	}
	return strconv.FormatFloat(x, 'f', -1, 64)
}

func orZero(s string) string {
	if s == "" {
		return "0"
	}
	return s
}

func isDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}
