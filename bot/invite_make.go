package bot

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"github.com/distbase/distbase/storage"
	"github.com/distbase/distbase/text"
)

// pageSize is how many rows a list of choices shows at once.
const pageSize = 8

// inviteArgs is how far an admin has come with an invite.
type inviteArgs struct {
	Role        string `json:"r"`
	Distributor string `json:"d,omitempty"` // code
	Region      string `json:"g,omitempty"`
	Page        int    `json:"p,omitempty"`
	Search      string `json:"s,omitempty"`
}

// startInvite asks for the role.
func (t *turn) startInvite(ctx context.Context, _ string) error {
	k := t.keys()
	for _, role := range []string{storage.RoleDistributor, storage.RoleAnalyst, storage.RoleManager, storage.RoleAdmin} {
		k.row(key{t.text("role."+role, nil), "invite.role", inviteArgs{Role: role}})
	}
	return t.tell(ctx, t.html("invite.ask_role", nil), k)
}

// inviteRole asks for the cut where the role has one.
func (t *turn) inviteRole(ctx context.Context, a inviteArgs) error {
	switch a.Role {
	case storage.RoleDistributor:
		return t.inviteDistributors(ctx, a)
	case storage.RoleManager:
		k := t.keys().
			row(key{t.text("key.everything", nil), "invite.make", a}).
			row(key{t.text("key.one_distributor", nil), "invite.list", a}, key{t.text("key.one_region", nil), "invite.regions", a})
		return t.replace(ctx, t.html("invite.ask_cut", nil), k)
	}
	return t.makeInvite(ctx, a)
}

// inviteDistributors lists distributors to choose from, or those found by a search.
func (t *turn) inviteDistributors(ctx context.Context, a inviteArgs) error {
	all, err := t.distributors(ctx, a.Search)
	if err != nil {
		return err
	}
	k := t.keys()
	for _, d := range page(all, a.Page) {
		k.row(key{shorten(d.Name, 40), "invite.make", inviteArgs{Role: a.Role, Distributor: d.Code}})
	}
	k.row(t.pageKeys(len(all), a.Page, "invite.list", func(n int) any { b := a; b.Page = n; return b })...)
	if err := t.expect(ctx, expectation{Kind: expectInvite, Invite: &a}); err != nil {
		return err
	}
	return t.replace(ctx, t.html("invite.ask_distributor", text.Data{"Found": len(all)}), k)
}

func (t *turn) inviteRegions(ctx context.Context, a inviteArgs) error {
	all, err := t.distributors(ctx, "")
	if err != nil {
		return err
	}
	var regions []string
	for _, d := range all {
		if d.Region != "" && !slices.Contains(regions, d.Region) {
			regions = append(regions, d.Region)
		}
	}
	slices.Sort(regions)
	k := t.keys()
	for _, r := range page(regions, a.Page) {
		k.row(key{shorten(r, 40), "invite.make", inviteArgs{Role: a.Role, Region: r}})
	}
	k.row(t.pageKeys(len(regions), a.Page, "invite.regions", func(n int) any { b := a; b.Page = n; return b })...)
	return t.replace(ctx, t.html("invite.ask_region", text.Data{"Found": len(regions)}), k)
}

// makeInvite makes the link. It is shown once; a lost one is made again.
func (t *turn) makeInvite(ctx context.Context, a inviteArgs) error {
	i := storage.Invite{Role: a.Role, CreatedBy: &t.person.ID, ExpiresAt: t.Now().Add(InviteLife)}
	if a.Distributor != "" {
		i.Cut.Distributors = []string{a.Distributor}
	}
	if a.Region != "" {
		i.Cut.Regions = []string{a.Region}
	}
	if a.Role == storage.RoleDistributor && a.Distributor == "" {
		return t.inviteDistributors(ctx, a)
	}
	token, err := t.token(16)
	if err != nil {
		return err
	}
	cut, err := t.cutText(ctx, i.Cut)
	if err != nil {
		return err
	}
	var link string
	var id int64
	// Not in one transaction with the update: a second try makes a new link, and
	// the one that nobody saw expires.
	if link, id, err = Invite(ctx, t.Store.Pool(), token, t.Username(), i); err != nil {
		return err
	}
	if err := t.journal(ctx, t.Store.Pool(), "invite.make", "invite", map[string]any{"invite": id, "role": i.Role, "cut": i.Cut}); err != nil {
		return err
	}
	html := t.html("invite.made", text.Data{
		"Role": t.text("role."+i.Role, nil), "Cut": cut, "Link": link, "Until": i.ExpiresAt.In(t.zone()),
	})
	return t.replace(ctx, html, t.keys().row(key{t.text("key.revoke_invite", nil), "invite.revoke", acceptArgs{Invite: id}}))
}

func (t *turn) revokeInvite(ctx context.Context, a acceptArgs) error {
	err := t.finish(ctx, func(tx pgx.Tx) error { return storage.RevokeInvite(ctx, tx, a.Invite, t.Now()) })
	if errors.Is(err, storage.ErrInviteSpent) {
		t.alert(ctx, t.text("invite.spent", nil))
		return nil
	}
	if err != nil {
		return err
	}
	return t.replace(ctx, t.html("invite.revoked", nil), nil)
}

// distributors lists those whose name or code has the words in it.
func (t *turn) distributors(ctx context.Context, search string) ([]storage.Distributor, error) {
	all, err := storage.Distributors(ctx, t.Store.Pool())
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(all, func(d storage.Distributor) bool {
		text := strings.ToLower(d.Name + " " + d.Code)
		return slices.ContainsFunc(strings.Fields(strings.ToLower(search)), func(w string) bool { return !strings.Contains(text, w) })
	}), nil
}

func page[T any](all []T, n int) []T {
	from := min(max(n, 0)*pageSize, len(all))
	return all[from:min(from+pageSize, len(all))]
}

// pageKeys are the buttons to the pages before and after.
func (t *turn) pageKeys(total, n int, action string, args func(int) any) []key {
	var out []key
	if n > 0 {
		out = append(out, key{t.text("key.back", nil), action, args(n - 1)})
	}
	if (n+1)*pageSize < total {
		out = append(out, key{t.text("key.more", nil), action, args(n + 1)})
	}
	return out
}
