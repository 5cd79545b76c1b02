package mailer

import (
	"errors"
	"net"
	"os"
	"sync"
	"sync/atomic"
	"time"
)

// RollingConn gives up on a silent server, and only on that: the deadline begins
// anew with every read. go-imap sets one deadline for a whole literal, which cuts
// a large letter on a slow line after five minutes, and none between answers, so
// that a server that stops answering hangs a command for ever. Its calls to
// SetReadDeadline are therefore ignored.
type RollingConn struct {
	net.Conn

	mu       sync.Mutex
	patience time.Duration // guarded by mu; 0: wait for ever
	expired  atomic.Bool
}

// Expired reports whether a read was given up.
func (c *RollingConn) Expired() bool { return c.expired.Load() }

// Patience sets how long one read may wait for bytes, beginning with the read
// that is waiting now. 0 waits for ever.
func (c *RollingConn) Patience(d time.Duration) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.patience = d
	return c.arm()
}

// Read waits for bytes as long as the patience allows.
func (c *RollingConn) Read(b []byte) (int, error) {
	c.mu.Lock()
	err := c.arm()
	c.mu.Unlock()
	if err != nil {
		return 0, err
	}
	n, err := c.Conn.Read(b)
	if errors.Is(err, os.ErrDeadlineExceeded) {
		c.expired.Store(true)
	}
	return n, err
}

// SetReadDeadline does nothing; see Patience.
func (c *RollingConn) SetReadDeadline(time.Time) error { return nil }

// SetDeadline sets the deadline of writes.
func (c *RollingConn) SetDeadline(t time.Time) error { return c.SetWriteDeadline(t) }

func (c *RollingConn) arm() error {
	if c.patience == 0 {
		return c.Conn.SetReadDeadline(time.Time{})
	}
	return c.Conn.SetReadDeadline(time.Now().Add(c.patience))
}
