package bot

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/distbase/distbase/storage"
	"github.com/distbase/distbase/text"
)

// InviteLife is how long an invite waits to be used.
const InviteLife = 7 * 24 * time.Hour

// Invite makes an invite and returns the deep link to it. The token stands in the
// link only; the database keeps its hash. botName is the bot's without @.
func Invite(ctx context.Context, q storage.Querier, token, botName string, i storage.Invite) (link string, id int64, err error) {
	if id, err = storage.AddInvite(ctx, q, token, i); err != nil {
		return "", 0, err
	}
	return "https://t.me/" + botName + "?start=" + token, id, nil
}

type acceptArgs struct {
	Invite   int64 `json:"i"`
	Telegram int64 `json:"t"` // who was shown it
}

// showInvite shows what an invite would let its reader do, before they accept.
func (t *turn) showInvite(ctx context.Context, token string) error {
	i, err := storage.InviteByToken(ctx, t.Store.Pool(), token)
	if errors.Is(err, storage.ErrNotFound) {
		if t.known() {
			return t.showHelp(ctx, "")
		}
		return t.stranger(ctx)
	}
	if err != nil {
		return err
	}
	if !i.Open(t.Now()) {
		return t.tell(ctx, t.html("invite.spent", nil), nil)
	}
	cut, err := t.cutText(ctx, i.Cut)
	if err != nil {
		return err
	}
	html := t.html("invite.offer", text.Data{"Role": t.text("role."+i.Role, nil), "Cut": cut})
	k := t.keysFor(nil).row(key{t.text("key.accept", nil), "invite.accept", acceptArgs{i.ID, t.u.from().ID}})
	return t.tell(ctx, html, k)
}

// acceptInvite lets the person in. Of two who try at the same time one succeeds.
func (t *turn) acceptInvite(ctx context.Context, a acceptArgs) error {
	from := t.u.from()
	if from.ID != a.Telegram {
		t.alert(ctx, t.text("no_access", nil))
		return nil
	}
	i, err := storage.InviteByID(ctx, t.Store.Pool(), a.Invite)
	if err != nil {
		return err
	}
	if i.UsedBy != nil && t.known() && *i.UsedBy == t.person.ID { // a double tap
		return t.welcome(ctx, i)
	}
	var taken *storage.ContactTakenError
	err = t.finish(ctx, func(tx pgx.Tx) error { return t.letIn(ctx, tx, i) })
	switch {
	case errors.Is(err, storage.ErrInviteSpent):
		return t.replace(ctx, t.html("invite.spent", nil), nil)
	case errors.As(err, &taken):
		return t.replace(ctx, t.html("invite.taken", text.Data{"Name": taken.Owner.Name}), nil)
	case err != nil:
		return err
	}
	if t.person, err = storage.PersonByTelegram(ctx, t.Store.Pool(), from.ID); err != nil {
		return err
	}
	t.p = t.printer(t.person.Lang)
	return t.welcome(ctx, i)
}

func (t *turn) letIn(ctx context.Context, tx pgx.Tx, i storage.Invite) error {
	from := t.u.from()
	id := t.person.ID
	if !t.known() {
		var err error
		id, err = storage.AddPerson(ctx, tx, storage.Person{TelegramID: &from.ID, Name: from.name(), Lang: t.langOf(*from)})
		if err != nil {
			return err
		}
	}
	if err := storage.UseInvite(ctx, tx, i.ID, id, t.Now()); err != nil {
		return err
	}
	if err := storage.AddGrant(ctx, tx, id, i.Role, i.Cut, i.CreatedBy); err != nil {
		return err
	}
	if i.Role == storage.RoleDistributor {
		if err := t.addContacts(ctx, tx, i); err != nil {
			return err
		}
	}
	// An analyst hears at once of what waits.
	if err := storage.Notify(ctx, tx, storage.TopicQuestion); err != nil {
		return err
	}
	return t.journal(ctx, tx, "invite.accept", fmt.Sprintf("person:%d", id), map[string]any{"invite": i.ID, "role": i.Role, "cut": i.Cut})
}

// addContacts makes the chat a confirmed address of the distributor.
func (t *turn) addContacts(ctx context.Context, tx pgx.Tx, i storage.Invite) error {
	for _, code := range i.Cut.Distributors {
		d, err := storage.DistributorByCode(ctx, tx, code)
		if err != nil {
			return err
		}
		if err := storage.AddContact(ctx, tx, d.ID, storage.DoorChat, strconv.FormatInt(t.u.from().ID, 10), i.CreatedBy); err != nil {
			return err
		}
	}
	return nil
}

// langOf takes the language of a person's Telegram where there is a catalogue.
func (t *turn) langOf(u user) string {
	for _, lang := range text.Languages() {
		if strings.HasPrefix(u.Lang, lang) {
			return lang
		}
	}
	return t.Lang
}

func (t *turn) welcome(ctx context.Context, i storage.Invite) error {
	if err := t.replace(ctx, t.html("invite.welcome", text.Data{"Role": t.text("role."+i.Role, nil)}), nil); err != nil {
		return err
	}
	return t.showHelp(ctx, "")
}

// cutText says in words what a cut covers.
func (t *turn) cutText(ctx context.Context, c storage.Cut) (string, error) {
	var names []string
	for _, code := range c.Distributors {
		d, err := storage.DistributorByCode(ctx, t.Store.Pool(), code)
		if err != nil && !errors.Is(err, storage.ErrNotFound) {
			return "", err
		}
		if d.Name == "" {
			d.Name = code
		}
		names = append(names, d.Name)
	}
	names = append(append(names, c.Regions...), c.Brands...)
	return strings.Join(names, ", "), nil
}
