package tgemu

import (
	"embed"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

//go:embed page
var pageFiles embed.FS

const maxPost = 64 << 20

// asset serves a file of the page.
func asset(name string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-cache")
		http.ServeFileFS(w, r, pageFiles, "page/"+name)
	})
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

// act reads a form of the page and lets the person whose column sent it act.
func (e *Emulator) act(do func(r *http.Request, chatID int64, u User) error) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, maxPost)
		if err := r.ParseMultipartForm(maxPost); err != nil && !errors.Is(err, http.ErrNotMultipart) {
			done(w, fmt.Errorf("read the form: %w", err))
			return
		}
		chatID, u, err := e.actor(r)
		if err == nil {
			err = do(r, chatID, u)
		}
		done(w, err)
	}
}

// done answers a request that has nothing to tell but whether it went well.
func done(w http.ResponseWriter, err error) {
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

// actor finds who acts in a form: the person of the column, in a group told by
// the field user, or with chat=new one who was not there before.
func (e *Emulator) actor(r *http.Request) (chatID int64, u User, err error) {
	if r.FormValue("chat") == "new" {
		u = e.newcomer(r.FormValue("name"), r.FormValue("lang"))
		return u.ID, u, nil
	}
	chatID, err = strconv.ParseInt(r.FormValue("chat"), 10, 64)
	if err != nil {
		return 0, u, fmt.Errorf("chat %q: no number", r.FormValue("chat"))
	}
	userID, _ := strconv.ParseInt(r.FormValue("user"), 10, 64)
	e.mu.Lock()
	defer e.mu.Unlock()
	for _, p := range e.shown() {
		if p.chatID() == chatID && (userID == 0 || userID == p.User.ID) {
			return chatID, p.User, nil
		}
	}
	return 0, u, fmt.Errorf("chat %d: nobody's", chatID)
}

// newcomer makes a person with the next free id.
func (e *Emulator) newcomer(name, lang string) User {
	e.mu.Lock()
	defer e.commit()
	u := User{ID: 1, FirstName: orDefault(strings.TrimSpace(clean(name)), "?"), LanguageCode: lang}
	for id := range e.Users {
		u.ID = max(u.ID, id+1)
	}
	e.addUser(u)
	return u
}

func (e *Emulator) pageSend(r *http.Request, chatID int64, u User) error {
	p := Post{Text: strings.ReplaceAll(r.FormValue("text"), "\r\n", "\n")}
	p.ReplyTo, _ = strconv.Atoi(r.FormValue("reply"))
	if r.FormValue("contact") != "" {
		p.Contact = fmt.Sprintf("+7900%07d", u.ID%10_000_000) // a number that nobody entered
	}
	if r.MultipartForm != nil {
		for _, h := range r.MultipartForm.File["file"] {
			data, err := readPart(h)
			if err != nil {
				return err
			}
			p.Documents = append(p.Documents, Upload{Name: h.Filename, Data: data})
		}
	}
	_, err := e.Send(chatID, u, p)
	return err
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

func (e *Emulator) pagePress(r *http.Request, chatID int64, u User) error {
	message, err := messageField(r)
	if err != nil {
		return err
	}
	return e.PressIn(chatID, u, message, r.FormValue("data"))
}

func (e *Emulator) pageStart(r *http.Request, _ int64, u User) error {
	_, err := e.Start(u, r.FormValue("payload"))
	return err
}

func (e *Emulator) pageEdit(r *http.Request, chatID int64, u User) error {
	message, err := messageField(r)
	if err != nil {
		return err
	}
	if chatID != u.ID {
		return fmt.Errorf("edit: chat %d is no private one", chatID)
	}
	text := strings.ReplaceAll(r.FormValue("text"), "\r\n", "\n")
	if strings.TrimSpace(text) == "" {
		return fmt.Errorf("edit: there is no text")
	}
	return e.Edit(u, message, text)
}

func (e *Emulator) pageBlock(r *http.Request, _ int64, u User) error {
	e.setBlocked(u, r.FormValue("blocked") == "true")
	return nil
}

func messageField(r *http.Request) (int, error) {
	id, err := strconv.Atoi(r.FormValue("message"))
	if err != nil {
		return 0, fmt.Errorf("message %q: no number", r.FormValue("message"))
	}
	return id, nil
}
