package bot

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptrace"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	telegram "github.com/go-telegram/bot"
)

const (
	defaultAPI   = "https://api.telegram.org"
	pollTimeout  = 50 * time.Second // the server's own limit
	callTimeout  = 30 * time.Second
	maxAnswer    = 16 << 20
	slowestBytes = 64 << 10 // a second: the line an upload must be fit for
)

// api is the way to the Bot API server. The token never leaves it: not by errors,
// not by the log.
type api struct {
	*telegram.Bot
	http  *http.Client
	base  string
	token string
	botID int64
}

// ErrToken says that the Bot API server does not know the token.
var ErrToken = errors.New("token refused by Telegram")

func newAPI(token, base string, client *http.Client, log *slog.Logger) (*api, error) {
	number, secret, ok := strings.Cut(token, ":")
	id, err := strconv.ParseInt(number, 10, 64)
	if !ok || err != nil || secret == "" {
		return nil, fmt.Errorf("%w: it has the form 123456:ABC-DEF", ErrToken)
	}
	if base == "" {
		base = defaultAPI
	}
	if client == nil {
		// No Timeout: it would hold for polls and uploads alike. Every call has a
		// deadline of its own.
		client = &http.Client{Transport: http.DefaultTransport}
	}
	a := &api{http: client, base: strings.TrimRight(base, "/"), token: token, botID: id}
	a.Bot, err = telegram.New(token,
		telegram.WithServerURL(a.base), telegram.WithHTTPClient(pollTimeout, a), telegram.WithSkipGetMe(),
		telegram.WithErrorsHandler(func(err error) { log.Warn("telegram library", "error", a.hide(err.Error())) }))
	if err != nil {
		return nil, errors.New(a.hide(err.Error()))
	}
	return a, nil
}

// hide takes the token out of a text.
func (a *api) hide(s string) string { return strings.ReplaceAll(s, a.token, "***") }

// lineError says that a call did not end well on the way. Sent: the whole request
// was on the wire, so nobody knows whether it had its effect.
type lineError struct {
	Sent bool
	Why  string
	Err  error // nil or a context's error
}

func (e *lineError) Error() string { return e.Why }
func (e *lineError) Unwrap() error { return e.Err }

// gatewayError is an answer that is not the Bot API's: something between says
// that the server is away.
type gatewayError struct{ Status int }

func (e *gatewayError) Error() string {
	return fmt.Sprintf("answer of a gateway, HTTP status %d", e.Status)
}

// Do carries out a request for the library. It tells what the library does not:
// whether a call that failed was sent at all, and answers that are no JSON.
func (a *api) Do(req *http.Request) (*http.Response, error) {
	var sent atomic.Bool
	trace := &httptrace.ClientTrace{WroteRequest: func(i httptrace.WroteRequestInfo) { sent.Store(i.Err == nil) }}
	req = req.WithContext(httptrace.WithClientTrace(req.Context(), trace))
	resp, err := a.http.Do(req)
	if err != nil {
		return nil, a.lineError(req.Context(), sent.Load(), err)
	}
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer))
	_ = resp.Body.Close()
	if err != nil {
		return nil, a.lineError(req.Context(), true, err)
	}
	if !bytes.HasPrefix(bytes.TrimSpace(body), []byte("{")) {
		return nil, &gatewayError{Status: resp.StatusCode}
	}
	resp.Body = io.NopCloser(bytes.NewReader(body))
	return resp, nil
}

func (a *api) lineError(ctx context.Context, sent bool, err error) error {
	return &lineError{Sent: sent, Why: a.hide(err.Error()), Err: ctx.Err()}
}

// updates asks for the updates from offset on and waits for them.
func (a *api) updates(ctx context.Context, offset int64) ([]json.RawMessage, error) {
	ctx, cancel := context.WithTimeout(ctx, pollTimeout+15*time.Second)
	defer cancel()
	var out []json.RawMessage
	err := a.call(ctx, "getUpdates", map[string]any{
		"offset": offset, "limit": 100, "timeout": int(pollTimeout.Seconds()), "allowed_updates": allowedUpdates(),
	}, &out)
	return out, err
}

func allowedUpdates() []string {
	return []string{"message", "edited_message", "callback_query", "my_chat_member"}
}

// call is a call that the library does not offer.
func (a *api) call(ctx context.Context, method string, params, result any) error {
	body, err := json.Marshal(params)
	if err != nil {
		return fmt.Errorf("encode %s: %w", method, err)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, a.base+"/bot"+a.token+"/"+method, bytes.NewReader(body))
	if err != nil {
		return fmt.Errorf("prepare %s: %s", method, a.hide(err.Error()))
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := a.Do(req)
	if err != nil {
		return fmt.Errorf("%s: %w", method, err)
	}
	defer func() { _ = resp.Body.Close() }()
	var answer struct {
		OK          bool            `json:"ok"`
		Result      json.RawMessage `json:"result"`
		Code        int             `json:"error_code"`
		Description string          `json:"description"`
		Parameters  struct {
			RetryAfter int `json:"retry_after"`
		} `json:"parameters"`
	}
	if err := json.NewDecoder(resp.Body).Decode(&answer); err != nil {
		return fmt.Errorf("%s: read answer: %w", method, err)
	}
	if answer.OK {
		return json.Unmarshal(answer.Result, result)
	}
	switch answer.Code {
	case http.StatusUnauthorized, http.StatusNotFound:
		return fmt.Errorf("%s: %w: %s", method, ErrToken, answer.Description)
	case http.StatusConflict:
		return fmt.Errorf("%s: %w: %s", method, telegram.ErrorConflict, answer.Description)
	case http.StatusTooManyRequests:
		return &telegram.TooManyRequestsError{Message: answer.Description, RetryAfter: answer.Parameters.RetryAfter}
	}
	return fmt.Errorf("%s: %d %s", method, answer.Code, answer.Description)
}
