package tgemu_test

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/distbase/distbase/bot/tgemu"
)

// api calls a method with query parameters.
type api struct {
	t    *testing.T
	base string
}

func serve(t *testing.T, o tgemu.Options) (*tgemu.Emulator, api) {
	t.Helper()
	e, err := tgemu.New(o)
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(e)
	t.Cleanup(func() { e.Close(); srv.Close() })
	e.AddUser(anna())
	return e, api{t, srv.URL + "/bot" + e.Token() + "/"}
}

type answer struct {
	OK          bool
	Description string
	Result      []struct {
		ID int64 `json:"update_id"`
	}
}

func (a api) call(ctx context.Context, method string, args ...string) (answer, error) {
	q := url.Values{}
	for i := 0; i < len(args); i += 2 {
		q.Set(args[i], args[i+1])
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, a.base+method+"?"+q.Encode(), nil) // a GET would be repeated
	if err != nil {
		a.t.Fatal(err)
	}
	var out answer
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return out, err
	}
	defer resp.Body.Close()
	raw, err := io.ReadAll(resp.Body)
	if err != nil {
		return out, err
	}
	_ = json.Unmarshal(raw, &out)
	return out, nil
}

func (a api) updates(args ...string) answer {
	a.t.Helper()
	out, err := a.call(a.t.Context(), "getUpdates", args...)
	if err != nil {
		a.t.Fatal(err)
	}
	return out
}

func TestUpdatesStayUntilTheOffsetConfirmsThem(t *testing.T) {
	t.Parallel()
	e, a := serve(t, tgemu.Options{})
	for _, s := range []string{"раз", "два", "три"} {
		if _, err := e.SendText(anna(), s); err != nil {
			t.Fatal(err)
		}
	}
	first := a.updates()
	if len(first.Result) != 3 || len(a.updates().Result) != 3 {
		t.Fatalf("got %+v", first)
	}
	if got := a.updates("offset", "-1"); len(got.Result) != 1 || got.Result[0].ID != first.Result[2].ID {
		t.Errorf("offset -1: %+v", got)
	}
	if e.Pending() != 1 {
		t.Errorf("%d pending, want 1", e.Pending())
	}
	e.Advance(25 * time.Hour)
	if got := a.updates(); len(got.Result) != 0 {
		t.Errorf("after a day: %+v", got)
	}
}

func TestALongPollWakesUp(t *testing.T) {
	t.Parallel()
	e, a := serve(t, tgemu.Options{})
	got := make(chan answer, 1)
	go func() {
		out, _ := a.call(t.Context(), "getUpdates", "timeout", "50")
		got <- out
	}()
	waitForCall(t, e, "getupdates", 1)
	if _, err := e.SendText(anna(), "раз"); err != nil {
		t.Fatal(err)
	}
	if out := <-got; len(out.Result) != 1 {
		t.Errorf("got %+v", out)
	}
}

// waitForCall waits until the emulator has seen n calls of a method.
func waitForCall(t *testing.T, e *tgemu.Emulator, method string, n int) {
	t.Helper()
	tick := time.NewTicker(2 * time.Millisecond)
	defer tick.Stop()
	for len(e.Calls(method)) < n {
		select {
		case <-t.Context().Done():
			t.Fatal("no such call came")
		case <-tick.C:
		}
	}
}

func TestASecondPollEndsTheFirst(t *testing.T) {
	t.Parallel()
	e, a := serve(t, tgemu.Options{})
	got := make(chan answer, 1)
	go func() {
		out, _ := a.call(t.Context(), "getUpdates", "timeout", "50")
		got <- out
	}()
	waitForCall(t, e, "getupdates", 1)
	for {
		a.updates()
		select {
		case out := <-got:
			if !strings.Contains(out.Description, "terminated by other getUpdates request") {
				t.Errorf("got %+v", out)
			}
			return
		default: // the first one may not have begun to wait
		}
	}
}

func TestAWebhookGetsUpdatesInOrderUntilTheyAreTaken(t *testing.T) {
	t.Parallel()
	e, a := serve(t, tgemu.Options{})
	got, fail := make(chan int64, 10), make(chan bool, 1)
	fail <- true
	hook := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		select {
		case <-fail:
			http.Error(w, "busy", http.StatusServiceUnavailable)
			return
		default:
		}
		if r.Header.Get("X-Telegram-Bot-Api-Secret-Token") != "s3" {
			t.Errorf("no secret")
		}
		var u struct {
			ID int64 `json:"update_id"`
		}
		_ = json.NewDecoder(r.Body).Decode(&u)
		got <- u.ID
	}))
	defer hook.Close()
	if out, err := a.call(t.Context(), "setWebhook", "url", hook.URL, "secret_token", "s3"); err != nil || out.Description != "" {
		t.Fatal(out, err)
	}
	if out := a.updates(); !strings.Contains(out.Description, "can't use getUpdates method while webhook is active") {
		t.Errorf("got %+v", out)
	}
	for _, s := range []string{"раз", "два"} {
		if _, err := e.SendText(anna(), s); err != nil {
			t.Fatal(err)
		}
	}
	first, second := <-got, <-got
	if second != first+1 {
		t.Errorf("got %d then %d", first, second)
	}
}

func TestAllowedUpdatesHoldUntilTheyChange(t *testing.T) {
	t.Parallel()
	e, a := serve(t, tgemu.Options{})
	a.updates("allowed_updates", `["callback_query"]`)
	if _, err := e.SendText(anna(), "раз"); err != nil {
		t.Fatal(err)
	}
	if got := a.updates(); len(got.Result) != 0 {
		t.Errorf("got %+v", got)
	}
}

func TestFaultsHitTheCallsTheyAreFor(t *testing.T) {
	t.Parallel()
	e, a := serve(t, tgemu.Options{})
	if _, err := e.Start(anna(), ""); err != nil {
		t.Fatal(err)
	}
	say := func() (answer, error) { return a.call(t.Context(), "sendMessage", "chat_id", "501", "text", "а") }
	e.Fault(tgemu.Fault{Kind: tgemu.FaultCutAfter, Methods: []string{"sendMessage"}, Skip: 1})
	if out, err := say(); err != nil || !out.OK {
		t.Fatal(out, err)
	}
	if _, err := say(); err == nil {
		t.Error("an answer came")
	}
	if n := len(e.Messages(501)); n != 3 {
		t.Errorf("%d messages, want 3: the one that was cut arrived", n)
	}
	e.Fault(tgemu.Fault{Kind: tgemu.FaultError, RetryAfter: 7})
	if out, _ := say(); out.Description != "Too Many Requests: retry after 7" {
		t.Errorf("got %+v", out)
	}
	e.Fault(tgemu.Fault{Kind: tgemu.FaultCutBefore})
	if _, err := say(); err == nil {
		t.Error("an answer came")
	}
	e.SetDown(true)
	if _, err := say(); err == nil {
		t.Error("an answer came while down")
	}
	e.SetDown(false)
	if out, err := say(); err != nil || !out.OK {
		t.Error(out, err)
	}
	if n := len(e.Messages(501)); n != 4 {
		t.Errorf("%d messages, want 4", n)
	}
}
