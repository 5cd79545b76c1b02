package main

import (
	"bufio"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"github.com/distbase/distbase/ingest/table"
	"github.com/distbase/distbase/ingest/table/plain"
)

type parseCommand struct {
	Files    []string `arg:"" optional:"" name:"file" help:"Report files."`
	Received string   `help:"When the report came, for dates without a year; today by default." placeholder:"YYYY-MM-DD"`
	CSV      bool     `name:"csv" help:"Print the first table of the file as CSV in the source's own words." xor:"mode"`
	Lines    bool     `help:"Read grids as JSON Lines on standard input and label their rows." xor:"mode"`
}

// Run prints what distbase makes of reports.
func (c *parseCommand) Run(e *environment) error {
	out := bufio.NewWriter(e.stdout)
	switch {
	case c.Lines:
		return errors.Join(table.WriteLines(e.stdin, out), out.Flush())
	case len(c.Files) == 0, c.CSV && len(c.Files) != 1:
		return usageError{errors.New("name a file")}
	case c.CSV:
		f, err := e.readGrid(c.Files[0])
		if err != nil {
			return err
		}
		return errors.Join(plain.WriteCSV(out, f), out.Flush())
	}
	received := time.Now()
	if c.Received != "" {
		var err error
		if received, err = time.Parse(time.DateOnly, c.Received); err != nil {
			return usageError{fmt.Errorf("--received: %q is no day like 2026-03-31", c.Received)}
		}
	}
	found := 0
	for _, name := range c.Files {
		f, err := e.readGrid(name)
		if err != nil {
			fmt.Fprintln(e.stderr, "distbase:", err)
			continue
		}
		tables, err := table.Understand(f, table.Source{FileName: filepath.Base(name), Received: received}, nil)
		if err != nil {
			fmt.Fprintln(e.stderr, "distbase:", err)
		}
		if len(tables) == 0 {
			fmt.Fprintf(e.stderr, "distbase: %s: no table of goods or buyers\n", name)
		}
		found += len(tables)
		if err := table.WriteJSON(out, tables); err != nil {
			return err
		}
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("print tables: %w", err)
	}
	if found == 0 {
		return errNothing
	}
	return nil
}
