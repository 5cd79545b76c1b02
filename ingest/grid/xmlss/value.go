package xmlss

import (
	"strconv"
	"strings"
	"time"

	"github.com/distbase/distbase/ingest/grid/numfmt"
	"github.com/distbase/distbase/ingest/grid/sheet"
)

// fill types a cell by the Type of its Data.
func (r *reader) fill(c *sheet.Cell, kind, text string, st *style) {
	switch kind {
	case "Number":
		if x, err := strconv.ParseFloat(strings.TrimSpace(text), 64); err == nil {
			numfmt.System{Base1904: r.base1904}.Fill(c, x, st.format)
			return
		}
	case "DateTime":
		if r.fillMoment(c, strings.TrimSpace(text), st.format) {
			return
		}
	case "Boolean":
		if v := strings.ToLower(strings.TrimSpace(text)); v == "1" || v == "true" || v == "0" || v == "false" {
			c.Kind, c.Value = sheet.Bool, strings.ToUpper(strconv.FormatBool(v == "1" || v == "true"))
			c.Text = c.Value
			return
		}
	case "Error":
		if text = strings.TrimSpace(text); text != "" {
			c.Kind, c.Value, c.Text = sheet.Error, text, text
		}
		return
	}
	if text != "" {
		c.Kind, c.Value, c.Text, c.Format = sheet.Text, text, st.format.Text(text), st.format.Code
	}
}

// firstOfMarch1900 is from when on serial numbers are the days since 1899-12-30;
// before it Excel's calendar is a day short.
var firstOfMarch1900 = time.Date(1900, 3, 1, 0, 0, 0, 0, time.UTC)

// fillMoment reads a date, which is written whole whatever the base of the workbook.
// A time of day stands on the day 0.
func (r *reader) fillMoment(c *sheet.Cell, text string, f *numfmt.Format) bool {
	text = strings.TrimSuffix(text, "Z")
	moment, err := time.Parse("2006-01-02T15:04:05.999", text)
	if err != nil {
		if moment, err = time.Parse(time.DateOnly, text); err != nil {
			return false
		}
	}
	if r.base1904 && moment.Year() == 1904 && moment.YearDay() == 1 {
		moment = moment.AddDate(-4, 0, -1)
	}
	serial := float64(moment.Unix()-time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).Unix())/86_400 + float64(moment.Nanosecond())/1e9/86_400
	if moment.Before(firstOfMarch1900) {
		serial--
	}
	if f.IsDate() && serial >= 0 {
		numfmt.System{}.Fill(c, serial, f)
		return true
	}
	clock := moment.Hour()+moment.Minute()+moment.Second()+moment.Nanosecond() != 0
	c.Kind, c.Value, c.Format = sheet.Date, numfmt.ISOTime(moment, serial >= 1 || serial < 0, clock || serial < 1 && serial >= 0), f.Code
	c.Text = c.Value
	return true
}
