package numfmt

import (
	"strconv"

	"github.com/distbase/distbase/ingest/grid/sheet"
)

// Fill types a cell that holds the double x under the format f: a number or a
// date, with its canonical value and the text a workbook program would show.
func (ds System) Fill(c *sheet.Cell, x float64, f *Format) {
	c.Format = f.Code
	if f.IsDate() {
		if iso, ok := ds.ISO(x, f); ok {
			c.Kind, c.Value = sheet.Date, iso
			c.Text = ds.Show(x, f)
			return
		}
	}
	c.Kind, c.Value = sheet.Number, Canonical(x)
	if c.Text = f.NumberText(c.Value, x); c.Text == c.Value {
		c.Text = c.Value // one string in memory, not two
	}
}

// Canonical is the shortest decimal text that reads back as the same double.
func Canonical(x float64) string {
	var buf [32]byte
	return string(AppendCanonical(buf[:0], x))
}

// AppendCanonical appends what Canonical gives.
func AppendCanonical(dst []byte, x float64) []byte {
	if n := int64(x); float64(n) == x && n < 1<<53 && n > -1<<53 {
		return strconv.AppendInt(dst, n, 10)
	}
	if a := max(x, -x); a >= 1e21 || a < 1e-9 {
		return strconv.AppendFloat(dst, x, 'E', -1, 64)
	}
	return strconv.AppendFloat(dst, x, 'f', -1, 64)
}
