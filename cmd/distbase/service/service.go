// Package service wires the rooms into the running service. The serve command,
// the demo and the end-to-end tests start exactly this.
package service

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/distbase/distbase/bot"
	"github.com/distbase/distbase/cmd/distbase/config"
	"github.com/distbase/distbase/ingest"
	"github.com/distbase/distbase/reports"
	"github.com/distbase/distbase/storage"
	"github.com/distbase/distbase/web"
)

// Service is the whole of distbase on one database.
type Service struct {
	Config   config.Config
	Store    *storage.Store
	Pipeline *ingest.Pipeline
	Reports  *reports.Service
	Bot      *bot.Bot // nil without a token

	log   *slog.Logger
	parts []part
}

// part is a room that runs as long as the service does.
type part struct {
	name string
	run  func(context.Context) error
}

// New wires a service. Nothing runs before Run.
func New(c config.Config, s *storage.Store, log *slog.Logger) (*Service, error) {
	x := &Service{
		Config: c, Store: s, log: log,
		Pipeline: ingest.New(s, ingest.Options{Logger: log, Lang: c.Lang}),
		Reports:  reports.New(reports.Options{Store: s, Zone: c.Location(), Logger: log}),
	}
	x.parts = append(x.parts, part{"jobs", x.runJobs}, part{"schedules", x.Reports.Run})
	if err := x.addMail(); err != nil {
		return nil, err
	}
	if err := x.addTelegram(); err != nil {
		return nil, err
	}
	options := web.Options{Store: s, Logger: log}
	if x.Bot != nil && c.TelegramWebhook {
		options.Webhook = x.Bot.Webhook()
	}
	handler := web.New(options)
	x.parts = append(x.parts, part{"http", func(ctx context.Context) error { return x.serveHTTP(ctx, handler) }})
	return x, nil
}

// Run runs every part until ctx ends, and waits for all of them. A part that
// fails ends the service: its supervisor starts it anew.
func (x *Service) Run(ctx context.Context) error {
	group, ctx := errgroup.WithContext(ctx)
	for _, p := range x.parts {
		group.Go(func() error {
			x.log.Info("started", "part", p.name)
			err := p.run(ctx)
			if err != nil && !errors.Is(err, context.Canceled) {
				return fmt.Errorf("%s: %w", p.name, err)
			}
			return nil
		})
	}
	return group.Wait()
}

func (x *Service) serveHTTP(ctx context.Context, h http.Handler) error {
	var listen net.ListenConfig
	l, err := listen.Listen(ctx, "tcp", x.Config.Listen)
	if err != nil {
		return fmt.Errorf("listen on %s: %w", x.Config.Listen, err)
	}
	srv := &http.Server{Handler: h, ReadHeaderTimeout: 10 * time.Second, ErrorLog: slog.NewLogLogger(x.log.Handler(), slog.LevelWarn)}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		<-ctx.Done()
		stop, cancel := context.WithTimeout(context.WithoutCancel(ctx), graceful)
		defer cancel()
		if err := srv.Shutdown(stop); err != nil {
			x.log.Warn("stop http", "error", err)
		}
	}()
	if err := srv.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve http: %w", err)
	}
	<-ended
	return nil
}
