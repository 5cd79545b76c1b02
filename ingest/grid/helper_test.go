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
	"github.com/distbase/distbase/ingest/grid/internal/gridtest"
)

var update = flag.Bool("update", false, "write the golden files anew")

const (
	rels     = `<Relationships><Relationship Id="r0" Type="http://x/officeDocument" Target="xl/workbook.xml"/></Relationships>`
	bookRels = `<Relationships><Relationship Id="rId1" Type="http://x/worksheet" Target="worksheets/sheet1.xml"/>` +
		`<Relationship Id="rId2" Type="http://x/styles" Target="styles.xml"/><Relationship Id="rId3" Type="http://x/sharedStrings" Target="sharedStrings.xml"/></Relationships>`
	book = `<workbook xmlns:r="r"><sheets><sheet name="Июль" sheetId="1" r:id="rId1"/></sheets></workbook>`
)

// workbookOf makes a workbook of one sheet; more parts replace or join the usual ones.
func workbookOf(sheet string, more ...string) []byte {
	parts := []string{"[Content_Types].xml", "<Types/>", "_rels/.rels", rels, "xl/_rels/workbook.xml.rels", bookRels, "xl/workbook.xml", book, "xl/worksheets/sheet1.xml", sheet}
	return gridtest.Zip(append(append([]string{}, more...), parts...)...)
}

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
