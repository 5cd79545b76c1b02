package cfb_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/distbase/distbase/ingest/grid/internal/cfb"
	"github.com/distbase/distbase/ingest/grid/internal/cfbtest"
)

func file() []byte {
	return cfbtest.File(
		cfbtest.Entry{Name: "small", Data: []byte("mini sectors, more than one of them, so that there is a chain to follow")},
		cfbtest.Entry{Name: "Ящик", Entries: []cfbtest.Entry{
			{Name: "big", Data: bytes.Repeat([]byte("0123456789"), 1000)},
			{Name: "none", Data: nil},
			{Name: "inner", Entries: []cfbtest.Entry{{Name: "deep", Data: []byte("d")}}},
		}})
}

// tree writes what is in a storage, streams by their length.
func tree(e cfb.Entry, names ...string) string {
	var b strings.Builder
	for _, name := range names {
		if s, ok := e.Stream(name); ok {
			data, err := io.ReadAll(s.Open())
			fmt.Fprintf(&b, "%s %d %v; ", s.Name(), len(data), err)
		}
	}
	for _, s := range e.Storages() {
		fmt.Fprintf(&b, "%s(%s)", s.Name(), tree(s, names...))
	}
	return b.String()
}

func TestStoragesAndStreams(t *testing.T) {
	t.Parallel()
	f, ok := cfb.Open(file())
	if !ok {
		t.Fatal("does not open")
	}
	if got, want := tree(f.Root(), "SMALL", "big", "none", "deep"), "small 71 <nil>; Ящик(big 10000 <nil>; none 0 <nil>; inner(deep 1 <nil>; ))"; got != want {
		t.Errorf("got %s", got)
	}
	deep, ok := f.Stream("Deep")
	if data, err := io.ReadAll(deep.Open()); !ok || err != nil || string(data) != "d" {
		t.Errorf("by name alone: %q, %v", data, err)
	}
	if _, ok := f.Root().Storage("small"); ok {
		t.Error("a stream taken for a storage")
	}
}

func TestWhatIsBrokenEnds(t *testing.T) {
	t.Parallel()
	data := file()
	look := func(data []byte) {
		if f, ok := cfb.Open(data); ok {
			tree(f.Root(), "small", "big", "deep")
		}
	}
	for at := 0; at+4 <= len(data); at += 4 {
		for _, v := range []uint32{0, 1, 3, 0xFFFFFFFE, 0x7FFFFFFF} {
			broken := bytes.Clone(data)
			binary.LittleEndian.PutUint32(broken[at:], v)
			look(broken)
		}
	}
	for n := 0; n < len(data); n += 61 {
		look(data[:n])
	}
}

func TestStoragesInEachOtherCostLittle(t *testing.T) {
	t.Parallel()
	e := cfbtest.Entry{Name: "x", Entries: []cfbtest.Entry{}}
	for range 10_000 {
		e = cfbtest.Entry{Name: "x", Entries: []cfbtest.Entry{e}}
	}
	data := cfbtest.File(e)
	if n := testing.Benchmark(func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			cfb.Open(data)
		}
	}).AllocedBytesPerOp(); n > int64(10*len(data)) {
		t.Errorf("%d bytes for a file of %d", n, len(data))
	}
}

func FuzzOpen(f *testing.F) {
	f.Add(file())
	f.Fuzz(func(t *testing.T, data []byte) {
		if c, ok := cfb.Open(data); ok {
			tree(c.Root(), "small", "big", "deep")
			c.Stream("deep")
		}
	})
}
