package tgemu_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/distbase/distbase/bot/tgemu"
)

// page is the emulator's page as a browser talks to it.
func page(t *testing.T) (*tgemu.Emulator, *httptest.Server) {
	t.Helper()
	e, err := tgemu.New(tgemu.Options{Personas: []tgemu.Persona{{User: anna(), Role: map[string]string{"ru": "Аналитик"}}}})
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(e)
	t.Cleanup(func() { e.Close(); srv.Close() })
	return e, srv
}

func form(t *testing.T, fields map[string]string, fileName string, data []byte) (io.Reader, string) {
	t.Helper()
	var body bytes.Buffer
	m := multipart.NewWriter(&body)
	for k, v := range fields {
		_ = m.WriteField(k, v)
	}
	if fileName != "" {
		f, err := m.CreateFormFile("file", fileName)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = f.Write(data)
	}
	_ = m.Close()
	return &body, m.FormDataContentType()
}

func post(t *testing.T, url, kind string, body io.Reader, header ...string) *http.Response {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url, body)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", kind)
	for i := 0; i < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = resp.Body.Close() })
	return resp
}

func TestThePageIsForThisMachineOnly(t *testing.T) {
	t.Parallel()
	e, srv := page(t)
	for name, r := range map[string]*http.Request{
		"a name pointed here": httptest.NewRequestWithContext(t.Context(), "GET", "http://evil.example/", nil),
		"a far peer":          httptest.NewRequestWithContext(t.Context(), "GET", "http://localhost/", nil),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if name == "a name pointed here" {
				r.RemoteAddr = "127.0.0.1:5000"
			}
			w := httptest.NewRecorder()
			e.ServeHTTP(w, r)
			if w.Code != http.StatusForbidden {
				t.Errorf("status %d", w.Code)
			}
		})
	}
	named := httptest.NewRequestWithContext(t.Context(), "GET", "http://[::1]/state", nil)
	named.RemoteAddr = "[::1]:5000"
	w := httptest.NewRecorder()
	if e.ServeHTTP(w, named); w.Code != http.StatusOK {
		t.Errorf("the address of this machine: status %d", w.Code)
	}
	body, kind := form(t, map[string]string{"chat": "501", "text": "а"}, "", nil)
	if resp := post(t, srv.URL+"/send", kind, body, "Origin", "http://evil.example"); resp.StatusCode != http.StatusForbidden {
		t.Errorf("a form of another page: status %d", resp.StatusCode)
	}
	resp, err := http.Get(srv.URL) //nolint:noctx // a test
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != 200 || !strings.Contains(resp.Header.Get("Content-Security-Policy"), "default-src 'self'") {
		t.Errorf("page: %d %v", resp.StatusCode, resp.Header)
	}
}

func TestThePageSeesWhatChanges(t *testing.T) {
	t.Parallel()
	e, srv := page(t)
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, srv.URL+"/events", nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	lines := bufio.NewScanner(resp.Body)
	type view struct {
		Chats []struct {
			ID       int64
			Started  bool
			Messages []struct {
				ID       int
				HTML     string
				Document *tgemu.File
			}
		}
	}
	next := func() (v view) {
		for lines.Scan() {
			if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
				if err := json.Unmarshal([]byte(data), &v); err != nil {
					t.Fatal(err)
				}
				return v
			}
		}
		t.Fatal("the stream ended")
		return v
	}
	if v := next(); len(v.Chats) != 1 || v.Chats[0].Started {
		t.Errorf("at first: %+v", v)
	}
	body, kind := form(t, map[string]string{"chat": "501", "text": "<b>отчёт</b>"}, `"><img>.xlsx`, []byte("book"))
	if resp := post(t, srv.URL+"/send", kind, body, "Origin", srv.URL); resp.StatusCode != http.StatusNoContent {
		t.Fatalf("status %d", resp.StatusCode)
	}
	v := next()
	m := v.Chats[0].Messages[0]
	if m.HTML != "&lt;b&gt;отчёт&lt;/b&gt;" || m.Document == nil {
		t.Fatalf("then: %+v", v)
	}
	file, err := http.Get(srv.URL + "/files/" + m.Document.ID) //nolint:noctx // a test
	if err != nil {
		t.Fatal(err)
	}
	defer file.Body.Close()
	got, _ := io.ReadAll(file.Body)
	if string(got) != "book" || !strings.HasPrefix(file.Header.Get("Content-Disposition"), "attachment") || file.Header.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("file %q with %v", got, file.Header)
	}
	if e.Pending() != 1 {
		t.Errorf("%d updates wait for the bot", e.Pending())
	}
}

func TestTheControlAPIPlaysPeople(t *testing.T) {
	t.Parallel()
	e, srv := page(t)
	for path, body := range map[string]string{
		"users": `{"user":{"id":7,"first_name":"Гость"}}`,
		"fault": `{"fault":{"kind":"cut_before","methods":["sendMessage"]}}`,
	} {
		if resp := post(t, srv.URL+"/sim/"+path, "application/json", strings.NewReader(body)); resp.StatusCode != 200 {
			t.Errorf("%s: status %d", path, resp.StatusCode)
		}
	}
	resp := post(t, srv.URL+"/sim/start", "application/json", strings.NewReader(`{"chat":7,"payload":"abc"}`))
	var m tgemu.Message
	if err := json.NewDecoder(resp.Body).Decode(&m); err != nil || m.Text != "/start abc" {
		t.Errorf("got %+v, %v", m, err)
	}
	if n := len(e.Messages(7)); n != 1 {
		t.Errorf("%d messages", n)
	}
	if resp := post(t, srv.URL+"/sim/press", "application/json", strings.NewReader(`{"chat":7,"message":1,"button":"x"}`)); resp.StatusCode != http.StatusBadRequest {
		t.Errorf("a button that is not there: status %d", resp.StatusCode)
	}
}
