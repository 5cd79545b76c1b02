package match

import (
	"fmt"

	"github.com/distbase/distbase/ingest/match/outlet"
)

// ListsOutlets tells by the titles of a table that it lists outlets: it has an
// address, a taxpayer number or a legal name.
func ListsOutlets(rows [][]string) bool {
	h, err := newHeader(rows)
	return err == nil && (h.has("address") || h.has("inn") || h.has("legal_name"))
}

// ParseOutlets turns the rows of a table into outlets. The first row holds the
// titles; id and name must be there.
func ParseOutlets(rows [][]string) ([]outlet.Entry, error) {
	h, err := newHeader(rows, "id", "name")
	if err != nil {
		return nil, fmt.Errorf("read catalogue: %w", err)
	}
	var out []outlet.Entry
	for _, row := range rows[1:] {
		e := outlet.Entry{
			ID: h.get(row, "id"), Name: h.get(row, "name"), LegalName: h.get(row, "legal_name"), INN: h.get(row, "inn"),
			Address: h.get(row, "address"), City: h.get(row, "city"), Region: h.get(row, "region"), Chain: h.get(row, "chain"),
		}
		for _, i := range h.names {
			if other := field(row, i); other != "" && other != e.Name {
				e.Other = append(e.Other, other)
			}
		}
		if e.ID != "" {
			out = append(out, e)
		}
	}
	return out, nil
}

// ParseBuyers turns the rows of a table into buyers to be found, by the same titles as ParseOutlets.
func ParseBuyers(rows [][]string) ([]outlet.Query, error) {
	h, err := newHeader(rows, "id", "name")
	if err != nil {
		return nil, fmt.Errorf("read names: %w", err)
	}
	var out []outlet.Query
	for _, row := range rows[1:] {
		q := outlet.Query{
			ID: h.get(row, "id"), Name: h.get(row, "name"), LegalName: h.get(row, "legal_name"), INN: h.get(row, "inn"), Address: h.get(row, "address"),
			City: h.get(row, "city"), Region: h.get(row, "region"), Chain: h.get(row, "chain"), Distributor: h.get(row, "distributor"),
		}
		if q.ID != "" {
			out = append(out, q)
		}
	}
	return out, nil
}
