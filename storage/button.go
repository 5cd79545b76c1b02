package storage

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
)

// Button is what a tap on an opaque token means.
type Button struct {
	Token     string
	PersonID  *int64 // nil: whoever has the role
	Action    string
	Args      json.RawMessage
	ExpiresAt time.Time
}

// AddButtons stores buttons.
func AddButtons(ctx context.Context, q Querier, buttons []Button) error {
	for _, b := range buttons {
		_, err := q.Exec(ctx, `
			insert into button (token, person_id, action, args, expires_at) values ($1, $2, $3, $4, $5)
			on conflict (token) do nothing`, b.Token, b.PersonID, b.Action, jsonObject(b.Args), b.ExpiresAt)
		if err != nil {
			return fmt.Errorf("store button: %w", err)
		}
	}
	return nil
}

// ButtonByToken returns a button that has not expired, or ErrNotFound.
func ButtonByToken(ctx context.Context, q Querier, token string, now time.Time) (Button, error) {
	b := Button{Token: clean(token)}
	err := q.QueryRow(ctx, `select person_id, action, args, expires_at from button where token = $1 and expires_at > $2`, b.Token, now).
		Scan(&b.PersonID, &b.Action, &b.Args, &b.ExpiresAt)
	if errors.Is(err, pgx.ErrNoRows) {
		return b, fmt.Errorf("button: %w", ErrNotFound)
	}
	if err != nil {
		return b, fmt.Errorf("read button: %w", err)
	}
	return b, nil
}

// ForgetButtons removes the buttons that expired before a moment.
func ForgetButtons(ctx context.Context, q Querier, before time.Time) error {
	if _, err := q.Exec(ctx, `delete from button where expires_at < $1`, before); err != nil {
		return fmt.Errorf("forget buttons: %w", err)
	}
	return nil
}
