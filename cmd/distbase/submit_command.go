package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"mime"
	"os"
	"path/filepath"

	"github.com/distbase/distbase/cmd/distbase/config"
	"github.com/distbase/distbase/ingest"
	"github.com/distbase/distbase/storage"
)

type submitCommand struct {
	Distributor string   `required:"" help:"Code of the distributor whose report it is." placeholder:"CODE"`
	Files       []string `arg:"" name:"file" help:"Report files."`
}

// Run takes the files in without a door and waits until each table is loaded or
// asked about.
func (c *submitCommand) Run(e *environment) error {
	var files []ingest.IncomingFile
	for _, name := range c.Files {
		data, err := os.ReadFile(name)
		if err != nil {
			return fmt.Errorf("read file: %w", err)
		}
		files = append(files, ingest.IncomingFile{Name: filepath.Base(name), Type: mime.TypeByExtension(filepath.Ext(name)), Data: data})
	}
	return e.withDatabase(func(s config.Config, db *database) error {
		d, err := storage.DistributorByCode(e.ctx, db.Pool(), c.Distributor)
		if errors.Is(err, storage.ErrNotFound) {
			return fmt.Errorf("there is no distributor %q; import it first", c.Distributor)
		}
		if err != nil {
			return err
		}
		results, err := ingest.New(db.Store, ingest.Options{Lang: s.Lang, Logger: quiet(s.Logger(e.stderr))}).Submit(e.ctx, d, files)
		if err != nil {
			return err
		}
		return c.print(e, results)
	})
}

func (c *submitCommand) print(e *environment, results []ingest.Result) error {
	enc := json.NewEncoder(e.stdout)
	enc.SetEscapeHTML(false)
	taken := false
	for _, r := range results {
		taken = taken || r.State == "loaded" || r.State == "asked" || r.State == "duplicate"
		if err := enc.Encode(r); err != nil {
			return fmt.Errorf("print result: %w", err)
		}
	}
	if !taken {
		for _, r := range results {
			fmt.Fprintln(e.stderr, r.Message)
		}
		return errNothing
	}
	return nil
}
