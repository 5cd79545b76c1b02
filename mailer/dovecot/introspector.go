package dovecot

import (
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"sync"
	"time"
)

// introspector answers Dovecot's question whose token it was given (RFC 7662).
type introspector struct {
	server   *http.Server
	listener net.Listener

	mu     sync.Mutex
	tokens map[string]string // guarded by mu; token -> user
}

func newIntrospector() (*introspector, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0") //nolint:noctx // ends by close
	if err != nil {
		return nil, fmt.Errorf("listen for token checks: %w", err)
	}
	i := &introspector{listener: l, tokens: make(map[string]string)}
	i.server = &http.Server{Handler: i, ReadHeaderTimeout: 10 * time.Second}
	go func() { _ = i.server.Serve(l) }() // ends by close
	return i, nil
}

// ServeHTTP tells whether a token is good, and whose.
func (i *introspector) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	i.mu.Lock()
	user, ok := i.tokens[r.FormValue("token")]
	i.mu.Unlock()
	answer := map[string]any{"active": false}
	if ok {
		answer = map[string]any{"active": true, "username": user}
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(answer)
}

func (i *introspector) url() string { return "http://" + i.listener.Addr().String() + "/introspect" }

func (i *introspector) close() { _ = i.server.Close() }

// Allow makes an OAuth token good for a user.
func (s *Server) Allow(token, user string) {
	s.tokens.mu.Lock()
	defer s.tokens.mu.Unlock()
	s.tokens.tokens[token] = user
}

// Revoke makes an OAuth token worthless.
func (s *Server) Revoke(token string) {
	s.tokens.mu.Lock()
	defer s.tokens.mu.Unlock()
	delete(s.tokens.tokens, token)
}
