package xls_test

import (
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/distbase/distbase/ingest/grid/internal/cfb"
	"github.com/distbase/distbase/ingest/grid/internal/gridtest"
	"github.com/distbase/distbase/ingest/grid/numfmt"
	"github.com/distbase/distbase/ingest/grid/sheet"
	"github.com/distbase/distbase/ingest/grid/xls"
	"github.com/distbase/distbase/ingest/grid/xls/biff"
)

// What is written comes back, bare, in a container and through every cipher.
func TestWhatIsWrittenIsReadBack(t *testing.T) {
	t.Parallel()
	value := rapid.OneOf(
		rapid.Map(rapid.StringN(0, 300, -1), func(s string) any { return strings.ToValidUTF8(s, "") }),
		rapid.Map(rapid.Int64Range(-1<<40, 1<<40), func(n int64) any { return int(n) }),
		rapid.Map(rapid.Float64(), func(x float64) any {
			if math.IsNaN(x) || math.IsInf(x, 0) {
				return nil
			}
			return x
		}),
		rapid.Just[any](nil),
	)
	rapid.Check(t, func(t *rapid.T) {
		rows := rapid.SliceOfN(rapid.SliceOfN(value, 0, 6), 0, 30).Draw(t, "rows")
		in := []biff.Sheet{{Name: "Первый", Rows: rows}, {Name: "Second", Rows: rows}}
		data := biff.Stream(in...)
		switch way := rapid.IntRange(-2, int(biff.CryptoAPI128)).Draw(t, "way"); way {
		case -2:
		case -1:
			data = biff.Workbook(in...)
		default:
			data = cfb.Write(cfb.Item{Name: "Book", Data: biff.Encrypt(data, biff.Method(way), "pass")})
		}
		book, err := gridtest.Read(xls.Read, data, sheet.Options{Password: "pass"})
		if err != nil || len(book.Sheets) != 2 {
			t.Fatalf("%d sheets, %v", len(book.Sheets), err)
		}
		for i, s := range book.Sheets {
			if s.Name != in[i].Name {
				t.Fatalf("sheet %d is %q", i, s.Name)
			}
			for r, row := range rows {
				for c, v := range row {
					got, ok := s.Cell(r+1, c+1)
					if want := valueOf(v); got.Value != want || ok != (want != "") {
						t.Fatalf("cell %d,%d is %q, want %q", r+1, c+1, got.Value, want)
					}
				}
			}
		}
	})
}

// valueOf is what a cell that was written holds; one blank counts as nothing.
func valueOf(v any) string {
	switch v := v.(type) {
	case string:
		if v != " " {
			return v
		}
	case int:
		return numfmt.Canonical(float64(v))
	case float64:
		return numfmt.Canonical(v)
	}
	return ""
}
