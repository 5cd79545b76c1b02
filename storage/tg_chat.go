package storage

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"
)

// Chat is where a conversation stands: the live card and what the next text of
// the person means.
type Chat struct {
	ChatID   int64
	PersonID *int64
	Card     json.RawMessage
	Expects  json.RawMessage
}

// ChatByID returns a chat's state; a chat never seen has an empty one.
func ChatByID(ctx context.Context, q Querier, chatID int64) (Chat, error) {
	c := Chat{ChatID: chatID}
	err := q.QueryRow(ctx, `select person_id, card, expects from tg_chat where chat_id = $1`, chatID).Scan(&c.PersonID, &c.Card, &c.Expects)
	if err != nil && !errors.Is(err, pgx.ErrNoRows) {
		return c, fmt.Errorf("read chat: %w", err)
	}
	return c, nil
}

// SaveChat writes a chat's state.
func SaveChat(ctx context.Context, q Querier, c Chat) error {
	_, err := q.Exec(ctx, `
		insert into tg_chat (chat_id, person_id, card, expects) values ($1, $2, $3, $4)
		on conflict (chat_id) do update set person_id = excluded.person_id, card = excluded.card,
			expects = excluded.expects, changed_at = now()`,
		c.ChatID, c.PersonID, jsonObject(c.Card), jsonObject(c.Expects))
	if err != nil {
		return fmt.Errorf("write chat: %w", err)
	}
	return nil
}

// TellStranger reports whether the stranger of a chat may be told again that the
// bot is private, and counts that as told: once in every pause.
func TellStranger(ctx context.Context, q Querier, chatID int64, now time.Time, pause time.Duration) (bool, error) {
	tag, err := q.Exec(ctx, `
		insert into tg_chat (chat_id, told_at) values ($1, $2)
		on conflict (chat_id) do update set told_at = excluded.told_at
		where tg_chat.told_at is null or tg_chat.told_at <= $3`, chatID, now, now.Add(-pause))
	if err != nil {
		return false, fmt.Errorf("write chat: %w", err)
	}
	return tag.RowsAffected() == 1, nil
}

// MoveChat follows a group that Telegram gave another id: its state and the
// messages that wait for it.
func MoveChat(ctx context.Context, q Querier, from, to int64) error {
	for _, sql := range []string{
		`update outbox set address = $2 where door = 'chat' and address = $1 and state in ('waiting', 'sending')`,
		`update subscription set address = $2 where door = 'chat' and address = $1 and ended_at is null`,
	} {
		if _, err := q.Exec(ctx, sql, strconv.FormatInt(from, 10), strconv.FormatInt(to, 10)); err != nil {
			return fmt.Errorf("move chat: %w", err)
		}
	}
	if _, err := q.Exec(ctx, `
		update tg_chat set chat_id = $2 where chat_id = $1 and not exists (select from tg_chat where chat_id = $2)`, from, to); err != nil {
		return fmt.Errorf("move chat: %w", err)
	}
	return nil
}
