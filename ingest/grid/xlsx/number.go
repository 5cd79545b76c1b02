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
	if digits := bytes.TrimPrefix(raw, []byte("-")); len(digits) > 15 && allDigits(digits) {
		digits = bytes.TrimLeft(digits, "0")
		switch {
		case len(digits) == 0:
			return "0"
		case raw[0] == '-':
			return "-" + string(digits)
		}
		return r.texts.keep(digits)
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
	whole, frac, point := bytes.Cut(digits, []byte("."))
	if !allDigits(whole) || whole[0] == '0' && len(whole) > 1 || len(whole)+len(frac) > 15 {
		return false
	}
	if !point {
		return whole[0] != '0' || len(raw) == 1
	}
	small := whole[0] == '0' && bytes.HasPrefix(frac, []byte("00000000")) // shown with an exponent
	return allDigits(frac) && frac[len(frac)-1] != '0' && !small
}

func allDigits(b []byte) bool {
	for _, c := range b {
		if c < '0' || c > '9' {
			return false
		}
	}
	return len(b) > 0
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
