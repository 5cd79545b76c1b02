package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/distbase/distbase/ingest/grid"
	"github.com/distbase/distbase/ingest/match"
	"github.com/distbase/distbase/ingest/match/outlet"
)

type matchCommand struct {
	Rank  matchRankCommand  `cmd:"" default:"withargs" help:"Find names in a catalogue (the default)."`
	Train matchTrainCommand `cmd:"" help:"Learn the weights from confirmed mappings."`
}

type matchRankCommand struct {
	Catalog   string `required:"" help:"Catalogue: CSV, TSV or XLSX with id and name." placeholder:"FILE"`
	Names     string `required:"" help:"Names to find: CSV, TSV or XLSX with id and name." placeholder:"FILE"`
	Top       int    `default:"5" help:"Candidates a name."`
	Kind      string `enum:"auto,products,outlets" default:"auto" help:"What the catalogue lists: products or outlets."`
	Confirmed string `name:"history" help:"Confirmed mappings: name, product id, distributor." placeholder:"FILE"`
	Explain   bool   `help:"Add decision and reasons."`
}

// Run ranks the catalogue for each name and prints TSV.
func (c *matchRankCommand) Run(e *environment) error {
	rows, err := e.readRows(c.Catalog)
	if err != nil {
		return err
	}
	if c.Kind == "outlets" || c.Kind == "auto" && outlet.AreOutlets(rows) {
		return c.outlets(e, rows)
	}
	entries, err := match.ParseEntries(rows)
	if err != nil {
		return fmt.Errorf("%s: %w", c.Catalog, err)
	}
	history, err := c.history(e)
	if err != nil {
		return err
	}
	if rows, err = e.readRows(c.Names); err != nil {
		return err
	}
	queries, err := match.ParseQueries(rows)
	if err != nil {
		return fmt.Errorf("%s: %w", c.Names, err)
	}
	catalog := match.NewCatalog(entries, match.Options{History: history})
	ranked, err := catalog.RankAll(context.Background(), queries, c.Top, e.progress(len(queries)))
	if err != nil {
		return err
	}
	out := bufio.NewWriter(e.stdout)
	for i, q := range queries {
		if err := match.WriteRanked(out, q.ID, ranked[i], c.Explain); err != nil {
			return err
		}
	}
	return out.Flush()
}

// outlets finds the outlets of a catalogue for buyers.
func (c *matchRankCommand) outlets(e *environment, rows [][]string) error {
	entries, err := outlet.ParseEntries(rows)
	if err != nil {
		return fmt.Errorf("%s: %w", c.Catalog, err)
	}
	var opt outlet.Options
	if c.Confirmed != "" {
		if rows, err = e.readRows(c.Confirmed); err != nil {
			return err
		}
		if opt.History, err = outlet.ParseHistory(rows); err != nil {
			return fmt.Errorf("%s: %w", c.Confirmed, err)
		}
	}
	if rows, err = e.readRows(c.Names); err != nil {
		return err
	}
	buyers, err := outlet.ParseQueries(rows)
	if err != nil {
		return fmt.Errorf("%s: %w", c.Names, err)
	}
	index := outlet.New(entries, opt)
	progress := e.progress(len(buyers))
	out := bufio.NewWriter(e.stdout)
	for i, b := range buyers {
		if err := outlet.WriteRanked(out, b.ID, index.Rank(b, c.Top), c.Explain); err != nil {
			return err
		}
		if progress != nil && (i%1000 == 999 || i+1 == len(buyers)) {
			progress(i + 1)
		}
	}
	return out.Flush()
}

// history is the confirmed mappings, where a file of them is given.
func (c *matchRankCommand) history(e *environment) ([]match.Confirmed, error) {
	if c.Confirmed == "" {
		return nil, nil
	}
	rows, err := e.readRows(c.Confirmed)
	if err != nil {
		return nil, err
	}
	history, err := match.ParseHistory(rows)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", c.Confirmed, err)
	}
	return history, nil
}

// progress tells a terminal how many of all are done.
func (e *environment) progress(all int) func(int) {
	if info, err := e.stderr.Stat(); err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return nil
	}
	return func(done int) {
		fmt.Fprintf(e.stderr, "\r%d / %d", done, all)
		if done == all {
			fmt.Fprintln(e.stderr)
		}
	}
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
