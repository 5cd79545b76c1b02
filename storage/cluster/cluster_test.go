package cluster_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/distbase/distbase/storage/cluster"
)

// dataDir is below a folder that only its owner may enter, as /root is.
func dataDir(t *testing.T) string {
	t.Helper()
	closed := filepath.Join(t.TempDir(), "closed")
	if err := os.Mkdir(closed, 0o700); err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(closed, "data", "postgres")
	t.Cleanup(func() {
		if err := cluster.Remove(dir); err != nil {
			t.Error(err)
		}
	})
	return dir
}

func start(t *testing.T, dir string) *cluster.Cluster {
	t.Helper()
	c, err := cluster.Start(context.Background(), cluster.Options{Dir: dir, Volatile: true})
	if errors.Is(err, cluster.ErrNoBinaries) && os.Getenv("DISTBASE_REQUIRE_ALL") == "" {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func exec(t *testing.T, c *cluster.Cluster, sql string) error {
	t.Helper()
	conn, err := pgx.Connect(context.Background(), c.URL(""))
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close(context.Background()) }()
	_, err = conn.Exec(context.Background(), sql)
	return err
}

func TestDataSurviveARestartAndASecondProcessJoins(t *testing.T) {
	t.Parallel()
	dir := dataDir(t)
	first := start(t, dir)
	second := start(t, dir)
	if err := exec(t, second, "create table kept (n int)"); err != nil {
		t.Fatal(err)
	}
	if err := second.Stop(); err != nil {
		t.Fatal(err)
	}
	if err := exec(t, first, "insert into kept values (1)"); err != nil {
		t.Fatalf("the one who joined has stopped the server: %v", err)
	}
	if err := first.Stop(); err != nil {
		t.Fatal(err)
	}
	if err := exec(t, first, "select 1"); err == nil {
		t.Fatal("the server still answers after Stop")
	}
	again := start(t, dir)
	defer func() {
		if err := again.Stop(); err != nil {
			t.Error(err)
		}
	}()
	if err := exec(t, again, "drop table kept"); err != nil {
		t.Errorf("after a restart: %v", err)
	}
}
