package charset_test

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"pgregory.net/rapid"

	"github.com/distbase/distbase/ingest/grid/charset"
)

var names = []string{"utf-8", "windows-1251", "cp866", "koi8-r", "x-mac-cyrillic", "utf-16le", "utf-16be", "utf-32le", "utf-32be"}

const report = "Остатки на складе\nШампунь Ромашка;24\nМыло Лаванда 100 г;6\nИТОГО;30\n"

// TestEncodingsRoundTrip: what is written in an encoding is told and decoded, whole or in pieces.
func TestEncodingsRoundTrip(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.SampledFrom(names).Draw(t, "encoding")
		words := rapid.SliceOfN(rapid.SampledFrom([]string{"Шампунь", "мыло", "ООО Ромашка", "Итого", "кол-во", "12,50", "Nivea", "ПОРОШОК"}), 1, 60).Draw(t, "words")
		text := report + strings.Join(words, ";")
		data := []byte(text)
		if e := charset.Of(name); e != encoding.Nop {
			var err error
			if data, err = e.NewEncoder().Bytes(data); err != nil {
				t.Fatal(err)
			}
		}
		if got := charset.Detect(data); got != name {
			t.Fatalf("told %q, want %q", got, name)
		}
		d, out := charset.NewDecoder(name, data), []byte(nil)
		for len(d.Rest()) > 0 {
			out = d.Append(out, rapid.IntRange(1, 50).Draw(t, "piece"))
		}
		if string(out) != text {
			t.Fatalf("decoded %q", out)
		}
	})
}

func TestEncodingsAreTold(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, text, want, decoded string }{
		{"a mark", "\xef\xbb\xbfa;b", "utf-8", "a;b"},
		{"plain ASCII", "a;b", "utf-8", "a;b"},
		{"print-out with drawn lines", "\xda\xc4\xc4\xc4\xc4\xc2\xc4\xc4\xc4\xbf\r\n\xb3 \x8a\xae\xa4\xb3 \x98\xe2\xb3\r\n", "cp866", "┌────┬───┐\r\n│ Код│ Шт│\r\n"},
		{"French", "d\xe9signation;quantit\xe9\n\xe9t\xe9;1\n", "windows-1252", "désignation;quantité\nété;1\n"},
		{"a foreign line in UTF-8", "Наименование товара, шт\n\xec\xfb\xeb\xee \xeb\xe0\xe2\xe0\xed\xe4\xe0\n", "utf-8", "Наименование товара, шт\nмыло лаванда\n"},
		{"codes and no words", "date;doc;rcode\n2026-05-01;\xd0\xcd00012;\xca001\n2026-05-01;\xcd\xd4-0007;\xca003\n", "windows-1251", "date;doc;rcode\n2026-05-01;РН00012;К001\n2026-05-01;НФ-0007;К003\n"},
		{"capitals only", "\xca\xc5\xd2\xd7\xd3\xcf;\xca\xce\xd0\xcc \xc4\xcb\xdf \xca\xce\xd8\xc5\xca\n", "windows-1251", "КЕТЧУП;КОРМ ДЛЯ КОШЕК\n"},
		{"capitals in an older encoding", "\xed\xe1\xfa\xf8;\xec\xe1\xeb \xf0\xe1\xf2\xeb\xe5\xf4\xee\xf9\xea\n", "koi8-r", "МАЗЬ;ЛАК ПАРКЕТНЫЙ\n"},
		{"a byte without meaning", "\xd8\xe0\xec\xef\xf3\xed\xfc \x98 \xcc\xfb\xeb\xee \xd1\xee\xea\n", "windows-1251", "Шампунь \u0098 Мыло Сок\n"},
		{"no text", "\x00\x01\x02\x03\x04\x05", "", "\x00\x01\x02\x03\x04\x05"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := charset.Detect([]byte(c.text)); got != c.want {
				t.Errorf("told %q, want %q", got, c.want)
			}
			if got := charset.DecodeHead(c.want, []byte(c.text)); got != c.decoded {
				t.Errorf("decoded %q", got)
			}
		})
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte(report))
	f.Add([]byte("\xff\xfea\x00\x00\xd8"))
	f.Fuzz(func(t *testing.T, data []byte) {
		name := charset.Detect(data)
		whole := charset.DecodeHead(name, data)
		if name != "" && strings.ToValidUTF8(whole, "") != whole {
			t.Fatalf("%s: no UTF-8 came out", name)
		}
	})
}
