package dif

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/distbase/distbase/ingest/grid/sheet"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/charmap"
)

func read(data string) (*sheet.Book, error) {
	book := &sheet.Book{}
	err := Read(sheet.NewBudget(context.Background(), sheet.Options{}), []byte(data), book)
	return book, err
}

func shown(t *testing.T, data string) string {
	t.Helper()
	book, err := read(data)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for row := range book.Sheets[0].All() {
		for _, c := range row.Cells {
			s := fmt.Sprintf("%s%d=%s:%s", sheet.ColumnName(c.Col), c.Row, c.Kind.Letter(), c.Value)
			if c.Text != c.Value {
				s += "{" + c.Text + "}"
			}
			out = append(out, s)
		}
	}
	for _, w := range book.Sheets[0].Warnings {
		out = append(out, "!"+w.Code)
	}
	return strings.Join(out, " ")
}

const head = "TABLE\n0,1\n\"x\"\nVECTORS\n0,2\n\"\"\nTUPLES\n0,2\n\"\"\nLABEL\n1,0\n\"first\"\nDATA\n0,0\n\"\"\n"

func TestReadGivesTuplesAsRows(t *testing.T) {
	t.Parallel()
	cyrillic, err := charmap.Windows1251.NewEncoder().String(head + "-1,0\nBOT\n1,0\n\"Товар\"\n-1,0\nEOD\n")
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct{ data, want string }{
		"rows":               {head + "-1,0\nBOT\n1,0\n\"a\"\n0,5.50\nV\n-1,0\nBOT\n0,-7\nV\n1,0\n\"b\"\n-1,0\nEOD\n", "A1=s:a B1=n:5.5{5.50} A2=n:-7 B2=s:b"},
		"CR LF":              {strings.ReplaceAll(head+"-1,0\nBOT\n1,0\n\"a\"\n-1,0\nEOD\n", "\n", "\r\n"), "A1=s:a"},
		"CR":                 {strings.ReplaceAll(head+"-1,0\nBOT\n1,0\n\"a\"\n-1,0\nEOD\n", "\n", "\r"), "A1=s:a"},
		"gaps and empties":   {head + "-1,0\nBOT\n1,0\n\"\"\n0,1\nV\n-1,0\nBOT\n-1,0\nBOT\n1,0\n\"c\"\n-1,0\nEOD", "B1=n:1 A3=s:c"},
		"words":              {head + "-1,0\nBOT\n0,1\nTRUE\n0,0\nFALSE\n0,0\nNA\n0,0\nERROR\n-1,0\nEOD", "A1=b:TRUE B1=b:FALSE C1=e:#N/A D1=e:#VALUE!"},
		"quotes inside":      {head + "-1,0\nBOT\n1,0\n\"a \"\"b\"\" c\"\n1,0\n\"d \"e\" f\"\n1,0\nbare\n-1,0\nEOD", "A1=s:a \"b\" c B1=s:d \"e\" f C1=s:bare"},
		"text over lines":    {head + "-1,0\nBOT\n1,0\n\"a\nb\"\n0,1\nV\n-1,0\nEOD", "A1=s:a\nb B1=n:1"},
		"text without end":   {head + "-1,0\nBOT\n1,0\n\"a\n0,1\nV\n-1,0\nEOD", "A1=s:a B1=n:1"},
		"dates":              {head + "-1,0\nBOT\n0,2/19/14\nV\n0,31.01.2024\nV\n0,03/04/2024\nV\n0,2024-01-31\nV\n-1,0\nEOD", "A1=d:2014-02-19{2/19/14} B1=d:2024-01-31{31.01.2024} C1=s:03/04/2024 D1=d:2024-01-31"},
		"percent":            {head + "-1,0\nBOT\n0,12.5%\nV\n-1,0\nEOD", "A1=n:0.125{12.5%}"},
		"text kept as text":  {head + "-1,0\nBOT\n1,0\n\"=\"\"00123\"\"\"\n1,0\n\"=\"\"\"\"\"\n-1,0\nEOD", "A1=s:00123"},
		"cut off":            {head + "-1,0\nBOT\n1,0\n\"a\"\n0,5", "A1=s:a B1=n:5 !truncated"},
		"windows-1251":       {cyrillic, "A1=s:Товар"},
		"nothing":            {head + "-1,0\nEOD\n", ""},
		"first row unmarked": {head + "0,1\nV\n-1,0\nEOD\n", "A1=n:1"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if d := cmp.Diff(c.want, shown(t, c.data)); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestReadRefusesWhatIsNoDIF(t *testing.T) {
	t.Parallel()
	for _, data := range []string{"", "x", "TABLE", "TABLE\n0,1\n", "TABLE\n0,1\n\"\"\nVECTORS\n0,2\n\"\"\n", "DATA\n0,0\n\"\"\n"} {
		_, err := read(data)
		var re *sheet.ReadError
		if !errors.As(err, &re) || re.Code != sheet.CodeBroken {
			t.Errorf("%q: got %v, want broken", data, err)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(head + "-1,0\nBOT\n1,0\n\"a\nb\"\n0,5.5\nV\n0,2/19/14\nV\n0,0\nNA\n-1,0\nEOD\n")
	f.Add(strings.ReplaceAll(head, "\n", "\r\n") + "1,0\r\n\"x")
	f.Fuzz(func(t *testing.T, data string) {
		b := sheet.NewBudget(context.Background(), sheet.Options{MaxCells: 1 << 16})
		_ = Read(b, []byte(data), b.Metered(&sheet.Book{})) // it must end, and not panic
	})
}
