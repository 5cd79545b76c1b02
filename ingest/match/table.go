package match

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/distbase/distbase/ingest/match/name"
)

// ErrNoColumn says that a table lacks a column it must have.
var ErrNoColumn = errors.New("column is missing")

// ErrNoID says that a row has a name and no id.
var ErrNoID = errors.New("an id was expected")

// ReadEntries reads a catalogue from CSV or TSV with a header; see ParseEntries.
func ReadEntries(r io.Reader) ([]Entry, error) {
	rows, err := readTable(r)
	if err != nil {
		return nil, err
	}
	return ParseEntries(rows)
}

// ReadQueries reads names from CSV or TSV with a header; see ParseQueries.
func ReadQueries(r io.Reader) ([]Query, error) {
	rows, err := readTable(r)
	if err != nil {
		return nil, err
	}
	return ParseQueries(rows)
}

// ReadHistory reads confirmed mappings: name, product id, distributor. A header is optional.
func ReadHistory(r io.Reader) ([]Confirmed, error) {
	rows, err := readTable(r)
	if err != nil {
		return nil, err
	}
	return ParseHistory(rows)
}

// ParseEntries turns the rows of a table into entries. The first row holds the
// titles, in English or Russian; id and name must be there.
func ParseEntries(rows [][]string) ([]Entry, error) {
	h, err := newHeader(rows, "id", "name")
	if err != nil {
		return nil, fmt.Errorf("read catalogue: %w", err)
	}
	var out []Entry
	for i, row := range rows[1:] {
		e := Entry{
			ID: h.get(row, "id"), Name: h.get(row, "name"), Code: h.get(row, "code"), Barcode: h.get(row, "barcode"),
			Brand: h.get(row, "brand"), Unit: h.get(row, "unit"), Category: h.get(row, "category"), Price: h.get(row, "price"),
		}
		for _, i := range h.names {
			if other := field(row, i); other != "" && other != e.Name {
				e.Other = append(e.Other, other)
			}
		}
		for _, i := range h.prices {
			if price := field(row, i); price != "" {
				e.Prices = append(e.Prices, price)
			}
		}
		if err := h.check(row, i+2); err != nil {
			return nil, fmt.Errorf("read catalogue: %w", err)
		}
		if e.ID != "" {
			out = append(out, e)
		}
	}
	return out, nil
}

// ParseQueries turns the rows of a table into queries, by the same titles as ParseEntries.
func ParseQueries(rows [][]string) ([]Query, error) {
	h, err := newHeader(rows, "id", "name")
	if err != nil {
		return nil, fmt.Errorf("read names: %w", err)
	}
	var out []Query
	for i, row := range rows[1:] {
		q := Query{
			ID: h.get(row, "id"), Name: h.get(row, "name"), Code: h.get(row, "code"), Barcode: h.get(row, "barcode"), Brand: h.get(row, "brand"),
			Unit: h.get(row, "unit"), Distributor: h.get(row, "distributor"), Price: h.get(row, "price"),
		}
		if err := h.check(row, i+2); err != nil {
			return nil, fmt.Errorf("read names: %w", err)
		}
		if q.ID != "" {
			out = append(out, q)
		}
	}
	return out, nil
}

// ParseHistory turns the rows of a table into confirmed mappings.
func ParseHistory(rows [][]string) ([]Confirmed, error) {
	text, id, distributor := 0, 1, 2
	if len(rows) > 0 && titleRole(field(rows[0], 0)) != "" {
		h, err := newHeader(rows, "name", "id")
		if err != nil {
			return nil, fmt.Errorf("read history: %w", err)
		}
		text, id, distributor = h.at("name"), h.at("id"), h.at("distributor")
		rows = rows[1:]
	}
	var out []Confirmed
	for _, row := range rows {
		if c := (Confirmed{field(row, text), field(row, id), field(row, distributor)}); c.Name != "" && c.ID != "" {
			out = append(out, c)
		}
	}
	return out, nil
}

// header knows where the columns stand.
type header struct {
	columns map[string]int
	names   []int // further name columns
	prices  []int // further columns of prices
}

func newHeader(rows [][]string, must ...string) (header, error) {
	h := header{columns: map[string]int{}}
	if len(rows) > 0 {
		for i, title := range rows[0] {
			role := titleRole(title)
			if _, taken := h.columns[role]; role != "" && !taken {
				h.columns[role] = i
				continue
			}
			if role == "price" {
				h.prices = append(h.prices, i)
				continue
			}
			if low := strings.ToLower(title); strings.Contains(low, "name") || strings.Contains(low, "название") || role == "name" {
				h.names = append(h.names, i)
			}
		}
	}
	for _, role := range must {
		if !h.has(role) {
			return h, fmt.Errorf("row 1 has no title %q (titles are %s): %w", role, strings.Join(titlesOf(role), ", "), ErrNoColumn)
		}
	}
	return h, nil
}

// check refuses a row with a name and without an id; number is its row in the file.
func (h header) check(row []string, number int) error {
	if h.get(row, "id") == "" && h.get(row, "name") != "" {
		return fmt.Errorf("row %d, column %d (%q has none): %w", number, h.at("id")+1, h.get(row, "name"), ErrNoID)
	}
	return nil
}

func (h header) has(role string) bool { _, ok := h.columns[role]; return ok }

func (h header) at(role string) int {
	if i, ok := h.columns[role]; ok {
		return i
	}
	return -1
}

func (h header) get(row []string, role string) string { return field(row, h.at(role)) }

func field(row []string, i int) string {
	if i < 0 || i >= len(row) {
		return ""
	}
	return strings.TrimSpace(row[i])
}

// titlesOf are the usual titles of a column that must be there.
func titlesOf(role string) []string {
	if role == "id" {
		return []string{"id", "ид"}
	}
	return []string{"name", "наименование", "название", "номенклатура", "товар"}
}

// titleRole is what a column of this title holds, "" for what is not used.
func titleRole(title string) string {
	switch strings.Join(name.Words(title), " ") {
	case "id", "ид", "name id", "product id", "outlet id":
		return "id"
	case "name", "наименование", "название", "номенклатура", "товар":
		return "name"
	case "code", "article", "sku", "modelno", "артикул", "код":
		return "code"
	case "barcode", "ean", "ean 13", "gtin", "штрихкод", "штрих код":
		return "barcode"
	case "brand", "бренд", "марка":
		return "brand"
	case "unit", "единица", "ед изм", "ед":
		return "unit"
	case "price", "cost", "recommended price", "цена":
		return "price"
	case "category", "категория":
		return "category"
	case "distributor", "dealer", "дистрибьютор":
		return "distributor"
	case "inn", "инн":
		return "inn"
	case "address", "адрес":
		return "address"
	case "city", "город":
		return "city"
	case "region", "регион":
		return "region"
	case "chain", "сеть":
		return "chain"
	case "legal name", "юр лицо", "юрлицо", "юридическое лицо":
		return "legal_name"
	}
	return ""
}

// readTable reads CSV or TSV in UTF-8; the delimiter is the one the header has most of.
func readTable(r io.Reader) ([][]string, error) {
	br := bufio.NewReaderSize(r, 64<<10)
	if mark, _ := br.Peek(3); string(mark) == "\xef\xbb\xbf" {
		_, _ = br.Discard(3)
	}
	head, _ := br.Peek(br.Size())
	first, _, _ := strings.Cut(string(head), "\n")
	delimiters := []rune{'\t', ';', ','}
	slices.SortStableFunc(delimiters, func(a, b rune) int {
		return strings.Count(first, string(b)) - strings.Count(first, string(a))
	})
	c := csv.NewReader(br)
	c.Comma, c.LazyQuotes, c.FieldsPerRecord = delimiters[0], true, -1
	rows, err := c.ReadAll()
	if err != nil {
		return nil, fmt.Errorf("read table: %w", err)
	}
	return rows, nil
}

// WriteRanked prints the candidates of one name as TSV: name, entry, score, confidence; explain adds decision and reasons.
func WriteRanked(w io.Writer, nameID string, candidates []Candidate, explain bool) error {
	for _, c := range candidates {
		f := []string{nameID, c.ID, strconv.FormatFloat(c.Score, 'f', 6, 64), strconv.FormatFloat(c.Confidence, 'f', 6, 64)}
		if explain {
			f = append(f, string(c.Decision), strings.Join(c.Reasons, " "))
		}
		for i := range f {
			f[i] = strings.NewReplacer("\t", " ", "\n", " ", "\r", " ").Replace(f[i])
		}
		if _, err := io.WriteString(w, strings.Join(f, "\t")+"\n"); err != nil {
			return fmt.Errorf("write candidates of %q: %w", nameID, err)
		}
	}
	return nil
}
