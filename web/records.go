package web

import (
	"context"
	"log/slog"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/distbase/distbase/storage"
)

// records is a collector that counts the database's records by state when
// somebody asks.
type records struct {
	store *storage.Store
	log   *slog.Logger
}

func description(name string) *prometheus.Desc {
	return prometheus.NewDesc("distbase_"+name, "Number of "+name+" by state.", []string{"state"}, nil)
}

// Describe names what Collect may give.
func (r *records) Describe(out chan<- *prometheus.Desc) {
	for _, name := range []string{"messages", "attachments", "submissions", "questions", "outbox", "jobs"} {
		out <- description(name)
	}
}

// Collect counts. A database that does not answer gives no figures; /healthz
// says so.
func (r *records) Collect(out chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	all, err := storage.Stats(ctx, r.store.Pool())
	if err != nil {
		r.log.Error("metrics", "error", err)
		return
	}
	for _, s := range all {
		out <- prometheus.MustNewConstMetric(description(s.Name), prometheus.GaugeValue, float64(s.Count), s.State)
	}
}
