package tgemu_test

import (
	"bytes"
	"encoding/json"
	"image"
	"image/png"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	telegram "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"github.com/distbase/distbase/bot/tgemu"
)

// seen is what a page is told, as far as the tests look.
type seen struct {
	Version int64    `json:"version"`
	Panel   int64    `json:"panel"`
	Columns []string `json:"columns"`
	Chats   []struct {
		Key      string           `json:"key"`
		ID       int64            `json:"id"`
		User     int64            `json:"user"`
		Name     string           `json:"name"`
		Group    string           `json:"group"`
		Started  bool             `json:"started"`
		Blocked  bool             `json:"blocked"`
		Typing   int64            `json:"typing"`
		Keyboard [][]tgemu.Button `json:"keyboard"`
		Commands []tgemu.Command  `json:"commands"`
		IDs      []int            `json:"ids"`
		Toasts   []tgemu.Toast    `json:"toasts"`
		Messages []struct {
			ID      int              `json:"id"`
			Mine    bool             `json:"mine"`
			From    string           `json:"from"`
			HTML    string           `json:"html"`
			Source  string           `json:"source"`
			Edited  bool             `json:"edited"`
			ReplyTo int              `json:"reply_to"`
			Reply   string           `json:"reply"`
			Buttons [][]tgemu.Button `json:"buttons"`
		} `json:"messages"`
	} `json:"chats"`
}

// look is the whole view.
func look(t *testing.T, srv *httptest.Server) (v seen) {
	t.Helper()
	resp, err := http.Get(srv.URL + "/state") //nolint:noctx // a test
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if err := json.NewDecoder(resp.Body).Decode(&v); err != nil {
		t.Fatal(err)
	}
	return v
}

// does sends a form of the page and tells the status.
func does(t *testing.T, srv *httptest.Server, path string, fields map[string]string) int {
	t.Helper()
	body, kind := form(t, fields, "", nil)
	return post(t, srv.URL+"/"+path, kind, body, "Origin", srv.URL).StatusCode
}

func library(t *testing.T, e *tgemu.Emulator, srv *httptest.Server) *telegram.Bot {
	t.Helper()
	b, err := telegram.New(e.Token(), telegram.WithServerURL(srv.URL), telegram.WithSkipGetMe())
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestThePageActsForItsPeople(t *testing.T) {
	t.Parallel()
	e, srv := page(t)
	b := library(t, e, srv)
	for _, step := range []struct {
		name, path string
		fields     map[string]string
		want       int
	}{
		{"presses START", "start", map[string]string{"chat": "501", "payload": "tok"}, http.StatusNoContent},
		{"writes", "send", map[string]string{"chat": "501", "text": "a\r\nb"}, http.StatusNoContent},
		{"replies", "send", map[string]string{"chat": "501", "text": "ответ", "reply": "2"}, http.StatusNoContent},
		{"edits", "edit", map[string]string{"chat": "501", "message": "3", "text": "другой"}, http.StatusNoContent},
		{"shares a number", "send", map[string]string{"chat": "501", "contact": "1"}, http.StatusNoContent},
		{"edits to nothing", "edit", map[string]string{"chat": "501", "message": "3", "text": " "}, http.StatusBadRequest},
		{"writes nothing", "send", map[string]string{"chat": "501"}, http.StatusBadRequest},
		{"is nobody", "send", map[string]string{"chat": "77", "text": "а"}, http.StatusBadRequest},
		{"has no number", "press", map[string]string{"chat": "501", "message": "x"}, http.StatusBadRequest},
	} {
		if got := does(t, srv, step.path, step.fields); got != step.want {
			t.Errorf("%s: status %d", step.name, got)
		}
	}
	all := e.Messages(501)
	if len(all) != 4 || all[0].Text != "/start tok" || all[1].Text != "a\nb" || all[2].ReplyTo != 2 || all[2].Text != "другой" || all[3].Contact == nil {
		t.Fatalf("got %+v", all)
	}
	shown := look(t, srv).Chats[0].Messages
	if shown[0].HTML != "/start" || shown[0].Source != "" || shown[2].Reply != "a" || !shown[2].Edited || shown[2].Source != "другой" {
		t.Errorf("shown: %+v", shown)
	}

	keys := &models.InlineKeyboardMarkup{InlineKeyboard: [][]models.InlineKeyboardButton{{{Text: "Да", CallbackData: "b1:x"}, {Text: "Да", CallbackData: "b1:y"}}}}
	m, err := b.SendMessage(t.Context(), &telegram.SendMessageParams{ChatID: 501, Text: "Верно?", ReplyMarkup: keys})
	if err != nil {
		t.Fatal(err)
	}
	if got := does(t, srv, "press", map[string]string{"chat": "501", "message": "5", "data": "b1:y"}); got != http.StatusNoContent || m.ID != 5 {
		t.Errorf("press: status %d on message %d", got, m.ID)
	}
	if v := look(t, srv).Chats[0]; len(v.Toasts) != 0 {
		t.Errorf("a tap shows before it is answered: %+v", v.Toasts)
	}
	if _, err := b.AnswerCallbackQuery(t.Context(), &telegram.AnswerCallbackQueryParams{CallbackQueryID: e.Toasts(501)[0].ID, Text: "Готово"}); err != nil {
		t.Fatal(err)
	}
	if v := look(t, srv).Chats[0]; len(v.Toasts) != 1 || v.Toasts[0].Data != "b1:y" || v.Toasts[0].Text != "Готово" {
		t.Errorf("toasts: %+v", v.Toasts)
	}

	does(t, srv, "block", map[string]string{"chat": "501", "blocked": "true"})
	if !look(t, srv).Chats[0].Blocked || does(t, srv, "send", map[string]string{"chat": "501", "text": "а"}) != http.StatusBadRequest {
		t.Error("the bot is not blocked")
	}
	does(t, srv, "block", map[string]string{"chat": "501", "blocked": "false"})
	if look(t, srv).Chats[0].Blocked {
		t.Error("the bot is still blocked")
	}
}

func TestAnInvitationIsOpenedBySomebodyNew(t *testing.T) {
	t.Parallel()
	e, srv := page(t)
	if got := does(t, srv, "start", map[string]string{"chat": "new", "name": "<i>Гость</i>", "lang": "en", "payload": "tok"}); got != http.StatusNoContent {
		t.Fatalf("status %d", got)
	}
	v := look(t, srv)
	if strings.Join(v.Columns, " ") != "501 502" || v.Chats[1].Name != "<i>Гость</i>" || !v.Chats[1].Started {
		t.Errorf("got %+v", v)
	}
	if all := e.Messages(502); len(all) != 1 || all[0].Text != "/start tok" || all[0].From.LanguageCode != "en" {
		t.Errorf("got %+v", all)
	}
}

func TestAColumnShowsWhatTheAppWould(t *testing.T) {
	t.Parallel()
	e, srv := page(t)
	b := library(t, e, srv)
	ctx := t.Context()
	if _, err := e.Start(anna(), ""); err != nil {
		t.Fatal(err)
	}
	for lang, text := range map[string]string{"": "status", "ru": "состояние"} {
		if _, err := b.SetMyCommands(ctx, &telegram.SetMyCommandsParams{Commands: []models.BotCommand{{Command: "status", Description: text}}, LanguageCode: lang}); err != nil {
			t.Fatal(err)
		}
	}
	scope := &models.BotCommandScopeChat{ChatID: 777}
	if _, err := b.SetMyCommands(ctx, &telegram.SetMyCommandsParams{Commands: []models.BotCommand{{Command: "other", Description: "x"}}, Scope: scope}); err != nil {
		t.Fatal(err)
	}
	keys := &models.ReplyKeyboardMarkup{Keyboard: [][]models.KeyboardButton{{{Text: "Номер", RequestContact: true}}}}
	if _, err := b.SendMessage(ctx, &telegram.SendMessageParams{ChatID: 501, Text: "Номер?", ReplyMarkup: keys}); err != nil {
		t.Fatal(err)
	}
	if _, err := b.SendChatAction(ctx, &telegram.SendChatActionParams{ChatID: 501, Action: models.ChatActionTyping}); err != nil {
		t.Fatal(err)
	}
	v := look(t, srv).Chats[0]
	if len(v.Commands) != 1 || v.Commands[0].Description != "состояние" {
		t.Errorf("commands %+v", v.Commands)
	}
	if len(v.Keyboard) != 1 || !v.Keyboard[0][0].Contact || v.Typing <= 0 || v.Typing > 5000 {
		t.Errorf("keyboard %+v, typing %d", v.Keyboard, v.Typing)
	}
	e.Advance(6 * time.Second)
	if v := look(t, srv).Chats[0]; v.Typing != 0 {
		t.Errorf("it types for %d ms more", v.Typing)
	}
}

func TestEverybodyInAGroupHasAColumn(t *testing.T) {
	t.Parallel()
	boris := tgemu.User{ID: 502, FirstName: "Борис"}
	e, err := tgemu.New(tgemu.Options{Personas: []tgemu.Persona{{User: anna(), Group: -5}, {User: boris, Group: -5}}})
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(e)
	t.Cleanup(func() { e.Close(); srv.Close() })
	e.AddGroup(tgemu.Group{ID: -5, Title: "Склад"}, anna(), boris)
	if got := does(t, srv, "send", map[string]string{"chat": "-5", "user": "502", "text": "привет"}); got != http.StatusNoContent {
		t.Fatalf("status %d", got)
	}
	v := look(t, srv)
	if strings.Join(v.Columns, " ") != "-5:501 -5:502" {
		t.Fatalf("columns %v", v.Columns)
	}
	for i, mine := range []bool{false, true} {
		c := v.Chats[i]
		if c.Group != "Склад" || !c.Started || len(c.Messages) != 1 || c.Messages[0].Mine != mine || c.Messages[0].From != "Борис" || c.Messages[0].Source != "" {
			t.Errorf("column %s: %+v", c.Key, c)
		}
	}
	if got := does(t, srv, "edit", map[string]string{"chat": "-5", "user": "502", "message": "1", "text": "а"}); got != http.StatusBadRequest {
		t.Errorf("edit in a group: status %d", got)
	}
}

func TestTheStreamTellsOnlyWhatChangedAndEndsWithTheEmulator(t *testing.T) {
	t.Parallel()
	panel := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { _, _ = io.WriteString(w, r.URL.Path) })
	e, err := tgemu.New(tgemu.Options{Panel: panel, Personas: []tgemu.Persona{{User: anna()}, {User: tgemu.User{ID: 502}}}})
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(e)
	t.Cleanup(srv.Close)
	for range 2 {
		if _, err := e.SendText(anna(), "раз"); err != nil {
			t.Fatal(err)
		}
	}
	resp, err := http.Get(srv.URL + "/events?lang=ru") //nolint:noctx // a test
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	next := func() (v seen) {
		t.Helper()
		line := make([]byte, 0, 4096)
		for one := make([]byte, 1); !strings.HasSuffix(string(line), "\n\n"); line = append(line, one[0]) {
			if _, err := io.ReadFull(resp.Body, one); err != nil {
				t.Fatal(err)
			}
		}
		if err := json.Unmarshal([]byte(strings.TrimPrefix(string(line), "data: ")), &v); err != nil {
			t.Fatal(err)
		}
		return v
	}
	if v := next(); len(v.Chats) != 2 || len(v.Chats[0].Messages) != 2 {
		t.Errorf("at first: %+v", v)
	}
	if err := e.Edit(anna(), 1, "два"); err != nil {
		t.Fatal(err)
	}
	if v := next(); len(v.Chats) != 1 || len(v.Chats[0].Messages) != 1 || v.Chats[0].Messages[0].HTML != "два" || len(v.Chats[0].IDs) != 2 || len(v.Columns) != 2 {
		t.Errorf("then: %+v", v)
	}
	e.RefreshPanel()
	if v := next(); v.Panel != 1 || len(v.Chats) != 0 {
		t.Errorf("the panel: %+v", v)
	}
	answer, err := http.Get(srv.URL + "/panel/letter/1") //nolint:noctx // a test
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if body, _ := io.ReadAll(answer.Body); string(body) != "/letter/1" {
		t.Errorf("panel: %q", body)
	}
	e.Close()
	if _, err := io.ReadAll(resp.Body); err != nil {
		t.Errorf("the stream's end: %v", err)
	}
}

func TestPicturesAreShownAndOtherFilesAreNot(t *testing.T) {
	t.Parallel()
	e, srv := page(t)
	var picture bytes.Buffer
	if err := png.Encode(&picture, image.NewGray(image.Rect(0, 0, 40, 30))); err != nil {
		t.Fatal(err)
	}
	sent, err := e.Send(501, anna(), tgemu.Post{Photo: &tgemu.Upload{Name: "a.png", Data: picture.Bytes()}})
	if err != nil {
		t.Fatal(err)
	}
	doc, err := e.SendDocument(anna(), "a\"\r\n.html", []byte("<script>alert(1)</script>"), "")
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct{ id, kind, disposition string }{
		"a photo":      {sent[0].Photo.ID, "image/png", ""},
		"a document":   {doc.Document.ID, "application/octet-stream", `attachment; filename="a\".html"`},
		"nobody's own": {"x", "text/plain; charset=utf-8", ""},
	} {
		resp, err := http.Get(srv.URL + "/files/" + c.id) //nolint:noctx // a test
		if err != nil {
			t.Fatal(err)
		}
		_ = resp.Body.Close()
		h := resp.Header
		if h.Get("Content-Type") != c.kind || h.Get("Content-Disposition") != c.disposition || h.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: %v", name, h)
		}
	}
}
