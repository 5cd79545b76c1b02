package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/go-telegram/bot"

	"github.com/distbase/distbase/cmd/distbase/config"
)

// botName asks Telegram what the bot is called, for its deep links.
func botName(ctx context.Context, c config.Config) (string, error) {
	if c.TelegramToken == "" {
		return "", errors.New("there is no bot: set DISTBASE_TELEGRAM_TOKEN")
	}
	opts := []bot.Option{bot.WithSkipGetMe()}
	if c.TelegramAPI != "" {
		opts = append(opts, bot.WithServerURL(c.TelegramAPI))
	}
	b, err := bot.New(c.TelegramToken, opts...)
	if err != nil {
		return "", fmt.Errorf("set up the bot: %w", err)
	}
	ctx, cancel := context.WithTimeout(ctx, 15*time.Second)
	defer cancel()
	me, err := b.GetMe(ctx)
	if errors.Is(err, bot.ErrorUnauthorized) {
		return "", errors.New("Telegram does not know this token: copy it again from @BotFather into DISTBASE_TELEGRAM_TOKEN") //nolint:staticcheck // a name begins the sentence
	}
	if err != nil {
		return "", fmt.Errorf("reach Telegram: %w", err)
	}
	return me.Username, nil
}
