package table

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/distbase/distbase/ingest/grid"
)

// report is a file that layouts are held to.
type report struct {
	name string
	file *grid.File
	src  Source
}

// ownReports are those that lie beside the tests.
func ownReports(t *testing.T) []report {
	t.Helper()
	var out []report
	for name, fx := range fixtures() {
		out = append(out, report{name, fx.file, fx.src})
	}
	sketches, _ := filepath.Glob(filepath.Join("testdata", "catalogue", "*.txt"))
	for _, path := range sketches {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		file, src := parseSketch(string(data))
		out = append(out, report{strings.TrimSuffix(filepath.Base(path), ".txt"), file, src})
	}
	slices.SortFunc(out, func(a, b report) int { return strings.Compare(a.name, b.name) })
	return out
}

// sharedReports are those of the corpus; none where it is not here.
func sharedReports(t *testing.T) []report {
	t.Helper()
	dir := filepath.Join("..", "..", "..", "shared", "corpus")
	var out []report
	truths, _ := filepath.Glob(filepath.Join(dir, "reports", "truth", "*.json"))
	for _, path := range truths {
		var tr truth
		readJSON(t, path, &tr)
		out = append(out, openReport(t, filepath.Join(dir, "reports", tr.File), tr.OriginalName, day(2026, 8, 1)))
	}
	var spec struct {
		Layouts []struct {
			ID, FileName string
			Received     string
		}
	}
	if names, _ := filepath.Glob(filepath.Join(dir, "layouts", "layouts.json")); len(names) > 0 {
		readJSON(t, names[0], &spec)
	}
	for _, l := range spec.Layouts {
		paths, _ := filepath.Glob(filepath.Join(dir, "layouts", l.ID+".*"))
		received, err := time.Parse(time.DateOnly, l.Received)
		if err != nil {
			received = day(2026, 8, 1)
		}
		name := l.FileName
		if name == "" && len(paths) > 0 {
			name = filepath.Base(paths[0])
		}
		out = append(out, openReport(t, paths[0], name, received))
	}
	return out
}

func readJSON(t *testing.T, path string, to any) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err == nil {
		err = json.Unmarshal(data, to)
	}
	if err != nil {
		t.Fatal(path, err)
	}
}

func openReport(t *testing.T, path, name string, received time.Time) report {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	f, err := grid.Read(context.Background(), name, data, grid.Options{Received: received})
	if err != nil {
		t.Fatal(err)
	}
	return report{filepath.Base(path), f, Source{FileName: name, Received: received}}
}
