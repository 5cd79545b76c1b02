package tgemu

import (
	"encoding/json"
	"net"
	"net/url"
	"unicode/utf8"
)

const (
	maxButtons      = 100 // of an inline keyboard
	maxCallbackData = 64  // bytes
)

// wireButton is a button as a bot sends it.
type wireButton struct {
	Text         *string                `json:"text"`
	URL          string                 `json:"url"`
	CallbackData string                 `json:"callback_data"`
	WebApp       *wireWebApp            `json:"web_app"`
	CopyText     *struct{ Text string } `json:"copy_text"`
	Contact      bool                   `json:"request_contact"`

	Pay      json.RawMessage `json:"pay"`
	Game     json.RawMessage `json:"callback_game"`
	Switch   json.RawMessage `json:"switch_inline_query"`
	Current  json.RawMessage `json:"switch_inline_query_current_chat"`
	Chosen   json.RawMessage `json:"switch_inline_query_chosen_chat"`
	LoginURL json.RawMessage `json:"login_url"`
}

type wireWebApp struct {
	URL string `json:"url"`
}

// markup reads reply_markup; nil when there is none.
func (c *call) markup(ch *chat) (*Markup, error) {
	if c.arg("reply_markup") == "" {
		return nil, nil
	}
	var raw json.RawMessage
	if !jsonArg(c, "reply_markup", &raw) {
		return nil, refuse(markupNotJSON)
	}
	var fields struct {
		Inline      json.RawMessage `json:"inline_keyboard"`
		Reply       json.RawMessage `json:"keyboard"`
		Resize      bool            `json:"resize_keyboard"`
		OneTime     bool            `json:"one_time_keyboard"`
		Persistent  bool            `json:"is_persistent"`
		Placeholder string          `json:"input_field_placeholder"`
		Remove      bool            `json:"remove_keyboard"`
		ForceReply  bool            `json:"force_reply"`
	}
	if json.Unmarshal(raw, &fields) != nil || string(raw) == "null" {
		return nil, refuse(markupNotObject)
	}
	m := &Markup{
		Resize: fields.Resize, OneTime: fields.OneTime, Persistent: fields.Persistent,
		Placeholder: fields.Placeholder, Remove: fields.Remove, ForceReply: fields.ForceReply,
	}
	var err error
	switch {
	case len(fields.Reply) > 0 && string(fields.Reply) != "null":
		m.Reply, err = replyRows(fields.Reply)
	case len(fields.Inline) > 0 && string(fields.Inline) != "null":
		m.Inline, err = inlineRows(fields.Inline, ch)
	}
	if err != nil || m.empty() {
		return nil, err
	}
	return m, nil
}

// inlineMarkup is the inline keyboard of an edit; others are dropped there.
func (c *call) inlineMarkup(ch *chat) (*Markup, error) {
	m, err := c.markup(ch)
	if err != nil || m == nil || len(m.Inline) == 0 {
		return nil, err
	}
	return m, nil
}

func (m *Markup) empty() bool {
	return len(m.Inline) == 0 && len(m.Reply) == 0 && !m.Remove && !m.ForceReply
}

func inlineRows(raw json.RawMessage, ch *chat) ([][]Button, error) {
	var rows [][]json.RawMessage
	if json.Unmarshal(raw, &rows) != nil {
		return nil, refuse(inlineRowsBroken)
	}
	var out [][]Button
	count := 0
	for _, row := range rows {
		var buttons []Button
		for _, cell := range row {
			b, err := inlineButton(cell, ch)
			if err != nil {
				return nil, err
			}
			buttons = append(buttons, b)
			count++
		}
		if len(buttons) > 0 {
			out = append(out, buttons)
		}
	}
	if count > maxButtons {
		return nil, refuse(markupTooLong)
	}
	return out, nil
}

func inlineButton(raw json.RawMessage, ch *chat) (Button, error) {
	var w wireButton
	if err := json.Unmarshal(raw, &w); err != nil {
		return Button{}, refuse(inlineButtonBroken, "InlineKeyboardButton must be an Object")
	}
	if w.Text == nil {
		return Button{}, refuse(inlineButtonBroken, `Can't find field "text"`)
	}
	b := Button{Text: *w.Text}
	switch {
	case w.URL != "":
		b.URL = checkedLink(w.URL)
		if b.URL == "" {
			return Button{}, refuse(buttonURLInvalid)
		}
	case w.CallbackData != "":
		if len(w.CallbackData) > maxCallbackData || !utf8.ValidString(w.CallbackData) {
			return Button{}, refuse(buttonDataInvalid)
		}
		b.Data = w.CallbackData
	case w.Pay != nil, w.Game != nil:
		return Button{}, refuse(buttonTypeInvalid)
	case w.Switch != nil, w.Current != nil, w.Chosen != nil, w.LoginURL != nil:
		b.Other = "switch"
	case w.WebApp != nil:
		return webAppButton(b, w.WebApp, ch)
	case w.CopyText != nil:
		b.Copy = w.CopyText.Text
	default:
		return Button{}, refuse(inlineButtonText)
	}
	return b, nil
}

// webAppButton lets Mini Apps be opened in private chats only, and only from
// https, or from http of this machine, which is the emulator's own.
func webAppButton(b Button, app *wireWebApp, ch *chat) (Button, error) {
	if !ch.private() {
		return Button{}, refuse(buttonTypeInvalid)
	}
	u, err := url.Parse(app.URL)
	if err != nil || (u.Scheme != "https" && (u.Scheme != "http" || !isLoopback(u.Hostname()))) {
		return Button{}, refuse(buttonURLInvalid)
	}
	b.WebApp = app.URL
	return b, nil
}

func replyRows(raw json.RawMessage) ([][]Button, error) {
	var rows [][]json.RawMessage
	if json.Unmarshal(raw, &rows) != nil {
		return nil, refuse(replyRowsBroken)
	}
	var out [][]Button
	for _, row := range rows {
		var buttons []Button
		for _, cell := range row {
			b, err := replyButton(cell)
			if err != nil {
				return nil, err
			}
			buttons = append(buttons, b)
		}
		if len(buttons) > 0 {
			out = append(out, buttons)
		}
	}
	return out, nil
}

func replyButton(raw json.RawMessage) (Button, error) {
	var text string
	if json.Unmarshal(raw, &text) == nil {
		return Button{Text: text}, nil
	}
	var w wireButton
	if json.Unmarshal(raw, &w) != nil {
		return Button{}, refuse(replyButtonBroken, "KeyboardButton must be a String or an Object")
	}
	if w.Text == nil {
		return Button{}, refuse(replyButtonBroken, `Can't find field "text"`)
	}
	b := Button{Text: *w.Text, Contact: w.Contact}
	if w.WebApp != nil {
		b.WebApp = w.WebApp.URL
	}
	return b, nil
}

// isLoopback reports whether a host name means this machine.
func isLoopback(host string) bool {
	if host == "localhost" {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}
