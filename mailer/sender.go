package mailer

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"log/slog"
	"net/mail"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/distbase/distbase/storage"
)

// SenderOptions tunes a sender. The zero value serves.
type SenderOptions struct {
	Roots  *x509.CertPool   // trusted authorities; nil: the system's
	Tokens *Tokens          // for a server with OAuth
	Logger *slog.Logger     // nil: slog.Default()
	Now    func() time.Time // nil: time.Now

	Lines      int           // connections at a time; 2
	Timeout    time.Duration // for one letter; 2 min
	Poll       time.Duration // how often the outbox is looked at even when nothing was told; 15 s
	Retry      time.Duration // the first wait after a failure, doubled up to an hour; 5 s
	MaxAnswers int           // answers to one address within a day; more would be a loop; 500
}

func (o *SenderOptions) fill() {
	fill := func(d *time.Duration, value time.Duration) {
		if *d == 0 {
			*d = value
		}
	}
	fill(&o.Timeout, 2*time.Minute)
	fill(&o.Poll, 15*time.Second)
	fill(&o.Retry, 5*time.Second)
	if o.Lines == 0 {
		o.Lines = 2
	}
	if o.MaxAnswers == 0 {
		o.MaxAnswers = 500
	}
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	if o.Now == nil {
		o.Now = time.Now
	}
}

// Sender sends what waits in the outbox for the door "mail".
type Sender struct {
	store  *storage.Store
	server Server
	from   *mail.Address
	opt    SenderOptions
	sent   atomic.Int64
}

// NewSender is a sender that writes as from ("reports@example.com" or with a name
// before it), at rest until Run.
func NewSender(store *storage.Store, server Server, from string, opt SenderOptions) (*Sender, error) {
	opt.fill()
	address, err := mail.ParseAddress(from)
	if err != nil {
		return nil, fmt.Errorf("the sender's address %q cannot be read: %w", from, err)
	}
	return &Sender{store: store, server: server, from: address, opt: opt}, nil
}

// Sent counts the letters that the server took since the sender was made.
func (s *Sender) Sent() int64 { return s.sent.Load() }

// Run sends until ctx ends, one process at a time. A letter on its way is
// finished first. It returns nil; troubles are logged and tried again.
func (s *Sender) Run(ctx context.Context) error {
	wait := newBackoff(time.Second)
	for ctx.Err() == nil {
		err := s.store.Hold(ctx, "outbox:mail", func(ctx context.Context) error {
			wait.reset()
			return s.serve(ctx)
		})
		if ctx.Err() == nil {
			s.opt.Logger.Warn("outbox let go", "door", "mail", "error", err)
			wait.pause(ctx)
		}
	}
	return nil
}

func (s *Sender) serve(ctx context.Context) error {
	// Nobody else sends: what is marked as being sent was left by a process that died.
	n, err := storage.RecoverOutgoing(ctx, s.store.Pool(), storage.DoorMail)
	if err != nil {
		return err
	}
	if n > 0 {
		s.opt.Logger.Warn("letters may have been sent before a crash; sending once more", "letters", n)
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	wait := newBackoff(s.opt.Retry)
	for range s.store.Listen(ctx, storage.TopicOutbox, s.opt.Poll) {
		err := s.drain(ctx)
		if ctx.Err() != nil {
			break
		}
		var p *Problem
		if errors.As(err, &p) {
			s.opt.Logger.Warn("mail server", "problem", string(p.Kind), "error", err)
			if p.Kind == ProblemLogin && s.opt.Tokens != nil {
				s.opt.Tokens.Forget()
			}
			wait.pause(ctx)
			continue
		}
		if err != nil {
			return err
		}
		wait.reset()
	}
	return context.Cause(ctx)
}

// drain sends until nothing is due, over a few connections at once.
func (s *Sender) drain(ctx context.Context) error {
	errs := make([]error, s.opt.Lines)
	var all sync.WaitGroup
	for i := range errs {
		all.Go(func() { errs[i] = s.work(ctx) })
	}
	all.Wait()
	return errors.Join(errs...)
}

// work sends one letter after another over a connection that is made when the
// first is there. One letter is claimed at a time, so that a crash leaves no more
// than one a connection in doubt.
func (s *Sender) work(ctx context.Context) error {
	var l *line
	defer func() {
		if l != nil {
			l.close()
		}
	}()
	for ctx.Err() == nil {
		due, err := s.store.ClaimOutgoing(ctx, storage.DoorMail, 1)
		if err != nil || len(due) == 0 {
			return err
		}
		o := due[0]
		thread, why, err := s.guard(ctx, o)
		if err != nil {
			return errors.Join(err, s.putBack(ctx, o, err))
		}
		if why != "" {
			s.opt.Logger.Info("letter not sent", "outbox", o.ID, "reason", why)
			if err := s.settle(ctx, func(ctx context.Context) error {
				return storage.OutgoingCancelled(ctx, s.store.Pool(), o.ID, why)
			}); err != nil {
				return err
			}
			continue
		}
		if l == nil {
			if l, err = s.call(ctx); err != nil {
				return errors.Join(err, s.putBack(ctx, o, err)) // the letter is not to blame
			}
		}
		if err := s.send(ctx, l, o, thread); err != nil {
			return err
		}
	}
	return ctx.Err()
}

func (s *Sender) call(ctx context.Context) (*line, error) {
	var tokens tokenSource
	if s.opt.Tokens != nil {
		tokens = s.opt.Tokens
	}
	cfg := &tls.Config{RootCAs: s.opt.Roots, MinVersion: tls.VersionTLS12}
	return callServer(ctx, s.server, cfg, tokens, s.opt.Timeout)
}

// guard says why a letter must not be sent, "" where it may.
func (s *Sender) guard(ctx context.Context, o storage.Outgoing) (Thread, string, error) {
	thread, err := ReadThread(o.Payload.ReplyTo)
	if err != nil {
		return thread, "its thread cannot be read", nil //nolint:nilerr // trying again would not help
	}
	if strings.EqualFold(o.Address, s.from.Address) {
		return thread, "it would go to ourselves", nil
	}
	if thread.Automatic != "" {
		return thread, "an answer could start a loop: " + thread.Automatic, nil
	}
	if thread.Address == "" {
		return thread, "", nil
	}
	n, err := storage.CountMailReplies(ctx, s.store.Pool(), o.Address, s.opt.Now().Add(-24*time.Hour))
	if err != nil {
		return thread, "", err
	}
	if n >= s.opt.MaxAnswers {
		return thread, fmt.Sprintf("%d answers went to this address within a day", n), nil
	}
	return thread, "", nil
}

// send hands one letter to the server and records what is known of it. An error
// means that the connection or the database is not to be used any more.
func (s *Sender) send(ctx context.Context, l *line, o storage.Outgoing, thread Thread) error {
	log := s.opt.Logger.With("outbox", o.ID, "attempt", o.Attempts)
	m, err := compose(ctx, s.store.Pool(), s.from, o, thread, s.opt.Now())
	if ctx.Err() != nil {
		return errors.Join(ctx.Err(), s.putBack(ctx, o, ctx.Err()))
	}
	if err != nil {
		log.Error("letter cannot be written", "error", err)
		return s.settle(ctx, func(ctx context.Context) error {
			return storage.OutgoingFailed(ctx, s.store.Pool(), o.ID, err.Error())
		})
	}
	err = l.client.SendWithSMTPClient(l.conn, m)
	result := judge(m, err)
	if result == sent {
		s.sent.Add(1)
		log.Info("letter sent", "maybe_twice", o.MaybeTwice)
	} else {
		log.Warn("letter not sent", "error", err)
	}
	if recorded := s.record(ctx, o, m.GetMessageID(), result, err); recorded != nil {
		return recorded
	}
	var refused interface{ ErrorCode() int }
	if err != nil && (!errors.As(err, &refused) || refused.ErrorCode() == 0 || result == sent) {
		return &Problem{Kind: ProblemUnreachable, Target: s.server.String(), Err: err} // the line is cut
	}
	return nil
}

// patience is how many tries a letter has that the server puts off; with waits up
// to an hour it is about a day.
const patience = 30

func (s *Sender) record(ctx context.Context, o storage.Outgoing, ref string, result outcome, cause error) error {
	return s.settle(ctx, func(ctx context.Context) error {
		q := s.store.Pool()
		switch {
		case result == sent:
			return storage.OutgoingSent(ctx, q, o.ID, ref)
		case result == refuse, result == again && o.Attempts >= patience:
			return storage.OutgoingFailed(ctx, q, o.ID, cause.Error())
		case result == doubt:
			return storage.DoubtOutgoing(ctx, q, o.ID, s.later(o), cause.Error())
		}
		return storage.RetryOutgoing(ctx, q, o.ID, s.later(o), cause.Error())
	})
}

// putBack returns a letter that was not given to the network. It may be put back
// for days without losing a try: the letter is not to blame.
func (s *Sender) putBack(ctx context.Context, o storage.Outgoing, cause error) error {
	return s.settle(ctx, func(ctx context.Context) error {
		return storage.ReleaseOutgoing(ctx, s.store.Pool(), o.ID, s.opt.Now().Add(s.opt.Retry), cause.Error())
	})
}

// later is when a letter is tried again.
func (s *Sender) later(o storage.Outgoing) time.Time {
	wait := s.opt.Retry
	for range min(o.Attempts-1, 20) {
		wait = min(2*wait, time.Hour)
	}
	return s.opt.Now().Add(wait)
}

// settle records what happened to a letter, stopping or not: a record that is
// missing makes the letter go out twice. It endures a short absence of the
// database.
func (s *Sender) settle(ctx context.Context, f func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Minute)
	defer cancel()
	wait := newBackoff(100 * time.Millisecond)
	for {
		err := f(ctx)
		if err == nil || ctx.Err() != nil {
			return err
		}
		wait.pause(ctx)
	}
}
