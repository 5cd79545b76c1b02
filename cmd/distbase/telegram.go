package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/distbase/distbase/bot"
	"github.com/distbase/distbase/cmd/distbase/config"
)

// botName asks Telegram what the bot is called, for its deep links.
func botName(ctx context.Context, c config.Config) (string, error) {
	if c.TelegramToken == "" {
		return "", errors.New("there is no bot: set DISTBASE_TELEGRAM_TOKEN")
	}
	name, err := bot.Check(ctx, c.TelegramToken, c.TelegramAPI)
	if errors.Is(err, bot.ErrToken) {
		return "", errors.New("Telegram does not know this token: copy it again from @BotFather into DISTBASE_TELEGRAM_TOKEN") //nolint:staticcheck // a name begins the sentence
	}
	if err != nil {
		return "", fmt.Errorf("reach Telegram: %w", err)
	}
	return name, nil
}
