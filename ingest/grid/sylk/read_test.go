package sylk

import (
	"fmt"
	"strings"
	"testing"

	"github.com/distbase/distbase/ingest/grid/internal/gridtest"
	"github.com/distbase/distbase/ingest/grid/sheet"

	"golang.org/x/text/encoding/charmap"
	"pgregory.net/rapid"
)

func TestReadGivesTheCellsOfRecords(t *testing.T) {
	t.Parallel()
	const id = "ID;PWXL;N;E\r\n"
	for name, c := range map[string]struct{ data, want string }{
		"kinds":                       {id + "C;Y1;X1;K\"a\"\r\nC;X2;K1.5\r\nC;X3;KTRUE\r\nC;X4;K#N/A\r\nC;X5;K-1E3;EA1*2\r\nE\r\n", "A1=s:a B1=n:1.5 C1=b:TRUE D1=e:#N/A E1=n:-1000"},
		"lines end by CR":             {"ID;PX\rC;X2;Y3;K1\rE\r", "B3=n:1"},
		"place goes on":               {id + "C;Y2;X2;K1\nC;X3;K2\nC;Y3;K3\nE", "B2=n:1 C2=n:2 C3=n:3"},
		"columns first":               {id + "C;Y1;X1;K1\nC;Y2;K2\nC;Y1;X2;K3\nC;Y2;K4\nE", "A1=n:1 B1=n:3 A2=n:2 B2=n:4"},
		"formula without value":       {id + "C;Y1;X1;EA2\nC;X2;K1\nE", "B1=n:1"},
		"result of nothing is 0":      {id + "C;Y1;X1;K;EFALSE()\nE", "A1=n:0"},
		"semicolons":                  {id + "C;Y1;X1;K\"a;;b\"\nC;X2;K\"c;d\"\nC;X3;K\";;\"\nC;X4;K5;;\nE", "A1=s:a;b B1=s:c;d C1=s:; D1=s:5;"},
		"quotes inside":               {id + "C;Y1;X1;K\"a \"b\" c\"\nE", "A1=s:a \"b\" c"},
		"number with a comma is text": {id + "C;Y1;X1;K1,5\nE", "A1=s:1,5"},
		"formats": {id + "P;PGeneral\nP;P0.00\nP;Pdd/mm/yyyy;;@\nF;P1;FG0G;X1\nC;Y1;K2\nF;P2;FG0G;X2\nC;K45359\nF;FF1G\nC;X3;K7\nF;SDM1;X4\nC;K\"b\"\nC;X5;K9\nE",
			"A1=n:2|2.00{0.00} B1=d:2024-03-08|08/03/2024{dd/mm/yyyy;@} C1=n:7|7.0{0.0} D1=s:b* E1=n:9"},
		"formats of columns and rows": {id + "P;PGeneral\nP;P0.0\nF;P1;C2\nF;P1;R2\nC;Y1;X1;K1\nC;X2;K1\nC;Y2;X1;K1\nE", "A1=n:1 B1=n:1|1.0{0.0} A2=n:1|1.0{0.0}"},
		"base of 1904":                {id + "P;PGeneral\nP;Pyyyy-mm-dd\nO;L;D;V4\nF;P1;FG0G;X1\nC;Y1;K43897\nE", "A1=d:2024-03-08{yyyy-mm-dd}"},
		"windows-1251":                {gridtest.Encoded(charmap.Windows1251, id+"C;Y1;X1;K\"Молоко Домик\"\nE"), "A1=s:Молоко Домик"},
		"cp866":                       {gridtest.Encoded(charmap.CodePage866, id+"C;Y1;X1;K\"Молоко Домик\"\nE"), "A1=s:Молоко Домик"},
		"UTF-8":                       {id + "C;Y1;X1;K\"Молоко\"\nE", "A1=s:Молоко"},
		"escaped bytes": {func() string {
			var b strings.Builder
			for _, c := range []byte(gridtest.Encoded(charmap.Windows1251, "Молоко Домик")) {
				fmt.Fprintf(&b, "\x1b%c%c", 0x20+c>>4, 0x30+c&15)
			}
			return id + "C;Y1;X1;K\"" + b.String() + "\"\nE"
		}(), "A1=s:Молоко Домик"},
		"line end inside":      {id + "C;Y1;X1;K\"a\x1b :b\"\nE", `A1=s:a\nb`},
		"line end not escaped": {id + "C;Y1;X1;K\"a\nb;;c\nd\"\r\nC;X2;K\"e\r\nf\";EA1\r\nE", `A1=s:a\nb;c\nd B1=s:e\nf`},
		"quotes never closed":  {id + "C;Y1;X1;K\"a\r\nC;X2;K\"b\r\nE", "A1=s:a B1=s:b"},
		"signs by ESC N":       {id + "C;Y1;X1;K\"\x1bNHu\x1bNBe\x1bN{\x1bN+x\x1bN;;\x1bN0\"\nE", "A1=s:üéß«x»°"},
		"no end":               {id + "C;Y1;X1;K1\nC;Y2;K\"ab", "A1=n:1 A2=s:ab !truncated(2)"},
		"out of range":         {id + "C;Y2000000;X1;K1\nC;Y1;X99999999999999999999;K2\nC;Y1;X20000;K3\nE", "A1=n:2 !out_of_range(A2000000)"},
		"records unknown":      {id + "NN;NA;ER1C1\nW;N1\nZZ\n;;\nC\nC;;;K\nC;Y1;X1;K1\nE\nC;Y2;K5", "A1=n:1"},
		"byte order mark":      {"\ufeff" + id + "C;Y1;X1;K1\nE", "A1=n:1"},
		"blanks are empty":     {id + "C;Y1;X1;K\"\"\nC;X2;K\"x\"\nE", "B1=s:x"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			gridtest.Reads(t, Read, c.data, c.want)
		})
	}
}

func TestReadRefusesWhatIsNoLink(t *testing.T) {
	t.Parallel()
	for _, data := range []string{"", "x", "C;Y1;X1;K1\nE"} {
		gridtest.Refuses(t, Read, data, "broken")
	}
}

// TestTextComesBack whatever characters it has.
func TestTextComesBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		want := rapid.StringOfN(rapid.RuneFrom([]rune("aЯ&<'; \t.,x]1N")), 1, 30, -1).Draw(t, "text")
		book := gridtest.Book(t, Read, "ID;P\nC;Y1;X1;K\""+strings.ReplaceAll(want, ";", ";;")+"\"\nE\n")
		if c, _ := book.Sheets[0].Cell(1, 1); c.Value != want {
			t.Fatalf("got %q, want %q", c.Value, want)
		}
	})
}

func FuzzRead(f *testing.F) {
	f.Add("ID;PWXL;N;E\r\nP;P0.00\r\nF;P0;FG0G;X1\r\nC;Y1;K\"a;;b\x1bNHu\x1b :\"\r\nF;C2;P0\nC;X2;K1;EA1\r\nE\r\n")
	f.Add("ID;P\rO;V4\rF;W1 16384 0\rC;Y2;X2;K#N/A\rC;KTRUE\rE")
	f.Fuzz(func(t *testing.T, data string) {
		gridtest.Fuzz(t, Read, data, sheet.Options{MaxCells: 1 << 16}, gridtest.Filled)
	})
}
