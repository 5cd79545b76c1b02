package bot

import (
	"encoding/json"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestCommandsAreForThisBot(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, entity, name, args string }{
		{"/start abc", `{"type":"bot_command","offset":0,"length":6}`, "start", "abc"},
		{"/Start@Our_Bot abc", `{"type":"bot_command","offset":0,"length":14}`, "start", "abc"},
		{"/start@other abc", `{"type":"bot_command","offset":0,"length":12}`, "", ""},
		{"ну /start", `{"type":"bot_command","offset":3,"length":6}`, "", ""},
		{"/start", `{"type":"bot_command","offset":0,"length":600}`, "", ""},
		{"/start", `{"type":"bold","offset":0,"length":6}`, "", ""},
	} {
		t.Run(c.text, func(t *testing.T) {
			t.Parallel()
			u, err := readUpdate(json.RawMessage(`{"message":{"text":` + string(quoted(t, c.text)) + `,"entities":[` + c.entity + `]}}`))
			if err != nil {
				t.Fatal(err)
			}
			if name, args := u.Message.command("our_bot"); name != c.name || args != c.args {
				t.Errorf("got %q %q", name, args)
			}
		})
	}
}

func quoted(t *testing.T, s string) []byte {
	t.Helper()
	raw, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// FuzzUpdate: whatever comes is stored or refused, and never breaks the loop.
func FuzzUpdate(f *testing.F) {
	for _, s := range []string{
		`{"update_id":1,"message":{"message_id":5,"date":1,"chat":{"id":7,"type":"private"},"from":{"id":7},"text":"/start x","entities":[{"type":"bot_command","offset":0,"length":6}]}}`,
		`{"update_id":2,"callback_query":{"id":"1","from":{"id":7},"data":"b1:abc"}}`,
		`{"update_id":3,"my_chat_member":{"chat":{"id":7},"from":{"id":7},"new_chat_member":{"status":"kicked"}}}`,
		`{"update_id":4,"message":{"entities":[{"offset":-5,"length":9}]}}`, `{"update_id":5,"message":[]}`, `{}`, ``, `null`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		rec, err := record(raw)
		if err != nil {
			return
		}
		u, err := readUpdate(rec.Payload)
		if err != nil {
			return
		}
		_, _ = u.chat(), u.from()
		if u.Message != nil {
			u.Message.command("our_bot")
		}
		_ = tokenOf(string(raw))
	})
}

func TestLongTextsAreCutAtLines(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		lines := rapid.SliceOfN(rapid.StringMatching(`[а-яё😀 ]{1,900}`), 1, 40).Draw(t, "lines")
		s := strings.Join(lines, "\n")
		all := pieces(s)
		for _, p := range all {
			if units(p) > maxText {
				t.Fatalf("a piece of %d units", units(p))
			}
			if !utf8.ValidString(p) {
				t.Fatal("a piece is cut within a letter")
			}
		}
		squeeze := func(s string) string { return strings.Join(strings.Fields(s), "") }
		if squeeze(strings.Join(all, "")) != squeeze(s) {
			t.Fatal("something got lost")
		}
	})
}

func TestPeriodsAreReadAsPeopleWriteThem(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"07.2026":                    "2026-07-01 2026-07-31",
		"2026-02":                    "2026-02-01 2026-02-28",
		"1.7.2026":                   "2026-07-01 2026-07-01",
		"01.07.2026-15.07.2026":      "2026-07-01 2026-07-15",
		"с 01/07/2026 по 15/07/2026": "2026-07-01 2026-07-15",
		"2026-07-01 2026-07-31":      "2026-07-01 2026-07-31",
		"15.07.2026-01.07.2026":      "",
		"32.07.2026":                 "",
		"13.2026":                    "",
		"июль":                       "",
	} {
		from, to, ok := readPeriod(in)
		got := ""
		if ok {
			got = from.Format(time.DateOnly) + " " + to.Format(time.DateOnly)
		}
		if got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}
