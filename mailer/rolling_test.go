package mailer

import (
	"errors"
	"io"
	"net"
	"os"
	"testing"
	"time"
)

func TestSlowStreamOutlivesTheLibrarysDeadline(t *testing.T) {
	t.Parallel()
	ours, theirs := net.Pipe()
	c := &RollingConn{Conn: ours}
	if err := c.Patience(time.Second); err != nil {
		t.Fatal(err)
	}
	if err := c.SetReadDeadline(time.Now().Add(-time.Hour)); err != nil {
		t.Fatal(err)
	}
	go func() {
		tick := time.NewTicker(10 * time.Millisecond)
		defer tick.Stop()
		for range 20 {
			<-tick.C
			_, _ = theirs.Write([]byte("x"))
		}
	}()
	defer func() { _ = theirs.Close() }()
	if n, err := io.ReadFull(c, make([]byte, 20)); err != nil {
		t.Fatalf("%d bytes, %v", n, err)
	}
}

func TestSilentServerIsGivenUp(t *testing.T) {
	t.Parallel()
	ours, theirs := net.Pipe()
	defer func() { _ = theirs.Close() }()
	c := &RollingConn{Conn: ours}
	failed := make(chan error, 1)
	go func() {
		_, err := c.Read(make([]byte, 1)) // waits for ever until patience ends
		failed <- err
	}()
	if err := c.Patience(20 * time.Millisecond); err != nil {
		t.Fatal(err)
	}
	if err := <-failed; !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Fatalf("got %v", err)
	}
}
