package main

import (
	"fmt"

	"github.com/distbase/distbase/cmd/distbase/config"
)

type migrateCommand struct{}

// Run migrates, which opening the database does, and says what version is there.
func (c *migrateCommand) Run(e *environment) error {
	return e.withDatabase(func(_ config.Config, db *database) error {
		v, err := db.Version(e.ctx)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintln(e.stdout, v)
		return err
	})
}
