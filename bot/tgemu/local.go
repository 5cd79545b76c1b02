package tgemu

import (
	"net"
	"net/http"
	"net/url"
	"strings"
)

// policy lets the page load nothing but its own files: texts and names in it are
// other people's.
const policy = "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; " +
	"frame-ancestors 'none'; base-uri 'none'; form-action 'self'"

// routes sets up what is served to this machine's browsers.
func (e *Emulator) routes() {
	e.mux = http.NewServeMux()
	e.mux.Handle("GET /{$}", asset("index.html"))
	e.mux.Handle("GET /page.css", asset("page.css"))
	e.mux.Handle("GET /page.js", asset("page.js"))
	e.mux.HandleFunc("GET /state", e.giveState)
	e.mux.HandleFunc("GET /events", e.events)
	e.mux.HandleFunc("GET /files/{id}", e.giveFile)
	e.mux.HandleFunc("POST /send", e.act(e.pageSend))
	e.mux.HandleFunc("POST /press", e.act(e.pagePress))
	e.mux.HandleFunc("POST /start", e.act(e.pageStart))
	e.mux.HandleFunc("POST /edit", e.act(e.pageEdit))
	e.mux.HandleFunc("POST /block", e.act(e.pageBlock))
	e.simRoutes()
	if e.panel != nil {
		e.mux.Handle("/panel/", http.StripPrefix("/panel", e.panel))
	}
}

// serveLocal answers what is not the Bot API, to this machine only. The name in
// the request must be this machine's as well, else a page of somebody else could
// reach it by a name that they point here.
func (e *Emulator) serveLocal(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Security-Policy", policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	if !fromHere(r) {
		http.Error(w, "this page is served to this machine only", http.StatusForbidden)
		return
	}
	e.mux.ServeHTTP(w, r)
}

func fromHere(r *http.Request) bool {
	peer, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil || !isLoopback(peer) || !isLoopback(hostOf(r.Host)) {
		return false
	}
	if origin := r.Header.Get("Origin"); origin != "" && r.Method != http.MethodGet {
		u, err := url.Parse(origin)
		return err == nil && u.Host == r.Host
	}
	return true
}

// hostOf is the name in an address, which may lack a port and be in brackets.
func hostOf(address string) string {
	if host, _, err := net.SplitHostPort(address); err == nil {
		return host
	}
	return strings.TrimSuffix(strings.TrimPrefix(address, "["), "]")
}
