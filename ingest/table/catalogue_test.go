package table

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/distbase/distbase/ingest/grid"
)

// TestCatalogueGolden reads the layouts of testdata/catalogue, one a text file as a
// person would sketch it, and compares with what stands beside it.
func TestCatalogueGolden(t *testing.T) {
	t.Parallel()
	compareSketches(t, "catalogue")
}

// TestFirstSightGolden does the same with reports that are read at first sight only: a
// layout learned from them does not yet follow every change of their columns.
func TestFirstSightGolden(t *testing.T) {
	t.Parallel()
	compareSketches(t, "first_sight")
}

func compareSketches(t *testing.T, folder string) {
	t.Helper()
	names, _ := filepath.Glob(filepath.Join("testdata", folder, "*.txt"))
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txt"), func(t *testing.T) {
			t.Parallel()
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			file, src := parseSketch(string(data))
			tables, err := Understand(file, src, nil)
			if err != nil {
				t.Fatal(err)
			}
			var b bytes.Buffer
			if err := WriteJSON(&b, tables); err != nil {
				t.Fatal(err)
			}
			golden := strings.TrimSuffix(name, ".txt") + ".jsonl"
			if *update {
				if err := os.WriteFile(golden, b.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if got := b.String(); got != string(want) {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

var (
	sketchNumber = regexp.MustCompile(`^-?\d+(\.\d+)?$`)
	sketchDate   = regexp.MustCompile(`^\d{4}-\d\d-\d\d$`)
)

// parseSketch reads a sketch of a file. "@sheet NAME" begins a sheet, "@file",
// "@subject" and "@received" tell of the letter. Every other line is a row, its
// cells parted by "|". In a cell "> " is a step of indent, "+ " one of outline, "* "
// bold; "<" is merged with the cell to the left, "^" with the one above; "'" makes a
// text of a number.
func parseSketch(text string) (*grid.File, Source) {
	src := Source{Received: day(2026, 8, 3)}
	var sheets []*grid.Sheet
	sheet := func() *grid.Sheet {
		if len(sheets) == 0 {
			sheets = append(sheets, &grid.Sheet{Name: "Лист1"})
		}
		return sheets[len(sheets)-1]
	}
	n := 0
	for line := range strings.Lines(strings.TrimRight(text, "\n")) {
		line = strings.TrimRight(line, "\n")
		if word, rest, ok := strings.Cut(line, " "); ok && strings.HasPrefix(word, "@") {
			switch word {
			case "@file":
				src.FileName = rest
			case "@subject":
				src.Subject = rest
			case "@received":
				src.Received, _ = time.Parse(time.DateOnly, rest)
			case "@sheet":
				sheets, n = append(sheets, &grid.Sheet{Name: rest}), 0
			}
			continue
		}
		n++
		_ = sheet().Append(sketchRow(sheet(), n, line))
	}
	f := fileFixture(src.FileName, sheets...)
	return f, src
}

func sketchRow(s *grid.Sheet, n int, line string) grid.Row {
	row := grid.Row{N: n}
	for j, v := range strings.Split(line, "|") {
		v = strings.TrimSpace(v)
		c := grid.Cell{Row: n, Col: j + 1, Kind: grid.Text}
		switch v {
		case "<":
			for i := range s.Merges {
				if m := &s.Merges[i]; m.FirstRow <= n && m.LastRow >= n && m.LastCol == j {
					m.LastCol = j + 1
				}
			}
			if k := len(s.Merges); k == 0 || s.Merges[k-1].LastCol != j+1 {
				s.Merges = append(s.Merges, grid.Range{FirstRow: n, FirstCol: j, LastRow: n, LastCol: j + 1})
			}
			continue
		case "^":
			s.Merges = append(s.Merges, grid.Range{FirstRow: n - 1, FirstCol: j + 1, LastRow: n, LastCol: j + 1})
			continue
		}
		for more := true; more; {
			switch {
			case strings.HasPrefix(v, "> "):
				c.Indent, v = c.Indent+2, v[2:]
			case strings.HasPrefix(v, "+ "):
				row.Outline, v = row.Outline+1, v[2:]
			case strings.HasPrefix(v, "* "):
				c.Bold, v = true, v[2:]
			default:
				more = false
			}
		}
		switch {
		case v == "":
			continue
		case sketchNumber.MatchString(v):
			c.Kind = grid.Number
		case sketchDate.MatchString(v):
			c.Kind = grid.Date
		}
		v = strings.TrimPrefix(v, "'")
		c.Value, c.Text = v, v
		row.Cells = append(row.Cells, c)
	}
	return row
}
