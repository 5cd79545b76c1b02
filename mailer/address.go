package mailer

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"strings"
)

// AuthMethod is how a server is told who we are.
type AuthMethod string

// The methods a URL can name; without one it is the password.
const (
	AuthPassword    AuthMethod = ""
	AuthXOAuth2     AuthMethod = "xoauth2"
	AuthOAuthBearer AuthMethod = "oauthbearer"
)

// Account is an IMAP folder that is polled.
type Account struct {
	Host     string
	Port     string
	StartTLS bool // imap://: TLS begins by STARTTLS; it is never left out
	User     string
	Password Secret // not used with OAuth
	Auth     AuthMethod
	Folder   string // as people write it; the server's own name comes from LIST
	MoveTo   string // folder for letters that were taken; empty: they stay
}

// ParseAccount reads `imaps://user:password@host:port/FOLDER?auth=xoauth2`.
// imap:// is STARTTLS. The folder is INBOX and the port 993 (143) where there is
// none; ?move=FOLDER moves what was taken. Errors never hold the URL.
func ParseAccount(raw string) (Account, error) {
	u, auth, err := parseURL(raw, "imap", "imaps")
	if err != nil {
		return Account{}, err
	}
	password, _ := u.User.Password()
	a := Account{
		Host: u.Hostname(), Port: u.Port(), StartTLS: u.Scheme == "imap",
		User: u.User.Username(), Password: Secret(password), Auth: auth,
		Folder: strings.Trim(u.Path, "/"), MoveTo: u.Query().Get("move"),
	}
	if a.Folder == "" {
		a.Folder = "INBOX"
	}
	if a.Port == "" {
		a.Port = "993"
		if a.StartTLS {
			a.Port = "143"
		}
	}
	if a.User == "" {
		return Account{}, errors.New("the address names no user; write imaps://user:password@host/FOLDER")
	}
	if a.Auth == AuthPassword && a.Password == "" {
		return Account{}, errors.New("the address holds no password; for OAuth add ?auth=xoauth2")
	}
	return a, nil
}

// Name identifies the mailbox in the database and in logs: user@host.
func (a Account) Name() string { return strings.ToLower(a.User + "@" + a.Host) }

// String is the account without its secrets.
func (a Account) String() string {
	scheme := "imaps"
	if a.StartTLS {
		scheme = "imap"
	}
	return scheme + "://" + net.JoinHostPort(a.Host, a.Port) + "/" + a.Folder + " (" + a.User + ")"
}

// Server is the SMTP server that takes our letters.
type Server struct {
	Host     string
	Port     string
	StartTLS bool // smtp://; left out only on loopback where the server has none
	User     string
	Password Secret
	Auth     AuthMethod
}

// ParseServer reads `smtps://user:password@host:port` or `smtp://` for STARTTLS.
// The user may be absent. Errors never hold the URL.
func ParseServer(raw string) (Server, error) {
	u, auth, err := parseURL(raw, "smtp", "smtps")
	if err != nil {
		return Server{}, err
	}
	if auth == AuthOAuthBearer {
		return Server{}, errors.New("auth=oauthbearer is not to be had for sending; write auth=xoauth2")
	}
	password, _ := u.User.Password()
	s := Server{
		Host: u.Hostname(), Port: u.Port(), StartTLS: u.Scheme == "smtp",
		User: u.User.Username(), Password: Secret(password), Auth: auth,
	}
	if s.Port == "" {
		s.Port = "465"
		if s.StartTLS {
			s.Port = "587"
		}
	}
	return s, nil
}

// String is the server without its secrets.
func (s Server) String() string {
	scheme := "smtps"
	if s.StartTLS {
		scheme = "smtp"
	}
	return scheme + "://" + net.JoinHostPort(s.Host, s.Port)
}

// loopback reports whether nothing leaves this machine on the way to the server.
func (s Server) loopback() bool {
	ip := net.ParseIP(s.Host)
	return s.Host == "localhost" || ip != nil && ip.IsLoopback()
}

func parseURL(raw, plain, tls string) (*url.URL, AuthMethod, error) {
	u, err := url.Parse(strings.TrimSpace(raw))
	if err != nil { // its text repeats the URL, password and all
		return nil, "", errors.New("the address cannot be read; signs like @ / : # in a password are written %40 %2F %3A %23")
	}
	if u.Scheme != plain && u.Scheme != tls {
		return nil, "", fmt.Errorf("the address must begin with %s:// or %s://", tls, plain)
	}
	if u.Hostname() == "" {
		return nil, "", errors.New("the address names no host")
	}
	for key := range u.Query() {
		if key != "auth" && key != "move" {
			return nil, "", fmt.Errorf("the address has an unknown option %q", key)
		}
	}
	auth := AuthMethod(strings.ToLower(u.Query().Get("auth")))
	switch auth {
	case AuthPassword, AuthXOAuth2, AuthOAuthBearer:
		return u, auth, nil
	}
	return nil, "", fmt.Errorf("auth=%s is not known; write xoauth2 or oauthbearer", auth)
}
