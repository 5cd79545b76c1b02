package bot

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/distbase/distbase/ingest"
	"github.com/distbase/distbase/storage"
)

// What the next text of a person means.
const (
	expectSearch = "search" // a part of a product's name, for the question
	expectFind   = "find"   // the same, for nothing in particular
	expectFactor = "factor" // base units in a unit of the report
	expectPeriod = "period" // days
	expectReason = "reason" // why a report is not taken
	expectSender = "sender" // a part of a distributor's name, for the question
	expectInvite = "invite" // the same, for an invite
	expectOwner  = "owner"  // a part of a distributor's name, for its layouts
	expectCopy   = "copy"   // the same, for a copy of a layout
	expectTime   = "time"   // hour and minute of a subscription
	expectZone   = "zone"   // a time zone
	expectMail   = "mail"   // an e-mail address
)

// expectation is what the next text of a person means. Its zero value: nothing.
type expectation struct {
	Kind     string      `json:"kind,omitempty"`
	Question int64       `json:"question,omitempty"`
	Version  int         `json:"version,omitempty"`
	Invite   *inviteArgs `json:"invite,omitempty"`
	Sub      *subArgs    `json:"sub,omitempty"`
	Layout   *layoutArgs `json:"layout,omitempty"`
}

// expect remembers what the next text means.
func (t *turn) expect(ctx context.Context, e expectation) error {
	c, err := storage.ChatByID(ctx, t.Store.Pool(), t.chatID)
	if err != nil {
		return err
	}
	if c.Expects, err = json.Marshal(e); err != nil {
		return fmt.Errorf("encode expectation: %w", err)
	}
	c.PersonID = &t.person.ID
	return storage.SaveChat(ctx, t.Store.Pool(), c)
}

// expected is what the next text means.
func (t *turn) expected(ctx context.Context) (expectation, error) {
	var e expectation
	c, err := storage.ChatByID(ctx, t.Store.Pool(), t.chatID)
	if err != nil || len(c.Expects) == 0 {
		return e, err
	}
	if err := json.Unmarshal(c.Expects, &e); err != nil {
		return e, fmt.Errorf("read chat: %w", err)
	}
	return e, nil
}

// hearText handles a text that is no command. A right that a person had when they
// were asked may be gone: it is checked again.
func (t *turn) hearText(ctx context.Context, m message) error {
	e, err := t.expected(ctx)
	if err != nil {
		return err
	}
	handlers := map[string]struct {
		roles []string
		do    func(context.Context, expectation, string) error
	}{
		expectSearch: {[]string{storage.RoleAnalyst}, t.hearSearch},
		expectFind:   {[]string{storage.RoleAnalyst}, func(ctx context.Context, _ expectation, s string) error { return t.find(ctx, s) }},
		expectFactor: {[]string{storage.RoleAnalyst}, t.hearFactor},
		expectPeriod: {[]string{storage.RoleAnalyst}, t.hearPeriod},
		expectReason: {[]string{storage.RoleAnalyst}, t.hearReason},
		expectSender: {[]string{storage.RoleAnalyst}, t.hearSender},
		expectInvite: {[]string{storage.RoleAdmin}, t.hearInvite},
		expectOwner:  {[]string{storage.RoleAnalyst}, t.hearLayoutSearch},
		expectCopy:   {[]string{storage.RoleAnalyst}, t.hearLayoutSearch},
		expectTime:   {readerRoles(), t.hearTime},
		expectZone:   {readerRoles(), t.hearZone},
		expectMail:   {readerRoles(), t.hearMail},
	}
	if h, ok := handlers[e.Kind]; ok && t.may(h.roles...) {
		return h.do(ctx, e, m.Text)
	}
	if m.ReplyTo != nil && t.may(storage.RoleAnalyst) {
		st, err := t.card(ctx)
		if err != nil {
			return err
		}
		if st.Message == m.ReplyTo.ID && st.Question != 0 { // a reply to the card is a search
			return t.hearReply(ctx, st, m.Text)
		}
	}
	if t.may(storage.RoleDistributor) && ingest.IsReport(ctx, m.Text) {
		return t.hearList(ctx, m)
	}
	return t.tell(ctx, t.html("unknown_text", nil), nil)
}

func (t *turn) hearInvite(ctx context.Context, e expectation, s string) error {
	a := inviteArgs{}
	if e.Invite != nil {
		a = *e.Invite
	}
	a.Search, a.Page = s, 0
	return t.inviteDistributors(ctx, a)
}
