package xls_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/distbase/distbase/ingest/grid/internal/cfb"
	"github.com/distbase/distbase/ingest/grid/internal/gridtest"
	"github.com/distbase/distbase/ingest/grid/sheet"
	"github.com/distbase/distbase/ingest/grid/xls"
	"github.com/distbase/distbase/ingest/grid/xls/biff"
)

func FuzzRead(f *testing.F) {
	rows := [][]any{{"один", 1, 2.5}, {time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)}}
	stream := biff.Stream(biff.Sheet{Name: "Лист", Rows: rows})
	f.Add(biff.Workbook(biff.Sheet{Name: "Лист", Rows: rows}))
	f.Add(stream)
	f.Add(cfb.Write(cfb.Item{Name: "Book", Data: stream}))
	for _, m := range []biff.Method{biff.XOR, biff.RC4, biff.CryptoAPI40, biff.CryptoAPI128} {
		f.Add(biff.Encrypt(stream, m, "x"))
	}
	table := rec(0xFC, uint32(1), uint32(1), w(6), uint8(0), "abc") + rec(0x3C, uint8(1), w('д'), w('е'), w('ё'))
	f.Add(bare(table, rec(0xFD, w(0), w(0), w(0), uint32(0))))
	f.Add(bare(rec(0x22, w(1))+rec(0x41E, w(200), w(10), uint8(0), "dd.mm.yyyy")+rec(0xE0, w(0), w(200), strings.Repeat("\x02", 16)),
		rec(0x208, w(0), w(0), w(2), w(0), w(0), w(0), uint32(0x22))+rec(0x7D, w(1), w(1), w(0), w(0), w(1))+rec(0xE5, w(1), w(0), w(1), w(0), w(2))+
			rec(0xBD, w(1), w(2), w(0), uint32(5<<2|2), w(0), uint32(7<<2|2), w(3))+rec(0x06, w(0), w(0), w(0), "\x00\x00\x00\x00\x00\x00\xff\xff", w(0))+rec(0x207, w(2), uint8(0), "ok")))
	f.Add([]byte(rec(0x09, w(2), w(0x10)) + rec(0x44, w(3)) + rec(0x04, w(0), w(0), "\x3f\x00\x00\x02\xcf\xf0") + rec(0x0A)))
	f.Add([]byte(rec(0x209, w(0), w(0x10), w(0)) + rec(0x243, uint8(0), uint8(1), strings.Repeat("\x00", 10)) + rec(0x204, w(0), w(0), w(0), w(2), "\xcf\xf0") + rec(0x0A)))
	f.Add([]byte(rec(0x409, w(0), w(0x100), w(0)) + rec(0x8F, uint32(0), "\x01A") + rec(0x409, w(0), w(0x10), w(0)) + rec(0x406, w(0), w(0), w(0), 1.5, w(0)) + rec(0x0A)))
	f.Fuzz(func(t *testing.T, data []byte) {
		opt := sheet.Options{MaxCells: 100_000, MaxBytes: 1 << 24, MaxMembers: 100, Password: "x"}
		_, err := gridtest.Fuzz(t, xls.Read, data, opt, gridtest.Filled, gridtest.Ordered)
		var re *sheet.ReadError
		if err != nil && !errors.As(err, &re) {
			t.Fatalf("error of type %T: %v", err, err)
		}
	})
}
