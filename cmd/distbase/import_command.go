package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/distbase/distbase/cmd/distbase/config"
	"github.com/distbase/distbase/ingest/master"
	"github.com/distbase/distbase/text"
)

type importCommand struct {
	Kind     string `arg:"" help:"products, distributors, reps, channels, outlets or primary."`
	File     string `arg:"" optional:"" help:"CSV (any encoding and delimiter) or XLSX with a header row."`
	Template bool   `help:"Print an empty file with a line of example instead of importing."`
	XLSX     bool   `name:"xlsx" help:"With --template: a workbook."`
	Partial  bool   `help:"Apply the good lines of a file with refused ones."`
}

// Run imports the file, or prints the template.
func (c *importCommand) Run(e *environment) error {
	kind, err := master.KindByName(c.Kind)
	if err != nil {
		return usageError{err}
	}
	settings, err := e.config()
	if err != nil {
		return err
	}
	switch {
	case c.Template && c.XLSX:
		return kind.WriteXLSX(e.stdout, settings.Lang)
	case c.Template:
		return kind.WriteCSV(e.stdout, settings.Lang)
	case c.File == "":
		return usageError{errors.New("name the file to import, or ask for --template")}
	}
	data, err := os.ReadFile(c.File)
	if err != nil {
		return fmt.Errorf("read file: %w", err)
	}
	return e.withDatabase(func(s config.Config, db *database) error {
		res, err := master.Import(e.ctx, db.Store, kind, filepath.Base(c.File), data, c.Partial)
		return c.report(e, text.For(s.Lang), res, err)
	})
}

// report says on stderr what was taken and, line by line, what was not.
func (c *importCommand) report(e *environment, p *text.Printer, res master.Result, err error) error {
	var header *master.HeaderError
	if errors.As(err, &header) {
		fmt.Fprintln(e.stderr, p.Text("import.header", text.Data{"Columns": strings.Join(header.Missing, ", "), "Kind": c.Kind}))
		return errNothing
	}
	if err != nil {
		return err
	}
	if len(res.Unknown) > 0 {
		fmt.Fprintln(e.stderr, p.Text("import.unknown", text.Data{"Columns": strings.Join(res.Unknown, ", ")}))
	}
	for _, r := range res.Refused {
		reason := p.Text("import."+r.Key, text.Data{"Found": r.Found})
		fmt.Fprintln(e.stderr, p.Text("import.line", text.Data{"Line": r.Line, "Column": r.Column, "Reason": reason}))
	}
	if len(res.Refused) > 0 && !c.Partial {
		fmt.Fprintln(e.stderr, p.Text("import.nothing", text.Data{"Refused": len(res.Refused)}))
		return errNothing
	}
	fmt.Fprintln(e.stderr, p.Text("import.applied", text.Data{"Applied": res.Applied, "Read": res.Read}))
	if res.Applied == 0 && res.Read > 0 {
		return errNothing
	}
	return nil
}
