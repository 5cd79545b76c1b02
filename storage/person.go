package storage

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
)

// The roles a person may have.
const (
	RoleDistributor = "distributor"
	RoleAnalyst     = "analyst"
	RoleManager     = "manager"
	RoleAdmin       = "admin"
)

// Cut limits what a role covers. Empty lists cover everything; values are codes
// of master data and names of regions and brands.
type Cut struct {
	Distributors []string `json:"distributors,omitempty"`
	Regions      []string `json:"regions,omitempty"`
	Brands       []string `json:"brands,omitempty"`
}

// Grant is one role of a person with its cut.
type Grant struct {
	ID   int64
	Role string
	Cut  Cut
}

// Person is somebody who was let in.
type Person struct {
	ID         int64
	TelegramID *int64
	Name       string
	Email      string
	Lang       string
	TZ         string // empty: the installation's
	BlockedAt  *time.Time
	RevokedAt  *time.Time
	Grants     []Grant // those in force
}

// Is reports whether the person has the role.
func (p Person) Is(role string) bool {
	for _, g := range p.Grants {
		if g.Role == role {
			return true
		}
	}
	return false
}

// AddPerson stores a person and returns the id. A person of the same Telegram id
// is brought back if revoked, and keeps the id.
func AddPerson(ctx context.Context, q Querier, p Person) (int64, error) {
	lang := p.Lang
	if lang == "" {
		lang = "ru"
	}
	var id int64
	err := q.QueryRow(ctx, `
		insert into person (telegram_id, name, email, lang, tz) values ($1, $2, $3, $4, $5)
		on conflict (telegram_id) do update set name = excluded.name, revoked_at = null, blocked_at = null
		returning id`,
		p.TelegramID, clean(p.Name), nullText(p.Email), lang, nullText(p.TZ)).Scan(&id)
	if err != nil {
		return 0, fmt.Errorf("store person: %w", err)
	}
	return id, nil
}

// UpdatePerson writes name, e-mail, language and zone.
func UpdatePerson(ctx context.Context, q Querier, p Person) error {
	_, err := q.Exec(ctx, `update person set name = $2, email = $3, lang = $4, tz = $5 where id = $1`,
		p.ID, clean(p.Name), nullText(p.Email), p.Lang, nullText(p.TZ))
	if err != nil {
		return fmt.Errorf("update person %d: %w", p.ID, err)
	}
	return nil
}

// PersonByID returns a person with the grants in force, or ErrNotFound.
func PersonByID(ctx context.Context, q Querier, id int64) (Person, error) {
	return onePerson(ctx, q, `where p.id = $1`, id)
}

// PersonByTelegram returns the person of a Telegram user id who was not revoked,
// or ErrNotFound.
func PersonByTelegram(ctx context.Context, q Querier, telegramID int64) (Person, error) {
	return onePerson(ctx, q, `where p.telegram_id = $1 and p.revoked_at is null`, telegramID)
}

// People lists everybody with a grant of the role, or all for an empty role;
// revoked people come only with all.
func People(ctx context.Context, q Querier, role string) ([]Person, error) {
	if role == "" {
		return persons(ctx, q, `order by p.id`)
	}
	return persons(ctx, q, `where p.revoked_at is null and exists (
		select from person_role r where r.person_id = p.id and r.role = $1 and r.revoked_at is null) order by p.id`, role)
}

// AddGrant gives a person a role.
func AddGrant(ctx context.Context, q Querier, personID int64, role string, cut Cut, by *int64) error {
	raw, err := json.Marshal(cut)
	if err != nil {
		return fmt.Errorf("encode cut: %w", err)
	}
	_, err = q.Exec(ctx, `insert into person_role (person_id, role, cut, granted_by) values ($1, $2, $3, $4)`,
		personID, role, raw, by)
	if err != nil {
		return fmt.Errorf("grant %s: %w", role, err)
	}
	return nil
}

// RevokePerson takes all roles away; contacts of a distributor that the person
// stood for in the chat are closed too.
func RevokePerson(ctx context.Context, q Querier, id int64, at time.Time) error {
	tag, err := q.Exec(ctx, `update person set revoked_at = $2 where id = $1 and revoked_at is null`, id, at)
	if err != nil {
		return fmt.Errorf("revoke person %d: %w", id, err)
	}
	if tag.RowsAffected() == 0 {
		return fmt.Errorf("person %d: %w", id, ErrNotFound)
	}
	for _, sql := range []string{
		`update person_role set revoked_at = $2 where person_id = $1 and revoked_at is null`,
		`update subscription set ended_at = $2 where person_id = $1 and ended_at is null`,
		`update distributor_contact set revoked_at = $2 where revoked_at is null and door = 'chat'
			and address = (select telegram_id::text from person where id = $1)`,
		`update question set leased_by = null, leased_until = null where leased_by = $1 and $2::timestamptz is not null`,
	} {
		if _, err := q.Exec(ctx, sql, id, at); err != nil {
			return fmt.Errorf("revoke person %d: %w", id, err)
		}
	}
	return nil
}

// SetBlocked records that a person blocked the bot, or came back.
func SetBlocked(ctx context.Context, q Querier, id int64, blocked bool) error {
	_, err := q.Exec(ctx, `update person set blocked_at = case when $2 then coalesce(blocked_at, now()) end where id = $1`, id, blocked)
	if err != nil {
		return fmt.Errorf("update person %d: %w", id, err)
	}
	return nil
}

func onePerson(ctx context.Context, q Querier, where string, args ...any) (Person, error) {
	all, err := persons(ctx, q, where, args...)
	if err != nil {
		return Person{}, err
	}
	if len(all) == 0 {
		return Person{}, fmt.Errorf("person: %w", ErrNotFound)
	}
	return all[0], nil
}

func persons(ctx context.Context, q Querier, where string, args ...any) ([]Person, error) {
	rows, err := q.Query(ctx, `
		select p.id, p.telegram_id, p.name, coalesce(p.email, ''), p.lang, coalesce(p.tz, ''), p.blocked_at, p.revoked_at,
			coalesce((select json_agg(json_build_object('ID', r.id, 'Role', r.role, 'Cut', r.cut) order by r.id)
				from person_role r where r.person_id = p.id and r.revoked_at is null), '[]')
		from person p `+where, args...)
	if err != nil {
		return nil, fmt.Errorf("list people: %w", err)
	}
	all, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (Person, error) {
		var p Person
		err := row.Scan(&p.ID, &p.TelegramID, &p.Name, &p.Email, &p.Lang, &p.TZ, &p.BlockedAt, &p.RevokedAt, &p.Grants)
		return p, err
	})
	if err != nil && !errors.Is(err, pgx.ErrNoRows) {
		return nil, fmt.Errorf("list people: %w", err)
	}
	return all, nil
}
