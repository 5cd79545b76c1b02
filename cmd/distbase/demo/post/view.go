package post

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"io"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"

	gomail "github.com/wneessen/go-mail"

	"github.com/distbase/distbase/text"
)

//go:embed view/*.html
var files embed.FS

const (
	maxForm = 32 << 20
	shown   = 60 // letters in the list
)

// View serves HTML fragments: the list of letters, a letter, the form to write
// one. Links and forms with data-panel stay inside of the page's panel; addresses
// are relative.
func (x *Office) View() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", x.list)
	mux.HandleFunc("GET /letter/{n}", x.one)
	mux.HandleFunc("GET /letter/{n}/file/{i}", x.file)
	mux.HandleFunc("GET /write", x.form)
	mux.HandleFunc("POST /write", x.write)
	return mux
}

// page is what the templates see.
type page struct {
	Lang    string
	Letters []Letter
	Letter  Letter
	Thread  []Letter
	Senders []Sender
	Samples []Sample
	Back    string
}

// T is a text of the page's language.
func (p page) T(key string) string { return text.For(p.Lang).Text("post."+key, nil) }

// Name says who stands at the other end of a letter.
func (p page) Name(l Letter) string {
	who := l.Letter.From
	if !l.In {
		who = l.Letter.To
	}
	if len(who) == 0 {
		return "?"
	}
	if who[0].Name != "" {
		return who[0].Name
	}
	return who[0].Addr
}

// Preview is the beginning of a letter's text.
func (p page) Preview(l Letter) string {
	r := []rune(strings.Join(strings.Fields(l.Letter.Text), " "))
	return string(r[:min(len(r), 90)])
}

// Size is a file's size in words.
func (p page) Size(data []byte) string { return text.Size(p.Lang, int64(len(data))) }

// SampleName is a sample's name in the page's language.
func (p page) SampleName(s Sample) string { return s.Name[p.Lang] }

func (x *Office) page(r *http.Request, depth int) page {
	lang := r.URL.Query().Get("lang")
	if !slices.Contains(text.Languages(), lang) {
		lang = text.Languages()[0]
	}
	return page{Lang: lang, Senders: x.opt.Senders, Samples: x.opt.Samples, Back: strings.Repeat("../", depth)}
}

func (x *Office) render(w http.ResponseWriter, name string, p page) {
	all, err := template.ParseFS(files, "view/*.html")
	if err == nil {
		var out bytes.Buffer
		if err = all.ExecuteTemplate(&out, name, p); err == nil {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			w.Header().Set("Cache-Control", "no-store")
			_, _ = w.Write(out.Bytes())
			return
		}
	}
	x.opt.Logger.Error("show letters", "error", err)
	http.Error(w, "cannot be shown", http.StatusInternalServerError)
}

func (x *Office) list(w http.ResponseWriter, r *http.Request) {
	p := x.page(r, 0)
	p.Letters = x.Letters()
	slices.Reverse(p.Letters)
	p.Letters = p.Letters[:min(len(p.Letters), shown)]
	x.render(w, "list.html", p)
}

// letter finds the letter of the address.
func (x *Office) letter(r *http.Request) (Letter, bool) {
	n, err := strconv.Atoi(r.PathValue("n"))
	all := x.Letters()
	if err != nil || n < 1 || n > len(all) {
		return Letter{}, false
	}
	return all[n-1], true
}

func (x *Office) one(w http.ResponseWriter, r *http.Request) {
	l, ok := x.letter(r)
	if !ok {
		http.NotFound(w, r)
		return
	}
	p := x.page(r, 1)
	p.Letter = l
	for _, other := range x.Letters() {
		if other.N != l.N && l.Letter.MessageID != "" && slices.Contains(other.Letter.InReplyTo, l.Letter.MessageID) {
			p.Thread = append(p.Thread, other)
		}
	}
	x.render(w, "letter.html", p)
}

// file gives an attachment as a download, whatever it says it is.
func (x *Office) file(w http.ResponseWriter, r *http.Request) {
	l, ok := x.letter(r)
	i, err := strconv.Atoi(r.PathValue("i"))
	if !ok || err != nil || i < 0 || i >= len(l.Letter.Attachments) {
		http.NotFound(w, r)
		return
	}
	a := l.Letter.Attachments[i]
	w.Header().Set("Content-Type", "application/octet-stream")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": a.Name}))
	_, _ = w.Write(a.Data)
}

func (x *Office) form(w http.ResponseWriter, r *http.Request) {
	x.render(w, "write.html", x.page(r, 0))
}

// write sends what the form holds, from one of the known senders.
func (x *Office) write(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	if err := r.ParseMultipartForm(maxForm); err != nil {
		http.Error(w, "the letter is too large", http.StatusRequestEntityTooLarge)
		return
	}
	i := slices.IndexFunc(x.opt.Senders, func(s Sender) bool { return s.Address == r.FormValue("from") })
	if i < 0 {
		http.Error(w, "nobody of that address", http.StatusBadRequest)
		return
	}
	raw, err := x.compose(r, x.opt.Senders[i])
	if err == nil {
		err = x.Deliver(raw)
	}
	if err != nil {
		x.opt.Logger.Error("write a letter", "error", err)
		http.Error(w, "the letter cannot be written", http.StatusBadRequest)
		return
	}
	x.list(w, r)
}

func (x *Office) compose(r *http.Request, from Sender) ([]byte, error) {
	m := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	m.SetDateWithValue(x.opt.Now())
	m.SetMessageID()
	m.Subject(strings.Join(strings.Fields(r.FormValue("subject")), " "))
	m.SetBodyString(gomail.TypeTextPlain, r.FormValue("text"))
	name, _, _ := strings.Cut(from.Name, ",")
	if err := m.FromFormat(name, from.Address); err != nil {
		return nil, fmt.Errorf("address letter: %w", err)
	}
	if err := m.To(x.opt.Box); err != nil {
		return nil, fmt.Errorf("address letter: %w", err)
	}
	for _, name := range r.MultipartForm.Value["sample"] {
		for _, s := range x.opt.Samples {
			if s.FileName == name {
				m.AttachReadSeeker(s.FileName, bytes.NewReader(s.Data))
			}
		}
	}
	for _, header := range r.MultipartForm.File["file"] {
		f, err := header.Open()
		if err != nil {
			return nil, fmt.Errorf("read file: %w", err)
		}
		data, err := io.ReadAll(f)
		_ = f.Close()
		if err != nil {
			return nil, fmt.Errorf("read file: %w", err)
		}
		if len(data) > 0 {
			m.AttachReadSeeker(header.Filename, bytes.NewReader(data))
		}
	}
	var out bytes.Buffer
	if _, err := m.WriteTo(&out); err != nil {
		return nil, fmt.Errorf("write letter: %w", err)
	}
	return out.Bytes(), nil
}
