package xlsx

import (
	"bytes"
	"strconv"
	"strings"
	"time"

	"github.com/distbase/distbase/ingest/grid/numfmt"
	"github.com/distbase/distbase/ingest/grid/sheet"
)

// fillNumber types a number, which is a date where its format shows one.
func (r *rowReader) fillNumber(c *sheet.Cell, raw []byte, st *style) {
	if len(raw) == 0 {
		return
	}
	x, err := strconv.ParseFloat(bytesAsString(raw), 64)
	if err != nil || x != x || x-x != 0 {
		r.warn(c.Row, c.Col, "not_a_number", string(raw[:min(len(raw), 100)]))
		r.fillText(c, r.keepText(), st)
		return
	}
	f := st.format
	c.Format = f.Code
	if f.IsDate() {
		if iso, ok := r.w.days.AppendISO(r.shown[:0], x, f); ok {
			c.Kind, c.Value = sheet.Date, r.texts.keep(iso)
			r.shown = r.w.days.AppendShow(iso[:0], x, f)
			c.Text = r.texts.keep(r.shown)
			return
		}
	}
	c.Kind, c.Value = sheet.Number, r.canonical(raw, x)
	r.shown = f.AppendNumber(r.shown[:0], c.Value, x)
	c.Text = c.Value
	if string(r.shown) != c.Value {
		c.Text = r.texts.keep(r.shown)
	}
}

// canonical is the shortest decimal text of the number the file holds. Files carry
// 17 digits where 15 were meant (18456.200000000001): the double decides. Whole
// numbers too long for a double are codes and keep their digits.
func (r *rowReader) canonical(raw []byte, x float64) string {
	if isShortest(raw) {
		return r.texts.keep(raw)
	}
	if digits := strings.TrimPrefix(string(raw), "-"); len(digits) > 15 && isDigits(digits) {
		digits = strings.TrimLeft(digits, "0")
		switch {
		case digits == "":
			return "0"
		case raw[0] == '-':
			return "-" + digits
		}
		return digits
	}
	var buf [32]byte
	return r.texts.keep(numfmt.AppendCanonical(buf[:0], x))
}

// isShortest tells a plain decimal of at most 15 digits, which is its own shortest
// text: no blank or zero too many, no exponent.
func isShortest(raw []byte) bool {
	digits := raw
	if digits[0] == '-' {
		digits = digits[1:]
	}
	if len(digits) == 0 || len(digits) > 16 || digits[0] == '0' && len(digits) > 1 && digits[1] != '.' {
		return false
	}
	point := -1
	for i, c := range digits {
		switch {
		case c == '.' && point < 0:
			point = i
		case c < '0' || c > '9':
			return false
		}
	}
	if point < 0 {
		return len(digits) <= 15 && (digits[0] != '0' || len(raw) == 1)
	}
	small := digits[0] == '0' && bytes.HasPrefix(digits, []byte("0.00000000")) // shown with an exponent
	return point > 0 && digits[len(digits)-1] != '0' && point < len(digits)-1 && !small
}

func isDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// fillISO takes a cell of type "d", which is ISO 8601 already (ECMA-376 part 1,
// 18.18.11; ISO/IEC 29500 strict).
func (r *rowReader) fillISO(c *sheet.Cell, raw []byte, st *style) {
	text := string(raw)
	if text == "" {
		return
	}
	for _, layout := range []string{"2006-01-02T15:04:05.999999999", "2006-01-02T15:04:05.999999999Z07:00", "2006-01-02T15:04", "2006-01-02", "15:04:05.999999999", "15:04"} {
		t, err := time.Parse(layout, text)
		if err != nil {
			continue
		}
		c.Kind, c.Format = sheet.Date, st.format.Code
		timeOnly, dateOnly := t.Year() == 0, !strings.Contains(text, ":")
		c.Value = numfmt.ISOTime(t, !timeOnly, !dateOnly && (timeOnly || t.Hour()+t.Minute()+t.Second()+t.Nanosecond() != 0))
		c.Text = c.Value
		if !timeOnly && st.format.IsDate() {
			c.Text = st.format.DateText(t)
		}
		return
	}
	r.fillNumber(c, raw, st)
}
