package mailer

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/textproto"
	"strconv"
	"time"

	gomail "github.com/wneessen/go-mail"
	"github.com/wneessen/go-mail/smtp"
)

// line is an open connection to the SMTP server.
type line struct {
	client *gomail.Client
	conn   *smtp.Client
}

// callServer connects and logs in. Errors are *Problem.
func callServer(ctx context.Context, s Server, cfg *tls.Config, tokens tokenSource, timeout time.Duration) (*line, error) {
	fail := func(kind ProblemKind, err error) (*line, error) {
		return nil, &Problem{Kind: kind, Target: s.String(), Err: err}
	}
	port, err := strconv.Atoi(s.Port)
	if err != nil {
		return fail(ProblemUnreachable, fmt.Errorf("port %q is no number", s.Port))
	}
	cfg = cfg.Clone()
	cfg.ServerName, cfg.MinVersion = s.Host, tls.VersionTLS12
	opts := []gomail.Option{gomail.WithPort(port), gomail.WithTimeout(timeout), gomail.WithTLSConfig(cfg)}
	switch {
	case !s.StartTLS:
		opts = append(opts, gomail.WithSSL())
	case s.loopback():
		opts = append(opts, gomail.WithTLSPolicy(gomail.TLSOpportunistic))
	default:
		opts = append(opts, gomail.WithTLSPolicy(gomail.TLSMandatory))
	}
	if s.User != "" {
		password := s.Password
		how := gomail.SMTPAuthAutoDiscover
		if s.Auth != AuthPassword {
			how = gomail.SMTPAuthXOAUTH2
			if tokens == nil {
				return fail(ProblemToken, errNoToken)
			}
			if password, err = tokens.Token(ctx, false); err != nil {
				return fail(ProblemToken, err)
			}
		}
		opts = append(opts, gomail.WithSMTPAuth(how), gomail.WithUsername(s.User), gomail.WithPassword(password.Reveal()))
	}
	client, err := gomail.NewClient(s.Host, opts...)
	if err != nil {
		return fail(ProblemProtocol, err)
	}
	conn, err := client.DialToSMTPClientWithContext(ctx)
	if err != nil {
		return fail(callKind(err), err)
	}
	return &line{client: client, conn: conn}, nil
}

func (l *line) close() { _ = l.client.CloseWithSMTPClient(l.conn) }

func callKind(err error) ProblemKind {
	var (
		answer  *textproto.Error
		network *net.OpError
		names   *net.DNSError
	)
	if kind := connectKind(err); kind == ProblemCertificate {
		return kind
	}
	switch {
	case errors.As(err, &answer) && answer.Code >= 500 && answer.Code != 554:
		return ProblemLogin
	case errors.As(err, &answer):
		return ProblemBusy
	case errors.As(err, &network), errors.As(err, &names), errors.Is(err, context.DeadlineExceeded):
		return ProblemUnreachable
	}
	return ProblemTLS
}

// outcome is what is known of a letter after a try to send it.
type outcome int

const (
	sent   outcome = iota
	again          // certainly not arrived; worth another try
	doubt          // nobody knows
	refuse         // certainly not arrived, and never will
)

// judge tells what became of a letter. Only the time between the final dot and
// the server's answer leaves it open.
func judge(m *gomail.Msg, err error) outcome {
	if err == nil || m.IsDelivered() {
		return sent // a failure after the server took it is the connection's
	}
	var e *gomail.SendError
	if !errors.As(err, &e) {
		return again
	}
	switch {
	case e.ErrorCode() >= 500:
		return refuse
	case e.ErrorCode() >= 400:
		return again
	case e.Reason == gomail.ErrSMTPDataClose:
		return doubt
	case e.Reason == gomail.ErrGetSender, e.Reason == gomail.ErrGetRcpts, e.Reason == gomail.ErrNoUnencoded:
		return refuse
	}
	return again
}
