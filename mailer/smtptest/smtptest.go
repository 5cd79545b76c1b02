// Package smtptest is an SMTP server for tests that keeps the letters it is
// given, and can go away and come back at the same address.
package smtptest

import (
	"errors"
	"io"
	"net"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"github.com/distbase/distbase/ingest/letter"
)

// Letter is one that came.
type Letter struct {
	*letter.Letter
	At time.Time
}

// Server keeps letters. Make it with New.
type Server struct {
	address string

	mu      sync.Mutex // guards what follows
	letters []Letter
	changed chan struct{} // closed and replaced when a letter comes
	srv     *smtp.Server  // nil: away
	done    chan struct{}
	death   *death // nil: no plan to die
}

// death is what happens instead of the answer to the next letter.
type death struct {
	keeps bool
	over  chan struct{} // closed when the server is away
}

// New starts a server that ends with the test.
func New(t testing.TB) *Server {
	t.Helper()
	s := &Server{changed: make(chan struct{})}
	l, err := net.Listen("tcp", "127.0.0.1:0") //nolint:noctx // a test's server
	if err != nil {
		t.Fatal(err)
	}
	s.address = l.Addr().String()
	s.serve(l)
	t.Cleanup(s.Leave)
	return s
}

// URL is the server's address as the setting smtp_url takes it.
func (s *Server) URL() string { return "smtp://" + s.address }

func (s *Server) serve(l net.Listener) {
	srv, done := smtp.NewServer(s), make(chan struct{})
	srv.Domain, srv.AllowInsecureAuth = "localhost", true
	s.mu.Lock()
	s.srv, s.done = srv, done
	s.mu.Unlock()
	go func() {
		defer close(done)
		_ = srv.Serve(l)
	}()
}

// Leave ends the server with all its connections; twice is once.
func (s *Server) Leave() {
	s.mu.Lock()
	srv, done := s.srv, s.done
	s.srv = nil
	s.mu.Unlock()
	if srv == nil {
		return
	}
	_ = srv.Close()
	<-done
}

// Return starts the server again at its address.
func (s *Server) Return(t testing.TB) {
	t.Helper()
	l, err := net.Listen("tcp", s.address) //nolint:noctx // a test's server
	if err != nil {
		t.Fatal(err)
	}
	s.serve(l)
}

// DieAtNext makes the server leave, with all its connections, when it has the whole
// next letter and owes the answer. The letter is kept or lost. The channel closes
// when the server is away; Return brings it back.
func (s *Server) DieAtNext(keeps bool) <-chan struct{} {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.death = &death{keeps: keeps, over: make(chan struct{})}
	return s.death.over
}

// Letters are those that came, in the order they came.
func (s *Server) Letters() []Letter {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Letter(nil), s.letters...)
}

// Wait returns the letters once there are n of them.
func (s *Server) Wait(t testing.TB, n int, limit time.Duration) []Letter {
	t.Helper()
	end := time.After(limit)
	for {
		s.mu.Lock()
		got, changed := append([]Letter(nil), s.letters...), s.changed
		s.mu.Unlock()
		if len(got) >= n {
			return got
		}
		select {
		case <-changed:
		case <-end:
			t.Fatalf("%d letters of %d within %s", len(got), n, limit)
		}
	}
}

// NewSession answers go-smtp's call for a connection.
func (s *Server) NewSession(*smtp.Conn) (smtp.Session, error) { return &session{s}, nil }

type session struct{ s *Server }

func (*session) Mail(string, *smtp.MailOptions) error { return nil }
func (*session) Rcpt(string, *smtp.RcptOptions) error { return nil }
func (*session) Reset()                               {}
func (*session) Logout() error                        { return nil }

// Data keeps a letter.
func (x *session) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	l, err := letter.Parse(raw, letter.Limits{})
	if err != nil {
		return err
	}
	d := x.s.take(l)
	if d == nil {
		return nil
	}
	x.s.Leave()
	close(d.over)
	return errors.New("the server died") // nobody hears it
}

// take keeps a letter, unless it is to be lost, and returns the death that is due.
func (s *Server) take(l *letter.Letter) *death {
	s.mu.Lock()
	defer s.mu.Unlock()
	d := s.death
	s.death = nil
	if d == nil || d.keeps {
		s.letters = append(s.letters, Letter{l, time.Now()})
		close(s.changed)
		s.changed = make(chan struct{})
	}
	return d
}
