package bot

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"time"

	telegram "github.com/go-telegram/bot"
)

// fault is what an error of the Bot API means for who called it.
type fault int

const (
	faultNone    fault = iota
	faultWait          // too many requests: after a pause
	faultAway          // it certainly had no effect: later
	faultDoubt         // nobody knows whether it had its effect
	faultMoved         // the group has another id
	faultBlocked       // the person does not want to hear from the bot
	faultMarkup        // the HTML is not to Telegram's taste: as plain text
	faultGone          // the message to edit is not there any more: a new one
	faultFile          // the file is too large or no picture: without it
	faultToken         // the token is not valid
	faultRefused       // it will never work
)

// verdict is a fault with what goes with it.
type verdict struct {
	fault fault
	pause time.Duration // of faultWait
	chat  int64         // of faultMoved
}

// judge tells what an error means. The texts of the Bot API are compared in lower
// case; they are the only thing that tells a 400 from another.
func judge(err error) verdict {
	if err == nil {
		return verdict{}
	}
	var wait *telegram.TooManyRequestsError
	var moved *telegram.MigrateError
	var line *lineError
	var gateway *gatewayError
	switch {
	case errors.As(err, &wait):
		return verdict{fault: faultWait, pause: time.Duration(max(wait.RetryAfter, 1)) * time.Second}
	case errors.As(err, &moved):
		return verdict{fault: faultMoved, chat: int64(moved.MigrateToChatID)}
	case errors.As(err, &line):
		return verdict{fault: judgeLine(line)}
	case errors.As(err, &gateway):
		return verdict{fault: judgeGateway(gateway)}
	case errors.Is(err, telegram.ErrorForbidden):
		return verdict{fault: faultBlocked}
	case errors.Is(err, telegram.ErrorUnauthorized), errors.Is(err, telegram.ErrorNotFound), errors.Is(err, ErrToken):
		return verdict{fault: faultToken}
	case errors.Is(err, telegram.ErrorBadRequest):
		return verdict{fault: judgeRequest(strings.ToLower(err.Error()))}
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return verdict{fault: faultDoubt}
	case strings.Contains(err.Error(), "413 Request Entity Too Large"):
		return verdict{fault: faultFile}
	}
	return verdict{fault: faultAway} // 5xx in the Bot API's own words: it did not do it
}

func judgeLine(e *lineError) fault {
	if e.Sent {
		return faultDoubt
	}
	return faultAway
}

func judgeGateway(e *gatewayError) fault {
	switch e.Status {
	case http.StatusRequestEntityTooLarge:
		return faultFile
	case http.StatusGatewayTimeout, http.StatusOK:
		return faultDoubt
	}
	return faultAway
}

func judgeRequest(text string) fault {
	for _, c := range []struct {
		fault fault
		words []string
	}{
		{faultNone, []string{"message is not modified"}},
		{faultMarkup, []string{"can't parse entities"}},
		{faultGone, []string{"message to edit not found", "message can't be edited", "there is no text in the message to edit"}},
		{faultFile, []string{
			"file is too big", "photo_invalid_dimensions", "image_process_failed", "photo_save_file_invalid", "file must be non-empty",
			"wrong file", "wrong type of the web page content", "photo_ext_invalid",
		}},
	} {
		for _, w := range c.words {
			if strings.Contains(text, w) {
				return c.fault
			}
		}
	}
	return faultRefused
}
