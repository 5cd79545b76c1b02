package dbf

import (
	"encoding/binary"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/distbase/distbase/ingest/grid/internal/gridtest"
	"github.com/distbase/distbase/ingest/grid/sheet"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/charmap"
)

// column describes a field of a table made for a test.
type column struct {
	name             string
	kind             byte
	length, decimals int
	flags            byte
}

// build writes a table; records come whole, with their mark of deletion.
func build(version, language byte, columns []column, records ...string) []byte {
	out := make([]byte, 32)
	out[0], out[1], out[2], out[3], out[29] = version, 124, 3, 1, language
	length := 1
	for _, c := range columns {
		d := make([]byte, 32)
		copy(d[:10], c.name)
		d[11], d[16], d[17], d[18] = c.kind, byte(c.length), byte(c.decimals), c.flags
		if c.kind == 'C' {
			d[17] = byte(c.length >> 8)
		}
		length += c.length
		out = append(out, d...)
	}
	out = append(out, 0x0d)
	if version >= versionFox && version <= versionFoxVar {
		out = append(out, make([]byte, 263)...)
	}
	binary.LittleEndian.PutUint32(out[4:], uint32(len(records)))
	binary.LittleEndian.PutUint16(out[8:], uint16(len(out)))
	binary.LittleEndian.PutUint16(out[10:], uint16(length))
	return append(append(out, strings.Join(records, "")...), endOfFile)
}

func read(t *testing.T, data []byte, beside map[string][]byte) string {
	t.Helper()
	opt := sheet.Options{}
	if beside != nil {
		opt.Beside = func(extension string) []byte { return beside[extension] }
	}
	book, err := gridtest.Read(Read, data, opt)
	if err != nil {
		t.Fatal(err)
	}
	return shown(book)
}

// shown writes a sheet a row a line: letter of the kind and value, the text in
// brackets where it differs.
func shown(book *sheet.Book) string {
	var out strings.Builder
	for _, s := range book.Sheets {
		for row := range s.All() {
			fmt.Fprintf(&out, "%d:", row.N)
			for _, c := range row.Cells {
				fmt.Fprintf(&out, " %s%s:%s", sheet.ColumnName(c.Col), c.Kind.Letter(), c.Value)
				if c.Text != c.Value {
					fmt.Fprintf(&out, "(%s)", c.Text)
				}
			}
			out.WriteByte('\n')
		}
		for _, w := range s.Warnings {
			fmt.Fprintf(&out, "! %s %d\n", w.Code, w.Row)
		}
	}
	return out.String()
}

func cp1251(s string) string { return gridtest.Encoded(charmap.Windows1251, s) }

func little64(u uint64) string { return string(binary.LittleEndian.AppendUint64(nil, u)) }

func little32(u uint32) string { return string(binary.LittleEndian.AppendUint32(nil, u)) }

func TestReadGivesRecordsAsTheyAreWritten(t *testing.T) {
	t.Parallel()
	goods := []column{{"TOVAR", 'C', 8, 0, 0}, {"KOLVO", 'N', 8, 2, 0}, {"DATA", 'D', 8, 0, 0}, {"OK", 'L', 1, 0, 0}}
	for name, c := range map[string]struct {
		data []byte
		want string
	}{
		"numbers, dates, logical values": {build(0x03, 0, goods, " Milk       12.5020240131T", "   Tea      -3.00        ?", " Salt    ********2024133xf"), `
1: As:TOVAR Bs:KOLVO Cs:DATA Ds:OK
2: As:Milk Bn:12.5(12.50) Cd:2024-01-31 Db:TRUE(T)
3: As:  Tea Bn:-3(-3.00)
4: As:Salt Bs:******** Cs:2024133x Db:FALSE(f)
`},
		"deleted records are left out": {build(0x03, 0, goods[:1], " one     ", "*two     ", " three   "), `
1: As:TOVAR
2: As:one
3: As:three
`},
		"cut in a record": {build(0x03, 0, goods[:2], " one         1.00", " two         2.00")[:32+64+1+17+12], `
1: As:TOVAR Bs:KOLVO
2: As:one Bn:1(1.00)
3: As:two
! truncated 3
`},
		"records beyond the number told": {func() []byte {
			data := build(0x03, 0, goods[:1], " one     ", " two     ")
			data[4] = 1
			return data
		}(), `
1: As:TOVAR
2: As:one
3: As:two
! more_records 3
`},
		"fewer records than told": {func() []byte {
			data := build(0x03, 0, goods[:1], " one     ")
			data[7] = 0x7f
			return data
		}(), `
1: As:TOVAR
2: As:one
! truncated 3
`},
		"text longer than 255": {build(0x03, 0, []column{{"LONG", 'C', 300, 0, 0}, {"N", 'N', 2, 0, 0}}, " "+strings.Repeat("x", 300)+"12"), `
1: As:LONG Bs:N
2: As:` + strings.Repeat("x", 300) + ` Bn:12
`},
		"kinds of Visual FoxPro": {build(versionFox, 3, []column{{"I", 'I', 4, 0, 0}, {"Y", 'Y', 8, 4, 0}, {"T", 'T', 8, 0, 0}, {"B", 'B', 8, 2, 0}},
			" "+little32(0xffffffff)+little64(125_000)+little32(2460341)+little32(37_229_999)+little64(math.Float64bits(0.1)),
			" "+little32(7)+little64(1<<64-5)+little32(2460341)+little32(0)+little64(math.Float64bits(-2))), `
1: As:I Bs:Y Cs:T Ds:B
2: An:-1 Bn:12.5(12.5000) Cd:2024-01-31T10:20:30 Dn:0.1
3: An:7 Bn:-0.0005 Cd:2024-01-31 Dn:-2
`},
		"null and varying length": {build(versionFoxVar, 3, []column{{"V", 'V', 5, 0, flagNullable}, {"N", 'N', 3, 0, flagNullable}, {"_NullFlags", '0', 1, 0, flagSystem}},
			" abc \x03  1\x01", " abcde  2\x04", " \x00\x00\x00\x00\x00  3\x02"), `
1: As:V Bs:N
2: As:abc Bn:1
3: As:abcde
4: Bn:3
`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if d := cmp.Diff(strings.TrimPrefix(c.want, "\n"), read(t, c.data, nil)); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestReadTakesTheCodePageOfTextAndByte(t *testing.T) {
	t.Parallel()
	const text = "Щётка зубная №5 и Ёмкость"
	columns := []column{{"TOVAR", 'C', 60, 0, 0}}
	for name, c := range map[string]struct {
		language byte
		cpg      string
		record   string
		want     string
	}{
		"866 by its byte":                  {0x65, "", gridtest.Encoded(charmap.CodePage866, text), text},
		"866 without byte":                 {0, "", gridtest.Encoded(charmap.CodePage866, text), text},
		"1251 by its byte":                 {0xc9, "", cp1251(text), text},
		"1251 under the byte of the West":  {0x03, "", cp1251(text), text},
		"1251 under the byte of 866":       {0x65, "", cp1251(text + " " + text), text + " " + text},
		"UTF-8":                            {0, "", text, text},
		"short word of 866 keeps its byte": {0x65, "", gridtest.Encoded(charmap.CodePage866, "шт"), "шт"},
		"Western":                          {0x03, "", gridtest.Encoded(charmap.Windows1252, "Crème brûlée"), "Crème brûlée"},
		"850 by its byte":                  {0x02, "", gridtest.Encoded(charmap.CodePage850, "Crème brûlée"), "Crème brûlée"},
		"code page beside":                 {0x57, "1251", cp1251("шт"), "шт"},
		"Central European":                 {0xc8, "", gridtest.Encoded(charmap.Windows1250, "Łódź żółć"), "Łódź żółć"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			data := build(0x03, c.language, columns, " "+c.record+strings.Repeat(" ", 60)[:max(0, 60-len(c.record))])
			if len(c.record) > 60 {
				data = build(0x03, c.language, []column{{"TOVAR", 'C', len(c.record), 0, 0}}, " "+c.record)
			}
			got := read(t, data, map[string][]byte{"cpg": []byte(c.cpg)})
			if want := "1: As:TOVAR\n2: As:" + c.want + "\n"; got != want {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
}

func TestReadTakesMemosFromTheFileBeside(t *testing.T) {
	t.Parallel()
	fpt := make([]byte, 1024)
	binary.BigEndian.PutUint16(fpt[6:], 64)
	copy(fpt[512:], "\x00\x00\x00\x01\x00\x00\x00\x06Привет"[:8]+cp1251("Привет"))
	dbt3 := append(make([]byte, 512), "soft\x8d\nbreak\r\nnext\x1a\x1arest"...)
	dbt4 := make([]byte, 2048)
	binary.LittleEndian.PutUint16(dbt4[20:], 1024)
	copy(dbt4[1024:], "\xff\xff\x08\x00\x0d\x00\x00\x00hello")
	for name, c := range map[string]struct {
		version byte
		length  int
		record  string
		beside  map[string][]byte
		want    string
	}{
		"FoxPro":          {versionFox, 4, little32(8), map[string][]byte{"fpt": fpt}, "2: As:Привет\n"},
		"dBase III":       {0x83, 10, "         1", map[string][]byte{"dbt": dbt3}, "2: As:softbreak\nnext\n"},
		"dBase IV":        {0x8b, 10, "0000000001", map[string][]byte{"dbt": dbt4}, "2: As:hello\n"},
		"no file":         {0x83, 10, "         1", nil, "2:\n"},
		"no memo":         {0x83, 10, "          ", map[string][]byte{"dbt": dbt3}, "2:\n"},
		"beyond the file": {versionFox, 4, little32(1 << 31), map[string][]byte{"fpt": fpt}, "2:\n"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			data := build(c.version, 0xc9, []column{{"M", 'M', c.length, 0, 0}}, " "+c.record)
			if got := strings.TrimPrefix(read(t, data, c.beside), "1: As:M\n"); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// TestMemosAreBounded where thousands of records name one long text.
func TestMemosAreBounded(t *testing.T) {
	t.Parallel()
	records := make([]string, 2000)
	for i := range records {
		records[i] = "          1"
	}
	data := build(0x83, 0, []column{{"M", 'M', 10, 0, 0}}, records...)
	memo := append(make([]byte, 512), strings.Repeat("x", 1<<16)...)
	opt := sheet.Options{MaxText: 1 << 20, Beside: func(string) []byte { return memo }}
	if _, err := gridtest.Read(Read, data, opt); gridtest.Reason(err) != "too_big text" {
		t.Errorf("got %v", err)
	}
}

func TestReadRefusesWhatIsNoTable(t *testing.T) {
	t.Parallel()
	short := build(0x03, 0, []column{{"A", 'C', 8, 0, 0}}, " 12345678")
	short[10] = 3 // the field does not fit into the record
	gridtest.Refuses(t, Read, "", "broken header")
	gridtest.Refuses(t, Read, short[:20], "broken header")
	gridtest.Refuses(t, Read, short, "broken record length")
}

func FuzzRead(f *testing.F) {
	f.Add(build(0x03, 0x65, []column{{"A", 'C', 3, 0, 0}, {"B", 'N', 5, 2, 0}, {"C", 'D', 8, 0, 0}, {"D", 'L', 1, 0, 0}}, " abc 1.5020240131T"), []byte{})
	f.Add(build(versionFoxVar, 3, []column{{"V", 'V', 5, 0, 2}, {"Q", 'Q', 3, 0, 2}, {"_NullFlags", '0', 1, 0, 1}}, " abc \x03  1\x01"), []byte{})
	f.Add(build(versionFox, 3, []column{{"I", 'I', 4, 0, 0}, {"Y", 'Y', 8, 4, 0}, {"T", 'T', 8, 0, 0}, {"M", 'M', 4, 0, 0}}, " "+strings.Repeat("\x01", 24)), make([]byte, 600))
	f.Add(build(0x8c, 0, []column{{"A", 'C', 3, 0, 0}}, " abc"), []byte{})
	f.Add(append([]byte{versionII, 1, 0, 1, 1, 99, 4, 0, 'A', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 'C', 3}, make([]byte, 600)...), []byte{})
	f.Fuzz(func(t *testing.T, data, memo []byte) {
		opt := sheet.Options{MaxText: 1 << 20, MaxCells: 1 << 16, Beside: func(string) []byte { return memo }}
		gridtest.Fuzz(t, Read, data, opt, gridtest.Ordered)
	})
}
