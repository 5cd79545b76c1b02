package numfmt

import "testing"

// FuzzShow shows numbers and texts under any code.
func FuzzShow(f *testing.F) {
	for _, code := range []string{"", "#,##0.00;[Red](#,##0.00);\"-\";@", "# ##0,00", "[h]:mm:ss.000", "# ??/??", "0.00E+00", "[$-FC19]d mmmm yyyy", "[>=1]0,;[<0]?.?%"} {
		f.Add(code, "-1234.5", -1234.5)
	}
	f.Fuzz(func(t *testing.T, code, value string, x float64) {
		format := Parse(code)
		_ = format.NumberText(value, x)
		_ = format.NumberText(Canonical(x), x)
		_ = format.Text(value)
		for _, ds := range []System{{}, {Base1904: true}} {
			_ = ds.Show(x, format)
			_, _ = ds.ISO(x, format)
		}
	})
}
