package grid_test

import (
	"context"
	"encoding/binary"
	"testing"

	"github.com/distbase/distbase/ingest/grid"
	"github.com/distbase/distbase/ingest/grid/internal/gridtest"
)

// tableWithMemo is a dBase III table of one long text, and the file it lies in.
func tableWithMemo(text string) (table, memo []byte) {
	table = make([]byte, 65, 76)
	table[0], table[1], table[2], table[3], table[4] = 0x83, 124, 1, 1, 1
	binary.LittleEndian.PutUint16(table[8:], 65)
	binary.LittleEndian.PutUint16(table[10:], 11)
	copy(table[32:], "NOTE")
	table[43], table[48], table[64] = 'M', 10, 0x0d
	table = append(table, "          1"...)
	return table, append(append(make([]byte, 512), text...), 0x1a)
}

func TestMemosInArchivesAreFoundBeforeAndBehindTheirTable(t *testing.T) {
	t.Parallel()
	table, memo := tableWithMemo("hello")
	for name, names := range map[string][]string{"behind": {"a/T.DBF", "a/t.dbt"}, "before": {"a/T.DBT", "a/t.dbf"}, "of another": {"a/t.dbf", "b/t.dbt"}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var parts []string
			for _, n := range names {
				content := table
				if n[len(n)-1]|0x20 == 't' {
					content = memo
				}
				parts = append(parts, n, string(content))
			}
			f, err := grid.Read(context.Background(), "x.zip", gridtest.Zip(parts...), grid.Options{})
			if err != nil {
				t.Fatal(err)
			}
			c, _ := f.Sheets[0].Cell(2, 1)
			want := "hello"
			if name == "of another" {
				want = ""
			}
			if len(f.Sheets) != 1 || c.Value != want || len(f.Warnings) != 0 {
				t.Errorf("%d sheets, memo %q, warnings %v", len(f.Sheets), c.Value, f.Warnings)
			}
		})
	}
}
