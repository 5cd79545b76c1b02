package post

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
	"github.com/emersion/go-imap/v2/imapserver/imapmemserver"
	"github.com/emersion/go-smtp"

	"github.com/distbase/distbase/mailer/dovecot"
)

// Options say what an office is made of.
type Options struct {
	Dir      string // keeps letters and the certificate
	Box      string // the company's address, and its IMAP user
	Password string
	Senders  []Sender // whose letters the view can write
	Samples  []Sample
	Now      func() time.Time
	Logger   *slog.Logger
	Changed  func() // called after a letter came or went
}

// Sender is somebody whom the view can write for.
type Sender struct{ Name, Address string }

// Sample is a file ready to be sent.
type Sample struct {
	Name     map[string]string // what it is, by language
	FileName string
	Data     []byte
}

// Office is a running post office. Make it with Open and close it.
type Office struct {
	opt     Options
	user    *imapmemserver.User
	imap    *imapserver.Server
	smtp    *smtp.Server
	imapAt  net.Addr
	smtpAt  net.Addr
	servers sync.WaitGroup

	mu      sync.Mutex // guards what follows
	letters []Letter
}

// Open takes up the letters of the folder and starts both servers on free ports.
func Open(ctx context.Context, o Options) (*Office, error) {
	if err := os.MkdirAll(filepath.Join(o.Dir, "letters"), 0o700); err != nil {
		return nil, fmt.Errorf("make folder of letters: %w", err)
	}
	x := &Office{opt: o, user: imapmemserver.NewUser(o.Box, o.Password)}
	if err := x.user.Create("INBOX", nil); err != nil {
		return nil, fmt.Errorf("make mailbox: %w", err)
	}
	if err := x.load(); err != nil {
		return nil, err
	}
	pair, err := x.certificate()
	if err != nil {
		return nil, err
	}
	mem := imapmemserver.New()
	mem.AddUser(x.user)
	x.imap = imapserver.New(&imapserver.Options{
		NewSession: func(*imapserver.Conn) (imapserver.Session, *imapserver.GreetingData, error) {
			return mem.NewSession(), nil, nil
		},
		Caps:   imap.CapSet{imap.CapIMAP4rev1: {}, imap.CapIdle: {}, imap.CapUIDPlus: {}, imap.CapMove: {}, imap.CapSpecialUse: {}},
		Logger: slog.NewLogLogger(o.Logger.Handler(), slog.LevelDebug),
	})
	x.smtp = smtp.NewServer(backend{x})
	x.smtp.Domain, x.smtp.MaxMessageBytes, x.smtp.AllowInsecureAuth = "localhost", 64<<20, true
	x.smtp.ReadTimeout, x.smtp.WriteTimeout = time.Minute, time.Minute
	return x, x.listen(ctx, pair)
}

func (x *Office) listen(ctx context.Context, pair tls.Certificate) error {
	var lc net.ListenConfig
	secure, err := lc.Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return fmt.Errorf("open the mailbox: %w", err)
	}
	plain, err := lc.Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return errors.Join(fmt.Errorf("open the letter slot: %w", err), secure.Close())
	}
	x.imapAt, x.smtpAt = secure.Addr(), plain.Addr()
	x.servers.Go(func() {
		_ = x.imap.Serve(tls.NewListener(secure, &tls.Config{Certificates: []tls.Certificate{pair}, MinVersion: tls.VersionTLS12}))
	})
	x.servers.Go(func() { _ = x.smtp.Serve(plain) })
	return nil
}

// Close ends both servers with their connections.
func (x *Office) Close() {
	_ = x.imap.Close()
	_ = x.smtp.Close()
	x.servers.Wait()
}

// AccountURL is the mailbox as the setting imap_url takes it.
func (x *Office) AccountURL() string {
	u := url.URL{Scheme: "imaps", User: url.UserPassword(x.opt.Box, x.opt.Password), Host: x.imapAt.String(), Path: "/INBOX"}
	return u.String()
}

// ServerURL is the server as the setting smtp_url takes it.
func (x *Office) ServerURL() string { return "smtp://" + x.smtpAt.String() }

// CAFile is the certificate that the mailbox's is signed with.
func (x *Office) CAFile() string { return filepath.Join(x.opt.Dir, "ca.pem") }

// certificate makes a certificate at every start: it is valid for a year only.
func (x *Office) certificate() (tls.Certificate, error) {
	c, err := dovecot.NewCertificate()
	if err != nil {
		return tls.Certificate{}, err
	}
	if err := os.WriteFile(x.CAFile(), c.Authority, 0o600); err != nil {
		return tls.Certificate{}, fmt.Errorf("keep certificate: %w", err)
	}
	pair, err := tls.X509KeyPair(c.Chain, c.Key)
	if err != nil {
		return tls.Certificate{}, fmt.Errorf("read certificate: %w", err)
	}
	return pair, nil
}
