package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/distbase/distbase/cmd/distbase/demo"
	"github.com/distbase/distbase/storage/cluster"
)

type demoCommand struct {
	Dir    string `help:"Folder that keeps everything between starts." default:"demo-data" placeholder:"DIR" type:"path"`
	Listen string `help:"Address of the page." default:"127.0.0.1:8099" placeholder:"ADDRESS"`
	Reset  bool   `help:"Forget everything that the folder keeps, and end."`
}

// Run runs the demo until it is interrupted.
func (c *demoCommand) Run(e *environment) (err error) {
	own := filepath.Join(c.Dir, "postgres")
	if c.Reset {
		if err := cluster.Remove(own); err != nil {
			return err
		}
		if err := os.RemoveAll(c.Dir); err != nil {
			return fmt.Errorf("forget the demo: %w", err)
		}
		return nil
	}
	s, err := e.config()
	if err != nil {
		return err
	}
	file, err := demo.LogFile(c.Dir)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	log := s.Logger(file)
	s.DataDir, s.DatabaseURL = c.Dir, ""
	db, err := openDatabase(e.ctx, s, log)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	return demo.Run(e.ctx, demo.Options{Dir: c.Dir, Listen: c.Listen, Lang: s.Lang, Store: db.Store, Out: e.stdout, Logger: log})
}
