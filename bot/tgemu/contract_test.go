package tgemu_test

import (
	"bytes"
	"context"
	"errors"
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

// anna is a person of the tests.
func anna() tgemu.User {
	return tgemu.User{ID: 501, FirstName: "Анна", LanguageCode: "ru"}
}

// start serves an emulator and the library's client of it.
func start(t *testing.T, o tgemu.Options) (*tgemu.Emulator, *telegram.Bot) {
	t.Helper()
	e, err := tgemu.New(o)
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(e)
	t.Cleanup(func() { e.Close(); srv.Close() })
	b, err := telegram.New(e.Token(), telegram.WithServerURL(srv.URL), telegram.WithSkipGetMe())
	if err != nil {
		t.Fatal(err)
	}
	return e, b
}

// started is start with a person who has pressed START.
func started(t *testing.T) (*tgemu.Emulator, *telegram.Bot) {
	t.Helper()
	e, b := start(t, tgemu.Options{})
	e.AddUser(anna())
	if _, err := e.Start(anna(), ""); err != nil {
		t.Fatal(err)
	}
	return e, b
}

func TestTheLibraryTalksToTheEmulator(t *testing.T) {
	t.Parallel()
	e, b := started(t)
	ctx := t.Context()
	me, err := b.GetMe(ctx)
	if err != nil || me.Username != e.BotUsername() {
		t.Fatalf("got %v, %v", me, err)
	}
	keys := &models.InlineKeyboardMarkup{InlineKeyboard: [][]models.InlineKeyboardButton{{{Text: "Да", CallbackData: "b1:x"}}}}
	m, err := b.SendMessage(ctx, &telegram.SendMessageParams{ChatID: anna().ID, Text: "<b>Отчёт</b> принят", ParseMode: models.ParseModeHTML, ReplyMarkup: keys})
	if err != nil {
		t.Fatal(err)
	}
	if err := e.Press(anna(), m.ID, "Да"); err != nil {
		t.Fatal(err)
	}
	if ok, err := b.AnswerCallbackQuery(ctx, &telegram.AnswerCallbackQueryParams{CallbackQueryID: e.Toasts(anna().ID)[0].ID, Text: "Готово"}); !ok || err != nil {
		t.Fatal(ok, err)
	}
	if _, err := b.EditMessageText(ctx, &telegram.EditMessageTextParams{ChatID: anna().ID, MessageID: m.ID, Text: "Отчёт загружен"}); err != nil {
		t.Fatal(err)
	}
	last := e.Messages(anna().ID)[1]
	if last.Text != "Отчёт загружен" || last.Markup != nil || last.Edited.IsZero() {
		t.Errorf("got %+v", last)
	}
	if got := e.Toasts(anna().ID)[0]; got.Text != "Готово" || got.Alert {
		t.Errorf("got %+v", got)
	}
	if n := e.Unsupported(); len(n) != 0 {
		t.Errorf("unsupported calls: %v", n)
	}
}

func TestFilesGoBothWays(t *testing.T) {
	t.Parallel()
	e, b := started(t)
	ctx := t.Context()
	sent, err := e.SendDocument(anna(), "../Отчёт июль.xlsx", []byte("table"), "за июль")
	if err != nil {
		t.Fatal(err)
	}
	f, err := b.GetFile(ctx, &telegram.GetFileParams{FileID: sent.Document.ID})
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.Get(b.FileDownloadLink(f)) //nolint:noctx // a test
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if got, _ := io.ReadAll(resp.Body); string(got) != "table" {
		t.Errorf("downloaded %q", got)
	}
	if sent.Document.Name != "Отчёт июль.xlsx" {
		t.Errorf("name %q", sent.Document.Name)
	}
	var picture bytes.Buffer
	if err := png.Encode(&picture, image.NewGray(image.Rect(0, 0, 40, 30))); err != nil {
		t.Fatal(err)
	}
	if _, err := b.SendPhoto(ctx, &telegram.SendPhotoParams{ChatID: anna().ID, Photo: &models.InputFileUpload{Filename: "a.png", Data: &picture}, Caption: "график"}); err != nil {
		t.Fatal(err)
	}
	if _, err := b.SendDocument(ctx, &telegram.SendDocumentParams{ChatID: anna().ID, Document: &models.InputFileUpload{Filename: "a.xlsx", Data: strings.NewReader("book")}}); err != nil {
		t.Fatal(err)
	}
	all := e.Messages(anna().ID)
	if p := all[2].Photo; p == nil || p.Width != 40 || all[2].Text != "график" {
		t.Errorf("got %+v", all[2])
	}
	if data, err := e.Download(all[3].Document.ID); err != nil || string(data) != "book" {
		t.Errorf("got %q, %v", data, err)
	}
}

func TestWhatTheServerRefuses(t *testing.T) {
	t.Parallel()
	_, b := started(t)
	long := strings.Repeat("я", 4097)
	key := func(data string) *models.InlineKeyboardMarkup {
		return &models.InlineKeyboardMarkup{InlineKeyboard: [][]models.InlineKeyboardButton{{{Text: "x", CallbackData: data}}}}
	}
	for name, c := range map[string]struct {
		p    telegram.SendMessageParams
		want string
	}{
		"empty text":        {telegram.SendMessageParams{ChatID: anna().ID, Text: ""}, "message text is empty"},
		"long text":         {telegram.SendMessageParams{ChatID: anna().ID, Text: long}, "message is too long"},
		"unknown chat":      {telegram.SendMessageParams{ChatID: 9, Text: "a"}, "chat not found"},
		"unclosed tag":      {telegram.SendMessageParams{ChatID: anna().ID, Text: "<b>a", ParseMode: models.ParseModeHTML}, "can't parse entities: Can't find end tag corresponding to start tag \"b\""},
		"unsupported tag":   {telegram.SendMessageParams{ChatID: anna().ID, Text: "<br>", ParseMode: models.ParseModeHTML}, "Unsupported start tag \"br\" at byte offset 0"},
		"long data":         {telegram.SendMessageParams{ChatID: anna().ID, Text: "a", ReplyMarkup: key(strings.Repeat("x", 65))}, "BUTTON_DATA_INVALID"},
		"reply to nothing":  {telegram.SendMessageParams{ChatID: anna().ID, Text: "a", ReplyParameters: &models.ReplyParameters{MessageID: 99}}, "message to be replied not found"},
		"unknown parsemode": {telegram.SendMessageParams{ChatID: anna().ID, Text: "a", ParseMode: "Wiki"}, "unsupported parse_mode"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := b.SendMessage(t.Context(), &c.p)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
}

func TestEditsAreHeldToTheRules(t *testing.T) {
	t.Parallel()
	e, b := started(t)
	ctx := t.Context()
	m, err := b.SendMessage(ctx, &telegram.SendMessageParams{ChatID: anna().ID, Text: "раз"})
	if err != nil {
		t.Fatal(err)
	}
	edit := func(id int, s string) error {
		_, err := b.EditMessageText(ctx, &telegram.EditMessageTextParams{ChatID: anna().ID, MessageID: id, Text: s})
		return err
	}
	for want, err := range map[string]error{
		"message is not modified":   edit(m.ID, "раз"),
		"message to edit not found": edit(77, "два"),
		"message can't be edited":   edit(1, "два"),
	} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %s", err, want)
		}
	}
	e.Advance(49 * time.Hour)
	if _, err := b.DeleteMessage(ctx, &telegram.DeleteMessageParams{ChatID: anna().ID, MessageID: m.ID}); err == nil || !strings.Contains(err.Error(), "can't be deleted") {
		t.Errorf("got %v", err)
	}
}

func TestWhoMayBeWrittenTo(t *testing.T) {
	t.Parallel()
	e, b := start(t, tgemu.Options{})
	e.AddUser(anna())
	say := func() error {
		_, err := b.SendMessage(t.Context(), &telegram.SendMessageParams{ChatID: anna().ID, Text: "а"})
		return err
	}
	if err := say(); !errors.Is(err, telegram.ErrorForbidden) {
		t.Errorf("before START: %v", err)
	}
	if _, err := e.Start(anna(), "abc"); err != nil {
		t.Fatal(err)
	}
	if err := say(); err != nil {
		t.Error(err)
	}
	e.Block(anna())
	if err := say(); err == nil || !strings.Contains(err.Error(), "bot was blocked by the user") {
		t.Errorf("blocked: %v", err)
	}
	e.Unblock(anna())
	if err := say(); err != nil {
		t.Error(err)
	}
}

func TestATapIsAnsweredOnceAndInTime(t *testing.T) {
	t.Parallel()
	e, b := started(t)
	ctx := t.Context()
	keys := &models.InlineKeyboardMarkup{InlineKeyboard: [][]models.InlineKeyboardButton{{{Text: "Да", CallbackData: "1"}}}}
	m, err := b.SendMessage(ctx, &telegram.SendMessageParams{ChatID: anna().ID, Text: "?", ReplyMarkup: keys})
	if err != nil {
		t.Fatal(err)
	}
	answer := func(n int) error {
		if err := e.Press(anna(), m.ID, "1"); err != nil {
			t.Fatal(err)
		}
		_, err := b.AnswerCallbackQuery(ctx, &telegram.AnswerCallbackQueryParams{CallbackQueryID: e.Toasts(anna().ID)[n].ID})
		return err
	}
	if err := answer(0); err != nil {
		t.Error(err)
	}
	for _, wait := range []time.Duration{0, 20 * time.Second} {
		if wait > 0 {
			if err := e.Press(anna(), m.ID, "1"); err != nil {
				t.Fatal(err)
			}
			e.Advance(wait)
		}
		all := e.Toasts(anna().ID)
		_, err := b.AnswerCallbackQuery(ctx, &telegram.AnswerCallbackQueryParams{CallbackQueryID: all[len(all)-1].ID})
		if err == nil || !strings.Contains(err.Error(), "query is too old") {
			t.Errorf("after %v: %v", wait, err)
		}
	}
}

func TestRatesAreKept(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	e, b := start(t, tgemu.Options{Limits: true, Now: func() time.Time { return at }})
	e.AddUser(anna())
	if _, err := e.Start(anna(), ""); err != nil {
		t.Fatal(err)
	}
	var last error
	for range 6 {
		_, last = b.SendMessage(t.Context(), &telegram.SendMessageParams{ChatID: anna().ID, Text: "а"})
	}
	var wait *telegram.TooManyRequestsError
	if !errors.As(last, &wait) || wait.RetryAfter != 1 {
		t.Fatalf("got %v", last)
	}
	e.Advance(time.Second)
	if _, err := b.SendMessage(t.Context(), &telegram.SendMessageParams{ChatID: anna().ID, Text: "а"}); err != nil {
		t.Error(err)
	}
}

func TestStateSurvivesARestart(t *testing.T) {
	t.Parallel()
	file := t.TempDir() + "/state.json"
	e, b := start(t, tgemu.Options{Persist: file})
	e.AddUser(anna())
	if _, err := e.SendDocument(anna(), "a.xlsx", []byte("book"), ""); err != nil {
		t.Fatal(err)
	}
	if _, err := b.SendMessage(t.Context(), &telegram.SendMessageParams{ChatID: anna().ID, Text: "а"}); err != nil {
		t.Fatal(err)
	}
	again, err := tgemu.New(tgemu.Options{Persist: file})
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	all := again.Messages(anna().ID)
	if len(all) != 2 || again.Pending() != 1 {
		t.Fatalf("%d messages, %d updates", len(all), again.Pending())
	}
	if data, err := again.Download(all[0].Document.ID); err != nil || string(data) != "book" {
		t.Errorf("got %q, %v", data, err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	if _, err := again.Wait(ctx, anna().ID, func(m tgemu.Message) bool { return m.Text == "а" }); err != nil {
		t.Error(err)
	}
}
