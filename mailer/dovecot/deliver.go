package dovecot

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"net/textproto"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"time"
)

// Deliver puts a letter into a user's INBOX over LMTP, as a mail server would.
func (s *Server) Deliver(ctx context.Context, from, user string, letter []byte) error {
	c, err := s.submit(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = c.Close() }()
	for _, step := range []struct {
		line string
		code int
	}{
		{"LHLO localhost", 250},
		{"MAIL FROM:<" + from + ">", 250},
		{"RCPT TO:<" + user + "@localhost>", 250},
		{"DATA", 354},
	} {
		if err := c.PrintfLine("%s", step.line); err != nil {
			return fmt.Errorf("LMTP %s: %w", step.line, err)
		}
		if _, _, err := c.ReadResponse(step.code); err != nil {
			return fmt.Errorf("LMTP %s: %w", step.line, err)
		}
	}
	w := c.DotWriter()
	if _, err := w.Write(letter); err != nil {
		return fmt.Errorf("LMTP letter: %w", err)
	}
	if err := w.Close(); err != nil {
		return fmt.Errorf("LMTP letter: %w", err)
	}
	if _, _, err := c.ReadResponse(250); err != nil {
		return fmt.Errorf("LMTP letter: %w", err)
	}
	return nil
}

// submit connects to LMTP and waits for the greeting. Before it nothing is taken,
// so a connection dropped by then is tried again, as a mail server would.
func (s *Server) submit(ctx context.Context) (*textproto.Conn, error) {
	var dialer net.Dialer
	for try := 1; ; try++ {
		conn, err := dialer.DialContext(ctx, "tcp", address(s.LMTP))
		if err != nil {
			return nil, fmt.Errorf("reach LMTP: %w", err)
		}
		if err := conn.SetDeadline(time.Now().Add(time.Minute)); err != nil {
			_ = conn.Close()
			return nil, fmt.Errorf("reach LMTP: %w", err)
		}
		c := textproto.NewConn(conn)
		if _, _, err = c.ReadResponse(220); err == nil {
			return c, nil
		}
		_ = c.Close()
		if try == 5 {
			return nil, fmt.Errorf("LMTP greeting: %w", err)
		}
	}
}

// Fill puts many letters into a user's INBOX at once, by way of its directory.
// The mailbox must not have been opened before.
func (s *Server) Fill(user string, letters [][]byte) error {
	conf := settings{}
	if err := conf.users(); err != nil {
		return err
	}
	box := filepath.Join(s.dir, "mail", user, "Maildir")
	dirs := []string{filepath.Dir(box), box, box + "/cur", box + "/new", box + "/tmp"}
	for _, dir := range dirs {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return fmt.Errorf("make maildir: %w", err)
		}
	}
	now := time.Now().Unix()
	for i, letter := range letters {
		path := fmt.Sprintf("%s/new/%d.M%dP1.localhost", box, now, i)
		if err := os.WriteFile(path, bytes.ReplaceAll(letter, []byte("\r\n"), []byte("\n")), 0o600); err != nil {
			return fmt.Errorf("write letter: %w", err)
		}
		dirs = append(dirs, path)
	}
	if !conf.Root {
		return nil
	}
	for _, path := range dirs {
		if err := give(path, conf.MailUID); err != nil {
			return err
		}
	}
	return nil
}

// Kick drops every live session of a user, as a crash or fail-over would; the
// server keeps listening.
func (s *Server) Kick(ctx context.Context, user string) error {
	out, err := exec.CommandContext(ctx, "doveadm", "-c", s.dir+"/dovecot.conf", "kick", user).CombinedOutput() //nolint:gosec // a test rig's own arguments
	if err != nil {
		return fmt.Errorf("kick %s: %w: %s", user, err, out)
	}
	return nil
}

// Renumber gives a user's INBOX another UIDVALIDITY and its letters new UIDs, as
// a restore from backup does. Sessions must be closed.
func (s *Server) Renumber(user string, uidValidity uint32) error {
	box := filepath.Join(s.dir, "mail", user, "Maildir")
	list := filepath.Join(box, "dovecot-uidlist")
	raw, err := os.ReadFile(list) //nolint:gosec // the rig's own file
	if err != nil {
		return fmt.Errorf("read UID list: %w", err)
	}
	first, rest, _ := bytes.Cut(raw, []byte("\n"))
	first = regexp.MustCompile(`V\d+`).ReplaceAll(first, []byte("V"+strconv.FormatUint(uint64(uidValidity), 10)))
	if err := os.WriteFile(list, append(append(first, '\n'), rest...), 0o600); err != nil {
		return fmt.Errorf("write UID list: %w", err)
	}
	index, err := filepath.Glob(box + "/dovecot.index*")
	if err != nil {
		return fmt.Errorf("look for index: %w", err)
	}
	for _, path := range index {
		if err := os.Remove(path); err != nil {
			return fmt.Errorf("remove index: %w", err)
		}
	}
	return nil
}
