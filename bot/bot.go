package bot

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/distbase/distbase/ingest"
	"github.com/distbase/distbase/reports"
	"github.com/distbase/distbase/storage"
)

// Desk is where answers to questions go: *ingest.Desk.
type Desk interface {
	NextOf(ctx context.Context, personID, submissionID int64, kind string) (storage.Question, error)
	Answer(ctx context.Context, personID, questionID int64, version int, a ingest.Answer) (ingest.Outcome, error)
	Correct(ctx context.Context, personID, questionID int64, version int, c ingest.Correction) (ingest.Outcome, error)
	HeadRows(ctx context.Context, questionID int64) ([]ingest.HeadRow, error)
	CorrectLayout(ctx context.Context, personID, id int64, c ingest.Correction) (storage.LayoutRecord, int64, error)
	CopyLayout(ctx context.Context, personID, id, distributorID int64) (storage.LayoutRecord, int64, error)
	RetireLayout(ctx context.Context, personID, id int64) (storage.LayoutRecord, int64, error)
	RestoreLayout(ctx context.Context, personID, id, instead int64) (storage.LayoutRecord, int64, error)
	UndoLayout(ctx context.Context, personID, journalID int64) (int64, error)
	LayoutLevels(ctx context.Context, r storage.LayoutRecord) (ingest.LayoutLevels, error)
	LayoutChange(ctx context.Context, r storage.LayoutRecord) (storage.JournalEntry, error)
	Later(ctx context.Context, questionID int64, until time.Time) error
	Release(ctx context.Context, personID int64) error
	Undo(ctx context.Context, personID, journalID int64) (storage.Question, error)
	UndoLast(ctx context.Context, personID int64) (storage.Question, error)
	Search(ctx context.Context, query string, item *ingest.ItemPayload, limit int) ([]ingest.ItemCandidate, error)
	List(ctx context.Context, personID int64, l ingest.List, offset, limit int) (ingest.ListPage, error)
	AskAll(ctx context.Context, submissionID int64) error
	AnswerMany(ctx context.Context, personID int64, list []ingest.Given) (ingest.Many, error)
	Digest(ctx context.Context, submissionID int64) (ingest.Digest, error)
	SearchOutlets(ctx context.Context, query string, limit int) ([]ingest.OutletCandidate, error)
	SearchReps(ctx context.Context, query string, limit int) ([]ingest.RepCandidate, error)
	Same(ctx context.Context, q storage.Question) (ingest.Scope, error)
	AnswerSame(ctx context.Context, personID, journalID int64, scope []int64) (n int, groupID int64, err error)
	Workbook(ctx context.Context, submissionID int64, kind, lang string) (data []byte, n int, err error)
	ReadWorkbook(ctx context.Context, data []byte) (ingest.Filled, error)
	ApplyWorkbook(ctx context.Context, personID int64, f ingest.Filled) (ingest.FilledResult, error)
}

// Summaries makes and schedules what managers get: *reports.Service.
type Summaries interface {
	SendNow(ctx context.Context, r reports.Request) error
	Subscribe(ctx context.Context, s storage.Subscription) (int64, error)
	Unsubscribe(ctx context.Context, personID, id int64) error
	Subscriptions(ctx context.Context, personID int64) ([]storage.Subscription, error)
}

// Options is what a bot is made of.
type Options struct {
	Store     *storage.Store
	Desk      Desk
	Summaries Summaries

	Token   string // of @BotFather; never logged
	API     string // address of the Bot API server; empty: Telegram's own
	Webhook string // public address that Webhook is served at; empty: updates are polled

	Lang     string           // of strangers and new people; empty: ru
	Zone     *time.Location   // of people who chose none; nil: UTC
	MailTo   string           // where reports may be mailed to; may be empty
	Now      func() time.Time // nil: time.Now
	Random   io.Reader        // of tokens; nil: crypto/rand
	Logger   *slog.Logger     // nil: slog.Default()
	HTTP     *http.Client     // nil: one without a common timeout
	TryPause time.Duration    // before the first repetition of what failed; 0: 1 s
}

// Bot is the Telegram door. Make it with New, start it with Run.
type Bot struct {
	Options
	log   *slog.Logger
	api   *api
	out   *speaker
	acts  map[string]act
	cmds  map[string]command
	wake  chan struct{} // updates wait
	chats sync.WaitGroup

	mu      sync.Mutex // guards what follows
	name    string     // the bot's own, without @; empty: not known yet
	problem string     // why there is no talking to Telegram; empty: there is
	busy    map[int64]bool
}

// New makes a bot. It does not talk to anybody yet. ErrToken: the token has not
// the form of one.
func New(o Options) (*Bot, error) {
	if o.Lang == "" {
		o.Lang = "ru"
	}
	if o.Zone == nil {
		o.Zone = time.UTC
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Random == nil {
		o.Random = rand.Reader
	}
	if o.TryPause == 0 {
		o.TryPause = time.Second
	}
	b := &Bot{Options: o, log: o.Logger, wake: make(chan struct{}, 1), busy: map[int64]bool{}}
	if b.log == nil {
		b.log = slog.Default()
	}
	var err error
	if b.api, err = newAPI(o.Token, o.API, o.HTTP, b.log); err != nil {
		return nil, err
	}
	b.Token = "" // what is printed of a Bot must not tell it
	b.out = &speaker{api: b.api, pace: newPace(time.Now), log: b.log}
	b.acts = b.allActs()
	b.cmds = b.allCommands()
	return b, nil
}

// lockName is the advisory lock of whoever talks to Telegram.
const lockName = "telegram"

// Run talks to Telegram until ctx ends. Several processes may run it: one works,
// the others wait for it to go. ErrToken: the server does not know the token.
func (b *Bot) Run(ctx context.Context) error {
	for try := 0; ; try++ {
		err := b.Store.Hold(ctx, lockName, b.serve)
		if ctx.Err() != nil {
			return nil
		}
		if errors.Is(err, ErrToken) {
			b.setProblem(err)
			return err
		}
		b.setProblem(err)
		b.log.Warn("telegram rests", "error", err)
		if !rest(ctx, backoff(b.TryPause, try)) {
			return nil
		}
	}
}

// serve runs all that needs the lock, until one of it ends.
func (b *Bot) serve(ctx context.Context) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	if err := b.meet(ctx); err != nil {
		return err
	}
	if _, err := storage.RecoverOutgoing(ctx, b.Store.Pool(), storage.DoorChat); err != nil {
		return err
	}
	var all sync.WaitGroup
	start := func(f func(context.Context) error) {
		all.Go(func() {
			if err := f(ctx); err != nil {
				stop(err)
			}
		})
	}
	if b.Options.Webhook == "" {
		start(b.poll)
	}
	start(b.dispatch)
	start(b.drain)
	start(b.announce)
	start(b.sweep)
	<-ctx.Done()
	all.Wait()
	b.chats.Wait()
	return context.Cause(ctx)
}

// meet asks the server who the bot is and says how updates shall come.
func (b *Bot) meet(ctx context.Context) error {
	call, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	me, err := b.api.GetMe(call)
	if judge(err).fault == faultToken {
		return fmt.Errorf("%w", ErrToken)
	}
	if err != nil {
		return fmt.Errorf("meet telegram: %w", err)
	}
	if err := b.chooseDelivery(call); err != nil {
		return err
	}
	b.mu.Lock()
	b.name, b.problem = me.Username, ""
	b.mu.Unlock()
	b.showCommands(call)
	return nil
}

// Username is the bot's own name without @, empty before Run has met Telegram.
func (b *Bot) Username() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.name
}

// Problem says why the bot does not talk to Telegram now; empty: it does, or
// another process does.
func (b *Bot) Problem() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.problem
}

func (b *Bot) setProblem(err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.problem = ""
	if err != nil {
		b.problem = b.api.hide(err.Error())
	}
}

// sweep forgets what is of no use any more.
func (b *Bot) sweep(ctx context.Context) error {
	for {
		now := b.Now()
		err := b.Store.InTx(ctx, func(tx pgx.Tx) error {
			if err := storage.ForgetUpdates(ctx, tx, now.Add(-5*24*time.Hour)); err != nil {
				return err
			}
			return storage.ForgetButtons(ctx, tx, now.Add(-24*time.Hour))
		})
		if err != nil && ctx.Err() == nil {
			b.log.Warn("tidy telegram tables", "error", err)
		}
		if !rest(ctx, time.Hour) {
			return nil
		}
	}
}

// rest waits, and reports false when ctx ended before.
func rest(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-t.C:
		return true
	}
}

// backoff doubles a pause with every try, up to a minute.
func backoff(first time.Duration, try int) time.Duration {
	return min(first<<min(try, 10), time.Minute)
}
