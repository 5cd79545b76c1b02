package dovecot

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"syscall"
	"time"
)

// Kill ends the server with all its sessions at once, as a failure of power
// would: nothing is finished and nobody is told. Restart brings it back.
func (s *Server) Kill() {
	_ = syscall.Kill(-s.cmd.Process.Pid, syscall.SIGKILL)
	<-s.exited
}

// Restart starts a killed server again, with its mail and at its old ports.
func (s *Server) Restart(ctx context.Context) error {
	binary, err := find()
	if err != nil {
		return err
	}
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	for try := 1; ; try++ {
		// What was killed holds sockets and ports until the system has buried it.
		if err = s.run(ctx, binary); !errors.Is(err, errEndedAtOnce) || try == 50 {
			return err
		}
		select {
		case <-ctx.Done():
			return err
		case <-tick.C:
		}
	}
}

// Usage is what a user's sessions took, by the server's own account.
type Usage struct {
	Sessions int   // that ended
	Bodies   int   // fetches of letters or of parts of them
	Bytes    int64 // of those
}

var usage = regexp.MustCompile(` imap\(([^)]*)\)<.* body_count=(\d+) body_bytes=(\d+)$`)

// Used sums up the sessions of a user that ended in order. The server writes of a
// session a moment after its end.
func (s *Server) Used(user string) (Usage, error) {
	raw, err := os.ReadFile(filepath.Join(s.dir, "dovecot.log"))
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return Usage{}, fmt.Errorf("read log: %w", err)
	}
	var u Usage
	for line := range bytes.Lines(raw) {
		m := usage.FindSubmatch(bytes.TrimSpace(line))
		if m == nil || string(m[1]) != user {
			continue
		}
		bodies, err := strconv.Atoi(string(m[2]))
		if err != nil {
			return Usage{}, fmt.Errorf("read log: %w", err)
		}
		size, err := strconv.ParseInt(string(m[3]), 10, 64)
		if err != nil {
			return Usage{}, fmt.Errorf("read log: %w", err)
		}
		u.Sessions, u.Bodies, u.Bytes = u.Sessions+1, u.Bodies+bodies, u.Bytes+size
	}
	return u, nil
}
