package bot

import (
	"context"
	"errors"
	"log/slog"
)

// Check asks the Bot API server at address api (empty: Telegram's own) whether it
// knows the token, and returns the bot's name without @. ErrToken: it does not.
func Check(ctx context.Context, token, api string) (username string, err error) {
	a, err := newAPI(token, api, nil, slog.New(slog.DiscardHandler))
	if err != nil {
		return "", err
	}
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	me, err := a.GetMe(ctx)
	if judge(err).fault == faultToken {
		return "", ErrToken
	}
	if err != nil {
		return "", errors.New(a.hide(err.Error()))
	}
	return me.Username, nil
}
