package xls_test

import (
	"errors"
	"testing"

	"github.com/distbase/distbase/ingest/grid/internal/cfb"
	"github.com/distbase/distbase/ingest/grid/sheet"
	"github.com/distbase/distbase/ingest/grid/xls/biff"
)

func TestEncryptedWorkbooksOpenWithTheirPassword(t *testing.T) {
	t.Parallel()
	var rows [][]any
	for i := range 400 {
		rows = append(rows, []any{"Товар", float64(i)})
	}
	plain := biff.Stream(biff.Sheet{Name: "Июль", Rows: rows})
	want, err := read(plain)
	if err != nil {
		t.Fatal(err)
	}
	for name, method := range map[string]biff.Method{"XOR": biff.XOR, "RC4": biff.RC4, "CryptoAPI, 40 bits": biff.CryptoAPI40, "CryptoAPI, 128 bits": biff.CryptoAPI128} {
		for _, c := range []struct{ set, given, found string }{
			{"secret", "secret", ""},
			{"VelvetSweatshop", "", ""},
			{"VelvetSweatshop", "other", ""},
			{"secret", "", "xls"},
			{"secret", "wrong", "wrong_password"},
		} {
			t.Run(name+" with "+c.set+" opened with "+c.given, func(t *testing.T) {
				t.Parallel()
				data := cfb.Write(cfb.Item{Name: "Workbook", Data: biff.Encrypt(plain, method, c.set)})
				book, err := readWith(data, sheet.Options{Password: c.given})
				if c.found == "" {
					if err != nil || book.Sheets[0].Name != "Июль" || lines(book.Sheets[0]) != lines(want.Sheets[0]) {
						t.Errorf("got %v", err)
					}
					return
				}
				var re *sheet.ReadError
				if !errors.As(err, &re) || re.Code != sheet.CodeEncrypted || re.Found != c.found {
					t.Errorf("got %v", err)
				}
			})
		}
	}
}
