package storage

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// Setting reads the value of key into v. ErrNotFound: it was never set.
func Setting(ctx context.Context, q Querier, key string, v any) error {
	var raw json.RawMessage
	err := q.QueryRow(ctx, `select value from setting where key = $1`, key).Scan(&raw)
	if errors.Is(err, pgx.ErrNoRows) {
		return fmt.Errorf("setting %s: %w", key, ErrNotFound)
	}
	if err != nil {
		return fmt.Errorf("read setting %s: %w", key, err)
	}
	if err := json.Unmarshal(raw, v); err != nil {
		return fmt.Errorf("read setting %s: %w", key, err)
	}
	return nil
}

// SetSetting writes the value of key.
func SetSetting(ctx context.Context, q Querier, key string, v any) error {
	raw, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("encode setting %s: %w", key, err)
	}
	_, err = q.Exec(ctx, `
		insert into setting (key, value) values ($1, $2)
		on conflict (key) do update set value = excluded.value, changed_at = now()`, key, raw)
	if err != nil {
		return fmt.Errorf("write setting %s: %w", key, err)
	}
	return nil
}
