package web_test

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/distbase/distbase/storage"
	"github.com/distbase/distbase/storage/storagetest"
	"github.com/distbase/distbase/web"
)

func TestMain(m *testing.M) { storagetest.Main(m) }

func get(t *testing.T, url string) (int, string) {
	t.Helper()
	r, err := http.Get(url) //nolint:gosec // of this test's server
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return r.StatusCode, string(body)
}

func TestHealthFollowsTheDatabase(t *testing.T) {
	t.Parallel()
	s := storagetest.New(t)
	srv := httptest.NewServer(web.New(web.Options{Store: s, Logger: slog.New(slog.DiscardHandler)}))
	defer srv.Close()
	if code, _ := get(t, srv.URL+"/healthz"); code != http.StatusOK {
		t.Errorf("healthy: %d", code)
	}
	s.Pool().Close()
	if code, _ := get(t, srv.URL+"/healthz"); code != http.StatusServiceUnavailable {
		t.Errorf("without a database: %d", code)
	}
}

func TestMetricsCountRecordsByState(t *testing.T) {
	t.Parallel()
	s := storagetest.New(t)
	if _, err := storage.AddMessage(context.Background(), s.Pool(), storage.Message{Door: storage.DoorUpload, ReceivedAt: time.Now()}); err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(web.New(web.Options{Store: s, Logger: slog.New(slog.DiscardHandler)}))
	defer srv.Close()
	if _, body := get(t, srv.URL+"/metrics"); !strings.Contains(body, `distbase_messages{state="received"} 1`) {
		t.Errorf("metrics:\n%s", body)
	}
}
