package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/distbase/distbase/cmd/distbase/demo/world"
	"github.com/distbase/distbase/mailer/dovecottest"
	"github.com/distbase/distbase/storage/storagetest"
)

func TestMain(m *testing.M) {
	if os.Getenv(asService) != "" {
		main()
		return
	}
	code := storagetest.Run(m)
	dovecottest.Stop()
	os.Exit(code)
}

// shell runs command lines on one database.
type shell struct {
	t   *testing.T
	env []string
	dir string
}

func newShell(t *testing.T) *shell {
	t.Helper()
	return &shell{t: t, dir: t.TempDir(), env: []string{"DISTBASE_DATABASE_URL=" + storagetest.URL(t), "DISTBASE_LANG=en"}}
}

// run returns the exit status and what was printed.
func (s *shell) run(args ...string) (code int, stdout, stderr string) {
	s.t.Helper()
	f, err := os.CreateTemp(s.t.TempDir(), "stderr")
	if err != nil {
		s.t.Fatal(err)
	}
	defer f.Close()
	var out bytes.Buffer
	code = run(context.Background(), process{args: args, environ: s.env, stdin: strings.NewReader(""), stdout: &out, stderr: f})
	said, err := os.ReadFile(f.Name())
	if err != nil {
		s.t.Fatal(err)
	}
	return code, out.String(), string(said)
}

func (s *shell) must(args ...string) string {
	s.t.Helper()
	code, out, said := s.run(args...)
	if code != exitFine {
		s.t.Fatalf("distbase %s: status %d\n%s", strings.Join(args, " "), code, said)
	}
	return out
}

func (s *shell) file(name string, data []byte) string {
	s.t.Helper()
	path := filepath.Join(s.dir, name)
	if err := os.WriteFile(path, data, 0o600); err != nil {
		s.t.Fatal(err)
	}
	return path
}

func TestExitStatusTellsUsageFromNothingUsable(t *testing.T) {
	t.Parallel()
	s := newShell(t)
	letter := s.file("empty.eml", []byte(" \n"))
	junk := s.file("junk.xlsx", []byte{0xff, 0xd8, 0xff, 0xe0, 1, 2, 3})
	for _, c := range []struct {
		args []string
		want int
		says string
	}{
		{[]string{"--help"}, exitFine, ""},
		{[]string{"cube"}, exitUsage, "--measures"},
		{[]string{"nonsense"}, exitUsage, "nonsense"},
		{[]string{"import", "cats", "x.csv"}, exitUsage, "products"},
		{[]string{"import", "products"}, exitUsage, "--template"},
		{[]string{"cube", "--measures", "weather"}, exitUsage, "weather"},
		{[]string{"--config", "/nowhere.toml", "questions"}, exitUsage, "/nowhere.toml"},
		{[]string{"attachments", letter}, exitNothing, "empty"},
		{[]string{"attachments", "/nowhere.eml"}, exitNothing, "/nowhere.eml"},
		{[]string{"parse", junk}, exitNothing, "unsupported"},
		{[]string{"grid", junk}, exitNothing, "unsupported"},
		{[]string{"submit", "--distributor", "NOBODY", junk}, exitNothing, "NOBODY"},
		{[]string{"user", "invite", "--role", "distributor"}, exitUsage, "--distributor"},
		{[]string{"user", "invite", "--role", "analyst"}, exitNothing, "DISTBASE_TELEGRAM_TOKEN"},
		{[]string{"user", "revoke", "999"}, exitNothing, "user list"},
	} {
		code, _, said := s.run(c.args...)
		if code != c.want || !strings.Contains(said, c.says) {
			t.Errorf("distbase %s: status %d, want %d:\n%s", strings.Join(c.args, " "), code, c.want, said)
		}
	}
}

func TestHelpNamesEveryCommand(t *testing.T) {
	t.Parallel()
	out := newShell(t).must("--help")
	for _, name := range []string{"serve", "grid", "parse", "match", "attachments", "import", "submit", "cube", "questions", "report", "user", "migrate"} {
		if !strings.Contains(out, "\n  "+name) {
			t.Errorf("--help does not name %s:\n%s", name, out)
		}
	}
}

func TestReportGoesFromFileToFigures(t *testing.T) {
	t.Parallel()
	s := newShell(t)
	w := world.New(7, time.Date(2026, 7, 20, 0, 0, 0, 0, time.UTC))
	for _, kind := range world.Imports() {
		var file bytes.Buffer
		if err := w.WriteImport(&file, kind); err != nil {
			t.Fatal(err)
		}
		s.must("import", kind, s.file(kind+".csv", file.Bytes()))
	}
	letters, err := w.Letters()
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range letters {
		if l.Key != "CENTR/2026-06" {
			continue
		}
		out := s.must("submit", "--distributor", "CENTR", s.file(l.Files[0].Name, l.Files[0].Data))
		lines := strings.Split(strings.TrimSpace(out), "\n")
		for _, line := range lines {
			var r struct{ State string }
			if err := json.Unmarshal([]byte(line), &r); err != nil || r.State != "loaded" {
				t.Errorf("%s: %v", line, err)
			}
		}
		if len(lines) != 2 {
			t.Errorf("%d tables of a workbook with sales and stock", len(lines))
		}
	}
	pieces, _, _ := w.Totals(5, time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC), time.Date(2026, 6, 30, 0, 0, 0, 0, time.UTC))
	var rows []map[string]any
	if err := json.Unmarshal([]byte(s.must("cube", "--measures", "quantity,unmapped_amount", "--by", "distributor", "--from", "2026-06-01", "--to", "2026-06-30", "--json")), &rows); err != nil {
		t.Fatal(err)
	}
	raw, err := json.Marshal(rows)
	if err != nil {
		t.Fatal(err)
	}
	want, err := json.Marshal([]map[string]any{{"distributor": "CENTR", "quantity": pieces, "unmapped_amount": 0}})
	if err != nil {
		t.Fatal(err)
	}
	if string(raw) != string(want) {
		t.Errorf("cube: %s, want %s", raw, want)
	}
	if out := s.must("report", "monthly", "--at", "2026-07-20"); !strings.Contains(out, "June 2026") {
		t.Errorf("report:\n%s", out)
	}
}
