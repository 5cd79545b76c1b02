package pack

import (
	"bytes"
	"context"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/charmap"
	"pgregory.net/rapid"

	"github.com/distbase/distbase/ingest/grid/internal/gridtest"
	"github.com/distbase/distbase/ingest/grid/sheet"
)

// members lists what is in an archive: "name=data", or "name!code found".
func members(t testing.TB, format string, data []byte, opt sheet.Options) ([]string, error) {
	t.Helper()
	var out []string
	err := Members(sheet.NewBudget(context.Background(), opt), format, "report.csv.gz", data, func(m Member) error {
		if m.Err != nil {
			out = append(out, m.Name+"!"+gridtest.Reason(m.Err))
			return nil
		}
		out = append(out, m.Name+"="+string(m.Data))
		return nil
	})
	return out, err
}

// long64 is a stream that only deflate64 has: a literal and a match of 65,538 bytes.
func long64() []byte {
	var b bitsOf
	b.add(1, 1)
	b.add(1, 2) // fixed codes
	b.code(0x30+'x', 8)
	b.code(0xC0+285-280, 8)
	b.add(65535, 16)
	b.code(0, 5) // one byte back
	b.code(0, 7)
	return b.out
}

func TestMembersAreGiven(t *testing.T) {
	t.Parallel()
	unicodeName := append([]byte{0x75, 0x70, 13, 0, 1, 0, 0, 0, 0}, "Июль"...)
	for _, c := range []struct {
		name, format string
		data         []byte
		password     string
		want         []string
	}{
		{name: "rar 4, stored", format: Rar, data: rar4Of(file{name: "a.csv", data: "1;2"}, file{name: `dir\b.csv`, data: "3"}), want: []string{"a.csv=1;2", "dir/b.csv=3"}},
		{name: "rar 5, stored", format: Rar, data: rar5Of(file{name: "отчёт.csv", data: "1;2"}), want: []string{"отчёт.csv=1;2"}},
		{name: "names of DOS", format: Zip, data: zipOf(t, file{name: gridtest.Encoded(charmap.CodePage866, "Отчёт Юг.csv"), data: "1"}), want: []string{"Отчёт Юг.csv=1"}},
		{name: "names of Windows", format: Zip, data: zipOf(t, file{name: gridtest.Encoded(charmap.Windows1251, "Отчёт Юг.csv"), data: "1"}), want: []string{"Отчёт Юг.csv=1"}},
		{name: "name in a field of its own", format: Zip, data: zipOf(t, file{name: "????", data: "1", extra: unicodeName}), want: []string{"Июль=1"}},
		{name: "names that lead out", format: Zip, data: zipOf(t, file{name: "../../etc/a", data: "1"}, file{name: `C:\b`, data: "2"}, file{name: "/c\u202e\n", data: "3"}), want: []string{"etc/a=1", "b=2", "c=3"}},
		{name: "litter", format: Zip, data: zipOf(t, file{name: "__MACOSX/a", data: "1"}, file{name: "d/Thumbs.db", data: "2"}, file{name: "a", data: "3"}), want: []string{"a=3"}},
		{name: "deflate", format: Zip, data: zipOf(t, file{name: "a", data: strings.Repeat("x", 500), method: methodDeflate}), want: []string{"a=" + strings.Repeat("x", 500)}},
		{name: "deflate64", format: Zip, data: zipOf(t, file{name: "a", data: strings.Repeat("x", 65539), method: methodDeflate64, raw: long64()}), want: []string{"a=" + strings.Repeat("x", 65539)}},
		{name: "password of PKWARE", format: Zip, data: zipOf(t, file{name: "a", data: "secret data", password: "пароль", method: methodDeflate}), password: "пароль", want: []string{"a=secret data"}},
		{name: "password typed in DOS", format: Zip, data: zipOf(t, file{name: "a", data: "secret data", password: gridtest.Encoded(charmap.CodePage866, "пароль")}), password: "пароль", want: []string{"a=secret data"}},
		{name: "password of WinZip", format: Zip, data: zipOf(t, file{name: "a", data: "longer than a block", password: "пароль", method: methodAES, extra: aesExtra()}), password: "пароль", want: []string{"a=longer than a block"}},
		{name: "wrong password", format: Zip, data: zipOf(t, file{name: "a", data: "1", password: "пароль"}, file{name: "b", data: "2", password: "п", method: methodAES, extra: aesExtra()}), password: "x", want: []string{"a!encrypted wrong_password", "b!encrypted wrong_password"}},
		{name: "no password", format: Zip, data: zipOf(t, file{name: "a", data: "1", password: "пароль"}, file{name: "b", data: "2"}), want: []string{"a!encrypted zip", "b=2"}},
		{name: "unknown method", format: Zip, data: zipOf(t, file{name: "a", data: "1", method: 6}, file{name: "b", data: "2"}), want: []string{"a!unsupported zip_method_6", "b=2"}},
		{name: "wrong sum", format: Zip, data: zipOf(t, file{name: "a", data: "1", raw: []byte("2")}, file{name: "b", data: "2"}), want: []string{"a!broken", "b=2"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, err := members(t, c.format, c.data, sheet.Options{Password: c.password})
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(c.want, got); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestZipCutShortGivesWhatIsWhole(t *testing.T) {
	t.Parallel()
	whole := zipOf(t, file{name: "a", data: "1", method: methodDeflate}, file{name: "b", data: strings.Repeat("row;", 30)}, file{name: "c", data: "3"})
	cut := whole[:bytes.Index(whole, []byte("row;"))+8]
	got, err := members(t, Zip, cut, sheet.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([]string{"a=1", "b!broken", "!broken"}, got); d != "" {
		t.Error(d)
	}
}

func TestBoundsEndTheWalk(t *testing.T) {
	t.Parallel()
	many := zipOf(t, file{name: "a", data: "1"}, file{name: "b", data: "2"}, file{name: "c", data: "3"})
	large := zipOf(t, file{name: "a", data: strings.Repeat("x", 1<<16), method: methodDeflate})
	for name, c := range map[string]struct {
		data []byte
		opt  sheet.Options
		want string
	}{
		"members":  {many, sheet.Options{MaxMembers: 2}, "members"},
		"text":     {large, sheet.Options{MaxText: 1 << 10}, "text"},
		"unpacked": {large, sheet.Options{MaxBytes: 1 << 10}, "unpacked"},
		"time":     {large[:len(large)-30], sheet.Options{MaxTime: time.Nanosecond}, "time"},
	} {
		if _, err := members(t, Zip, c.data, c.opt); gridtest.Reason(err) != "too_big "+c.want {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestInflate64ReadsDeflate holds the reader to what every packer of deflate
// writes without its longest match, which alone means something else.
func TestInflate64ReadsDeflate(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		data := strings.Join(rapid.SliceOfN(rapid.StringMatching(`[a-cА-В0-9;]{0,40}`), 0, 40).Draw(t, "parts"), "\n")
		got, err := io.ReadAll(newInflate64(bytes.NewReader(packed(t, file{data: data, method: methodDeflate}))))
		if err != nil || string(got) != data {
			t.Fatalf("got %q, %v, want %q", got, err, data)
		}
	})
}

func FuzzMembers(f *testing.F) {
	for format, data := range map[string][]byte{
		Zip:    zipOf(f, file{name: "a", data: "1;2", method: methodDeflate}, file{name: "b", data: "xx", password: "p"}, file{name: "c", data: "x", method: methodAES, password: "p", extra: aesExtra()}),
		Rar:    rar4Of(file{name: "a", data: "1"}),
		"rar5": rar5Of(file{name: "a", data: "1"}),
	} {
		f.Add(format, data)
	}
	f.Add(Zip, zipOf(f, file{name: "a", data: "x", method: methodDeflate64, raw: long64()}))
	f.Fuzz(func(t *testing.T, format string, data []byte) {
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		defer cancel()
		opt := sheet.Options{Password: "p", MaxBytes: 1 << 24, MaxText: 1 << 22}
		_ = Members(sheet.NewBudget(ctx, opt), format, "x", data, func(m Member) error {
			if m.Err == nil && (strings.HasPrefix(m.Name, "/") || strings.Contains("/"+m.Name+"/", "/../")) {
				t.Errorf("name %q leads out", m.Name)
			}
			return nil
		})
	})
}
