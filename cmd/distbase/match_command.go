package main

import (
	"bufio"
	"errors"
	"fmt"

	"github.com/distbase/distbase/ingest/grid"
	"github.com/distbase/distbase/ingest/match"
)

type matchCommand struct {
	Catalog string `required:"" help:"Catalogue: CSV, TSV or XLSX with id and name." placeholder:"FILE"`
	Names   string `required:"" help:"Names to find: CSV, TSV or XLSX with id and name." placeholder:"FILE"`
	Top     int    `default:"5" help:"Candidates a name."`
	Kind    string `enum:"auto,products,outlets" default:"auto" help:"What the catalogue lists: products or outlets."`
	History string `help:"Confirmed mappings: name, product id, distributor." placeholder:"FILE"`
	Explain bool   `help:"Add decision and reasons."`
}

// Run ranks the catalogue for each name and prints TSV.
func (c *matchCommand) Run(e *environment) error {
	rows, err := e.readRows(c.Catalog)
	if err != nil {
		return err
	}
	entries, kind, err := match.ParseEntries(rows)
	if err != nil {
		return fmt.Errorf("read catalogue: %w", err)
	}
	switch c.Kind {
	case "products":
		kind = match.Products
	case "outlets":
		kind = match.Outlets
	}
	opt := match.Options{Kind: kind}
	if c.History != "" {
		if rows, err = e.readRows(c.History); err != nil {
			return err
		}
		if opt.History, err = match.ParseHistory(rows); err != nil {
			return fmt.Errorf("read history: %w", err)
		}
	}
	if rows, err = e.readRows(c.Names); err != nil {
		return err
	}
	queries, err := match.ParseQueries(rows)
	if err != nil {
		return fmt.Errorf("read names: %w", err)
	}
	catalog := match.NewCatalog(entries, opt)
	out := bufio.NewWriter(e.stdout)
	for _, q := range queries {
		if err := match.WriteRanked(out, q.ID, catalog.Rank(q, c.Top), c.Explain); err != nil {
			return err
		}
	}
	return out.Flush()
}

// readRows is the first sheet of a table file as texts by column.
func (e *environment) readRows(name string) ([][]string, error) {
	f, err := e.readGrid(name)
	if err != nil {
		return nil, err
	}
	if len(f.Sheets) == 0 {
		return nil, errors.New("no sheet in " + name)
	}
	var rows [][]string
	for r := range f.Sheets[0].All() {
		var row []string
		for _, cell := range r.Cells {
			for len(row) < cell.Col {
				row = append(row, "")
			}
			row[cell.Col-1] = plainText(cell)
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// plainText keeps a code as it is written in a text file; in a workbook the value
// counts, since the display may shorten it.
func plainText(c grid.Cell) string {
	if c.Kind == grid.Number && c.Format == "" && len(c.Text) >= len(c.Value) && c.Text != "" {
		return c.Text
	}
	return c.Value
}
