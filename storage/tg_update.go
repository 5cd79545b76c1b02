package storage

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
)

// ChatUpdate is one update of Telegram as it came.
type ChatUpdate struct {
	ID         int64
	ChatID     int64  // 0: of no chat
	MediaGroup string // the album its message belongs to
	Payload    json.RawMessage
	ReceivedAt time.Time
	NotBefore  *time.Time
	Failures   int
}

// AddUpdates stores updates of a bot; those that are there already are left as
// they are. It wakes whoever handles updates.
func AddUpdates(ctx context.Context, q Querier, botID int64, updates []ChatUpdate) error {
	for _, u := range updates {
		_, err := q.Exec(ctx, `
			insert into tg_update (bot_id, update_id, chat_id, media_group, payload) values ($1, $2, $3, $4, $5)
			on conflict do nothing`,
			botID, u.ID, u.ChatID, nullText(u.MediaGroup), strings.ToValidUTF8(string(u.Payload), "\uFFFD"))
		if err != nil {
			return fmt.Errorf("store update %d: %w", u.ID, err)
		}
	}
	if len(updates) == 0 {
		return nil
	}
	return Notify(ctx, q, TopicUpdate)
}

// ChatsWithUpdates lists the chats of a bot whose first waiting update is due. A
// chat's updates wait for each other.
func ChatsWithUpdates(ctx context.Context, q Querier, botID int64, now time.Time) ([]int64, error) {
	rows, err := q.Query(ctx, `
		select chat_id from (
			select distinct on (chat_id) chat_id, update_id, not_before from tg_update
			where bot_id = $1 and done_at is null order by chat_id, update_id) first
		where not_before is null or not_before <= $2 order by update_id`, botID, now)
	if err != nil {
		return nil, fmt.Errorf("list chats with updates: %w", err)
	}
	chats, err := pgx.CollectRows(rows, pgx.RowTo[int64])
	if err != nil {
		return nil, fmt.Errorf("list chats with updates: %w", err)
	}
	return chats, nil
}

// NextUpdate returns the first waiting update of a chat, be it due or not, or
// ErrNotFound.
func NextUpdate(ctx context.Context, q Querier, botID, chatID int64) (ChatUpdate, error) {
	all, err := updates(ctx, q, `where bot_id = $1 and chat_id = $2 and done_at is null order by update_id limit 1`, botID, chatID)
	if err != nil {
		return ChatUpdate{}, err
	}
	if len(all) == 0 {
		return ChatUpdate{}, fmt.Errorf("update: %w", ErrNotFound)
	}
	return all[0], nil
}

// AlbumUpdates lists the waiting updates of one album, in their order.
func AlbumUpdates(ctx context.Context, q Querier, botID, chatID int64, mediaGroup string) ([]ChatUpdate, error) {
	return updates(ctx, q, `
		where bot_id = $1 and chat_id = $2 and media_group = $3 and done_at is null order by update_id`, botID, chatID, mediaGroup)
}

// WaitingUpdates lists the first waiting updates of a chat from one on.
func WaitingUpdates(ctx context.Context, q Querier, botID, chatID, fromID int64, limit int) ([]ChatUpdate, error) {
	return updates(ctx, q, `
		where bot_id = $1 and chat_id = $2 and update_id >= $3 and done_at is null order by update_id limit $4`, botID, chatID, fromID, limit)
}

// UpdateBefore returns the update of a chat that came before one, or ErrNotFound.
func UpdateBefore(ctx context.Context, q Querier, botID, chatID, id int64) (ChatUpdate, error) {
	all, err := updates(ctx, q, `where bot_id = $1 and chat_id = $2 and update_id < $3 order by update_id desc limit 1`, botID, chatID, id)
	if err != nil {
		return ChatUpdate{}, err
	}
	if len(all) == 0 {
		return ChatUpdate{}, fmt.Errorf("update: %w", ErrNotFound)
	}
	return all[0], nil
}

// UpdatesDone records that updates were handled. The caller does so in the
// transaction of what they caused.
func UpdatesDone(ctx context.Context, q Querier, botID int64, ids ...int64) error {
	_, err := q.Exec(ctx, `
		update tg_update set done_at = now(), error = null where bot_id = $1 and update_id = any($2) and done_at is null`, botID, ids)
	if err != nil {
		return fmt.Errorf("finish updates: %w", err)
	}
	return nil
}

// DeferUpdate lets an update, and its chat, wait until a moment.
func DeferUpdate(ctx context.Context, q Querier, botID, id int64, until time.Time) error {
	_, err := q.Exec(ctx, `update tg_update set not_before = $3 where bot_id = $1 and update_id = $2`, botID, id, until)
	if err != nil {
		return fmt.Errorf("defer update %d: %w", id, err)
	}
	return nil
}

// UpdateFailed records a failed try. The update is tried again at a moment or,
// with the zero time, given up and kept with its error.
func UpdateFailed(ctx context.Context, q Querier, botID, id int64, again time.Time, why string) error {
	var next *time.Time
	if !again.IsZero() {
		next = &again
	}
	_, err := q.Exec(ctx, `
		update tg_update set failures = failures + 1, error = $4, not_before = $3,
			done_at = case when $3::timestamptz is null then now() end
		where bot_id = $1 and update_id = $2`, botID, id, next, clean(why))
	if err != nil {
		return fmt.Errorf("record failure of update %d: %w", id, err)
	}
	return nil
}

// ParkedUpdates counts the updates that were given up.
func ParkedUpdates(ctx context.Context, q Querier, botID int64) (int, error) {
	var n int
	err := q.QueryRow(ctx, `select count(*) from tg_update where bot_id = $1 and done_at is not null and error is not null`, botID).Scan(&n)
	if err != nil && !errors.Is(err, pgx.ErrNoRows) {
		return 0, fmt.Errorf("count parked updates: %w", err)
	}
	return n, nil
}

// ForgetUpdates removes handled updates older than a moment, parked ones too.
// Telegram may start counting anew after a week without updates.
func ForgetUpdates(ctx context.Context, q Querier, before time.Time) error {
	if _, err := q.Exec(ctx, `delete from tg_update where done_at < $1`, before); err != nil {
		return fmt.Errorf("forget updates: %w", err)
	}
	return nil
}

func updates(ctx context.Context, q Querier, where string, args ...any) ([]ChatUpdate, error) {
	rows, err := q.Query(ctx, `
		select update_id, chat_id, coalesce(media_group, ''), payload, received_at, not_before, failures from tg_update `+where, args...)
	if err != nil {
		return nil, fmt.Errorf("list updates: %w", err)
	}
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[ChatUpdate])
	if err != nil {
		return nil, fmt.Errorf("list updates: %w", err)
	}
	return all, nil
}
