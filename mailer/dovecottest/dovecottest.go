// Package dovecottest gives tests a real Dovecot, one a test binary, started when
// the first test asks and ended with the binary. Every test takes users of its own.
package dovecottest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/distbase/distbase/mailer/dovecot"
)

type shared struct {
	once   sync.Once
	server *dovecot.Server
	err    error
	users  atomic.Int64
}

//nolint:gochecknoglobals // one server per test binary; Stop ends it
var one shared

// New is the server that the tests of this binary share. The test is skipped
// where Dovecot is not installed, unless DISTBASE_REQUIRE_ALL is set.
func New(t testing.TB) *dovecot.Server {
	t.Helper()
	one.once.Do(func() { one.server, one.err = dovecot.Start(context.Background(), dovecot.Options{}) })
	if errors.Is(one.err, dovecot.ErrNotInstalled) && os.Getenv("DISTBASE_REQUIRE_ALL") == "" {
		t.Skip(one.err)
	}
	if one.err != nil {
		t.Fatalf("start dovecot: %v", one.err)
	}
	return one.server
}

// Stop ends the shared server; a package's TestMain calls it after the tests.
func Stop() {
	if one.server != nil {
		one.server.Stop()
	}
}

// User is a name of the test's own for a mailbox, which is empty; every call gives
// another one, so that a test can be repeated.
func User(t testing.TB) string {
	t.Helper()
	name := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return '-'
	}, strings.ToLower(t.Name()))
	return fmt.Sprint(name, "-", one.users.Add(1))
}
