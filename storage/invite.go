package storage

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
)

// Invite lets one person in, once, into one role with its cut.
type Invite struct {
	ID        int64
	Role      string
	Cut       Cut
	CreatedBy *int64 // nil: from the command line
	ExpiresAt time.Time
	UsedBy    *int64
	RevokedAt *time.Time
}

// ErrInviteSpent says that an invite was used, revoked, or has expired.
var ErrInviteSpent = errors.New("invite is spent")

// AddInvite stores an invite of a token, of which only the SHA-256 is kept, and
// returns its id.
func AddInvite(ctx context.Context, q Querier, token string, i Invite) (int64, error) {
	cut, err := json.Marshal(i.Cut)
	if err != nil {
		return 0, fmt.Errorf("encode cut: %w", err)
	}
	hash := sha256.Sum256([]byte(token))
	var id int64
	err = q.QueryRow(ctx, `
		insert into invite (token_hash, role, cut, created_by, expires_at) values ($1, $2, $3, $4, $5) returning id`,
		hash[:], i.Role, cut, i.CreatedBy, i.ExpiresAt).Scan(&id)
	if err != nil {
		return 0, fmt.Errorf("store invite: %w", err)
	}
	return id, nil
}

// InviteByToken returns the invite of a token, spent or not, or ErrNotFound.
func InviteByToken(ctx context.Context, q Querier, token string) (Invite, error) {
	hash := sha256.Sum256([]byte(token))
	return oneInvite(ctx, q, `where token_hash = $1`, hash[:])
}

// InviteByID returns an invite, spent or not, or ErrNotFound.
func InviteByID(ctx context.Context, q Querier, id int64) (Invite, error) {
	return oneInvite(ctx, q, `where id = $1`, id)
}

// UseInvite spends an invite, or returns ErrInviteSpent. Of two that try at the
// same time one succeeds.
func UseInvite(ctx context.Context, q Querier, id, personID int64, now time.Time) error {
	tag, err := q.Exec(ctx, `
		update invite set used_by = $2, used_at = $3
		where id = $1 and used_at is null and revoked_at is null and expires_at > $3`, id, personID, now)
	if err != nil {
		return fmt.Errorf("use invite %d: %w", id, err)
	}
	if tag.RowsAffected() == 0 {
		return fmt.Errorf("invite %d: %w", id, ErrInviteSpent)
	}
	return nil
}

// RevokeInvite takes an unused invite back, or returns ErrInviteSpent.
func RevokeInvite(ctx context.Context, q Querier, id int64, now time.Time) error {
	tag, err := q.Exec(ctx, `update invite set revoked_at = $2 where id = $1 and used_at is null and revoked_at is null`, id, now)
	if err != nil {
		return fmt.Errorf("revoke invite %d: %w", id, err)
	}
	if tag.RowsAffected() == 0 {
		return fmt.Errorf("invite %d: %w", id, ErrInviteSpent)
	}
	return nil
}

// Open reports whether the invite can still be used.
func (i Invite) Open(now time.Time) bool {
	return i.UsedBy == nil && i.RevokedAt == nil && i.ExpiresAt.After(now)
}

func oneInvite(ctx context.Context, q Querier, where string, args ...any) (Invite, error) {
	rows, err := q.Query(ctx, `select id, role, cut, created_by, expires_at, used_by, revoked_at from invite `+where, args...)
	if err != nil {
		return Invite{}, fmt.Errorf("read invite: %w", err)
	}
	i, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByPos[Invite])
	if errors.Is(err, pgx.ErrNoRows) {
		return i, fmt.Errorf("invite: %w", ErrNotFound)
	}
	if err != nil {
		return i, fmt.Errorf("read invite: %w", err)
	}
	return i, nil
}
