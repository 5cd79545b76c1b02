package service

import (
	"crypto/x509"
	"fmt"
	"net/http"
	"time"

	"github.com/distbase/distbase/cmd/distbase/config"
	"github.com/distbase/distbase/mailer"
	"github.com/distbase/distbase/storage"
)

// Mail is the mail door's settings, parsed. Empty parts are not configured.
type Mail struct {
	Accounts []mailer.Account
	Server   *mailer.Server
	Roots    *x509.CertPool
	Tokens   *mailer.Tokens
}

// ParseMail reads the settings of the mail door.
func ParseMail(c config.Config, s *storage.Store) (Mail, error) {
	var m Mail
	var err error
	if m.Roots, err = mailer.LoadRoots(c.TLSCA); err != nil {
		return m, fmt.Errorf("setting tls_ca: %w", err)
	}
	for _, raw := range c.Mailboxes() {
		a, err := mailer.ParseAccount(raw)
		if err != nil {
			return m, fmt.Errorf("setting imap_url: %w", err)
		}
		m.Accounts = append(m.Accounts, a)
	}
	if c.SMTPURL != "" {
		server, err := mailer.ParseServer(c.SMTPURL)
		if err != nil {
			return m, fmt.Errorf("setting smtp_url: %w", err)
		}
		if c.MailFrom == "" {
			return m, fmt.Errorf("setting mail_from: name the address that letters are sent from")
		}
		m.Server = &server
	}
	if c.OAuthTokenURL != "" {
		m.Tokens = mailer.NewTokens(s, mailer.OAuth{
			TokenURL: c.OAuthTokenURL, ClientID: c.OAuthClientID, ClientSecret: mailer.Secret(c.OAuthClientSecret),
			RefreshToken: mailer.Secret(c.OAuthRefreshToken),
		}, &http.Client{Timeout: 30 * time.Second})
	}
	return m, nil
}

// addMail adds the poller and the sender that the settings ask for.
func (x *Service) addMail() error {
	m, err := ParseMail(x.Config, x.Store)
	if err != nil {
		return err
	}
	if len(m.Accounts) > 0 {
		poller := mailer.NewPoller(x.Store, m.Accounts, mailer.PollerOptions{
			Roots: m.Roots, Tokens: m.Tokens, Logger: x.log, Answers: m.Server != nil,
		})
		x.parts = append(x.parts, part{"mailboxes", poller.Run})
	}
	if m.Server != nil {
		sender, err := mailer.NewSender(x.Store, *m.Server, x.Config.MailFrom, mailer.SenderOptions{
			Roots: m.Roots, Tokens: m.Tokens, Logger: x.log,
		})
		if err != nil {
			return fmt.Errorf("set up sending of mail: %w", err)
		}
		x.parts = append(x.parts, part{"mail", sender.Run})
	}
	return nil
}
