package grid_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestRealReportsAreRead goes over the reports that stand beside the project, where they do.
func TestRealReportsAreRead(t *testing.T) {
	t.Parallel()
	dir := filepath.Join("..", "..", "..", "shared", "corpus", "reports")
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Skip("no corpus beside the project")
	}
	for _, e := range entries {
		if ext := filepath.Ext(e.Name()); ext != ".xlsx" && ext != ".csv" {
			continue
		}
		t.Run(e.Name(), func(t *testing.T) {
			t.Parallel()
			data, err := os.ReadFile(filepath.Join(dir, e.Name()))
			if err != nil {
				t.Fatal(err)
			}
			f := read(t, data)
			if f.Format != strings.TrimPrefix(filepath.Ext(e.Name()), ".") {
				t.Errorf("format is %s", f.Format)
			}
			cells := 0
			for _, s := range f.Sheets {
				for _, r := range s.Rows() {
					cells += len(r.Cells)
				}
			}
			if cells == 0 {
				t.Error("no cell came out")
			}
		})
	}
}
