package web

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/distbase/distbase/storage"
)

// Options says what the handler serves.
type Options struct {
	Store   *storage.Store
	Logger  *slog.Logger
	Webhook http.Handler // Telegram's; nil where the bot polls
}

// WebhookPath is where Telegram delivers updates.
const WebhookPath = "/telegram"

// New is the service's HTTP handler.
func New(o Options) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), 5*time.Second)
		defer cancel()
		if err := o.Store.Pool().Ping(ctx); err != nil {
			o.Logger.Error("health", "error", err)
			http.Error(w, "the database does not answer", http.StatusServiceUnavailable)
			return
		}
		w.WriteHeader(http.StatusOK)
	})
	registry := prometheus.NewRegistry()
	registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}), &records{store: o.Store, log: o.Logger})
	mux.Handle("GET /metrics", promhttp.HandlerFor(registry, promhttp.HandlerOpts{Registry: registry}))
	if o.Webhook != nil {
		mux.Handle("POST "+WebhookPath, o.Webhook)
	}
	return mux
}
