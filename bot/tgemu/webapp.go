package tgemu

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// WebApp is a Mini App that a person has opened.
type WebApp struct {
	URL      string `json:"url"`
	InitData string `json:"init_data"`          // signed as Telegram does
	QueryID  string `json:"query_id,omitempty"` // for answerWebAppQuery; of inline buttons only
}

// OpenWebApp opens the Mini App of a message's button in the person's private
// chat. It fails when there is no such button.
func (e *Emulator) OpenWebApp(u User, messageID int, button string) (WebApp, error) {
	e.mu.Lock()
	defer e.commit()
	p, ch := e.Users[u.ID], e.Chats[u.ID]
	if p == nil || ch == nil {
		return WebApp{}, fmt.Errorf("open Mini App: no user %d", u.ID)
	}
	m := ch.find(messageID)
	if m == nil || m.Markup == nil {
		return WebApp{}, fmt.Errorf("open Mini App: message %d has no buttons", messageID)
	}
	for inline, rows := range map[bool][][]Button{true: m.Markup.Inline, false: m.Markup.Reply} {
		for _, b := range slices.Concat(rows...) {
			if b.Text == button && b.WebApp != "" {
				return e.openWebApp(p.User, b.WebApp, inline)
			}
		}
	}
	return WebApp{}, fmt.Errorf("open Mini App: message %d has no button %q that opens one", messageID, button)
}

func (e *Emulator) openWebApp(u User, address string, inline bool) (WebApp, error) {
	app := WebApp{URL: address}
	raw, err := json.Marshal(u)
	if err != nil {
		return app, fmt.Errorf("open Mini App: %w", err)
	}
	fields := url.Values{"user": {string(raw)}, "auth_date": {strconv.FormatInt(e.now().Unix(), 10)}}
	if inline {
		app.QueryID = rand.Text()
		e.WebQueries[app.QueryID] = u.ID
		fields.Set("query_id", app.QueryID)
		e.touch(nil)
	}
	fields.Set("hash", signature(e.token, fields))
	app.InitData = fields.Encode()
	return app, nil
}

// signature is the hash of a Mini App's init data: HMAC-SHA-256 of the sorted
// lines with the key HMAC("WebAppData", token). Source: core.telegram.org, Mini
// Apps, validating data.
func signature(token string, fields url.Values) string {
	var lines []string
	for name := range fields {
		lines = append(lines, name+"="+fields.Get(name))
	}
	slices.Sort(lines)
	key := hmac.New(sha256.New, []byte("WebAppData"))
	key.Write([]byte(token))
	sum := hmac.New(sha256.New, key.Sum(nil))
	sum.Write([]byte(strings.Join(lines, "\n")))
	return hex.EncodeToString(sum.Sum(nil))
}

// answerWebAppQuery writes a text in the person's name, once.
func (e *Emulator) answerWebAppQuery(c *call) (any, error) {
	id := c.arg("web_app_query_id")
	userID, ok := e.WebQueries[id]
	if !ok {
		return nil, refuse(queryTooOld)
	}
	var result struct {
		Type    string `json:"type"`
		Content struct {
			Text      string `json:"message_text"`
			ParseMode string `json:"parse_mode"`
		} `json:"input_message_content"`
	}
	if !jsonArg(c, "result", &result) || result.Type == "" {
		return nil, refuse(webResultBroken)
	}
	text, entities, err := format(result.Content.Text, result.Content.ParseMode, nil)
	if err != nil {
		return nil, err
	}
	if text == "" {
		return nil, refuse(textEmpty)
	}
	delete(e.WebQueries, id)
	e.post(e.Chats[userID], &Message{From: e.Users[userID].User, Text: text, Entities: entities})
	return wire{"inline_message_id": "BAAAA" + id}, nil
}
