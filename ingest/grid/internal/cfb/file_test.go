package cfb_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"

	"github.com/distbase/distbase/ingest/grid/internal/cfb"
)

func file() []byte {
	return cfb.Write(
		cfb.Item{Name: "small", Data: []byte("mini sectors, more than one of them, so that there is a chain to follow")},
		cfb.Item{Name: "Ящик", Items: []cfb.Item{
			{Name: "big", Data: bytes.Repeat([]byte("0123456789"), 1000)},
			{Name: "none", Data: nil},
			{Name: "inner", Items: []cfb.Item{{Name: "deep", Data: []byte("d")}}},
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

// Not parallel, since it counts what the whole process allocates.
func TestStoragesInEachOtherCostLittle(t *testing.T) { //nolint:paralleltest // see above
	e := cfb.Item{Name: "x", Items: []cfb.Item{}}
	for range 10_000 {
		e = cfb.Item{Name: "x", Items: []cfb.Item{e}}
	}
	data := cfb.Write(e)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, ok := cfb.Open(data)
	runtime.ReadMemStats(&after)
	if n := after.TotalAlloc - before.TotalAlloc; !ok || n > uint64(10*len(data)) {
		t.Errorf("%v, %d bytes for a file of %d", ok, n, len(data))
	}
}

func TestBrokenChainsAreHelpedOn(t *testing.T) {
	t.Parallel()
	text := strings.Repeat("0123456789abcdef", 1000)
	whole := cfb.Write(cfb.Item{Name: "Book", Data: []byte(text)})
	fat := len(whole) - 512 // one sector of the table, the last
	set := func(at int, v uint32) []byte {
		out := bytes.Clone(whole)
		binary.LittleEndian.PutUint32(out[at:], v)
		return out
	}
	for _, c := range []struct {
		name  string
		data  []byte
		want  int
		whole bool
	}{
		{"sound", whole, len(text), true},
		{"the chain ends early", set(fat+4*3, 0xFFFFFFFE), len(text), true},
		{"the chain comes back", set(fat+4*3, 1), len(text), true},
		{"the chain leaves the file", set(fat+4*3, 0x00FFFFFF), len(text), true},
		{"the table is not there", whole[:fat], len(text), true},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			f, ok := cfb.Open(c.data)
			if !ok {
				t.Fatal("does not open")
			}
			e, ok := f.Root().Stream("book")
			if !ok {
				t.Fatal("no stream")
			}
			if got, all := e.Content(); all != c.whole || string(got) != text[:c.want] {
				t.Errorf("%d bytes, %v", len(got), all)
			}
		})
	}
}

func TestWhatIsWrittenIsReadWhateverItsSize(t *testing.T) {
	t.Parallel()
	for _, n := range []int{0, 1, 63, 64, 65, 4095, 4096, 4097, 60_000, 7 << 20, 17 << 20} {
		want := bytes.Repeat([]byte("0123456"), n/7+1)[:n]
		f, ok := cfb.Open(cfb.Write(cfb.Item{Name: "a", Data: []byte("first")}, cfb.Item{Name: "b", Data: want}))
		if !ok {
			t.Fatal("does not open")
		}
		e, _ := f.Root().Stream("b")
		if got, whole := e.Content(); !whole || !bytes.Equal(got, want) {
			t.Errorf("%d bytes come back as %d, %v", n, len(got), whole)
		}
		if got, err := io.ReadAll(e.Open()); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%d bytes stream as %d, %v", n, len(got), err)
		}
	}
}

func FuzzOpen(f *testing.F) {
	f.Add(file())
	f.Fuzz(func(t *testing.T, data []byte) {
		if c, ok := cfb.Open(data); ok {
			tree(c.Root(), "small", "big", "deep")
			if e, ok := c.Stream("deep"); ok {
				if got, _ := e.Content(); len(got) > len(data) {
					t.Errorf("%d bytes out of %d", len(got), len(data))
				}
			}
		}
	})
}
