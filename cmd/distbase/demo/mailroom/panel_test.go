package mailroom_test

import (
	"bytes"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/distbase/distbase/cmd/distbase/demo/mailroom"
)

// get asks the panel as it is mounted: under a prefix.
func get(t *testing.T, m *mailroom.Mailroom, at string, header ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/panel/"+at, nil)
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	http.StripPrefix("/panel", m.Panel()).ServeHTTP(w, r)
	return w
}

func holds(t *testing.T, body string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(body, part) {
			t.Errorf("%q is not in\n%s", part, body)
		}
	}
	if strings.Contains(body, "[mailroom.") {
		t.Errorf("a text is missing:\n%s", body)
	}
}

func TestTheListShowsThreadsTheNewestFirst(t *testing.T) {
	t.Parallel()
	m := start(t, t.TempDir())
	holds(t, get(t, m, "").Body.String(), "Писем пока нет.", "data-compose")
	deliver(t, m, draft{subject: "Июнь", id: "june@x", file: "a.csv"}, draft{subject: "Июль", id: "july@x"})
	send(t, m, draft{from: box, to: irina, subject: "Re: Июнь", answers: "june@x"})
	body := get(t, m, "").Body.String()
	holds(t, body, `data-letter="1" data-direction="in" data-unread`, "<b>Июнь</b>", `class="clip"`, "→ "+irina, "1 ответ ·", `href="letter/1?lang=ru"`, "Написать письмо")
	if strings.Contains(body, `data-letter="3"`) || strings.Index(body, "Июнь") > strings.Index(body, "Июль") || strings.Contains(body, "<b>Июль") {
		t.Errorf("not as threads:\n%s", body)
	}
	holds(t, get(t, m, "?lang=en").Body.String(), "Write a letter", "1 reply ·")
	holds(t, get(t, m, "", "Accept-Language", "en-GB,en;q=0.9").Body.String(), "Write a letter")
	holds(t, get(t, m, "", "Accept-Language", "fr").Body.String(), "Написать письмо")
	holds(t, get(t, m, "?lang=%22onload", "Accept-Language", "ru").Body.String(), "Написать письмо")
}

func TestALetterShowsItsAnswersAndCountsAsRead(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	var changes atomic.Int64
	m := start(t, dir, func(o *mailroom.Options) { o.OnChange = func() { changes.Add(1) } })
	deliver(t, m, draft{subject: "Отчёт", id: "r@x", file: "отчёт.csv"})
	send(t, m, draft{from: box, to: irina, subject: "Re: Отчёт", answers: "r@x", file: "b.xlsx"})
	told := changes.Load()
	body := get(t, m, "letter/1").Body.String()
	holds(t, strings.ReplaceAll(body, "<wbr>", ""), `<article data-letter="1"`, `<pre class="mail-text panel-text">Добрый день &lt;b&gt;`, `data-reply="2"`,
		`href="./../letter/1/file/0"`, `href="./../letter/2/file/0"`, "отчёт.csv", "Re: Отчёт", "От кого: "+irina, `href="./../?lang=ru"`)
	if m.Letters()[1].Unread || changes.Load() != told+1 {
		t.Errorf("not read, or not told: %d changes", changes.Load()-told)
	}
	get(t, m, "letter/1")
	if changes.Load() != told+1 {
		t.Error("reading once more is told as a change")
	}
	m.Close()
	if start(t, dir).Letters()[1].Unread {
		t.Error("unread again after a restart")
	}
}

func TestHostileLettersStayText(t *testing.T) {
	t.Parallel()
	m := start(t, t.TempDir())
	const evil = `"><script>alert(1)</script>`
	raw := strings.Join([]string{
		`From: "<img src=x onerror=alert(2)>" <a@b.example>`, "To: " + box, "Subject: " + evil, "Content-Type: text/html", "",
		`<p>привет</p><script>alert(3)</script>&lt;script&gt;alert(4)&lt;/script&gt;`,
	}, "\r\n")
	if err := m.Deliver([]byte(raw), "a@b.example"); err != nil {
		t.Fatal(err)
	}
	deliver(t, m, draft{from: "a@b.example", subject: "файл", file: `<svg onload=alert(5)>.html`})
	for _, at := range []string{"", "letter/1", "letter/2"} {
		w := get(t, m, at)
		body := strings.ToLower(strings.ReplaceAll(w.Body.String(), "<wbr>", ""))
		for _, bad := range []string{"<script", "<img", "<svg", "javascript:"} {
			if strings.Contains(body, bad) {
				t.Errorf("%s lets %s through:\n%s", at, bad, body)
			}
		}
		if w.Header().Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: %v", at, w.Header())
		}
	}
	holds(t, strings.ReplaceAll(get(t, m, "letter/1").Body.String(), "<wbr>", ""), "&lt;script&gt;alert(1)")
	w := get(t, m, "letter/2/file/0")
	h := w.Header()
	if w.Body.String() != "x;y" || !strings.HasPrefix(h.Get("Content-Disposition"), "attachment") || h.Get("Content-Type") != "application/octet-stream" ||
		h.Get("X-Content-Type-Options") != "nosniff" || !strings.Contains(h.Get("Content-Security-Policy"), "sandbox") {
		t.Errorf("file: %v %q", h, w.Body)
	}
	for _, at := range []string{"letter/0", "letter/3", "letter/x", "letter/-1", "letter/1/file/0", "letter/2/file/-1", "letter/9/file/0", "letter/..%2f..%2findex.json"} {
		if w := get(t, m, at); w.Code != http.StatusNotFound {
			t.Errorf("%s: status %d", at, w.Code)
		}
	}
}

// post sends the form as the page does.
func post(t *testing.T, m *mailroom.Mailroom, fields map[string]string, file string, header ...string) *httptest.ResponseRecorder {
	t.Helper()
	var form bytes.Buffer
	mw := multipart.NewWriter(&form)
	for k, v := range fields {
		if err := mw.WriteField(k, v); err != nil {
			t.Fatal(err)
		}
	}
	f, err := mw.CreateFormFile("file", file)
	if err == nil {
		_, err = io.WriteString(f, "1;2")
	}
	if err != nil || mw.Close() != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/panel/write?lang=ru", &form)
	r.Header.Set("Content-Type", mw.FormDataContentType())
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	http.StripPrefix("/panel", m.Panel()).ServeHTTP(w, r)
	return w
}

func TestALetterIsWrittenInThePanel(t *testing.T) {
	t.Parallel()
	m := start(t, t.TempDir())
	holds(t, get(t, m, "write?lang=en").Body.String(), "data-send", `<option value="`+irina+`">`, "Report <small>отчёт.csv", `name="sample" value="0"`, "multipart/form-data", "form data-panel")
	w := post(t, m, map[string]string{"from": irina, "subject": "Отчёт\r\nBcc: x@y.example", "text": "вот", "sample": "0"}, "b.csv")
	holds(t, w.Body.String(), "data-letters", `data-letter="1"`)
	all := m.Letters()
	if w.Code != http.StatusOK || len(all) != 1 {
		t.Fatalf("status %d, %d letters", w.Code, len(all))
	}
	l := all[0]
	if l.From.Name != "Ирина, ООО «Северторг»" || l.From.Addr != irina || l.To[0].Addr != box || l.Subject != "Отчёт Bcc: x@y.example" || len(l.To) != 1 ||
		strings.TrimSpace(l.Text) != "вот" || len(l.Attachments) != 2 || l.Attachments[0].Name != "отчёт.csv" || l.Attachments[1] != (mailroom.Attachment{Name: "b.csv", Size: 3}) {
		t.Errorf("got %+v", l)
	}
	if got := folder(t, client(t, m, nil), "INBOX"); len(got) != 2 {
		t.Errorf("in the mailbox: %v", got)
	}
	good := map[string]string{"from": irina, "subject": "x", "text": "y"}
	for name, tc := range map[string]struct {
		got  *httptest.ResponseRecorder
		want int
	}{
		"an unknown sender":   {post(t, m, map[string]string{"from": "boss@company.example"}, ""), http.StatusBadRequest},
		"an unknown sample":   {post(t, m, map[string]string{"from": irina, "sample": "7"}, ""), http.StatusInternalServerError},
		"another site's form": {post(t, m, good, "", "Sec-Fetch-Site", "cross-site"), http.StatusForbidden},
	} {
		if tc.got.Code != tc.want || len(m.Letters()) != 1 {
			t.Errorf("%s: status %d, %s", name, tc.got.Code, tc.got.Body)
		}
	}
}
