package main

import (
	"errors"
	"fmt"
	"html"
	"os"
	"regexp"
	"time"

	"github.com/distbase/distbase/cmd/distbase/config"
	"github.com/distbase/distbase/reports"
	"github.com/distbase/distbase/storage"
)

type reportCommand struct {
	Kind     string   `arg:"" enum:"daily,weekly,monthly" help:"daily, weekly or monthly."`
	At       string   `help:"As of this day; today by default." placeholder:"YYYY-MM-DD"`
	Region   []string `help:"Only these regions."`
	Brand    []string `help:"Only these brands."`
	Chart    string   `help:"Write the picture here." placeholder:"FILE.png" type:"path"`
	Workbook string   `help:"Write the workbook here." placeholder:"FILE.xlsx" type:"path"`
}

var tag = regexp.MustCompile(`<[^>]*>`)

// Run makes a summary now and prints its text.
func (c *reportCommand) Run(e *environment) error {
	return e.withDatabase(func(s config.Config, db *database) error {
		at := time.Now().In(s.Location())
		if c.At != "" {
			day, err := time.ParseInLocation(time.DateOnly, c.At, s.Location())
			if err != nil {
				return usageError{fmt.Errorf("--at: %q is no day like 2026-03-31", c.At)}
			}
			at = day.Add(12 * time.Hour)
		}
		service := reports.New(reports.Options{Store: db.Store, Zone: s.Location(), Logger: quiet(s.Logger(e.stderr))})
		made, err := service.Build(e.ctx, reports.Kind(c.Kind), storage.Cut{Regions: c.Region, Brands: c.Brand}, at, s.Lang)
		if err != nil {
			return err
		}
		for _, note := range made.Notes {
			fmt.Fprintln(e.stderr, note)
		}
		if _, err := fmt.Fprintln(e.stdout, html.UnescapeString(tag.ReplaceAllString(made.HTML, ""))); err != nil {
			return fmt.Errorf("print summary: %w", err)
		}
		return errors.Join(save(c.Chart, made.Chart), save(c.Workbook, made.Workbook))
	})
}

func save(path string, data []byte) error {
	if path == "" {
		return nil
	}
	if data == nil {
		return fmt.Errorf("there is nothing to write to %s", path)
	}
	if err := os.WriteFile(path, data, 0o600); err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	return nil
}
