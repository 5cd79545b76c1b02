package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/distbase/distbase/cmd/distbase/config"
	"github.com/distbase/distbase/ingest"
	"github.com/distbase/distbase/ingest/table"
	"github.com/distbase/distbase/storage"
)

type layoutCommand struct {
	List    layoutList    `cmd:"" help:"List the layouts learned."`
	Show    layoutShow    `cmd:"" help:"Print a layout as a document."`
	Test    layoutTest    `cmd:"" help:"Say what would become of a file: its layout, what has changed, what would be asked. Loads nothing."`
	Edit    layoutEdit    `cmd:"" help:"Make a new version of a layout of a changed document."`
	Copy    layoutCopy    `cmd:"" help:"Give a layout to another distributor too."`
	Retire  layoutRetire  `cmd:"" help:"Take a layout out of force."`
	Restore layoutRestore `cmd:"" help:"Bring a retired layout back."`
}

// layoutLine is a layout as it is printed.
type layoutLine struct {
	ID          int64           `json:"id"`
	Distributor string          `json:"distributor"`
	Version     int             `json:"version"`
	Origin      string          `json:"origin"`
	From        *int64          `json:"from,omitempty"`
	ConfirmedBy string          `json:"confirmed_by,omitempty"`
	ConfirmedAt time.Time       `json:"confirmed_at"`
	RetiredAt   *time.Time      `json:"retired_at,omitempty"`
	Kind        string          `json:"kind,omitempty"`
	Title       string          `json:"title,omitempty"`
	Layout      json.RawMessage `json:"layout,omitempty"`
}

func (e *environment) layoutLine(db *database, r storage.LayoutRecord) (layoutLine, error) {
	x := layoutLine{ID: r.ID, Version: r.Version, Origin: r.Origin, From: r.FromID, ConfirmedAt: r.ConfirmedAt, RetiredAt: r.RetiredAt}
	d, err := storage.DistributorByID(e.ctx, db.Pool(), r.DistributorID)
	if err != nil {
		return x, err
	}
	x.Distributor = d.Code
	if r.ConfirmedBy != nil {
		p, err := storage.PersonByID(e.ctx, db.Pool(), *r.ConfirmedBy)
		if err != nil {
			return x, err
		}
		x.ConfirmedBy = p.Name
	}
	var l table.Layout
	if err := json.Unmarshal(r.Spec, &l); err != nil {
		return x, fmt.Errorf("layout %d: %w", r.ID, err)
	}
	x.Kind, x.Title = string(l.Kind), l.Title
	return x, nil
}

// distributorID is the number of a code, 0 for none.
func (e *environment) distributorID(db *database, code string) (int64, error) {
	if code == "" {
		return 0, nil
	}
	d, err := storage.DistributorByCode(e.ctx, db.Pool(), code)
	if errors.Is(err, storage.ErrNotFound) {
		return 0, fmt.Errorf("there is no distributor %q; import it first", code)
	}
	return d.ID, err
}

type layoutList struct {
	Distributor string `help:"Code of the distributor; all by default." placeholder:"CODE"`
	All         bool   `help:"Those out of force too."`
}

// Run prints a JSON object a line.
func (c *layoutList) Run(e *environment) error {
	return e.withDatabase(func(_ config.Config, db *database) error {
		id, err := e.distributorID(db, c.Distributor)
		if err != nil {
			return err
		}
		all, err := storage.Layouts(e.ctx, db.Pool(), id, c.All)
		if err != nil {
			return err
		}
		enc := json.NewEncoder(e.stdout)
		enc.SetEscapeHTML(false)
		for _, r := range all {
			x, err := e.layoutLine(db, r)
			if err != nil {
				return err
			}
			if err := enc.Encode(x); err != nil {
				return fmt.Errorf("print layout: %w", err)
			}
		}
		return nil
	})
}

type layoutShow struct {
	ID int64 `arg:"" help:"Number of the layout in the list."`
}

// Run prints a layout with who confirmed it and when; edit takes the same document.
func (c *layoutShow) Run(e *environment) error {
	return e.withDatabase(func(_ config.Config, db *database) error {
		r, err := storage.LayoutByID(e.ctx, db.Pool(), c.ID)
		if errors.Is(err, storage.ErrNotFound) {
			return noLayout(c.ID)
		}
		if err != nil {
			return err
		}
		x, err := e.layoutLine(db, r)
		if err != nil {
			return err
		}
		x.Kind, x.Title, x.Layout = "", "", r.Spec
		enc := json.NewEncoder(e.stdout)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", "  ")
		return enc.Encode(x)
	})
}

func noLayout(id int64) error {
	return fmt.Errorf("there is no layout of number %d; see: distbase layout list", id)
}

type layoutTest struct {
	File        string `arg:"" help:"Report file."`
	Distributor string `help:"Code of the distributor whose layouts are tried; those of all by default." placeholder:"CODE"`
}

// Run prints a JSON object a table.
func (c *layoutTest) Run(e *environment) error {
	data, err := os.ReadFile(c.File)
	if err != nil {
		return fmt.Errorf("read file: %w", err)
	}
	return e.withDatabase(func(s config.Config, db *database) error {
		id, err := e.distributorID(db, c.Distributor)
		if err != nil {
			return err
		}
		p := ingest.New(db.Store, ingest.Options{Lang: s.Lang, Logger: quiet(s.Logger(e.stderr))})
		all, err := p.Try(e.ctx, id, filepath.Base(c.File), data)
		if err != nil {
			return err
		}
		if len(all) == 0 {
			fmt.Fprintf(e.stderr, "distbase: %s: no table of goods or buyers\n", c.File)
			return errNothing
		}
		enc := json.NewEncoder(e.stdout)
		enc.SetEscapeHTML(false)
		for _, x := range all {
			if err := enc.Encode(x); err != nil {
				return fmt.Errorf("print table: %w", err)
			}
		}
		return nil
	})
}

type layoutEdit struct {
	ID  int64  `arg:"" help:"Number of the layout in the list."`
	Set string `required:"" help:"File with the changed document, as show prints it." placeholder:"FILE"`
}

// Run makes the new version and prints its number.
func (c *layoutEdit) Run(e *environment) error {
	data, err := os.ReadFile(c.Set)
	if err != nil {
		return fmt.Errorf("read file: %w", err)
	}
	var whole layoutLine
	if err := json.Unmarshal(data, &whole); err == nil && len(whole.Layout) > 0 {
		data = whole.Layout
	}
	var spec table.Layout
	if err := json.Unmarshal(data, &spec); err != nil {
		return usageError{fmt.Errorf("%s: %w", c.Set, err)}
	}
	return e.onShelf(c.ID, func(d *ingest.Desk, _ *database) (storage.LayoutRecord, int64, error) {
		return d.EditLayout(e.ctx, 0, c.ID, spec)
	})
}

type layoutCopy struct {
	ID int64  `arg:"" help:"Number of the layout in the list."`
	To string `required:"" help:"Code of the distributor that gets it." placeholder:"CODE"`
}

// Run copies the layout and prints the copy's number.
func (c *layoutCopy) Run(e *environment) error {
	return e.onShelf(c.ID, func(d *ingest.Desk, db *database) (storage.LayoutRecord, int64, error) {
		id, err := e.distributorID(db, c.To)
		if err != nil {
			return storage.LayoutRecord{}, 0, err
		}
		return d.CopyLayout(e.ctx, 0, c.ID, id)
	})
}

type layoutRetire struct {
	ID int64 `arg:"" help:"Number of the layout in the list."`
}

// Run takes the layout out of force.
func (c *layoutRetire) Run(e *environment) error {
	return e.onShelf(c.ID, func(d *ingest.Desk, _ *database) (storage.LayoutRecord, int64, error) {
		return d.RetireLayout(e.ctx, 0, c.ID)
	})
}

type layoutRestore struct {
	ID int64 `arg:"" help:"Number of the layout in the list."`
}

// Run brings the layout back.
func (c *layoutRestore) Run(e *environment) error {
	return e.onShelf(c.ID, func(d *ingest.Desk, _ *database) (storage.LayoutRecord, int64, error) {
		return d.RestoreLayout(e.ctx, 0, c.ID, 0)
	})
}

// onShelf changes a layout and prints the number of what came of it.
func (e *environment) onShelf(id int64, change func(*ingest.Desk, *database) (storage.LayoutRecord, int64, error)) error {
	return e.withDatabase(func(s config.Config, db *database) error {
		made, _, err := change(ingest.New(db.Store, ingest.Options{Lang: s.Lang}).Desk(), db)
		if errors.Is(err, storage.ErrNotFound) {
			return noLayout(id)
		}
		if err != nil {
			return err
		}
		_, err = fmt.Fprintln(e.stdout, made.ID)
		return err
	})
}
