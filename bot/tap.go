package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/distbase/distbase/storage"
)

// act is what a button does and who may tap it. No roles: everybody who was let
// in; open: strangers too.
type act struct {
	roles []string
	open  bool
	do    doing
}

// doing is what an action does with the arguments of its button.
type doing func(t *turn, ctx context.Context, args json.RawMessage) error

// tapLimit is how long a person waits for a tap to be taken notice of; Telegram
// takes an answer for some seconds only.
const tapLimit = 4 * time.Second

// tap is a tap on a button, answered once.
type tap struct {
	id   string
	once sync.Once
	out  *speaker
}

func (x *tap) answer(ctx context.Context, text string, alert bool) {
	x.once.Do(func() { x.out.toast(ctx, x.id, text, alert) })
}

// tap looks up what the button means, checks the right to it again, and does it.
func (t *turn) tap(ctx context.Context) error {
	t.tapped = &tap{id: t.u.Callback.ID, out: t.out}
	quiet := context.WithoutCancel(ctx)
	timer := time.AfterFunc(tapLimit, func() { t.tapped.answer(quiet, "", false) })
	defer timer.Stop()
	defer t.tapped.answer(quiet, "", false)

	button, err := storage.ButtonByToken(ctx, t.Store.Pool(), tokenOf(t.u.Callback.Data), t.Now())
	if errors.Is(err, storage.ErrNotFound) {
		t.alert(ctx, t.text("button_old", nil))
		return nil
	}
	if err != nil {
		return err
	}
	a, ok := t.acts[button.Action]
	if !ok || !t.allowed(a, button) {
		t.alert(ctx, t.text("no_access", nil))
		return nil
	}
	return a.do(t, ctx, button.Args)
}

func (t *turn) allowed(a act, button storage.Button) bool {
	if button.PersonID != nil && *button.PersonID != t.person.ID {
		return false
	}
	if !t.known() {
		return a.open
	}
	return len(a.roles) == 0 || t.may(a.roles...)
}

// alert answers the tap with a text that must be closed.
func (t *turn) alert(ctx context.Context, text string) {
	if t.tapped != nil {
		t.tapped.answer(ctx, text, true)
	}
}

// note answers the tap with a text that goes by itself.
func (t *turn) note(ctx context.Context, text string) {
	if t.tapped != nil {
		t.tapped.answer(ctx, text, false)
	}
}

// with makes an action of a function that takes its arguments decoded.
func with[T any](f func(t *turn, ctx context.Context, args T) error) doing {
	return func(t *turn, ctx context.Context, raw json.RawMessage) error {
		var args T
		if err := json.Unmarshal(raw, &args); err != nil {
			return fmt.Errorf("read button: %w", err)
		}
		return f(t, ctx, args)
	}
}
