package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/distbase/distbase/ingest"
)

const twoMonths = "Клиент;Товар;Количество, шт;Сумма с НДС\nООО Альфа;Сок;3;360\nООО Бета;Вода;4;480\n"

// layoutsListed reads what list prints.
func (s *shell) layoutsListed(args ...string) []layoutLine {
	s.t.Helper()
	var out []layoutLine
	for line := range strings.Lines(s.must(append([]string{"layout", "list"}, args...)...)) {
		var x layoutLine
		if err := json.Unmarshal([]byte(line), &x); err != nil {
			s.t.Fatal(err)
		}
		out = append(out, x)
	}
	return out
}

func (s *shell) trial(file string, args ...string) ingest.Trial {
	s.t.Helper()
	var x ingest.Trial
	if err := json.Unmarshal([]byte(s.must(append([]string{"layout", "test", file}, args...)...)), &x); err != nil {
		s.t.Fatal(err)
	}
	return x
}

func TestLayoutsAreListedTestedEditedCopiedAndRetired(t *testing.T) {
	t.Parallel()
	s := newShell(t)
	s.must("import", "distributors", s.file("d.csv", []byte("code,name\nA,First\nB,Second\n")))
	may := s.file("Продажи май 2026.csv", []byte(twoMonths))
	said := s.must("submit", "--distributor", "A", may)
	all := s.layoutsListed("--distributor", "A")
	if len(all) != 1 || all[0].Origin != "certain" || all[0].Kind != "sales" {
		t.Fatalf("listed %+v after %s", all, said+s.must("questions", "--json"))
	}
	if x := s.trial(may, "--distributor", "A"); x.Layout != all[0].ID || x.Would != "load" || len(x.Drift) != 0 {
		t.Errorf("the same file: %+v", x)
	}
	changed := s.file("Продажи июнь 2026.csv", []byte(strings.Replace(twoMonths, "с НДС", "без НДС", 1)))
	if x := s.trial(changed, "--distributor", "A"); x.Would != "ask" || len(x.Drift) == 0 || x.Drift[0].Code != "vat_changed" {
		t.Errorf("a changed file: %+v", x)
	}

	path := filepath.Join(s.dir, "layout.json")
	doc := s.must("layout", "show", "1")
	doc = strings.Replace(doc, `"layout": {`, `"layout": {"splits": [{"role":"region","from":"Краснодар","to":"Ростов","percent":30}],`, 1)
	if err := os.WriteFile(path, []byte(doc), 0o600); err != nil {
		t.Fatal(err)
	}
	if out := s.must("layout", "edit", "1", "--set", path); out != "2\n" {
		t.Errorf("edited: %s", out)
	}
	if out := s.must("layout", "show", "2"); !strings.Contains(out, `"percent": 30`) || !strings.Contains(out, `"version": 2`) {
		t.Errorf("shown: %s", out)
	}
	s.must("layout", "copy", "2", "--to", "B")
	if all := s.layoutsListed("--distributor", "B"); len(all) != 1 || all[0].Origin != "copied" || *all[0].From != 2 {
		t.Errorf("copied: %+v", all)
	}
	s.must("layout", "retire", "2")
	if n := len(s.layoutsListed("--distributor", "A")); n != 0 {
		t.Errorf("%d layouts in force after the last was retired", n)
	}
	if n := len(s.layoutsListed("--distributor", "A", "--all")); n != 2 {
		t.Errorf("%d layouts kept", n)
	}
	s.must("layout", "restore", "2")
	if code, _, said := s.run("layout", "show", "99"); code != exitNothing || !strings.Contains(said, "layout list") {
		t.Errorf("status %d: %s", code, said)
	}
}
