package storage

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	pgxdecimal "github.com/jackc/pgx-shopspring-decimal"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
)

// Querier is what a query runs on: the pool, one connection or a transaction.
type Querier interface {
	Exec(ctx context.Context, sql string, args ...any) (pgconn.CommandTag, error)
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
	QueryRow(ctx context.Context, sql string, args ...any) pgx.Row
	CopyFrom(ctx context.Context, table pgx.Identifier, columns []string, rows pgx.CopyFromSource) (int64, error)
	SendBatch(ctx context.Context, b *pgx.Batch) pgx.BatchResults
}

// ErrNotFound says that the record asked for does not exist.
var ErrNotFound = errors.New("not found")

// Store is a connection pool to one database and the door to its job queue.
type Store struct {
	pool *pgxpool.Pool
	jobs *river.Client[pgx.Tx]
	log  *slog.Logger
}

// Options tunes Open. The zero value is what the service runs with.
type Options struct {
	MaxConns int32        // connections in the pool; 0: 12
	Logger   *slog.Logger // nil: slog.Default()
}

// Open connects to the database at url (a PostgreSQL connection string) and
// checks that it answers. The caller closes the store.
func Open(ctx context.Context, url string, opt Options) (*Store, error) {
	cfg, err := pgxpool.ParseConfig(url)
	if err != nil {
		return nil, fmt.Errorf("read database URL: %w", redact(err))
	}
	cfg.MaxConns = 12
	if opt.MaxConns > 0 {
		cfg.MaxConns = opt.MaxConns
	}
	cfg.ConnConfig.ConnectTimeout = 10 * time.Second
	cfg.ConnConfig.RuntimeParams["application_name"] = "distbase"
	cfg.ConnConfig.RuntimeParams["timezone"] = "UTC"
	cfg.AfterConnect = func(_ context.Context, c *pgx.Conn) error {
		pgxdecimal.Register(c.TypeMap())
		return nil
	}
	pool, err := pgxpool.NewWithConfig(ctx, cfg)
	if err != nil {
		return nil, fmt.Errorf("open database: %w", redact(err))
	}
	if err := pool.Ping(ctx); err != nil {
		pool.Close()
		return nil, fmt.Errorf("reach database: %w", redact(err))
	}
	log := opt.Logger
	if log == nil {
		log = slog.Default()
	}
	jobs, err := river.NewClient(riverpgxv5.New(pool), &river.Config{
		Logger: log,
		// The queue tells workers of new jobs once in this time at most.
		FetchCooldown: time.Millisecond, FetchPollInterval: time.Second,
	})
	if err != nil {
		pool.Close()
		return nil, fmt.Errorf("open job queue: %w", err)
	}
	return &Store{pool: pool, jobs: jobs, log: log}, nil
}

// Close waits for borrowed connections and closes the pool.
func (s *Store) Close() { s.pool.Close() }

// Pool is the Querier outside of a transaction.
func (s *Store) Pool() *pgxpool.Pool { return s.pool }

// InTx runs f in one transaction and commits when f returns nil. A
// serialization failure or deadlock is retried up to three times, so f must
// have no effect outside of the transaction.
func (s *Store) InTx(ctx context.Context, f func(tx pgx.Tx) error) error {
	for try := 1; ; try++ {
		err := pgx.BeginFunc(ctx, s.pool, f)
		if try < 4 && isConflict(err) {
			continue
		}
		return err
	}
}

// isConflict tells errors that go away when the transaction is run again:
// serialization_failure and deadlock_detected.
func isConflict(err error) bool {
	var pg *pgconn.PgError
	return errors.As(err, &pg) && (pg.Code == "40001" || pg.Code == "40P01")
}

// IsUnique reports whether err is a violation of the named unique constraint
// or, with an empty name, of any.
func IsUnique(err error, constraint string) bool {
	var pg *pgconn.PgError
	return errors.As(err, &pg) && pg.Code == "23505" && (constraint == "" || pg.ConstraintName == constraint)
}

// redact keeps a parse error from carrying the password of the URL.
func redact(err error) error {
	var parse *pgconn.ParseConfigError
	if errors.As(err, &parse) {
		return errors.New("the connection string cannot be parsed")
	}
	return err
}
