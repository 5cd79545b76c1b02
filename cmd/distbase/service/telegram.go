package service

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/distbase/distbase/bot"
	"github.com/distbase/distbase/mailer"
	"github.com/distbase/distbase/web"
)

// tokenPause is how long a refused token rests before it is tried again: it may
// have been renewed on the other side, and the mail door goes on without it.
const tokenPause = time.Minute

// addTelegram adds the bot where the settings name a token.
func (x *Service) addTelegram() error {
	c := x.Config
	if c.TelegramToken == "" {
		return nil
	}
	o := bot.Options{
		Store: x.Store, Desk: x.Pipeline.Desk(), Summaries: x.Reports,
		Token: c.TelegramToken, API: c.TelegramAPI, Lang: c.Lang, Zone: c.Location(), MailTo: mailTo(c.Mailboxes()), Logger: x.log,
	}
	if c.TelegramWebhook {
		o.Webhook = strings.TrimRight(c.BaseURL, "/") + web.WebhookPath
	}
	var err error
	if x.Bot, err = bot.New(o); err != nil {
		return fmt.Errorf("setting telegram_token: %w", err)
	}
	x.parts = append(x.parts, part{"telegram", x.runBot})
	return nil
}

func (x *Service) runBot(ctx context.Context) error {
	for {
		err := x.Bot.Run(ctx)
		if !errors.Is(err, bot.ErrToken) {
			return err
		}
		x.log.Error("telegram refuses the token; copy it again from @BotFather", "error", err)
		if rest(ctx, tokenPause); ctx.Err() != nil {
			return nil
		}
	}
}

// mailTo is the address of the first mailbox, which people are told of.
func mailTo(mailboxes []string) string {
	for _, raw := range mailboxes {
		if a, err := mailer.ParseAccount(raw); err == nil && strings.Contains(a.User, "@") {
			return a.User
		}
	}
	return ""
}
