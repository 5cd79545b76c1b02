package tgemu

import (
	"embed"
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

//go:embed page
var pageFiles embed.FS

const (
	heartbeat = 15 * time.Second // of a stream on which nothing happens
	maxPost   = 64 << 20
)

// asset serves a file of the page.
func asset(name string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-cache")
		http.ServeFileFS(w, r, pageFiles, "page/"+name)
	})
}

func sortedIDs(m map[int64]*person) []int64 {
	var out []int64
	for id := range m {
		out = append(out, id)
	}
	slices.Sort(out)
	return out
}

// events streams views: the whole at first, then what changes.
func (e *Emulator) events(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	out := http.NewResponseController(w)
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	var since, panel int64 = 0, -1
	for {
		e.mu.Lock()
		v, changed := e.look(since), e.changed
		e.mu.Unlock()
		if since == 0 || len(v.Chats) > 0 || v.Panel != panel {
			raw, err := json.Marshal(v)
			if err != nil {
				return
			}
			if _, err := fmt.Fprintf(w, "data: %s\n\n", raw); err != nil {
				return
			}
			since, panel = v.Version, v.Panel
		}
		if out.Flush() != nil {
			return
		}
		select {
		case <-changed:
		case <-beat.C:
			if _, err := io.WriteString(w, ": still here\n\n"); err != nil {
				return
			}
		case <-r.Context().Done():
			return
		case <-e.running.Done():
			return
		}
	}
}

// giveFile gives a picture to be shown, and anything else as a download.
func (e *Emulator) giveFile(w http.ResponseWriter, r *http.Request) {
	e.mu.Lock()
	f, ok := e.Files[r.PathValue("id")]
	var data []byte
	var err error
	if ok {
		data, err = e.store.read(f.SHA256)
	}
	e.mu.Unlock()
	if !ok || err != nil {
		http.NotFound(w, r)
		return
	}
	kind := http.DetectContentType(data)
	if f.Width == 0 || !slices.Contains([]string{"image/png", "image/jpeg", "image/gif"}, kind) {
		kind = "application/octet-stream"
		w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": f.Name}))
	}
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Length", strconv.Itoa(len(data)))
	_, _ = w.Write(data)
}

// personOf finds who acts in a request of the page.
func (e *Emulator) personOf(r *http.Request) (chatID int64, u User, err error) {
	chatID, err = strconv.ParseInt(r.FormValue("chat"), 10, 64)
	if err != nil {
		return 0, u, fmt.Errorf("chat %q: no number", r.FormValue("chat"))
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	for _, p := range e.shown() {
		if p.chatID() == chatID {
			return chatID, p.User, nil
		}
	}
	return 0, u, fmt.Errorf("chat %d: nobody's", chatID)
}

// done answers a request of the page.
func done(w http.ResponseWriter, err error) {
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

func (e *Emulator) pageSend(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxPost)
	if err := r.ParseMultipartForm(maxPost); err != nil {
		done(w, fmt.Errorf("read the message: %w", err))
		return
	}
	chatID, u, err := e.personOf(r)
	if err != nil {
		done(w, err)
		return
	}
	p := Post{Text: strings.ReplaceAll(r.FormValue("text"), "\r\n", "\n")}
	p.ReplyTo, _ = strconv.Atoi(r.FormValue("reply"))
	for _, h := range r.MultipartForm.File["file"] {
		data, err := readPart(h)
		if err != nil {
			done(w, err)
			return
		}
		p.Documents = append(p.Documents, Upload{Name: h.Filename, Data: data})
	}
	_, err = e.Send(chatID, u, p)
	done(w, err)
}

func readPart(h *multipart.FileHeader) ([]byte, error) {
	f, err := h.Open()
	if err != nil {
		return nil, fmt.Errorf("read file %q: %w", h.Filename, err)
	}
	defer func() { _ = f.Close() }()
	data, err := io.ReadAll(f)
	if err != nil {
		return nil, fmt.Errorf("read file %q: %w", h.Filename, err)
	}
	return data, nil
}

func (e *Emulator) pagePress(w http.ResponseWriter, r *http.Request) {
	chatID, u, err := e.personOf(r)
	if err == nil {
		var message int
		if message, err = strconv.Atoi(r.FormValue("message")); err == nil {
			err = e.PressIn(chatID, u, message, r.FormValue("data"))
		}
	}
	done(w, err)
}

func (e *Emulator) pageStart(w http.ResponseWriter, r *http.Request) {
	_, u, err := e.personOf(r)
	if err == nil {
		_, err = e.Start(u, r.FormValue("payload"))
	}
	done(w, err)
}
