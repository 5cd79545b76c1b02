package mailer

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/distbase/distbase/mailer/dovecot"
	"github.com/distbase/distbase/mailer/dovecottest"
	"github.com/distbase/distbase/storage"
	"github.com/distbase/distbase/storage/storagetest"
)

// tokenServer gives access tokens and rotates the refresh token each time.
type tokenServer struct {
	*httptest.Server
	allow func(access string) // told of each access token

	mu      sync.Mutex
	refresh string // guarded by mu; the one that is good now
	given   int    // guarded by mu
}

func newTokenServer(t *testing.T, allow func(string)) *tokenServer {
	t.Helper()
	s := &tokenServer{refresh: "first-topsecret", allow: allow}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		defer s.mu.Unlock()
		w.Header().Set("Content-Type", "application/json")
		if r.FormValue("refresh_token") != s.refresh {
			w.WriteHeader(http.StatusBadRequest)
			_ = json.NewEncoder(w).Encode(map[string]string{"error": "invalid_grant", "error_description": "got " + r.FormValue("refresh_token")})
			return
		}
		s.given++
		access := t.Name() + "-access-" + string(rune('a'+s.given))
		s.refresh = t.Name() + "-refresh-" + string(rune('a'+s.given))
		s.allow(access)
		_ = json.NewEncoder(w).Encode(map[string]any{"access_token": access, "refresh_token": s.refresh, "token_type": "Bearer", "expires_in": 3600})
	}))
	t.Cleanup(s.Close)
	return s
}

func (s *tokenServer) conf() OAuth {
	return OAuth{TokenURL: s.URL, ClientID: "id", ClientSecret: "topsecret", RefreshToken: "first-topsecret"}
}

func oauthAccount(t *testing.T, srv *dovecot.Server, user string, how AuthMethod) Account {
	t.Helper()
	a := account(t, srv.Account(user, ""))
	a.Auth, a.Password = how, ""
	return a
}

func TestMailboxIsOpenedWithAnOAuthToken(t *testing.T) {
	t.Parallel()
	for _, how := range []AuthMethod{AuthXOAuth2, AuthOAuthBearer} {
		t.Run(string(how), func(t *testing.T) {
			t.Parallel()
			srv, store, user := dovecottest.New(t), storagetest.New(t), dovecottest.User(t)
			tokens := newTokenServer(t, func(access string) { srv.Allow(access, user) })
			deliver(t, srv, user, report("a@b.example", "one", "x"))
			opt := options(srv)
			opt.Tokens = NewTokens(store, tokens.conf(), nil)
			p := NewPoller(store, []Account{oauthAccount(t, srv, user, how)}, opt)
			start(t, p)
			eventually(t, "the letter is taken", func() bool { return p.Stats().Stored == 1 })
		})
	}
}

func TestRotatedRefreshTokenOutlivesARestart(t *testing.T) {
	t.Parallel()
	store, ctx := storagetest.New(t), context.Background()
	server := newTokenServer(t, func(string) {})
	for want := 1; want <= 3; want++ { // each is a process of its own
		if _, err := NewTokens(store, server.conf(), nil).Token(ctx, false); err != nil {
			t.Fatalf("start %d: %v", want, err)
		}
	}
	server.mu.Lock()
	server.refresh = "second-topsecret"
	server.mu.Unlock()
	conf := server.conf()
	_, err := NewTokens(store, conf, nil).Token(ctx, false)
	if !errors.Is(err, errNoToken) || strings.Contains(err.Error(), "secret") || strings.Contains(err.Error(), "refresh-") {
		t.Fatalf("got %v", err)
	}
	conf.RefreshToken = "second-topsecret" // the operator signed in anew
	if _, err := NewTokens(store, conf, nil).Token(ctx, false); err != nil {
		t.Fatal(err)
	}
}

func TestTokenIsKeptUntilItEndsOrIsRefused(t *testing.T) {
	t.Parallel()
	store, ctx := storagetest.New(t), context.Background()
	server := newTokenServer(t, func(string) {})
	tokens := NewTokens(store, server.conf(), nil)
	first, err := tokens.Token(ctx, false)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := tokens.Token(ctx, false); err != nil || again != first {
		t.Fatalf("another one at once, %v", err)
	}
	tokens.Forget()
	if other, err := tokens.Token(ctx, false); err != nil || other == first {
		t.Fatalf("the refused one again, %v", err)
	}
}

func TestRefusedTokenIsALoginProblemWithTheServersWords(t *testing.T) {
	t.Parallel()
	for _, how := range []AuthMethod{AuthXOAuth2, AuthOAuthBearer} {
		t.Run(string(how), func(t *testing.T) {
			t.Parallel()
			srv, store, user := dovecottest.New(t), storagetest.New(t), dovecottest.User(t)
			tokens := newTokenServer(t, func(string) {}) // Dovecot is not told
			err := CheckAccount(context.Background(), oauthAccount(t, srv, user, how), CheckOptions{
				Roots: srv.Roots(), Tokens: NewTokens(store, tokens.conf(), nil),
			})
			var p *Problem
			if !errors.As(err, &p) || p.Kind != ProblemLogin || !strings.Contains(err.Error(), "invalid_token") && !strings.Contains(err.Error(), "status") {
				t.Fatalf("got %v", err)
			}
			sayings(t, p)
		})
	}
}

func TestRefreshTokenIsInTheDatabaseAlone(t *testing.T) {
	t.Parallel()
	store, ctx := storagetest.New(t), context.Background()
	server := newTokenServer(t, func(string) {})
	if _, err := NewTokens(store, server.conf(), nil).Token(ctx, false); err != nil {
		t.Fatal(err)
	}
	var kept keptToken
	if err := storage.Setting(ctx, store.Pool(), oauthSetting, &kept); err != nil {
		t.Fatal(err)
	}
	if kept.RefreshToken != server.refresh || strings.Contains(kept.Seed, "secret") {
		t.Fatalf("%+v", kept)
	}
}
