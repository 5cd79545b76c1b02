package tgemu_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"sort"
	"strings"
	"testing"

	telegram "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"
)

func TestAMiniAppIsOpenedWithSignedData(t *testing.T) {
	t.Parallel()
	e, b := started(t)
	m, err := b.SendMessage(t.Context(), &telegram.SendMessageParams{ChatID: anna().ID, Text: "Таблица", ReplyMarkup: &models.InlineKeyboardMarkup{
		InlineKeyboard: [][]models.InlineKeyboardButton{{{Text: "Открыть", WebApp: &models.WebAppInfo{URL: "https://app.example/"}}}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	app, err := e.OpenWebApp(anna(), m.ID, "Открыть")
	if err != nil {
		t.Fatal(err)
	}
	fields, err := url.ParseQuery(app.InitData)
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for k := range fields {
		if k != "hash" {
			lines = append(lines, k+"="+fields.Get(k))
		}
	}
	sort.Strings(lines)
	mac := func(key, data string) []byte {
		h := hmac.New(sha256.New, []byte(key))
		h.Write([]byte(data))
		return h.Sum(nil)
	}
	if want := hex.EncodeToString(mac(string(mac("WebAppData", e.Token())), strings.Join(lines, "\n"))); fields.Get("hash") != want {
		t.Errorf("hash %s, want %s", fields.Get("hash"), want)
	}
	answer := func() error {
		_, err := b.AnswerWebAppQuery(t.Context(), &telegram.AnswerWebAppQueryParams{WebAppQueryID: app.QueryID, Result: &models.InlineQueryResultArticle{
			ID: "1", Title: "x", InputMessageContent: &models.InputTextMessageContent{MessageText: "Готово"},
		}})
		return err
	}
	if err := answer(); err != nil {
		t.Fatal(err)
	}
	if err := answer(); err == nil || !strings.Contains(err.Error(), "query is too old") {
		t.Errorf("a second answer: %v", err)
	}
	all := e.Messages(anna().ID)
	if last := all[len(all)-1]; last.Text != "Готово" || last.From.IsBot {
		t.Errorf("got %+v", last)
	}
}
