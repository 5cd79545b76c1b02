package tgemu

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"time"
)

// Options say what an emulator is made of. The zero value works in tests.
type Options struct {
	// Token of the bot, "123456789:TEST-TOKEN" when empty.
	Token string
	// BotUsername without @, "distbase_bot" when empty.
	BotUsername string
	// BotName is shown on the page, "distbase" when empty.
	BotName string
	// Now is the clock, time.Now when nil. [Emulator.Advance] adds to it.
	Now func() time.Time
	// Logger, none when nil. Tokens and texts are never logged.
	Logger *slog.Logger
	// Persist is the file that keeps the state between starts; files of messages
	// lie in Persist + ".files". Empty keeps everything in memory.
	Persist string
	// Limits switches the rates on (1 message a second and chat with a burst of 5,
	// 30 a second, 20 a minute and group) and the throttling of hasty getUpdates.
	Limits bool
	// Client delivers webhooks, one with a timeout of 60 s when nil.
	Client *http.Client
	// Personas are the people whose chats the page shows, in this order; they are
	// added as users. Without any the page shows every user.
	Personas []Persona
	// Panel serves HTML fragments that the page shows beside the chats, under
	// panel/. Links and forms with the attribute data-panel stay inside of it.
	Panel http.Handler
	// PanelTitle by language, "" hides nothing.
	PanelTitle map[string]string
	// Hint is the line of what to try, by language.
	Hint map[string]string
}

// Persona is a user with a role, as the page shows them.
type Persona struct {
	User User
	Role map[string]string // by language: "Дистрибьютор", "Distributor"
	// Group, when not zero, shows this group as the persona sees it in place of
	// the private chat.
	Group int64
}

// Emulator is the Bot API and the people who talk to one bot. Make it with [New]
// and close it. It is safe for concurrent use.
type Emulator struct {
	token    string
	bot      User
	clock    func() time.Time
	log      *slog.Logger
	limits   bool
	client   *http.Client
	personas []Persona
	panel    http.Handler
	panelFor map[string]string
	hint     map[string]string
	mux      *http.ServeMux

	stop    context.CancelFunc
	running context.Context //nolint:containedctx // the life of the emulator
	workers sync.WaitGroup

	mu sync.Mutex // guards everything below
	state
	changed     chan struct{} // closed and replaced at every change
	shift       time.Duration // added to the clock
	store       store
	dirty       bool // the state changed: keep it
	notice      bool // something else changed: tell of it
	rates       *rates
	faults      []*Fault
	calls       []Call
	unsupported map[string]int
	down        bool
	poll        *longPoll
	lastPoll    struct {
		offset int64
		at     time.Time
	}
	hookStop   context.CancelFunc
	posted     []*update // the last that the webhook took
	hookAt     time.Time // of the last setWebhook
	panelState int64
}

// state is what survives a restart.
type state struct {
	Users      map[int64]*person    `json:"users"`
	Chats      map[int64]*chat      `json:"chats"`
	Files      map[string]File      `json:"files"`
	Paths      map[string]filePath  `json:"paths"`
	Updates    []*update            `json:"updates"`
	LastUpdate int64                `json:"last_update"`
	Queries    map[string]*Toast    `json:"queries"`
	LastQuery  int64                `json:"last_query"`
	LastFile   int64                `json:"last_file"`
	LastGroup  int64                `json:"last_group"` // of albums
	Allowed    []string             `json:"allowed"`
	Webhook    *webhook             `json:"webhook"`
	WebQueries map[string]int64     `json:"web_queries"` // Mini Apps that wait for an answer: whose
	Commands   map[string][]Command `json:"commands"`
	MenuButton []byte               `json:"menu_button"`
	Version    int64                `json:"version"`
}

func newState() state {
	return state{
		Users: map[int64]*person{}, Chats: map[int64]*chat{}, Files: map[string]File{}, Paths: map[string]filePath{},
		Queries: map[string]*Toast{}, Commands: map[string][]Command{}, WebQueries: map[string]int64{},
		LastUpdate: 100_000, LastQuery: 4_000_000_000,
	}
}

// New makes an emulator; with Persist it takes up what the file holds.
func New(o Options) (*Emulator, error) {
	e := &Emulator{
		token: orDefault(o.Token, "123456789:TEST-TOKEN"), clock: o.Now, log: o.Logger, limits: o.Limits, client: o.Client,
		personas: o.Personas, panel: o.Panel, panelFor: o.PanelTitle, hint: o.Hint,
		state: newState(), changed: make(chan struct{}), rates: newRates(), unsupported: map[string]int{},
	}
	id, ok := botID(e.token)
	if !ok {
		return nil, fmt.Errorf("token of the emulated bot: want digits, a colon and a secret")
	}
	e.bot = User{ID: id, IsBot: true, FirstName: orDefault(o.BotName, "distbase"), Username: orDefault(o.BotUsername, "distbase_bot")}
	if e.clock == nil {
		e.clock = time.Now
	}
	if e.log == nil {
		e.log = slog.New(slog.DiscardHandler)
	}
	if e.client == nil {
		e.client = &http.Client{Timeout: 60 * time.Second}
	}
	if err := e.openStore(o.Persist); err != nil {
		return nil, err
	}
	e.running, e.stop = context.WithCancel(context.Background())
	e.routes()
	for _, p := range o.Personas {
		e.AddUser(p.User)
	}
	e.mu.Lock()
	defer e.commit()
	e.startWebhook()
	return e, nil
}

// Close ends long polls and webhook deliveries and waits for them.
func (e *Emulator) Close() {
	e.stop()
	e.workers.Wait()
}

// Token is the bot's token, BotUsername its name without @.
func (e *Emulator) Token() string { return e.token }

// BotUsername is the bot's name without @.
func (e *Emulator) BotUsername() string { return e.bot.Username }

// ServeHTTP answers calls of the Bot API, downloads, /sim and the page.
func (e *Emulator) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch {
	case strings.HasPrefix(r.URL.Path, "/bot"):
		e.serveAPI(w, r)
	case strings.HasPrefix(r.URL.Path, "/file/bot"):
		e.serveFile(w, r)
	default:
		e.serveLocal(w, r)
	}
}

// now is the emulator's time; the caller holds mu.
func (e *Emulator) now() time.Time { return e.clock().Add(e.shift).Truncate(time.Millisecond) }

// Now is the emulator's time.
func (e *Emulator) Now() time.Time {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.now()
}

// Advance moves the clock forward and wakes whatever waits for it: long polls,
// webhook retries.
func (e *Emulator) Advance(d time.Duration) {
	e.mu.Lock()
	defer e.commit()
	e.shift += d
	e.touch(nil)
}

// touch marks a change, of one chat or of none; the caller holds mu.
func (e *Emulator) touch(c *chat) {
	e.Version++
	if c != nil {
		c.Version = e.Version
	}
	e.dirty = true
}

// commit saves and tells of what changed, and gives mu back.
func (e *Emulator) commit() {
	if e.dirty {
		if err := e.store.save(&e.state); err != nil {
			e.log.Error("keep the emulator's state", "error", err)
		}
	}
	if e.dirty || e.notice {
		e.dirty, e.notice = false, false
		close(e.changed)
		e.changed = make(chan struct{})
	}
	e.mu.Unlock()
}

func orDefault(s, fallback string) string {
	if s == "" {
		return fallback
	}
	return s
}
