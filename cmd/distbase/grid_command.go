package main

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"

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
	mode := grid.Cells
	switch {
	case c.Summary:
		mode = grid.Summary
	case c.CSV:
		mode = grid.CSV
	}
	name := c.Files[0]
	data, err := os.ReadFile(name)
	if err != nil {
		return fmt.Errorf("read file: %w", err)
	}
	defer debug.SetGCPercent(debug.SetGCPercent(garbagePercent(len(data))))
	return errors.Join(grid.Print(e.ctx, out, filepath.Base(name), data, e.gridOptions(name), mode), out.Flush())
}

// garbagePercent lets garbage grow to garbageBytes beside a large file, which lies in
// memory all the time, instead of to as much again.
func garbagePercent(file int) int {
	const garbageBytes = 12 << 20
	return min(100, max(5, 100*garbageBytes/max(file, 1)))
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
	f, err := grid.Read(e.ctx, filepath.Base(name), data, e.gridOptions(name))
	if err != nil {
		return nil, err
	}
	return f, nil
}

func (e *environment) gridOptions(name string) grid.Options {
	return grid.Options{Password: e.variable("DISTBASE_PASSWORD"), Beside: beside(name)}
}
