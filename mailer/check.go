package mailer

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net/mail"
	"os"
	"time"
)

// CheckOptions is what a check needs besides the address.
type CheckOptions struct {
	Roots   *x509.CertPool // trusted authorities; nil: the system's
	Tokens  *Tokens        // for OAuth
	Timeout time.Duration  // 15 s
}

func (o *CheckOptions) fill() {
	if o.Timeout == 0 {
		o.Timeout = 15 * time.Second
	}
}

// CheckAccount connects, logs in and opens the folder. The error is a *Problem.
func CheckAccount(ctx context.Context, a Account, opt CheckOptions) error {
	opt.fill()
	d := dialing{tls: &tls.Config{RootCAs: opt.Roots, MinVersion: tls.VersionTLS12}, silent: opt.Timeout, most: piece}
	if opt.Tokens != nil {
		d.token = opt.Tokens
	}
	s, err := dial(ctx, a, d)
	if err != nil {
		return err
	}
	defer s.Close()
	_, err = s.Open(ctx)
	if err != nil {
		return asProblem(a.String(), err)
	}
	if a.MoveTo != "" && !s.canMove() {
		return &Problem{Kind: ProblemUnsafe, Target: a.String(), Err: errCannotMove}
	}
	return nil
}

// CheckServer connects, logs in and asks whether the server takes letters from
// our address; nothing is sent. The error is a *Problem.
func CheckServer(ctx context.Context, s Server, from string, opt CheckOptions) error {
	opt.fill()
	address, err := mail.ParseAddress(from)
	if err != nil {
		return &Problem{Kind: ProblemSender, Target: s.String(), Err: fmt.Errorf("%q: %w", from, err)}
	}
	var tokens tokenSource
	if opt.Tokens != nil {
		tokens = opt.Tokens
	}
	l, err := callServer(ctx, s, &tls.Config{RootCAs: opt.Roots, MinVersion: tls.VersionTLS12}, tokens, opt.Timeout)
	if err != nil {
		return err
	}
	defer l.close()
	if err := l.conn.Mail(address.Address); err != nil {
		return &Problem{Kind: ProblemSender, Target: s.String(), Err: err}
	}
	return nil
}

// LoadRoots is the system's trusted authorities and those of a PEM file; nil
// where no file is named.
func LoadRoots(path string) (*x509.CertPool, error) {
	if path == "" {
		return nil, nil
	}
	raw, err := os.ReadFile(path) //nolint:gosec // the operator names it
	if err != nil {
		return nil, fmt.Errorf("read root certificate: %w", err)
	}
	pool, err := x509.SystemCertPool()
	if err != nil {
		pool = x509.NewCertPool()
	}
	if !pool.AppendCertsFromPEM(raw) {
		return nil, fmt.Errorf("root certificate %s: there is no PEM certificate in it", path)
	}
	return pool, nil
}

// asProblem names the target of an error.
func asProblem(target string, err error) error {
	var p *Problem
	if errors.As(err, &p) {
		return &Problem{Kind: p.Kind, Target: target, Err: p.Err}
	}
	return &Problem{Kind: kindOf(err), Target: target, Err: err}
}
