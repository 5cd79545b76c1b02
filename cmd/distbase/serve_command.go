package main

import (
	"github.com/distbase/distbase/cmd/distbase/config"
	"github.com/distbase/distbase/cmd/distbase/service"
)

type serveCommand struct{}

// Run runs the service until it is interrupted.
func (c *serveCommand) Run(e *environment) error {
	s, err := e.config()
	if err != nil {
		return err
	}
	log := s.Logger(e.stderr)
	return e.onDatabase(log, func(_ config.Config, db *database) error {
		x, err := service.New(s, db.Store, log)
		if err != nil {
			return err
		}
		return x.Run(e.ctx)
	})
}
