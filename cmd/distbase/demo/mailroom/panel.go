package mailroom

import (
	"bytes"
	"embed"
	"errors"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/language"

	"github.com/distbase/distbase/ingest/letter"
	"github.com/distbase/distbase/text"
)

//go:embed view/*.html
var views embed.FS

// shown is how many threads the list has.
const shown = 100

// Panel serves the mail programs of the people at the other end as HTML fragments:
// all threads, one letter with its answers, the form to write one. Addresses are
// relative; links and forms with data-panel are loaded by the page around. Forms
// of other sites are refused.
func (m *Mailroom) Panel() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", m.list)
	mux.HandleFunc("GET /letter/{id}", m.one)
	mux.HandleFunc("GET /letter/{id}/file/{n}", m.file)
	mux.HandleFunc("GET /write", m.form)
	mux.HandleFunc("POST /write", m.write)
	return http.NewCrossOriginProtection().Handler(mux)
}

// page is what the views see.
type page struct {
	Lang    string
	Threads []thread
	Older   bool // there are more threads than are shown
	Letter  Letter
	Replies []Letter
	Senders []Sender
	Samples []Sample
	Up      string // leads to the panel's root
	now     time.Time
}

// T is a text in the page's language.
func (p page) T(name string) string { return text.For(p.Lang).Text("mailroom."+name, nil) }

// Count is a text about a number.
func (p page) Count(name string, n int) string {
	return text.For(p.Lang).Text("mailroom."+name, text.Data{"N": n})
}

// Who stands at the other end of a letter.
func (p page) Who(l Letter) string {
	if l.Direction == In {
		return nameOf(l.From)
	}
	names := make([]string, 0, len(l.To))
	for _, a := range l.To {
		names = append(names, nameOf(a))
	}
	return strings.Join(names, ", ")
}

func nameOf(a letter.Address) string {
	if a.Name != "" {
		return a.Name
	}
	return a.Addr
}

// Address is a name with its address.
func (p page) Address(a letter.Address) string {
	if a.Name == "" {
		return a.Addr
	}
	return a.Name + " <" + a.Addr + ">"
}

// Pieces is a text in pieces between which a narrow panel may break it: names of
// files often have no blanks.
func (p page) Pieces(s string) []string {
	var out []string
	for all := range slices.Chunk([]rune(s), 12) {
		out = append(out, string(all))
	}
	return out
}

// Subject is a letter's subject, or that it has none.
func (p page) Subject(l Letter) string {
	if strings.TrimSpace(l.Subject) == "" {
		return p.T("no_subject")
	}
	return l.Subject
}

// Preview is the beginning of a letter's text.
func (p page) Preview(l Letter) string {
	const most = 90
	var out []rune
	for _, r := range strings.Join(strings.Fields(strings.ToValidUTF8(l.Text[:min(len(l.Text), 8*most)], "")), " ") {
		if len(out) == most {
			break
		}
		out = append(out, r)
	}
	return string(out)
}

// Time is the hour of today's letters and the day of others.
func (p page) Time(l Letter) string {
	at := l.At.In(p.now.Location())
	if at.Format(time.DateOnly) == p.now.Format(time.DateOnly) {
		return at.Format("15:04")
	}
	return at.Format("02.01.2006")
}

// FullTime is day and hour.
func (p page) FullTime(l Letter) string { return l.At.In(p.now.Location()).Format("02.01.2006 15:04") }

// Size is a file's size in words.
func (p page) Size(n int64) string { return text.Size(p.Lang, n) }

// SampleName is what a sample is, in the page's language.
func (p page) SampleName(s Sample) string {
	if name := s.Name[p.Lang]; name != "" {
		return name
	}
	return s.FileName
}

// Arrow shows the direction of a letter.
func (p page) Arrow(l Letter) string {
	if l.Direction == In {
		return "→"
	}
	return "←"
}

// page begins a page; depth is how far below the panel's root it lies.
func (m *Mailroom) page(r *http.Request, depth int) page {
	return page{
		Lang: languageOf(r), Senders: m.opt.Senders, Samples: m.opt.Samples,
		Up: "./" + strings.Repeat("../", depth), now: m.opt.Now(),
	}
}

// languageOf is that of the address, else the browser's, else Russian.
func languageOf(r *http.Request) string {
	all := text.Languages()
	if lang := r.URL.Query().Get("lang"); slices.Contains(all, lang) {
		return lang
	}
	tags := make([]language.Tag, 0, len(all))
	for _, lang := range all {
		tags = append(tags, language.MustParse(lang))
	}
	_, i := language.MatchStrings(language.NewMatcher(tags), r.Header.Get("Accept-Language"))
	return all[i]
}

func (m *Mailroom) render(w http.ResponseWriter, name string, p page) {
	var out bytes.Buffer
	if err := m.templates.ExecuteTemplate(&out, name, p); err != nil {
		m.opt.Logger.Error("show letters", "view", name, "error", err)
		http.Error(w, p.T("failed"), http.StatusInternalServerError)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Language", p.Lang)
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	_, _ = w.Write(out.Bytes())
}

func (m *Mailroom) list(w http.ResponseWriter, r *http.Request) {
	p := m.page(r, 0)
	p.Threads = threadsOf(m.Letters())
	p.Older = len(p.Threads) > shown
	p.Threads = p.Threads[:min(len(p.Threads), shown)]
	m.render(w, "list.html", p)
}

// one shows a letter with what came after it in its thread; all of that counts as
// read from then on.
func (m *Mailroom) one(w http.ResponseWriter, r *http.Request) {
	letters := m.Letters()
	id, err := strconv.Atoi(r.PathValue("id"))
	if err != nil || id < 1 || id > len(letters) {
		http.Error(w, m.page(r, 1).T("no_letter"), http.StatusNotFound)
		return
	}
	p := m.page(r, 1)
	p.Letter = letters[id-1]
	p.Replies = after(letters, p.Letter)
	m.render(w, "letter.html", p)
	if err := m.opened(append([]Letter{p.Letter}, p.Replies...)); err != nil && !errors.Is(err, ErrClosed) {
		m.opt.Logger.Error("mark letters as read", "error", err)
	}
}

func (m *Mailroom) opened(letters []Letter) error {
	letters = slices.DeleteFunc(letters, func(l Letter) bool { return !l.Unread })
	if len(letters) == 0 {
		return nil
	}
	return m.change(true, func(x *index) ([]news, error) {
		for _, l := range letters {
			x.Letters[l.ID-1].Opened = true
		}
		return nil, nil
	})
}

// file gives an attachment as a download, whatever it says it is.
func (m *Mailroom) file(w http.ResponseWriter, r *http.Request) {
	missing := func() { http.Error(w, m.page(r, 3).T("no_letter"), http.StatusNotFound) }
	id, err := strconv.Atoi(r.PathValue("id"))
	if err != nil || id < 1 || id > len(m.current().Letters) {
		missing()
		return
	}
	n, err := strconv.Atoi(r.PathValue("n"))
	if err != nil {
		missing()
		return
	}
	read, _, err := m.open(id)
	if err != nil || n < 0 || n >= len(read.Attachments) {
		missing()
		return
	}
	a := read.Attachments[n]
	h := w.Header()
	h.Set("Content-Type", "application/octet-stream")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": letter.NameOf(a, n+1)}))
	_, _ = w.Write(a.Data)
}
