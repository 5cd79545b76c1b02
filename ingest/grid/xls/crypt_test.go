package xls_test

import (
	"testing"

	"github.com/distbase/distbase/ingest/grid/internal/cfb"
	"github.com/distbase/distbase/ingest/grid/internal/gridtest"
	"github.com/distbase/distbase/ingest/grid/sheet"
	"github.com/distbase/distbase/ingest/grid/xls"
	"github.com/distbase/distbase/ingest/grid/xls/biff"
)

func TestEncryptedWorkbooksOpenWithTheirPassword(t *testing.T) {
	t.Parallel()
	var rows [][]any
	for i := range 400 {
		rows = append(rows, []any{"Товар", float64(i)})
	}
	plain := biff.Stream(biff.Sheet{Name: "Июль", Rows: rows})
	want := gridtest.Show(gridtest.Book(t, xls.Read, plain))
	for name, method := range map[string]biff.Method{"XOR": biff.XOR, "RC4": biff.RC4, "CryptoAPI, 40 bits": biff.CryptoAPI40, "CryptoAPI, 128 bits": biff.CryptoAPI128} {
		for _, c := range []struct{ set, given, reason string }{
			{"secret", "secret", "none"},
			{"VelvetSweatshop", "", "none"},
			{"VelvetSweatshop", "other", "none"},
			{"secret", "", "encrypted xls"},
			{"secret", "wrong", "encrypted wrong_password"},
		} {
			t.Run(name+" with "+c.set+" opened with "+c.given, func(t *testing.T) {
				t.Parallel()
				data := cfb.Write(cfb.Item{Name: "Workbook", Data: biff.Encrypt(plain, method, c.set)})
				book, err := gridtest.Read(xls.Read, data, sheet.Options{Password: c.given})
				if gridtest.Reason(err) != c.reason || err == nil && gridtest.Show(book) != want {
					t.Errorf("got %v, %.100s", err, gridtest.Show(book))
				}
			})
		}
	}
}
