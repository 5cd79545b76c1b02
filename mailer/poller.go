package mailer

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/distbase/distbase/storage"
)

// PollerOptions tunes a poller. The zero value serves.
type PollerOptions struct {
	Roots    *x509.CertPool   // trusted authorities; nil: the system's
	Tokens   *Tokens          // for accounts with OAuth
	Logger   *slog.Logger     // nil: slog.Default()
	Now      func() time.Time // nil: time.Now
	MaxBytes int64            // larger letters are recorded, not fetched; 0: 60 MB
	Answers  bool             // tell a known sender that the letter was too large

	Poll    time.Duration // how often a folder is looked at even when nothing was told; 5 min
	Silence time.Duration // how long a server may say nothing during a command; 60 s
	Retry   time.Duration // the first wait after a failure, doubled up to 2 min; 1 s
	Refused time.Duration // the wait after a refused login; 5 min
}

func (o *PollerOptions) fill() {
	fill := func(d *time.Duration, value time.Duration) {
		if *d == 0 {
			*d = value
		}
	}
	fill(&o.Poll, 5*time.Minute)
	fill(&o.Silence, time.Minute)
	fill(&o.Retry, time.Second)
	fill(&o.Refused, 5*time.Minute)
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.MaxBytes == 0 {
		o.MaxBytes = 60 << 20
	}
}

// Poller takes letters in from mailboxes.
type Poller struct {
	store    *storage.Store
	accounts []Account
	opt      PollerOptions
	stats    stats
}

type stats struct{ fetched, stored, failed, rounds atomic.Int64 }

// PollerStats counts what a poller did since it was made.
type PollerStats struct {
	Fetched int64 // bodies read from servers
	Stored  int64 // letters handed over to be read
	Failed  int64 // tries that failed
	Rounds  int64 // times that a folder was read to its end
}

// NewPoller is a poller of accounts, at rest until Run.
func NewPoller(store *storage.Store, accounts []Account, opt PollerOptions) *Poller {
	opt.fill()
	return &Poller{store: store, accounts: accounts, opt: opt}
}

// Stats is what the poller did so far.
func (p *Poller) Stats() PollerStats {
	return PollerStats{Fetched: p.stats.fetched.Load(), Stored: p.stats.stored.Load(), Failed: p.stats.failed.Load(), Rounds: p.stats.rounds.Load()}
}

// Run polls every mailbox until ctx ends, each by one process at a time: a second
// one waits for its turn. It returns nil; troubles are logged, recorded with the
// mailbox and tried again.
func (p *Poller) Run(ctx context.Context) error {
	var all sync.WaitGroup
	for _, a := range p.accounts {
		all.Go(func() { p.keep(ctx, a) })
	}
	all.Wait()
	return nil
}

// keep polls one mailbox whenever this process holds its lock.
func (p *Poller) keep(ctx context.Context, a Account) {
	log := p.opt.Logger.With("mailbox", a.Name(), "folder", a.Folder)
	wait := newBackoff(p.opt.Retry)
	for ctx.Err() == nil {
		err := p.store.Hold(ctx, "mailbox:"+a.Name()+"/"+a.Folder, func(ctx context.Context) error {
			wait.reset()
			b := &box{Poller: p, account: a, log: log, tried: make(map[uint32]bool)}
			return b.serve(ctx)
		})
		if ctx.Err() != nil {
			return
		}
		log.Warn("mailbox let go", "error", err)
		wait.pause(ctx)
	}
}

// box is one mailbox while this process holds it.
type box struct {
	*Poller
	account Account
	source  storage.MailSource
	spool   *spool
	idle    bool            // the server can tell of changes
	tried   map[uint32]bool // UIDs that the running gap check has tried
	log     *slog.Logger
}

// serve connects and reads, again and again. It returns when ctx ends or the
// database does not answer; what the mail server does is endured.
func (b *box) serve(ctx context.Context) error {
	spool, err := newSpool()
	if err != nil {
		return err
	}
	b.spool = spool
	defer spool.close()
	wait := newBackoff(b.opt.Retry)
	for {
		before := b.stats.rounds.Load() + b.stats.fetched.Load()
		err := b.connected(ctx)
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		if b.stats.rounds.Load()+b.stats.fetched.Load() > before {
			wait.reset() // it went well for a while
		}
		if err := b.trouble(ctx, err); err != nil {
			return err
		}
		if kindOf(err) == ProblemLogin || kindOf(err) == ProblemToken {
			if b.opt.Tokens != nil {
				b.opt.Tokens.Forget()
			}
			pause(ctx, b.opt.Refused)
			continue
		}
		wait.pause(ctx)
	}
}

// trouble records why the connection ended. It fails when the database does.
func (b *box) trouble(ctx context.Context, err error) error {
	b.stats.failed.Add(1)
	kind := kindOf(err)
	b.log.Warn("mailbox", "problem", string(kind), "error", err)
	if b.source.ID == 0 {
		if err := b.load(ctx); err != nil {
			return err
		}
	}
	if err := storage.MailSourceFailed(ctx, b.store.Pool(), b.source.ID, fmt.Sprint(err)); err != nil {
		return err
	}
	if kind != ProblemLogin && kind != ProblemToken && kind != ProblemFolder && kind != ProblemUnsafe && kind != ProblemCertificate {
		return nil // likely to pass
	}
	return storage.RaiseMailProblem(ctx, b.store.Pool(), b.subject(), storage.MailProblem{
		Key: "mailer.problem." + string(kind), Account: b.account.Name(), Folder: b.account.Folder, Error: rootOf(err),
	})
}

// connected reads the mailbox over one connection until it breaks.
func (b *box) connected(ctx context.Context) error {
	if err := b.load(ctx); err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	s, err := dial(ctx, b.account, b.dialing())
	if err != nil {
		return err
	}
	defer s.Close()
	return b.read(ctx, s)
}

// read goes round and round over an open mailbox.
func (b *box) read(ctx context.Context, m mailbox) error {
	for {
		if err := b.round(ctx, m); err != nil {
			return err
		}
		if err := b.wait(ctx, m); err != nil {
			return err
		}
	}
}

// wait returns when the folder may have changed.
func (b *box) wait(ctx context.Context, m mailbox) error {
	if b.idle {
		return m.Idle(ctx, b.opt.Poll)
	}
	pause(ctx, min(b.opt.Poll, 30*time.Second)) // nobody tells us: look more often
	return ctx.Err()
}

func (b *box) load(ctx context.Context) (err error) {
	b.source, err = storage.OpenMailSource(ctx, b.store.Pool(), b.account.Name(), b.account.Folder)
	return err
}

func (b *box) subject() string { return fmt.Sprintf("mailbox:%d", b.source.ID) }

func (p *Poller) dialing() dialing {
	d := dialing{tls: &tls.Config{RootCAs: p.opt.Roots, MinVersion: tls.VersionTLS12}, silent: p.opt.Silence, most: max(p.opt.MaxBytes, piece)}
	if p.opt.Tokens != nil {
		d.token = p.opt.Tokens
	}
	return d
}

// rootOf is the innermost text of an error, without our own words around it.
func rootOf(err error) string {
	var p *Problem
	if errors.As(err, &p) {
		return p.Err.Error()
	}
	return err.Error()
}
