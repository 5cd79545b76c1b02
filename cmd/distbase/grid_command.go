package main

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/distbase/distbase/ingest/grid"
)

type gridCommand struct {
	Files   []string `arg:"" name:"file" help:"Table file; several only with --dialect."`
	Summary bool     `help:"Count the cells of each sheet instead of printing them." xor:"mode"`
	CSV     bool     `name:"csv" help:"Print the sheets as CSV." xor:"mode"`
	Dialect bool     `help:"Print delimiter, quote and encoding of each file." xor:"mode"`
}

// Run prints the sheets of a file cell by cell.
func (c *gridCommand) Run(e *environment) error {
	out := bufio.NewWriter(e.stdout)
	if c.Dialect {
		return errors.Join(c.dialects(e, out), out.Flush())
	}
	if len(c.Files) != 1 {
		return usageError{errors.New("name one file")}
	}
	f, err := e.readGrid(c.Files[0])
	if err != nil {
		return err
	}
	mode := grid.Cells
	switch {
	case c.Summary:
		mode = grid.Summary
	case c.CSV:
		mode = grid.CSV
	}
	return errors.Join(grid.WriteJSON(out, f, mode), out.Flush())
}

func (c *gridCommand) dialects(e *environment, out *bufio.Writer) error {
	for _, name := range c.Files {
		f, err := e.readGrid(name)
		if err != nil {
			f = nil // the line says FAIL
		}
		if _, err := fmt.Fprint(out, grid.DialectLine(filepath.Base(name), f)); err != nil {
			return fmt.Errorf("print dialect: %w", err)
		}
	}
	return nil
}

// readGrid reads a file with the password of the environment.
func (e *environment) readGrid(name string) (*grid.File, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("read file: %w", err)
	}
	f, err := grid.Read(e.ctx, filepath.Base(name), data, grid.Options{Password: e.variable("DISTBASE_PASSWORD"), Beside: beside(name)})
	if err != nil {
		return nil, err
	}
	return f, nil
}
