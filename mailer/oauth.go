package mailer

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"

	"golang.org/x/oauth2"

	"github.com/distbase/distbase/storage"
)

// OAuth is how access tokens are had.
type OAuth struct {
	TokenURL     string
	ClientID     string
	ClientSecret Secret
	RefreshToken Secret // the first one; a rotated one is kept in the database
}

var errNoToken = errors.New("no access token")

// oauthSetting is the key under which a rotated refresh token is kept.
const oauthSetting = "mail_oauth"

// keptToken is what the database keeps. Seed names the configured token that it
// descends from: another configured token begins anew.
type keptToken struct {
	Seed         string `json:"seed"`
	RefreshToken string `json:"refresh_token"`
}

// Tokens gives access tokens and keeps the refresh token when the server rotates
// it. It is safe for concurrent use, by several processes too.
type Tokens struct {
	store *storage.Store
	conf  OAuth
	http  *http.Client
	now   func() time.Time

	mu      sync.Mutex
	current Secret    // guarded by mu
	until   time.Time // guarded by mu
}

// NewTokens is a source of tokens, or nil where OAuth is not configured. client
// nil is one with the system's roots.
func NewTokens(store *storage.Store, conf OAuth, client *http.Client) *Tokens {
	if conf.TokenURL == "" {
		return nil
	}
	if client == nil {
		client = &http.Client{Timeout: 30 * time.Second}
	}
	return &Tokens{store: store, conf: conf, http: client, now: time.Now}
}

// Token is an access token that is valid for another minute at least; fresh asks
// for a new one whatever the old one's term.
func (t *Tokens) Token(ctx context.Context, fresh bool) (Secret, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !fresh && t.current != "" && t.now().Add(time.Minute).Before(t.until) {
		return t.current, nil
	}
	// One process at a time: a rotated refresh token is good for one use.
	err := t.store.Hold(ctx, "mail-oauth", t.refresh)
	return t.current, err
}

// Forget drops the access token, since a server refused it.
func (t *Tokens) Forget() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.current = ""
}

func (t *Tokens) refresh(ctx context.Context) error {
	sum := sha256.Sum256([]byte(t.conf.RefreshToken))
	seed := hex.EncodeToString(sum[:8])
	var kept keptToken
	err := storage.Setting(ctx, t.store.Pool(), oauthSetting, &kept)
	if err != nil && !errors.Is(err, storage.ErrNotFound) {
		return err
	}
	if kept.Seed != seed {
		kept = keptToken{Seed: seed, RefreshToken: t.conf.RefreshToken.Reveal()}
	}
	conf := oauth2.Config{
		ClientID: t.conf.ClientID, ClientSecret: t.conf.ClientSecret.Reveal(),
		Endpoint: oauth2.Endpoint{TokenURL: t.conf.TokenURL},
	}
	ask := context.WithValue(ctx, oauth2.HTTPClient, t.http)
	token, err := conf.TokenSource(ask, &oauth2.Token{RefreshToken: kept.RefreshToken}).Token()
	if err != nil {
		return fmt.Errorf("%w from %s: %w", errNoToken, t.conf.TokenURL, tokenError(err))
	}
	if token.RefreshToken != "" && token.RefreshToken != kept.RefreshToken {
		kept.RefreshToken = token.RefreshToken
		// The old one is worthless by now: keep the new one even when we are stopping.
		if err := storage.SetSetting(context.WithoutCancel(ctx), t.store.Pool(), oauthSetting, kept); err != nil {
			return err
		}
	}
	t.current, t.until = Secret(token.AccessToken), token.Expiry
	if token.Expiry.IsZero() {
		t.until = t.now().Add(time.Hour)
	}
	return nil
}

// tokenError leaves the body of the server's answer out, which may repeat what it
// was sent.
func tokenError(err error) error {
	var answer *oauth2.RetrieveError
	if !errors.As(err, &answer) {
		return err
	}
	status := 0
	if answer.Response != nil {
		status = answer.Response.StatusCode
	}
	return fmt.Errorf("status %d: %s", status, answer.ErrorCode)
}
