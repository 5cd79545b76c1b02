package dif

import (
	"strings"
	"testing"

	"github.com/distbase/distbase/ingest/grid/internal/gridtest"
	"github.com/distbase/distbase/ingest/grid/sheet"

	"golang.org/x/text/encoding/charmap"
)

const head = "TABLE\n0,1\n\"x\"\nVECTORS\n0,2\n\"\"\nTUPLES\n0,2\n\"\"\nLABEL\n1,0\n\"first\"\nDATA\n0,0\n\"\"\n"

func TestReadGivesTuplesAsRows(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ data, want string }{
		"rows":               {head + "-1,0\nBOT\n1,0\n\"a\"\n0,5.50\nV\n-1,0\nBOT\n0,-7\nV\n1,0\n\"b\"\n-1,0\nEOD\n", "A1=s:a B1=n:5.5|5.50 A2=n:-7 B2=s:b"},
		"CR LF":              {strings.ReplaceAll(head+"-1,0\nBOT\n1,0\n\"a\"\n-1,0\nEOD\n", "\n", "\r\n"), "A1=s:a"},
		"CR":                 {strings.ReplaceAll(head+"-1,0\nBOT\n1,0\n\"a\"\n-1,0\nEOD\n", "\n", "\r"), "A1=s:a"},
		"gaps and empties":   {head + "-1,0\nBOT\n1,0\n\"\"\n0,1\nV\n-1,0\nBOT\n-1,0\nBOT\n1,0\n\"c\"\n-1,0\nEOD", "B1=n:1 A3=s:c"},
		"words":              {head + "-1,0\nBOT\n0,1\nTRUE\n0,0\nFALSE\n0,0\nNA\n0,0\nERROR\n-1,0\nEOD", "A1=b:TRUE B1=b:FALSE C1=e:#N/A D1=e:#VALUE!"},
		"quotes inside":      {head + "-1,0\nBOT\n1,0\n\"a \"\"b\"\" c\"\n1,0\n\"d \"e\" f\"\n1,0\nbare\n-1,0\nEOD", "A1=s:a \"b\" c B1=s:d \"e\" f C1=s:bare"},
		"text over lines":    {head + "-1,0\nBOT\n1,0\n\"a\nb\"\n0,1\nV\n-1,0\nEOD", `A1=s:a\nb B1=n:1`},
		"text without end":   {head + "-1,0\nBOT\n1,0\n\"a\n0,1\nV\n-1,0\nEOD", "A1=s:a B1=n:1"},
		"dates":              {head + "-1,0\nBOT\n0,2/19/14\nV\n0,31.01.2024\nV\n0,03/04/2024\nV\n0,2024-01-31\nV\n-1,0\nEOD", "A1=d:2014-02-19|2/19/14 B1=d:2024-01-31|31.01.2024 C1=s:03/04/2024 D1=d:2024-01-31"},
		"percent":            {head + "-1,0\nBOT\n0,12.5%\nV\n-1,0\nEOD", "A1=n:0.125|12.5%"},
		"text kept as text":  {head + "-1,0\nBOT\n1,0\n\"=\"\"00123\"\"\"\n1,0\n\"=\"\"\"\"\"\n-1,0\nEOD", "A1=s:00123"},
		"cut off":            {head + "-1,0\nBOT\n1,0\n\"a\"\n0,5", "A1=s:a B1=n:5 !truncated(1)"},
		"windows-1251":       {gridtest.Encoded(charmap.Windows1251, head+"-1,0\nBOT\n1,0\n\"Товар\"\n-1,0\nEOD\n"), "A1=s:Товар"},
		"nothing":            {head + "-1,0\nEOD\n", ""},
		"first row unmarked": {head + "0,1\nV\n-1,0\nEOD\n", "A1=n:1"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			gridtest.Reads(t, Read, c.data, c.want)
		})
	}
}

func TestReadRefusesWhatIsNoDIF(t *testing.T) {
	t.Parallel()
	for _, data := range []string{"", "x", "TABLE", "TABLE\n0,1\n", "TABLE\n0,1\n\"\"\nVECTORS\n0,2\n\"\"\n", "DATA\n0,0\n\"\"\n"} {
		gridtest.Refuses(t, Read, data, "broken")
	}
}

func FuzzRead(f *testing.F) {
	f.Add(head + "-1,0\nBOT\n1,0\n\"a\nb\"\n0,5.5\nV\n0,2/19/14\nV\n0,0\nNA\n-1,0\nEOD\n")
	f.Add(strings.ReplaceAll(head, "\n", "\r\n") + "1,0\r\n\"x")
	f.Fuzz(func(t *testing.T, data string) {
		gridtest.Fuzz(t, Read, data, sheet.Options{MaxCells: 1 << 16}, gridtest.Filled, gridtest.Ordered)
	})
}
