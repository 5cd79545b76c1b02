package bot

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/go-telegram/bot/models"

	"github.com/distbase/distbase/storage"
)

const (
	// buttonPrefix is the version of the form of callback data.
	buttonPrefix = "b1:"
	// buttonLife is how long a button means something.
	buttonLife = 30 * 24 * time.Hour
)

// key is a button before it has a token: what it says, and what a tap does.
type key struct {
	label  string
	action string
	args   any
}

// keys is a keyboard in the making.
type keys struct {
	b       *Bot
	person  *int64
	rows    [][]storage.PayloadButton
	buttons []storage.Button
	err     error
}

// keysFor begins a keyboard that only this person may tap; nil: whoever the
// action lets.
func (b *Bot) keysFor(personID *int64) *keys { return &keys{b: b, person: personID} }

// row adds a row of buttons; without any it adds nothing.
func (k *keys) row(row ...key) *keys {
	var out []storage.PayloadButton
	for _, x := range row {
		token, err := k.b.token(12)
		if err != nil {
			k.err = err
			return k
		}
		args, err := json.Marshal(x.args)
		if err != nil {
			k.err = fmt.Errorf("encode button %s: %w", x.action, err)
			return k
		}
		k.buttons = append(k.buttons, storage.Button{
			Token: token, PersonID: k.person, Action: x.action, Args: args, ExpiresAt: k.b.Now().Add(buttonLife),
		})
		out = append(out, storage.PayloadButton{Text: x.label, Token: token})
	}
	if len(out) > 0 {
		k.rows = append(k.rows, out)
	}
	return k
}

// save stores what the buttons mean.
func (k *keys) save(ctx context.Context, q storage.Querier) error {
	if k.err != nil {
		return k.err
	}
	return storage.AddButtons(ctx, q, k.buttons)
}

// ready stores the buttons and gives Telegram's form of them; nil for none.
func (k *keys) ready(ctx context.Context) (*models.InlineKeyboardMarkup, error) {
	if k == nil {
		return nil, nil
	}
	if err := k.save(ctx, k.b.Store.Pool()); err != nil {
		return nil, err
	}
	return markup(k.rows), nil
}

// markup is Telegram's form of a keyboard; nil for an empty one.
func markup(rows [][]storage.PayloadButton) *models.InlineKeyboardMarkup {
	if len(rows) == 0 {
		return nil
	}
	m := &models.InlineKeyboardMarkup{}
	for _, row := range rows {
		var out []models.InlineKeyboardButton
		for _, b := range row {
			out = append(out, models.InlineKeyboardButton{Text: b.Text, CallbackData: buttonPrefix + b.Token})
		}
		m.InlineKeyboard = append(m.InlineKeyboard, out)
	}
	return m
}

// token is n random bytes as base64url.
func (b *Bot) token(n int) (string, error) {
	raw := make([]byte, n)
	if _, err := io.ReadFull(b.Random, raw); err != nil {
		return "", fmt.Errorf("make token: %w", err)
	}
	return base64.RawURLEncoding.EncodeToString(raw), nil
}

// tokenOf is the token in callback data, empty where it has another form.
func tokenOf(data string) string {
	token, ok := strings.CutPrefix(data, buttonPrefix)
	if !ok {
		return ""
	}
	return token
}
