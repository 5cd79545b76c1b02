package outlet

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode"
)

// What is wrong with a table.
var (
	ErrNoColumn = errors.New("column is missing")
	ErrNoID     = errors.New("id is empty")
)

// role is what a column holds.
type role int

const (
	idRole role = iota
	nameRole
	otherRole // one more name
	legalRole
	innRole
	addressRole
	cityRole
	regionRole
	chainRole
	distributorRole
	roles
)

// roleNames are the titles by which errors name the columns.
var roleNames = [roles]string{"id", "name", "other_name", "legal_name", "inn", "address", "city", "region", "chain", "distributor"}

// AreOutlets tells by the titles in its first row whether a table lists outlets: it has an address or a taxpayer number.
func AreOutlets(rows [][]string) bool {
	t := newTitles(rows)
	return t[addressRole] != nil || t[innRole] != nil || t[legalRole] != nil || t[chainRole] != nil
}

// ParseEntries turns the rows of a table into outlets. The first row holds the
// titles, English or Russian, in any order: id and name, and any of legal_name,
// inn, address, city, region, chain; other titles with «name» or «название» are
// more names, the rest is ignored. An error names the row and column.
func ParseEntries(rows [][]string) ([]Entry, error) {
	t := newTitles(rows)
	if err := t.must(idRole, nameRole); err != nil {
		return nil, err
	}
	var out []Entry
	for i, row := range rows[1:] {
		e := Entry{
			ID: t.get(row, idRole), Name: t.get(row, nameRole), LegalName: t.get(row, legalRole), INN: t.get(row, innRole),
			Address: t.get(row, addressRole), City: t.get(row, cityRole), Region: t.get(row, regionRole), Chain: t.get(row, chainRole),
		}
		for _, c := range t[otherRole] {
			if other := cell(row, c); other != "" && other != e.Name {
				e.Other = append(e.Other, other)
			}
		}
		if e.ID == "" {
			if blank(row) {
				continue
			}
			return nil, fmt.Errorf("row %d, column %d: %w", i+2, t[idRole][0]+1, ErrNoID)
		}
		out = append(out, e)
	}
	return out, nil
}

// ParseQueries turns the rows of a table into queries, by the same titles as ParseEntries, and distributor.
func ParseQueries(rows [][]string) ([]Query, error) {
	t := newTitles(rows)
	if err := t.must(idRole, nameRole); err != nil {
		return nil, err
	}
	var out []Query
	for i, row := range rows[1:] {
		q := t.query(row)
		for _, c := range t[otherRole] {
			if other := cell(row, c); other != "" && other != q.Name {
				q.Name += ", " + other
			}
		}
		if q.ID == "" {
			if blank(row) {
				continue
			}
			return nil, fmt.Errorf("row %d, column %d: %w", i+2, t[idRole][0]+1, ErrNoID)
		}
		out = append(out, q)
	}
	return out, nil
}

// ParseHistory turns the rows of a table into confirmed mappings: name, id of
// the outlet, and any of the columns of a query. Without titles the columns are
// name, id and distributor.
func ParseHistory(rows [][]string) ([]Confirmed, error) {
	t := newTitles(rows)
	if t[nameRole] == nil && t[idRole] == nil {
		t = titles{nameRole: {0}, idRole: {1}, distributorRole: {2}}
		rows = append([][]string{nil}, rows...)
	}
	if err := t.must(nameRole, idRole); err != nil {
		return nil, err
	}
	var out []Confirmed
	for _, row := range rows[1:] {
		q := t.query(row)
		c := Confirmed{Query: q, ID: q.ID}
		if c.Query.ID = ""; c.ID != "" && q.Name != "" {
			out = append(out, c)
		}
	}
	return out, nil
}

// titles are the columns of each role.
type titles [roles][]int

func newTitles(rows [][]string) titles {
	var t titles
	if len(rows) == 0 {
		return t
	}
	for i, title := range rows[0] {
		r := roleOf(title)
		switch {
		case r == roles:
		case r != otherRole && t[r] == nil:
			t[r] = []int{i}
		case r == nameRole || r == otherRole:
			t[otherRole] = append(t[otherRole], i)
		}
	}
	return t
}

func (t *titles) must(list ...role) error {
	for _, r := range list {
		if t[r] == nil {
			return fmt.Errorf("row 1: %q: %w", roleNames[r], ErrNoColumn)
		}
	}
	return nil
}

func (t *titles) get(row []string, r role) string {
	if t[r] == nil {
		return ""
	}
	return cell(row, t[r][0])
}

func (t *titles) query(row []string) Query {
	return Query{
		ID: t.get(row, idRole), Name: t.get(row, nameRole), LegalName: t.get(row, legalRole), INN: t.get(row, innRole), Address: t.get(row, addressRole),
		City: t.get(row, cityRole), Region: t.get(row, regionRole), Chain: t.get(row, chainRole), Distributor: t.get(row, distributorRole),
	}
}

func cell(row []string, i int) string {
	if i >= len(row) {
		return ""
	}
	return strings.TrimSpace(row[i])
}

func blank(row []string) bool {
	return strings.TrimSpace(strings.Join(row, "")) == ""
}

// roleOf tells what a column of this title holds; roles for what is not used.
func roleOf(title string) role {
	key := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, title)
	switch key {
	case "id", "ид", "nameid", "outletid", "productid":
		return idRole
	case "name", "наименование", "название", "client", "клиент", "outlet", "точка":
		return nameRole
	case "legalname", "юрлицо", "юридическоелицо", "контрагент", "legalentity":
		return legalRole
	case "inn", "инн", "бин", "иин", "bin", "єдрпоу", "edrpou", "окпо", "taxid", "vat":
		return innRole
	case "address", "адрес", "адреса", "адресдоставки", "фактическийадрес":
		return addressRole
	case "city", "город", "місто", "нп", "населенныйпункт":
		return cityRole
	case "region", "регион", "область":
		return regionRole
	case "chain", "сеть", "мережа":
		return chainRole
	case "distributor", "dealer", "дистрибьютор":
		return distributorRole
	}
	if strings.Contains(key, "name") || strings.Contains(key, "название") {
		return otherRole
	}
	return roles
}

// WriteRanked prints the candidates of one query as TSV: query, outlet, score, confidence; explain adds decision and reasons.
func WriteRanked(w io.Writer, queryID string, candidates []Candidate, explain bool) error {
	clean := strings.NewReplacer("\t", " ", "\n", " ", "\r", " ")
	for _, c := range candidates {
		f := []string{clean.Replace(queryID), clean.Replace(c.ID), strconv.FormatFloat(c.Score, 'f', 6, 64), strconv.FormatFloat(c.Confidence, 'f', 6, 64)}
		if explain {
			f = append(f, string(c.Decision), strings.Join(c.Reasons, " "))
		}
		if _, err := io.WriteString(w, strings.Join(f, "\t")+"\n"); err != nil {
			return fmt.Errorf("write candidates of %q: %w", queryID, err)
		}
	}
	return nil
}
