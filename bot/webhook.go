package bot

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"

	telegram "github.com/go-telegram/bot"

	"github.com/distbase/distbase/storage"
)

// maxUpdate is more than Telegram ever sends in one update.
const maxUpdate = 4 << 20

// Webhook takes updates that Telegram posts. It answers 200 when the update is
// committed, 401 to a wrong secret, 400 to what is no update, 413 to what is too
// large, 500 when the database is away: Telegram then tries again.
func (b *Bot) Webhook() http.Handler {
	secret := []byte(b.secret())
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		given := []byte(r.Header.Get("X-Telegram-Bot-Api-Secret-Token"))
		if subtle.ConstantTimeCompare(given, secret) != 1 {
			http.Error(w, "wrong secret", http.StatusUnauthorized)
			return
		}
		if r.Method != http.MethodPost {
			http.Error(w, "POST an update", http.StatusMethodNotAllowed)
			return
		}
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxUpdate))
		if err != nil {
			http.Error(w, "the update is too large", http.StatusRequestEntityTooLarge)
			return
		}
		rec, err := record(body)
		if err != nil {
			http.Error(w, "no update", http.StatusBadRequest)
			return
		}
		if err := storage.AddUpdates(r.Context(), b.Store.Pool(), b.api.botID, []storage.ChatUpdate{rec}); err != nil {
			b.log.Warn("store update", "error", err)
			http.Error(w, "try again", http.StatusInternalServerError)
			return
		}
		b.signal()
	})
}

// secret is what Telegram proves itself with. It is made of the token, so that
// all processes know the same one and none has to keep it.
func (b *Bot) secret() string {
	m := hmac.New(sha256.New, []byte(b.api.token))
	m.Write([]byte("distbase webhook"))
	return hex.EncodeToString(m.Sum(nil))
}

// chooseDelivery tells Telegram to post updates, or that they will be asked for.
// What waits there is kept either way.
func (b *Bot) chooseDelivery(ctx context.Context) error {
	if b.Options.Webhook == "" {
		if _, err := b.api.DeleteWebhook(ctx, &telegram.DeleteWebhookParams{}); err != nil {
			return fmt.Errorf("remove webhook: %w", err)
		}
		return nil
	}
	_, err := b.api.SetWebhook(ctx, &telegram.SetWebhookParams{
		URL: b.Options.Webhook, SecretToken: b.secret(), AllowedUpdates: allowedUpdates(), MaxConnections: 4,
	})
	if err != nil {
		return fmt.Errorf("set webhook: %w", err)
	}
	return nil
}
