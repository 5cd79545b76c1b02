package bot

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"

	"github.com/distbase/distbase/storage"
	"github.com/distbase/distbase/text"
)

type peopleArgs struct {
	Page   int   `json:"p,omitempty"`
	Person int64 `json:"i,omitempty"`
}

// showPeople lists who was let in.
func (t *turn) showPeople(ctx context.Context, _ string) error {
	return t.listPeople(ctx, peopleArgs{})
}

func (t *turn) listPeople(ctx context.Context, a peopleArgs) error {
	all, err := t.peopleInForce(ctx)
	if err != nil {
		return err
	}
	k := t.keys()
	for _, p := range page(all, a.Page) {
		k.row(key{shorten(p.Name, 24) + " · " + t.roleNames(p), "people.show", peopleArgs{Page: a.Page, Person: p.ID}})
	}
	k.row(t.pageKeys(len(all), a.Page, "people.list", func(n int) any { return peopleArgs{Page: n} })...)
	return t.replace(ctx, t.html("people.list", text.Data{"Count": len(all)}), k)
}

func (t *turn) peopleInForce(ctx context.Context) ([]storage.Person, error) {
	all, err := storage.People(ctx, t.Store.Pool(), "")
	if err != nil {
		return nil, err
	}
	var out []storage.Person
	for _, p := range all {
		if p.RevokedAt == nil && len(p.Grants) > 0 {
			out = append(out, p)
		}
	}
	return out, nil
}

func (t *turn) roleNames(p storage.Person) string {
	var names []string
	for _, g := range p.Grants {
		names = append(names, t.text("role."+g.Role, nil))
	}
	return strings.Join(names, ", ")
}

func (t *turn) showPerson(ctx context.Context, a peopleArgs) error {
	p, err := storage.PersonByID(ctx, t.Store.Pool(), a.Person)
	if err != nil {
		return err
	}
	lines := t.html("people.one", text.Data{"Name": p.Name, "Revoked": p.RevokedAt != nil, "Blocked": p.BlockedAt != nil})
	for _, g := range p.Grants {
		cut, err := t.cutText(ctx, g.Cut)
		if err != nil {
			return err
		}
		lines += "\n" + t.html("people.grant", text.Data{"Role": t.text("role."+g.Role, nil), "Cut": cut})
	}
	k := t.keys()
	if p.RevokedAt == nil && p.ID != t.person.ID {
		k.row(key{t.text("key.revoke", nil), "people.ask_revoke", a})
	}
	k.row(key{t.text("key.back", nil), "people.list", peopleArgs{Page: a.Page}})
	return t.replace(ctx, lines, k)
}

// askRevoke has the admin tap twice: it takes everything away at once.
func (t *turn) askRevoke(ctx context.Context, a peopleArgs) error {
	p, err := storage.PersonByID(ctx, t.Store.Pool(), a.Person)
	if err != nil {
		return err
	}
	k := t.keys().row(key{t.text("key.revoke_yes", nil), "people.revoke", a}, key{t.text("key.back", nil), "people.show", a})
	return t.replace(ctx, t.html("people.ask_revoke", text.Data{"Name": p.Name}), k)
}

// revokePerson takes all roles away: from the next update on the person is a
// stranger, and old buttons answer so.
func (t *turn) revokePerson(ctx context.Context, a peopleArgs) error {
	if a.Person == t.person.ID {
		t.alert(ctx, t.text("people.not_oneself", nil))
		return nil
	}
	err := t.finish(ctx, func(tx pgx.Tx) error {
		err := storage.RevokePerson(ctx, tx, a.Person, t.Now())
		if errors.Is(err, storage.ErrNotFound) {
			return nil // a double tap
		}
		if err != nil {
			return err
		}
		return t.journal(ctx, tx, "person.revoke", fmt.Sprintf("person:%d", a.Person), nil)
	})
	if err != nil {
		return err
	}
	return t.listPeople(ctx, peopleArgs{Page: a.Page})
}
