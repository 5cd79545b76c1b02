package grid_test

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/distbase/distbase/ingest/grid"
)

var update = flag.Bool("update", false, "write the golden files anew")

func read(t testing.TB, data []byte) *grid.File {
	t.Helper()
	f, err := grid.Read(context.Background(), "file", data, grid.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// refused reads what must not be read and gives the reason.
func refused(t testing.TB, data []byte, opt grid.Options) *grid.ReadError {
	t.Helper()
	_, err := grid.Read(context.Background(), "file", data, opt)
	var re *grid.ReadError
	if !errors.As(err, &re) {
		t.Fatalf("error is %v, want a *ReadError", err)
	}
	return re
}

// golden compares with testdata/name.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), string(got)); d != "" {
		t.Errorf("%s differs (-want +got):\n%s", name, d)
	}
}

func lines(t testing.TB, f *grid.File, mode grid.Mode) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := grid.WriteJSON(&b, f, mode); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
