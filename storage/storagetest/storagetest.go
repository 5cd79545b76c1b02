// Package storagetest gives every test a database of its own on a real
// PostgreSQL: a server per test binary, started when the first test asks and
// ended with the binary, and databases copied from a migrated template.
package storagetest

import (
	"context"
	"fmt"
	"os"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/distbase/distbase/storage"
	"github.com/distbase/distbase/storage/cluster"
)

type server struct {
	once    sync.Once
	err     error
	dir     string
	cluster *cluster.Cluster
	next    atomic.Int64
}

//nolint:gochecknoglobals // one server per test binary; Main ends it
var shared server

const template = "template_distbase"

// Main runs the tests of a package and ends the server they shared. A package
// whose tests call New has `func TestMain(m *testing.M) { storagetest.Main(m) }`.
func Main(m *testing.M) { os.Exit(Run(m)) }

// Run is Main for a package that has more to end: it returns the exit code.
func Run(m *testing.M) int {
	code := m.Run()
	if shared.cluster != nil {
		_ = shared.cluster.Stop()
	}
	if shared.dir != "" {
		_ = os.RemoveAll(shared.dir)
	}
	return code
}

// New is a store on an empty, migrated database that is dropped with the test.
func New(t testing.TB) *storage.Store {
	t.Helper()
	s, err := storage.Open(context.Background(), URL(t), storage.Options{MaxConns: 8})
	if err != nil {
		t.Fatalf("open test database: %v", err)
	}
	t.Cleanup(s.Close)
	return s
}

// URL is the connection string of an empty, migrated database that is dropped
// with the test.
func URL(t testing.TB) string {
	t.Helper()
	shared.once.Do(func() { shared.err = shared.start() })
	if shared.err != nil {
		t.Fatalf("start test database: %v", shared.err)
	}
	name := fmt.Sprintf("test_%d", shared.next.Add(1))
	shared.exec(t, "create database "+name+" template "+template)
	t.Cleanup(func() { shared.exec(t, "drop database "+name+" with (force)") })
	return shared.cluster.URL(name)
}

func (s *server) start() error {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	parent, err := os.MkdirTemp("", "distbase-test-")
	if err != nil {
		return err
	}
	// The server's own user must be able to enter.
	if err := os.Chmod(parent, 0o711); err != nil { //nolint:gosec // entered, not read
		return err
	}
	s.dir = parent
	s.cluster, err = cluster.Start(ctx, cluster.Options{Dir: parent + "/pg", Database: template, Volatile: true})
	if err != nil {
		return err
	}
	st, err := storage.Open(ctx, s.cluster.URL(template), storage.Options{MaxConns: 4})
	if err != nil {
		return err
	}
	defer st.Close()
	return st.Migrate(ctx)
}

func (s *server) exec(t testing.TB, sql string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	conn, err := pgx.Connect(ctx, s.cluster.URL("postgres"))
	if err != nil {
		t.Fatalf("reach test server: %v", err)
	}
	defer func() { _ = conn.Close(ctx) }()
	if _, err := conn.Exec(ctx, sql); err != nil {
		t.Errorf("%s: %v", sql, err)
	}
}
