package bot

import (
	"bytes"
	"context"
	"log/slog"
	"time"

	telegram "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"
)

const (
	maxUpload = 50 << 20
	maxPhoto  = 10 << 20
	patience  = 45 * time.Second // of what a person waits for
)

// speaker says things at once, within the rates.
type speaker struct {
	api  *api
	pace *pace
	log  *slog.Logger
}

// upload is a file on its way out. A reader would be spent by the first try.
type upload struct {
	name  string
	data  []byte
	photo bool
}

// say sends a text and returns its message id.
func (s *speaker) say(ctx context.Context, chatID int64, html string, keys *models.InlineKeyboardMarkup, replyTo int) (id int, err error) {
	err = s.patiently(ctx, chatID, func(ctx context.Context) error {
		id, err = s.sendText(ctx, chatID, html, keys, replyTo)
		return err
	})
	return id, err
}

// edit replaces a text of ours.
func (s *speaker) edit(ctx context.Context, chatID int64, messageID int, html string, keys *models.InlineKeyboardMarkup) error {
	return s.patiently(ctx, chatID, func(ctx context.Context) error {
		return s.editText(ctx, chatID, messageID, html, keys)
	})
}

// give sends a file and returns its message id.
func (s *speaker) give(ctx context.Context, chatID int64, f upload, caption string, keys *models.InlineKeyboardMarkup, replyTo int) (id int, err error) {
	err = s.patiently(ctx, chatID, func(ctx context.Context) error {
		id, err = s.sendFile(ctx, chatID, f, caption, keys, replyTo)
		return err
	})
	return id, err
}

// patiently waits for the rates and obeys pauses that Telegram asks for.
func (s *speaker) patiently(ctx context.Context, chatID int64, f func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(ctx, patience+callTimeout)
	defer cancel()
	for {
		if err := s.pace.wait(ctx, chatID, true); err != nil {
			return err
		}
		err := f(ctx)
		v := judge(err)
		if v.fault != faultWait || v.pause > patience {
			return err
		}
		s.pace.pause(chatID, v.pause)
	}
}

// toast answers a tap: a short note, or an alert that must be closed.
func (s *speaker) toast(ctx context.Context, id, text string, alert bool) {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	r := []rune(text)
	for units(string(r)) > maxToast {
		r = r[:len(r)-1]
	}
	_, err := s.api.AnswerCallbackQuery(ctx, &telegram.AnswerCallbackQueryParams{CallbackQueryID: id, Text: string(r), ShowAlert: alert})
	if err != nil && judge(err).fault != faultRefused { // refused: the tap is too old, or was answered
		s.log.Warn("answer tap", "error", err)
	}
}

// sendText is one try. HTML that Telegram does not take goes as plain text.
func (s *speaker) sendText(ctx context.Context, chatID int64, html string, keys *models.InlineKeyboardMarkup, replyTo int) (int, error) {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	p := &telegram.SendMessageParams{
		ChatID: chatID, Text: html, ParseMode: models.ParseModeHTML, LinkPreviewOptions: noPreview(), ReplyParameters: reply(replyTo),
	}
	if keys != nil {
		p.ReplyMarkup = keys
	}
	m, err := s.api.SendMessage(ctx, p)
	if judge(err).fault == faultMarkup {
		p.Text, p.ParseMode = plain(html), ""
		m, err = s.api.SendMessage(ctx, p)
	}
	if err != nil {
		return 0, err
	}
	return m.ID, nil
}

// editText is one try. An unchanged message counts as edited.
func (s *speaker) editText(ctx context.Context, chatID int64, messageID int, html string, keys *models.InlineKeyboardMarkup) error {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	p := &telegram.EditMessageTextParams{
		ChatID: chatID, MessageID: messageID, Text: html, ParseMode: models.ParseModeHTML, LinkPreviewOptions: noPreview(),
	}
	if keys != nil {
		p.ReplyMarkup = keys
	}
	_, err := s.api.EditMessageText(ctx, p)
	if judge(err).fault == faultMarkup {
		p.Text, p.ParseMode = plain(html), ""
		_, err = s.api.EditMessageText(ctx, p)
	}
	if judge(err).fault == faultNone {
		return nil
	}
	return err
}

// sendFile is one try. A picture that Telegram does not take as one goes as a
// document.
func (s *speaker) sendFile(ctx context.Context, chatID int64, f upload, caption string, keys *models.InlineKeyboardMarkup, replyTo int) (int, error) {
	ctx, cancel := context.WithTimeout(ctx, callTimeout+time.Duration(len(f.data)/slowestBytes)*time.Second)
	defer cancel()
	var markup models.ReplyMarkup
	if keys != nil {
		markup = keys
	}
	if f.photo && len(f.data) <= maxPhoto {
		m, err := s.api.SendPhoto(ctx, &telegram.SendPhotoParams{
			ChatID: chatID, Photo: &models.InputFileUpload{Filename: f.name, Data: bytes.NewReader(f.data)},
			Caption: caption, ParseMode: models.ParseModeHTML, ReplyMarkup: markup, ReplyParameters: reply(replyTo),
		})
		if err == nil {
			return m.ID, nil
		}
		if judge(err).fault != faultFile {
			return 0, err
		}
	}
	m, err := s.api.SendDocument(ctx, &telegram.SendDocumentParams{
		ChatID: chatID, Document: &models.InputFileUpload{Filename: f.name, Data: bytes.NewReader(f.data)},
		Caption: caption, ParseMode: models.ParseModeHTML, ReplyMarkup: markup, ReplyParameters: reply(replyTo),
	})
	if err != nil {
		return 0, err
	}
	return m.ID, nil
}

func noPreview() *models.LinkPreviewOptions {
	return &models.LinkPreviewOptions{IsDisabled: telegram.True()}
}

// reply ties a message to the one it answers, if that one is still there.
func reply(to int) *models.ReplyParameters {
	if to == 0 {
		return nil
	}
	return &models.ReplyParameters{MessageID: to, AllowSendingWithoutReply: true}
}
