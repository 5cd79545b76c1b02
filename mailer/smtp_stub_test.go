package mailer

import (
	"bufio"
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"net/textproto"
	"strings"
	"sync"
	"testing"

	"github.com/distbase/distbase/mailer/dovecot"
)

// smtpStub is an SMTP server that does as it is told.
type smtpStub struct {
	addr string
	port string

	mu       sync.Mutex
	letters  []string          // guarded by mu; taken ones
	answers  map[string]string // guarded by mu; command -> its next answer, "cut" cuts the line
	after    string            // guarded by mu; what follows the final dot instead of 250
	noTLS    bool              // guarded by mu
	password string            // guarded by mu; asked for when not empty
}

func newSMTPStub(t *testing.T, implicit bool) (*smtpStub, *tls.Config) {
	t.Helper()
	cert, err := dovecot.NewCertificate()
	if err != nil {
		t.Fatal(err)
	}
	server, client := tlsPair(t, cert)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &smtpStub{addr: l.Addr().String(), answers: make(map[string]string)}
	_, s.port, _ = net.SplitHostPort(s.addr)
	var all sync.WaitGroup
	t.Cleanup(func() { _ = l.Close(); all.Wait() })
	all.Go(func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			if implicit {
				conn = tls.Server(conn, server)
			}
			all.Go(func() { s.serve(conn, server, implicit) })
		}
	})
	return s, client
}

func (s *smtpStub) script(command, answer string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.answers[command] = answer
}

func (s *smtpStub) next(command string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	a := s.answers[command]
	delete(s.answers, command)
	return a
}

func (s *smtpStub) taken() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string{}, s.letters...)
}

func (s *smtpStub) serve(conn net.Conn, server *tls.Config, secured bool) {
	defer func() { _ = conn.Close() }()
	r := bufio.NewReader(conn)
	say := func(line string) { _, _ = io.WriteString(conn, line+"\r\n") }
	if a := s.next("GREET"); a != "" {
		say(a)
		return
	}
	say("220 stub")
	for {
		raw, err := r.ReadString('\n')
		if err != nil {
			return
		}
		command := strings.ToUpper(strings.TrimSpace(raw))
		verb, _, _ := strings.Cut(command, " ")
		switch a := s.next(verb); {
		case a == "cut":
			return
		case a != "":
			say(a)
			continue
		}
		switch verb {
		case "EHLO":
			say("250-stub")
			s.mu.Lock()
			if !secured && !s.noTLS {
				say("250-STARTTLS")
			}
			if s.password != "" {
				say("250-AUTH PLAIN LOGIN")
			}
			s.mu.Unlock()
			say("250 8BITMIME")
		case "STARTTLS":
			say("220 go")
			conn = tls.Server(conn, server)
			r, secured = bufio.NewReader(conn), true
		case "AUTH":
			say("535 5.7.8 no")
		case "DATA":
			say("354 go")
			letter, err := io.ReadAll(textproto.NewReader(r).DotReader())
			if err != nil {
				return
			}
			s.mu.Lock()
			after := s.after
			s.after = ""
			if after == "" || after == "take and cut" {
				s.letters = append(s.letters, string(letter))
			}
			s.mu.Unlock()
			switch after {
			case "":
				say("250 2.0.0 taken")
			case "cut", "take and cut":
				return
			default:
				say(after)
			}
		case "QUIT":
			say("221 bye")
			return
		default:
			say("250 fine")
		}
	}
}

// tlsPair is a server's and a client's configuration that trust each other.
func tlsPair(t *testing.T, cert dovecot.Certificate) (server, client *tls.Config) {
	t.Helper()
	pair, err := tls.X509KeyPair(cert.Chain, cert.Key)
	if err != nil {
		t.Fatal(err)
	}
	pool, err := rootsOf(cert.Authority)
	if err != nil {
		t.Fatal(err)
	}
	return &tls.Config{Certificates: []tls.Certificate{pair}, MinVersion: tls.VersionTLS12},
		&tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12}
}

func (s *smtpStub) url(scheme string) string { return fmt.Sprintf("%s://127.0.0.1:%s", scheme, s.port) }
