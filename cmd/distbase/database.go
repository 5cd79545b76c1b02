package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"

	"github.com/distbase/distbase/cmd/distbase/config"
	"github.com/distbase/distbase/storage"
	"github.com/distbase/distbase/storage/cluster"
)

// database is an open store and, where the settings name no server, the private
// one it runs on.
type database struct {
	*storage.Store
	cluster *cluster.Cluster
	unkeep  func() // ends the watch over the private server
}

// openDatabase opens and migrates the database of the settings.
func openDatabase(ctx context.Context, c config.Config, log *slog.Logger) (*database, error) {
	var d database
	url := c.DatabaseURL
	if url == "" {
		own, err := cluster.Start(ctx, cluster.Options{
			Dir: filepath.Join(c.DataDir, "postgres"), Download: filepath.Join(c.DataDir, "postgres-binaries"), Logger: log,
		})
		if errors.Is(err, cluster.ErrNoBinaries) {
			return nil, fmt.Errorf("%w: run `apt-get install postgresql`, or name a database in DISTBASE_DATABASE_URL", err)
		}
		if err != nil {
			return nil, fmt.Errorf("start own PostgreSQL in %s: %w", c.DataDir, err)
		}
		d.cluster, url = own, own.URL("")
		d.keep()
	}
	s, err := storage.Open(ctx, url, storage.Options{Logger: log})
	if err != nil {
		return nil, errors.Join(err, d.stopCluster())
	}
	d.Store = s
	if err := s.Migrate(ctx); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	return &d, nil
}

// Close closes the store and stops the private server if this process runs it.
func (d *database) Close() error {
	d.Store.Close()
	return d.stopCluster()
}

func (d *database) stopCluster() error {
	if d.cluster == nil {
		return nil
	}
	d.unkeep()
	return d.cluster.Stop()
}

// keep watches over the private server: it may be another process's, which ends.
func (d *database) keep() {
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		d.cluster.Keep(ctx)
	}()
	d.unkeep = func() {
		stop()
		<-ended
	}
}

// withDatabase runs f on the database of the settings; only warnings are logged.
func (e *environment) withDatabase(f func(c config.Config, db *database) error) error {
	c, err := e.config()
	if err != nil {
		return err
	}
	return e.onDatabase(quiet(c.Logger(e.stderr)), f)
}

func (e *environment) onDatabase(log *slog.Logger, f func(c config.Config, db *database) error) (err error) {
	c, err := e.config()
	if err != nil {
		return err
	}
	db, err := openDatabase(e.ctx, c, log)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	return f(c, db)
}

// quiet leaves a command's stderr to what the person asked for.
func quiet(log *slog.Logger) *slog.Logger {
	return slog.New(levelHandler{log.Handler(), slog.LevelWarn})
}

type levelHandler struct {
	slog.Handler
	least slog.Level
}

func (h levelHandler) Enabled(ctx context.Context, l slog.Level) bool {
	return l >= h.least && h.Handler.Enabled(ctx, l)
}
