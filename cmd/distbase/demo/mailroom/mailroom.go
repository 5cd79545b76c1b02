package mailroom

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"html/template"
	"log/slog"
	"net"
	"net/url"
	"path/filepath"
	"sync"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
	"github.com/emersion/go-smtp"
)

// Options say what a post office is made of.
type Options struct {
	Dir      string   // keeps letters, index and certificate
	Box      string   // the company's address
	User     string   // of the company's mailbox; empty: Box
	Password string   // of the company's mailbox
	Senders  []Sender // whom the panel can write for
	Samples  []Sample // files that the panel offers
	Now      func() time.Time
	Logger   *slog.Logger // nil: nothing is logged
	// OnChange is called after a letter came, went or was opened, from any
	// goroutine and without a lock held. It must not close the post office.
	OnChange func()
}

// Sender is somebody whom the panel can write for.
type Sender struct{ Name, Address string }

// Sample is a file that is ready to be sent.
type Sample struct {
	Name     map[string]string // what it is, by language
	FileName string
	Data     func() ([]byte, error)
}

// ErrClosed says that the post office is closed.
var ErrClosed = errors.New("the post office is closed")

// Mailroom is a post office. Make it with New, start it and close it; a closed one
// stays closed.
type Mailroom struct {
	opt       Options
	disk      disk
	identity  identity
	templates *template.Template
	imap      *imapserver.Server
	smtp      *smtp.Server
	servers   sync.WaitGroup // serving goroutines
	busy      sync.WaitGroup // sessions and changes; grows under mu while open

	mu       sync.Mutex // guards what follows
	index    *index
	contents map[int]content // of letters by ID; what is in it never changes
	watches  map[uint32]*watch
	secure   net.Listener // of IMAP, nil until Start
	plain    net.Listener // of SMTP
	closed   bool
	release  func() bool // ends the tie to the context of Start
}

// New reads what the folder keeps and makes the certificate where there is none
// that is good. Nothing is served yet.
func New(o Options) (*Mailroom, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.User == "" {
		o.User = o.Box
	}
	m := &Mailroom{opt: o, disk: disk(o.Dir), contents: map[int]content{}, watches: map[uint32]*watch{}}
	var err error
	if m.index, err = m.disk.open(o.Now()); err != nil {
		return nil, err
	}
	for i := range m.index.Letters {
		if m.contents[i+1], err = m.readContent(i + 1); err != nil {
			return nil, err
		}
	}
	if m.identity, err = m.disk.identity(); err != nil {
		return nil, err
	}
	if m.templates, err = template.ParseFS(views, "view/*.html"); err != nil {
		return nil, fmt.Errorf("read the panel's views: %w", err)
	}
	m.makeServers()
	return m, nil
}

func (m *Mailroom) makeServers() {
	log := slog.NewLogLogger(m.opt.Logger.Handler(), slog.LevelDebug)
	m.imap = imapserver.New(&imapserver.Options{
		NewSession: func(*imapserver.Conn) (imapserver.Session, *imapserver.GreetingData, error) {
			s, err := m.newSession()
			return s, nil, err
		},
		Caps: imap.CapSet{
			imap.CapIMAP4rev1: {}, imap.CapIdle: {}, imap.CapUIDPlus: {}, imap.CapMove: {}, imap.CapNamespace: {},
		},
		Logger: log,
	})
	m.smtp = smtp.NewServer(slot{m})
	m.smtp.Domain, m.smtp.ErrorLog, m.smtp.EnableSMTPUTF8 = "localhost", log, true
	m.smtp.MaxMessageBytes, m.smtp.MaxRecipients = maxLetter, 100
	m.smtp.ReadTimeout, m.smtp.WriteTimeout = time.Minute, time.Minute
}

// Start opens both servers on loopback, on the ports of the last start where they
// are free. They end with ctx or by Close.
func (m *Mailroom) Start(ctx context.Context) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.closed || m.secure != nil {
		return errors.New("start the post office: it was started before")
	}
	secure, err := listen(ctx, m.index.IMAPAddress)
	if err != nil {
		return fmt.Errorf("open the mailbox: %w", err)
	}
	plain, err := listen(ctx, m.index.SMTPAddress)
	if err != nil {
		return errors.Join(fmt.Errorf("open the letter slot: %w", err), secure.Close())
	}
	next := m.index.clone()
	next.IMAPAddress, next.SMTPAddress = secure.Addr().String(), plain.Addr().String()
	if err := m.disk.save(next); err != nil {
		return errors.Join(err, secure.Close(), plain.Close())
	}
	m.index, m.secure, m.plain = next, secure, plain
	cfg := &tls.Config{Certificates: []tls.Certificate{m.identity.pair}, MinVersion: tls.VersionTLS12}
	m.servers.Go(func() { m.ended("IMAP", m.imap.Serve(tls.NewListener(secure, cfg))) })
	m.servers.Go(func() { m.ended("SMTP", m.smtp.Serve(plain)) })
	m.release = context.AfterFunc(ctx, m.shut)
	return nil
}

// listen takes the address, or any free port of loopback.
func listen(ctx context.Context, kept string) (net.Listener, error) {
	var lc net.ListenConfig
	if host, _, err := net.SplitHostPort(kept); err == nil && host == "127.0.0.1" {
		if l, err := lc.Listen(ctx, "tcp", kept); err == nil {
			return l, nil
		}
	}
	l, err := lc.Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("listen: %w", err)
	}
	return l, nil
}

func (m *Mailroom) ended(server string, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if !m.closed && err != nil {
		m.opt.Logger.Error("a server of the post office ended", "server", server, "error", err)
	}
}

// Close ends both servers with their connections and waits for them. After it
// nothing changes any more.
func (m *Mailroom) Close() {
	m.mu.Lock()
	release := m.release
	m.mu.Unlock()
	if release != nil {
		release()
	}
	m.shut()
	m.servers.Wait()
	m.busy.Wait()
}

// shut refuses what is new, then cuts what is open.
func (m *Mailroom) shut() {
	m.mu.Lock()
	m.closed = true
	// A server that has not begun to serve yet does not know its listener.
	for _, l := range []net.Listener{m.secure, m.plain} {
		if l != nil {
			_ = l.Close()
		}
	}
	m.mu.Unlock()
	_ = m.imap.Close()
	_ = m.smtp.Close()
}

// enter counts a session in, while the post office is open.
func (m *Mailroom) enter() error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.closed {
		return ErrClosed
	}
	m.busy.Add(1)
	return nil
}

// IMAPAddress is host:port of the mailbox, "" before Start.
func (m *Mailroom) IMAPAddress() string { return m.address(&m.secure) }

// SMTPAddress is host:port of the server that takes letters, "" before Start.
func (m *Mailroom) SMTPAddress() string { return m.address(&m.plain) }

func (m *Mailroom) address(of *net.Listener) string {
	m.mu.Lock()
	defer m.mu.Unlock()
	if *of == nil {
		return ""
	}
	return (*of).Addr().String()
}

// AccountURL is the mailbox as mailer.ParseAccount takes it, "" before Start.
func (m *Mailroom) AccountURL() string {
	at := m.IMAPAddress()
	if at == "" {
		return ""
	}
	u := url.URL{Scheme: "imaps", User: url.UserPassword(m.opt.User, m.opt.Password), Host: at, Path: "/" + inbox}
	return u.String()
}

// SMTPURL is the server as mailer.ParseServer takes it, "" before Start.
func (m *Mailroom) SMTPURL() string {
	at := m.SMTPAddress()
	if at == "" {
		return ""
	}
	return "smtp://" + at
}

// CAFile is the certificate of the authority that signed the mailbox's.
func (m *Mailroom) CAFile() string { return filepath.Join(m.opt.Dir, "ca.pem") }

// CACertPEM is what CAFile holds.
func (m *Mailroom) CACertPEM() []byte { return m.identity.authority }
