package mailer

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
	"github.com/emersion/go-sasl"
)

// session is one logged-in connection to one folder.
type session struct {
	conn   *RollingConn
	client *imapclient.Client
	caps   imap.CapSet
	wanted string        // the folder as people write it
	folder string        // the server's own name of it, "" before Open
	delim  string        // what parts the names of nested folders
	news   chan struct{} // a signal that the folder changed
	stop   func() bool   // ends the tie to the context
	silent time.Duration // how long the server may say nothing during a command
	most   int64         // bytes of a letter that are taken at most
}

// dialing is what a session needs besides the account.
type dialing struct {
	tls    *tls.Config   // with the roots; the server's name is added
	token  tokenSource   // nil without OAuth
	silent time.Duration // patience with a server that says nothing
	most   int64         // bytes of a letter that are taken at most
	dialer net.Dialer
}

// tokenSource gives an OAuth access token; fresh asks for a new one since the
// last was refused.
type tokenSource interface {
	Token(ctx context.Context, fresh bool) (Secret, error)
}

// dial connects and logs in. The connection ends with ctx. Errors are *Problem.
func dial(ctx context.Context, a Account, d dialing) (*session, error) {
	reach, cancel := context.WithTimeout(ctx, d.silent)
	defer cancel()
	raw, err := d.dialer.DialContext(reach, "tcp", net.JoinHostPort(a.Host, a.Port))
	if err != nil {
		return nil, &Problem{Kind: ProblemUnreachable, Target: a.String(), Err: err}
	}
	s := &session{conn: &RollingConn{Conn: raw}, wanted: a.Folder, news: make(chan struct{}, 1), silent: d.silent, most: d.most}
	// Closing the socket is what ends every wait inside the library.
	s.stop = context.AfterFunc(ctx, func() { _ = raw.Close() })
	if err := s.greet(reach, a, d.tls); err != nil {
		s.Close()
		return nil, &Problem{Kind: connectKind(err), Target: a.String(), Err: err}
	}
	if err := s.login(ctx, a, d.token); err != nil {
		s.Close()
		return nil, &Problem{Kind: loginKind(err), Target: a.String(), Err: err}
	}
	return s, nil
}

// greet brings TLS up and waits for the server's greeting.
func (s *session) greet(ctx context.Context, a Account, cfg *tls.Config) error {
	cfg = cfg.Clone()
	cfg.ServerName = a.Host
	cfg.MinVersion = tls.VersionTLS12
	// Handlers run in the library's reading goroutine: a command inside of one
	// would wait for itself, so they do no more than leave a signal.
	opt := &imapclient.Options{TLSConfig: cfg, UnilateralDataHandler: &imapclient.UnilateralDataHandler{
		Mailbox: func(data *imapclient.UnilateralDataMailbox) {
			if data.NumMessages != nil {
				s.signal()
			}
		},
	}}
	return s.command(func() error {
		if a.StartTLS {
			c, err := imapclient.NewStartTLS(s.conn, opt)
			if err != nil {
				return fmt.Errorf("start TLS: %w", err)
			}
			s.client = c
			return nil
		}
		cfg.NextProtos = []string{"imap"}
		secured := tls.Client(s.conn, cfg)
		if err := secured.HandshakeContext(ctx); err != nil {
			return fmt.Errorf("start TLS: %w", err)
		}
		s.client = imapclient.New(secured, opt)
		if err := s.client.WaitGreeting(); err != nil {
			return fmt.Errorf("wait for greeting: %w", err)
		}
		return nil
	})
}

// login authenticates. A refused OAuth token is exchanged once by the next dial,
// not here: servers end the connection after it.
func (s *session) login(ctx context.Context, a Account, tokens tokenSource) error {
	var token Secret
	if a.Auth != AuthPassword {
		if tokens == nil {
			return fmt.Errorf("%w: no OAuth settings are given", errNoToken)
		}
		var err error
		if token, err = tokens.Token(ctx, false); err != nil {
			return err
		}
	}
	return s.command(func() error {
		s.caps = s.client.Caps()
		var err error
		switch {
		case a.Auth == AuthXOAuth2:
			err = s.client.Authenticate(&xoauth2{user: a.User, token: token})
		case a.Auth == AuthOAuthBearer:
			err = s.client.Authenticate(sasl.NewOAuthBearerClient(&sasl.OAuthBearerOptions{Username: a.User, Token: token.Reveal(), Host: a.Host}))
		case s.caps.Has(imap.AuthCap(sasl.Plain)):
			err = s.client.Authenticate(sasl.NewPlainClient("", a.User, a.Password.Reveal()))
		default:
			err = s.client.Login(a.User, a.Password.Reveal()).Wait()
		}
		if err != nil {
			return fmt.Errorf("log in: %w", err)
		}
		if s.caps = s.client.Caps(); s.caps == nil {
			return errors.New("the server does not tell what it can do")
		}
		return nil
	})
}

// command runs f while the server may be silent only for so long.
func (s *session) command(f func() error) error {
	if err := s.conn.Patience(s.silent); err != nil {
		return fmt.Errorf("connection lost: %w", err)
	}
	err := f()
	if err != nil && s.conn.Expired() { // the library forgets the cause
		return fmt.Errorf("%w: %w", errSilent, err)
	}
	if end := s.conn.Patience(0); err == nil && end != nil {
		return fmt.Errorf("connection lost: %w", end)
	}
	return err
}

func (s *session) signal() {
	select {
	case s.news <- struct{}{}:
	default:
	}
}

// Close ends the connection without a farewell: a LOGOUT could hang.
func (s *session) Close() {
	s.stop()
	_ = s.conn.Close()
	if s.client != nil {
		_ = s.client.Close()
	}
}
