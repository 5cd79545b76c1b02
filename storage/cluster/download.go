package cluster

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"

	embedded "github.com/fergusstrange/embedded-postgres"
)

// downloadedVersion is of the builds that are fetched where none is installed.
const downloadedVersion = embedded.V16

// download fetches PostgreSQL's binaries into dir, once, and returns their
// folder. Their checksums are compared by the library. repository is a Maven
// repository; empty: Maven Central.
func download(ctx context.Context, dir, repository string) (bin string, err error) {
	bin = filepath.Join(dir, "bin")
	if executable(filepath.Join(bin, "postgres")) {
		return bin, nil
	}
	scratch, err := os.MkdirTemp("", "distbase-postgres-")
	if err != nil {
		return "", fmt.Errorf("download PostgreSQL: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(scratch)) }()
	port, err := freePort(ctx)
	if err != nil {
		return "", fmt.Errorf("download PostgreSQL: %w", err)
	}
	conf := embedded.DefaultConfig().Version(downloadedVersion).Port(port).Logger(io.Discard).
		BinariesPath(dir).CachePath(filepath.Join(scratch, "cache")).RuntimePath(filepath.Join(scratch, "run"))
	if repository != "" {
		conf = conf.BinaryRepositoryURL(repository)
	}
	// The library only knows how to start a server. That its server does not start
	// is no matter here, as long as the binaries are there: ours has a user, a
	// socket and settings of its own.
	server := embedded.NewDatabase(conf)
	started := server.Start()
	if started == nil {
		if err := server.Stop(); err != nil {
			return "", fmt.Errorf("stop downloaded PostgreSQL: %w", err)
		}
	}
	if !executable(filepath.Join(bin, "postgres")) || !executable(filepath.Join(bin, "initdb")) {
		return "", fmt.Errorf("%w, and it cannot be downloaded: %w", ErrNoBinaries, started)
	}
	return bin, nil
}

func freePort(ctx context.Context) (uint32, error) {
	var lc net.ListenConfig
	l, err := lc.Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer func() { _ = l.Close() }()
	address, ok := l.Addr().(*net.TCPAddr)
	if !ok {
		return 0, errors.New("no port")
	}
	return uint32(address.Port), nil //nolint:gosec // a port
}
