package xls_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/distbase/distbase/ingest/grid/internal/cfb"
	"github.com/distbase/distbase/ingest/grid/internal/gridtest"
	"github.com/distbase/distbase/ingest/grid/sheet"
	"github.com/distbase/distbase/ingest/grid/xls"
	"github.com/distbase/distbase/ingest/grid/xls/biff"
)

func TestWhatCannotBeReadIsAnErrorWithItsPlace(t *testing.T) {
	t.Parallel()
	same := strings.Repeat(rec(0x85, uint32(0), w(0), "\x01\x00A"), 11_000)
	for _, c := range []struct {
		name string
		data []byte
		opt  sheet.Options
		want sheet.ReadError
	}{
		{"texts without their table", bare("", rec(0xFD, w(4), w(2), w(0), uint32(0))), sheet.Options{},
			sheet.ReadError{Code: sheet.CodeBroken, Sheet: "A", Row: 5, Col: 3, Found: "no shared strings", Expected: "shared_strings"}},
		{"a container without workbook", cfb.Write(cfb.Item{Name: "Nothing", Data: make([]byte, 5000)}), sheet.Options{},
			sheet.ReadError{Code: sheet.CodeBroken, Found: "no workbook stream", Expected: "xls"}},
		{"charts alone", []byte(rec(0x809, w(0x600), w(5), uint32(0)) + rec(0x85, uint32(12), w(0x200), "\x01\x00A") + rec(0x0A)), sheet.Options{},
			sheet.ReadError{Code: sheet.CodeEmpty}},
		{"more sheets than there can be", bare(same, ""), sheet.Options{},
			sheet.ReadError{Code: sheet.CodeTooBig, Found: "members"}},
		{"more cells than asked for", bare("", strings.Repeat(rec(0x203, w(0), w(0), w(0), 1.0)+rec(0x203, w(1), w(0), w(0), 1.0), 1000)), sheet.Options{MaxCells: 1000},
			sheet.ReadError{Code: sheet.CodeTooBig, Sheet: "A", Found: "cells"}},
		{"more text than asked for", bare(rec(0xFC, uint32(1), uint32(1), w(4000), uint8(0), strings.Repeat("x", 4000)), ""), sheet.Options{MaxText: 1000},
			sheet.ReadError{Code: sheet.CodeTooBig, Found: "shared_strings"}},
		{"one text in many cells", bare(rec(0xFC, uint32(1), uint32(1), w(4000), uint8(0), strings.Repeat("x", 4000)),
			strings.Repeat(rec(0xFD, w(0), w(0), w(0), uint32(0)), 1000)), sheet.Options{MaxBytes: 1 << 20},
			sheet.ReadError{Code: sheet.CodeTooBig, Sheet: "A", Found: "unpacked"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, err := gridtest.Read(xls.Read, c.data, c.opt)
			var re *sheet.ReadError
			if !errors.As(err, &re) || *re != c.want {
				t.Errorf("got %+v, want %+v", err, c.want)
			}
		})
	}
}

func TestWhatIsDamagedIsGivenAsFarAsItGoes(t *testing.T) {
	t.Parallel()
	rows := [][]any{{"один", 1}, {"два", 2}}
	for len(rows) < 300 {
		rows = append(rows, []any{"строка", 0.5})
	}
	whole := biff.Workbook(biff.Sheet{Name: "A", Rows: rows})
	records := biff.Stream(biff.Sheet{Name: "A", Rows: rows})
	zeroed := func(from, to int) []byte {
		out := bytes.Clone(whole)
		clear(out[from:to])
		return out
	}
	for _, c := range []struct {
		name string
		data []byte
		rows int
		warn bool
	}{
		{"nothing is missing", whole, 300, false},
		{"the table of sectors is lost", zeroed(len(whole)-512, len(whole)), 300, false},
		{"the directory is lost", zeroed(512*((len(records)+511)/512+1), len(whole)), 300, false},
		{"the container is cut", whole[:len(whole)-3000], 200, true},
		{"the records are cut", records[:len(records)-50], 299, true},
		{"the records are cut inside a head", records[:len(records)-3], 300, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			book := gridtest.Book(t, xls.Read, c.data)
			if n := book.Sheets[0].Len(); n < c.rows {
				t.Errorf("%d rows", n)
			}
			if c.warn && len(book.Warnings) == 1 && book.Warnings[0].Row < c.rows {
				t.Errorf("warnings are %v", book.Warnings)
			}
			if got := len(book.Warnings) == 1 && book.Warnings[0].Code == "truncated"; got != c.warn {
				t.Errorf("warnings are %v", book.Warnings)
			}
			if got := gridtest.Show(book); !strings.HasPrefix(got, "[A] A1=s:один B1=n:1 A2=s:два B2=n:2 ") {
				t.Errorf("got %.80s", got)
			}
		})
	}
}

// A list may name one place ten thousand times, or places inside each other.
func TestSheetsInEachOtherTakeLinearTime(t *testing.T) {
	t.Parallel()
	var list string
	head := 4 + 16
	for i := range 5000 {
		list += rec(0x85, uint32(head+5000*12+4+i*12), w(0), "\x01\x00A"[:2])
	}
	data := rec(0x809, w(0x600), w(5), uint32(0), uint32(0), uint32(0)) + list + rec(0x0A) +
		strings.Repeat(rec(0x809, w(0x600), w(0x10), uint32(0)), 500_000)
	gridtest.Refuses(t, xls.Read, data, "broken sheets in each other")
}
