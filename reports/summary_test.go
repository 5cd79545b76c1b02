package reports

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"github.com/distbase/distbase/reports/chart"
	"github.com/distbase/distbase/reports/workbook"
	"github.com/distbase/distbase/storage"
	"github.com/distbase/distbase/storage/storagetest"
)

var (
	update = flag.Bool("update", false, "write the golden files anew")
	nbsp   = strings.NewReplacer("\u00a0", " ")
	tags   = regexp.MustCompile(`</?b>`)
)

func TestSummaryReadsAsItShould(t *testing.T) {
	t.Parallel()
	store := storagetest.New(t)
	trade(t, store)
	zone := moscow(t)
	s := New(Options{Store: store, Zone: zone})
	monday := time.Date(2026, 11, 23, 9, 0, 0, 0, zone)
	for name, c := range map[string]struct {
		kind Kind
		cut  storage.Cut
		at   time.Time
		lang string
	}{
		"daily.ru":         {Daily, storage.Cut{}, monday, "ru"},
		"daily.en":         {Daily, storage.Cut{}, monday, "en"},
		"weekly.ru":        {Weekly, storage.Cut{}, monday, "ru"},
		"weekly.en":        {Weekly, storage.Cut{}, monday, "en"},
		"monthly.ru":       {Monthly, storage.Cut{}, time.Date(2026, 11, 1, 9, 0, 0, 0, zone), "ru"},
		"monthly.en":       {Monthly, storage.Cut{}, time.Date(2026, 12, 1, 9, 0, 0, 0, zone), "en"},
		"cut.ru":           {Daily, storage.Cut{Regions: []string{"Юг"}, Brands: []string{"Нури"}}, monday, "ru"},
		"nothing.ru":       {Daily, storage.Cut{}, time.Date(2030, 1, 2, 9, 0, 0, 0, zone), "ru"},
		"one_day_month.ru": {Daily, storage.Cut{Distributors: []string{"D01"}}, time.Date(2026, 11, 2, 9, 0, 0, 0, zone), "ru"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sum, err := s.Build(context.Background(), c.kind, c.cut, c.at, c.lang)
			if err != nil {
				t.Fatal(err)
			}
			for _, line := range strings.Split(sum.HTML, "\n") {
				shown := strings.NewReplacer("&amp;", "&", "&lt;", "<", "&gt;", ">", "&quot;", `"`).Replace(tags.ReplaceAllString(line, ""))
				if n := utf8.RuneCountInString(shown); n > lineWidth+4 {
					t.Errorf("%d characters: %s", n, shown)
				}
			}
			golden(t, name+".txt", quietNBSP(sum.Subject+"\n---\n"+sum.HTML+"\n"))
			if len(sum.Workbook) == 0 || len(sum.Notes) > 0 {
				t.Errorf("workbook of %d bytes, notes %q", len(sum.Workbook), sum.Notes)
			}
			if dir := os.Getenv("DISTBASE_KEEP_PICTURES"); dir != "" { // to look at
				_ = os.WriteFile(filepath.Join(dir, name+".png"), sum.Chart, 0o600)
				_ = os.WriteFile(filepath.Join(dir, name+".xlsx"), sum.Workbook, 0o600)
			}
			if name == "nothing.ru" {
				if sum.Chart != nil {
					t.Error("a picture of nothing")
				}
				return
			}
			if _, err := png.Decode(bytes.NewReader(sum.Chart)); err != nil {
				t.Error(err)
			}
		})
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), got); d != "" {
		t.Errorf("%s (-), got (+):\n%s", path, d)
	}
}

func TestWorkbookAgreesWithText(t *testing.T) {
	t.Parallel()
	store := storagetest.New(t)
	trade(t, store)
	sum, err := New(Options{Store: store}).Build(context.Background(), Daily, storage.Cut{}, date("2026-11-23"), "ru")
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(sum.Workbook))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	cross, err := f.GetRows("Дистрибьюторы и бренды")
	if err != nil {
		t.Fatal(err)
	}
	last := cross[len(cross)-1]
	total := strings.ReplaceAll(last[len(last)-1], ",", "")
	money := strings.NewReplacer(" ", "", "\u00a0", "", ",", ".").Replace(sum.HTML)
	if !strings.Contains(money, "Сначаламесяца:"+strings.TrimSuffix(total, ".00")+"₽") {
		t.Errorf("the workbook adds up to %s, the text says\n%s", total, sum.HTML)
	}
}

func TestTextGoesWhateverBecomesOfPictureAndWorkbook(t *testing.T) {
	t.Parallel()
	store := storagetest.New(t)
	trade(t, store)
	for name, c := range map[string]struct {
		break_ func(s *Service)
		note   string
	}{
		"picture fails":      {func(s *Service) { s.draw = func(chart.Month) ([]byte, error) { return nil, errors.New("no font") } }, "The picture could not be made"},
		"picture panics":     {func(s *Service) { s.draw = func(chart.Month) ([]byte, error) { panic("index out of range") } }, "The picture could not be made"},
		"workbook fails":     {func(s *Service) { s.write = func(workbook.Workbook, io.Writer) error { return errors.New("disk") } }, "The workbook could not be made"},
		"workbook too large": {func(s *Service) { s.maxWorkbook = 1000 }, "The workbook is too large"},
		"too many lines":     {func(s *Service) { s.maxLines = 3 }, "The workbook is too large"},
		"too many days":      {func(s *Service) { s.maxLines = 40 }, "by day there are too many"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := New(Options{Store: store})
			c.break_(s)
			sum, err := s.Build(context.Background(), Daily, storage.Cut{}, date("2026-11-23"), "en")
			if err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(sum.HTML, c.note) || !strings.Contains(sum.HTML, "Month to date") {
				t.Errorf("text:\n%s", sum.HTML)
			}
			if len(sum.Notes) != 1 {
				t.Errorf("notes %q", sum.Notes)
			}
		})
	}
}
