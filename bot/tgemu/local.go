package tgemu

import "net/http"

// routes sets up what is served to this machine's browsers.
func (e *Emulator) routes() { e.mux = http.NewServeMux() }

// serveLocal answers what is not the Bot API.
func (e *Emulator) serveLocal(w http.ResponseWriter, r *http.Request) { e.mux.ServeHTTP(w, r) }
