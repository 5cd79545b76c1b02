package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/distbase/distbase/ingest/grid"
	"github.com/distbase/distbase/ingest/table/titles"
)

// dictionaryRoles are the roles of the words of the dictionary; fields without one
// are none of ours. Words of two meanings are left out.
var dictionaryRoles = map[string]string{
	"product": "product", "product_code": "product_code", "article": "product_code", "barcode": "barcode", "unit": "unit", "qty": "quantity",
	"amount": "amount", "price": "price", "client": "client", "outlet": "outlet", "outlet_code": "outlet_code", "address": "outlet_address",
	"address_legal": "client_address", "inn": "client_inn", "region": "region", "city": "city", "rep": "sales_rep", "warehouse": "warehouse",
	"date": "date", "doc": "doc_no", "segment": "channel", "opening": "opening_qty", "incoming": "received_qty", "outgoing": "shipped_qty",
	"closing": "stock_qty", "supplier": titles.None, "service": titles.None, "total": titles.None,
}

// readDictionary reads the titles of the dictionary of layouts, a wording each.
func readDictionary(name string) ([]wording, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("read dictionary: %w", err)
	}
	fields := map[string]map[string]bool{} // by title
	var order []string
	for line := range strings.Lines(string(data)) {
		f := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if len(f) < 2 || f[0] == "field" {
			continue
		}
		if fields[f[1]] == nil {
			fields[f[1]] = map[string]bool{}
			order = append(order, f[1])
		}
		fields[f[1]][f[0]] = true
	}
	var out []wording
	for _, title := range order {
		for field := range fields[title] {
			role, ok := dictionaryRoles[field]
			if ok && len(fields[title]) == 1 {
				out = append(out, wording{source: dictionary, titles: []titles.Lesson{{Title: title, Role: role, Weight: 1}}})
			}
		}
	}
	return out, nil
}

// truth is what a checked report says of its sheets.
type truth struct {
	File     string       `json:"file"`
	Original string       `json:"original_name"`
	Negative bool         `json:"negative"`
	Sheets   []sheetTruth `json:"sheets"`
}

type sheetTruth struct {
	Sheet    string            `json:"sheet"`
	Header   []int             `json:"header_rows"`
	Columns  map[string]string `json:"columns"`
	Optional []string          `json:"optional"`
	Crosstab *struct {
		Map []map[string]string `json:"map"`
	} `json:"crosstab"`
	Alternatives []struct {
		Columns map[string]string `json:"columns"`
	} `json:"alternatives"`
}

// readReports reads the titles of the checked reports of a folder, a wording a file,
// and cells below them as texts that are no titles at all.
func readReports(dir string) ([]wording, error) {
	names, err := filepath.Glob(filepath.Join(dir, "truth", "*.json"))
	if err != nil {
		return nil, fmt.Errorf("list truths: %w", err)
	}
	var out []wording
	for _, name := range names {
		w, err := readReport(dir, name)
		if err != nil {
			return nil, err
		}
		if len(w.titles) > 0 {
			out = append(out, w)
		}
	}
	return out, nil
}

func readReport(dir, name string) (wording, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return wording{}, fmt.Errorf("read truth: %w", err)
	}
	var t truth
	if err := json.Unmarshal(data, &t); err != nil {
		return wording{}, fmt.Errorf("read truth %s: %w", name, err)
	}
	w := wording{source: report + t.File}
	data, err = os.ReadFile(filepath.Join(dir, t.File))
	if errors.Is(err, fs.ErrNotExist) || t.Negative {
		return w, nil
	} else if err != nil {
		return w, fmt.Errorf("read report: %w", err)
	}
	f, err := grid.Read(context.Background(), t.Original, data, grid.Options{})
	if err != nil {
		return w, fmt.Errorf("read report %s: %w", t.File, err)
	}
	for _, want := range t.Sheets {
		for _, s := range f.Sheets {
			if (s.Name == want.Sheet || len(f.Sheets) == 1) && len(want.Header) == 2 {
				w.titles = append(w.titles, want.lessons(s)...)
			}
		}
	}
	return w, nil
}

// How much one title of a report counts, and one text of its body.
const (
	reportWeight = 1.0
	bodyWeight   = 0.1
)

// bodySample is how many rows below a heading are looked at for texts that are no titles.
const bodySample = 40

// lessons of a sheet: the titles of its columns by the truth.
func (t *sheetTruth) lessons(s *grid.Sheet) []titles.Lesson {
	roles, doubtful := t.roles()
	parts := map[int][]string{}
	last := 0
	for n := t.Header[0]; n <= t.Header[1]; n++ {
		row, _ := s.Row(n)
		for _, c := range row.Cells {
			if text := strings.Join(strings.Fields(c.Text), " "); text != "" {
				for col := c.Col; col <= mergedTo(s, n, c.Col); col++ {
					parts[col] = append(parts[col], text)
				}
				last = max(last, c.Col)
			}
		}
	}
	grouped := roles["group:1"] != ""
	var out []titles.Lesson
	for col := 1; col <= last; col++ {
		letter := grid.ColumnName(col)
		if len(parts[col]) > 1 && grouped && roles[letter] == "" { // names what stands on group rows
			continue
		}
		if len(parts[col]) > 0 && !doubtful[letter] {
			out = append(out, titles.Lesson{Title: strings.Join(parts[col], " "), Role: roles[letter], Weight: reportWeight})
		}
	}
	for n := t.Header[1] + 1; n <= t.Header[1]+bodySample; n++ {
		row, _ := s.Row(n)
		for _, c := range row.Cells {
			if c.Kind == grid.Text && len(c.Text) > 4 {
				out = append(out, titles.Lesson{Title: c.Text, Role: titles.None, Weight: bodyWeight})
			}
		}
	}
	return out
}

// mergedTo is the last column that a cell is merged over.
func mergedTo(s *grid.Sheet, row, col int) int {
	for _, m := range s.Merges {
		if m.FirstRow <= row && row <= m.LastRow && m.FirstCol == col {
			return m.LastCol
		}
	}
	return col
}

// roles by column letter, and the columns that may be read in several ways: those of
// alternatives, and of cross-tabs, whose titles are values.
func (t *sheetTruth) roles() (roles map[string]string, doubtful map[string]bool) {
	roles, doubtful = map[string]string{}, map[string]bool{}
	for role, letter := range t.Columns {
		doubtful[letter] = roles[letter] != ""
		roles[letter] = role
	}
	for _, a := range t.Alternatives {
		for role, letter := range a.Columns {
			if roles[letter] != role {
				doubtful[letter] = true
			}
		}
		for letter, role := range roles {
			if a.Columns[role] != letter {
				doubtful[letter] = true
			}
		}
	}
	if t.Crosstab != nil {
		for _, m := range t.Crosstab.Map {
			for role, letter := range m {
				doubtful[letter] = doubtful[letter] || role != "value"
			}
		}
	}
	return roles, doubtful
}
