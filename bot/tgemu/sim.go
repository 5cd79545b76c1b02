package tgemu

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// simRoutes is the control API for tests that are not written in Go: JSON in,
// JSON out, loopback only.
func (e *Emulator) simRoutes() {
	post := func(path string, f func(request simRequest) (any, error)) {
		e.mux.HandleFunc("POST /sim/"+path, func(w http.ResponseWriter, r *http.Request) {
			var in simRequest
			if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxPost)).Decode(&in); err != nil {
				done(w, fmt.Errorf("read request: %w", err))
				return
			}
			out, err := f(in)
			if err != nil {
				done(w, err)
				return
			}
			writeJSON(w, http.StatusOK, out)
		})
	}
	post("users", func(in simRequest) (any, error) { e.AddUser(in.User); return in.User, nil })
	post("start", func(in simRequest) (any, error) { return e.Start(e.userOf(in), in.Payload) })
	post("send", func(in simRequest) (any, error) { return e.Send(in.Chat, e.userOf(in), in.Post) })
	post("press", func(in simRequest) (any, error) { return nil, e.PressIn(in.Chat, e.userOf(in), in.Message, in.Button) })
	post("edit", func(in simRequest) (any, error) { return nil, e.Edit(e.userOf(in), in.Message, in.Post.Text) })
	post("block", func(in simRequest) (any, error) { e.setBlocked(e.userOf(in), in.Blocked); return nil, nil })
	post("groups", func(in simRequest) (any, error) { e.AddGroup(in.Group, in.User); return in.Group, nil })
	post("web_app", func(in simRequest) (any, error) { return e.OpenWebApp(e.userOf(in), in.Message, in.Button) })
	post("reset", func(simRequest) (any, error) { e.Reset(); return nil, nil })
	post("fault", func(in simRequest) (any, error) { e.Fault(in.Fault); return nil, nil })
	post("advance", func(in simRequest) (any, error) { e.Advance(time.Duration(in.Seconds) * time.Second); return nil, nil })
	e.mux.HandleFunc("GET /sim/messages", func(w http.ResponseWriter, r *http.Request) { writeJSON(w, http.StatusOK, e.Messages(chatParam(r))) })
	e.mux.HandleFunc("GET /sim/toasts", func(w http.ResponseWriter, r *http.Request) { writeJSON(w, http.StatusOK, e.Toasts(chatParam(r))) })
	e.mux.HandleFunc("GET /sim/calls", func(w http.ResponseWriter, r *http.Request) {
		writeJSON(w, http.StatusOK, e.Calls(r.URL.Query()["method"]...))
	})
	e.mux.HandleFunc("GET /sim/transcript", func(w http.ResponseWriter, _ *http.Request) { writeJSON(w, http.StatusOK, e.transcript()) })
	e.mux.HandleFunc("GET /sim/wait", e.simWait)
}

// simRequest is what any of the calls may need.
type simRequest struct {
	User    User   `json:"user"`
	Group   Group  `json:"group"`
	Chat    int64  `json:"chat"`
	Post    Post   `json:"post"`
	Message int    `json:"message"`
	Button  string `json:"button"`
	Payload string `json:"payload"`
	Blocked bool   `json:"blocked"`
	Fault   Fault  `json:"fault"`
	Seconds int    `json:"seconds"`
}

// Reset forgets everybody and everything that was said, faults too.
func (e *Emulator) Reset() {
	e.mu.Lock()
	defer e.commit()
	version := e.Version
	e.state, e.faults, e.calls, e.unsupported = newState(), nil, nil, map[string]int{}
	e.Version = version
	for _, p := range e.personas {
		e.addUser(p.User)
	}
	e.touch(nil)
}

// transcript is every chat with its messages.
func (e *Emulator) transcript() map[int64][]Message {
	e.mu.Lock()
	defer e.mu.Unlock()
	out := map[int64][]Message{}
	for id := range e.Chats {
		out[id] = e.messages(id)
	}
	return out
}

// userOf is the user of a request, or the one whose chat it names.
func (e *Emulator) userOf(in simRequest) User {
	if in.User.ID != 0 {
		return in.User
	}
	return User{ID: in.Chat}
}

func chatParam(r *http.Request) int64 {
	id, _ := strconv.ParseInt(r.URL.Query().Get("chat"), 10, 64)
	return id
}

// simWait answers with the newest message of the bot that contains a text.
func (e *Emulator) simWait(w http.ResponseWriter, r *http.Request) {
	seconds, err := strconv.Atoi(r.URL.Query().Get("timeout"))
	if err != nil {
		seconds = 30
	}
	ctx, cancel := context.WithTimeout(r.Context(), time.Duration(seconds)*time.Second)
	defer cancel()
	m, err := e.Wait(ctx, chatParam(r), func(m Message) bool { return strings.Contains(m.Text, r.URL.Query().Get("contains")) })
	if err != nil {
		http.Error(w, err.Error(), http.StatusRequestTimeout)
		return
	}
	writeJSON(w, http.StatusOK, m)
}
