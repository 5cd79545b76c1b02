package cluster

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
)

// Options says where and how the server runs.
type Options struct {
	Dir      string       // data directory, created when missing
	Database string       // created when missing; empty: "distbase"
	Download string       // where PostgreSQL is downloaded to if none is installed; empty: it is not
	Volatile bool         // no fsync: for tests, data does not survive a power cut
	Logger   *slog.Logger // nil: slog.Default()
}

// Cluster is a running server.
type Cluster struct {
	opt    Options
	bin    string
	socket string
	data   string    // opt.Dir, links followed
	owner  *owner    // the unprivileged user; nil when not started by root
	server *exec.Cmd // nil: another process owns the server
	exited chan exit // the server's end, for the owner
}

// Start joins the server of opt.Dir or starts one, and makes sure the database
// exists. It returns ErrNoBinaries when PostgreSQL is neither installed nor got.
func Start(ctx context.Context, opt Options) (*Cluster, error) {
	if opt.Database == "" {
		opt.Database = "distbase"
	}
	if opt.Logger == nil {
		opt.Logger = slog.Default()
	}
	dir, err := filepath.Abs(opt.Dir)
	if err != nil {
		return nil, fmt.Errorf("locate data directory: %w", err)
	}
	opt.Dir = dir
	bin, err := binaries()
	if errors.Is(err, ErrNoBinaries) && opt.Download != "" {
		opt.Logger.Info("PostgreSQL is not installed and is downloaded")
		bin, err = download(ctx, opt.Download, "")
	}
	if err != nil {
		return nil, err
	}
	c := &Cluster{opt: opt, bin: bin, socket: socketDir(dir)}
	if c.owner, err = unprivileged(); err != nil {
		return nil, err
	}
	unlock, err := c.lock(ctx)
	if err != nil {
		return nil, err
	}
	defer unlock()
	if c.reachable(ctx) {
		return c, c.createDatabase(ctx)
	}
	if err := c.prepare(ctx); err != nil {
		return nil, err
	}
	if err := c.launch(ctx); err != nil {
		return nil, err
	}
	if err := c.createDatabase(ctx); err != nil {
		return nil, errors.Join(err, c.Stop())
	}
	return c, nil
}

// exit is how the server ended.
type exit struct{ err error }

// URL is the connection string of the named database; an empty name is the
// cluster's own.
func (c *Cluster) URL(database string) string {
	if database == "" {
		database = c.opt.Database
	}
	q := url.Values{"host": {c.socket}, "user": {superuser}, "sslmode": {"disable"}}
	return "postgres:///" + database + "?" + q.Encode()
}

const superuser = "distbase"

// socketDir is short, since a socket's path may have 107 bytes at most.
func socketDir(dir string) string {
	sum := sha256.Sum256([]byte(dir))
	return filepath.Join(os.TempDir(), "distbase-pg-"+hex.EncodeToString(sum[:6]))
}

// prepare makes the socket's folder and, the first time, the data directory.
func (c *Cluster) prepare(ctx context.Context) error {
	if err := c.privateDir(c.socket); err != nil {
		return err
	}
	if err := c.place(); err != nil {
		return err
	}
	data, err := filepath.EvalSymlinks(c.opt.Dir)
	if err != nil {
		return fmt.Errorf("find data directory: %w", err)
	}
	c.data = data
	if _, err := os.Stat(filepath.Join(data, "PG_VERSION")); err == nil {
		return nil
	}
	args := []string{
		"-D", c.data, "-U", superuser, "-A", "trust", "-E", "UTF8",
		"--locale=C.UTF-8", "--no-instructions",
	}
	if c.opt.Volatile {
		args = append(args, "--no-sync")
	}
	cmd := c.command(ctx, "initdb", args...)
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w: %s", err, lastLine(out))
	}
	return nil
}

func (c *Cluster) privateDir(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("make directory: %w", err)
	}
	if c.owner == nil {
		return nil
	}
	if err := os.Chown(dir, c.owner.uid, c.owner.gid); err != nil {
		return fmt.Errorf("hand directory to %s: %w", c.owner.name, err)
	}
	return nil
}

func (c *Cluster) command(ctx context.Context, name string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, filepath.Join(c.bin, name), args...)
	cmd.Dir = "/"
	cmd.SysProcAttr = c.owner.attributes()
	cmd.Env = append(os.Environ(), "TZ=UTC")
	return cmd
}

// launch starts the server and waits until it answers.
func (c *Cluster) launch(ctx context.Context) error {
	args := []string{
		"-D", c.data, "-k", c.socket, "-c", "listen_addresses=", "-c", "unix_socket_permissions=0700",
		"-c", "max_connections=200", "-c", "shared_buffers=128MB", "-c", "log_min_messages=warning",
		"-c", "password_encryption=scram-sha-256",
	}
	if c.opt.Volatile {
		args = append(args, "-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off",
			"-c", "autovacuum=off", "-c", "shared_buffers=32MB")
	}
	// The server outlives ctx: Stop ends it.
	cmd := c.command(context.WithoutCancel(ctx), "postgres", args...)
	log, err := os.OpenFile(filepath.Join(c.socket, "server.log"), os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("open server log: %w", err)
	}
	defer log.Close()
	cmd.Stdout, cmd.Stderr = log, log
	c.exited = make(chan exit, 1)
	started := make(chan error, 1)
	go runTied(cmd, started, c.exited)
	if err := <-started; err != nil {
		return fmt.Errorf("start postgres: %w", err)
	}
	c.server = cmd
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for !c.reachable(ctx) {
		select {
		case end := <-c.exited:
			c.server = nil
			return fmt.Errorf("postgres ended at start: %w: %s", end.err, c.logTail())
		case <-ctx.Done():
			return errors.Join(ctx.Err(), c.Stop())
		case <-tick.C:
		}
	}
	return nil
}

func (c *Cluster) reachable(ctx context.Context) bool {
	try, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	conn, err := pgx.Connect(try, c.URL("postgres"))
	if err != nil {
		return false
	}
	return conn.Close(try) == nil
}

func (c *Cluster) createDatabase(ctx context.Context) error {
	conn, err := pgx.Connect(ctx, c.URL("postgres"))
	if err != nil {
		return fmt.Errorf("reach own PostgreSQL: %w", err)
	}
	defer func() { _ = conn.Close(ctx) }()
	var there bool
	if err := conn.QueryRow(ctx, `select exists (select from pg_database where datname = $1)`, c.opt.Database).Scan(&there); err != nil {
		return fmt.Errorf("look for database: %w", err)
	}
	if there {
		return nil
	}
	if _, err := conn.Exec(ctx, "create database "+pgx.Identifier{c.opt.Database}.Sanitize()); err != nil {
		return fmt.Errorf("create database: %w", err)
	}
	return nil
}

// Stop ends the server when this process started it: open sessions are cut,
// the data are written out. It waits for the end.
func (c *Cluster) Stop() error {
	if c.server == nil {
		return nil
	}
	if err := c.server.Process.Signal(os.Interrupt); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return fmt.Errorf("stop postgres: %w", err)
	}
	select {
	case <-c.exited:
	case <-time.After(30 * time.Second):
		if err := c.server.Process.Kill(); err != nil {
			return fmt.Errorf("kill postgres: %w", err)
		}
		<-c.exited
	}
	c.server = nil
	return os.RemoveAll(c.socket)
}

func (c *Cluster) logTail() string {
	f, err := os.Open(filepath.Join(c.socket, "server.log"))
	if err != nil {
		return ""
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, 1<<16))
	if err != nil {
		return ""
	}
	return lastLine(b)
}

func lastLine(b []byte) string {
	lines := strings.Split(strings.TrimSpace(string(b)), "\n")
	return lines[len(lines)-1]
}
