package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/shopspring/decimal"

	"github.com/distbase/distbase/ingest"
	"github.com/distbase/distbase/storage"
	"github.com/distbase/distbase/text"
)

// groupArgs names the questions of one announcement.
type groupArgs struct {
	Submission int64  `json:"s,omitempty"`
	Question   int64  `json:"q,omitempty"` // where they are about no report
	Kind       string `json:"k,omitempty"` // which of them; "": all
}

// announce tells analysts of new questions: one message for each report, or for
// each question that blocks one, never one for each row.
func (b *Bot) announce(ctx context.Context) error {
	heard := b.Store.Listen(ctx, storage.TopicQuestion, 30*time.Second)
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-heard:
		}
		if err := b.announceAll(ctx); err != nil && ctx.Err() == nil {
			b.log.Warn("announce questions", "error", err)
		}
	}
}

func (b *Bot) announceAll(ctx context.Context) error {
	people, err := storage.People(ctx, b.Store.Pool(), storage.RoleAnalyst)
	if err != nil {
		return err
	}
	for _, p := range people {
		if p.TelegramID == nil || p.BlockedAt != nil {
			continue
		}
		prefix := fmt.Sprintf("digest:%d:", p.ID)
		groups, err := storage.ReportsToAnnounce(ctx, b.Store.Pool(), prefix)
		if err != nil {
			return err
		}
		t := &turn{Bot: b, chatID: *p.TelegramID, person: p, p: b.printer(p.Lang)}
		for _, g := range groups {
			if err := t.announceGroup(ctx, prefix, g); err != nil {
				return err
			}
		}
	}
	return nil
}

func (t *turn) announceGroup(ctx context.Context, prefix string, g storage.OpenReport) error {
	data := text.Data{
		"Kind": t.text("kind."+g.Kind, nil), "Count": g.Questions, "Value": g.Value, "Money": g.Value.IsPositive(),
		"Distributor": "", "File": "", "Period": "", "Rows": 0, "Amount": "",
		"Share": decimal.Zero, "Unmapped": decimal.Zero,
	}
	if g.SubmissionID != 0 {
		if err := t.aboutReport(ctx, g.SubmissionID, data); err != nil {
			return err
		}
	}
	if g.Kind == storage.AskSender {
		if err := t.aboutSender(ctx, g, data); err != nil {
			return err
		}
	}
	key1 := "digest.question"
	open := reportArgs{Submission: g.SubmissionID}
	switch g.Kind {
	case storage.AskItem, storage.AskClient, storage.AskAgent:
		key1, open.Kind = "digest.names", g.Kind
	case storage.AskAudit:
		key1, open.Kind = "digest.audit", g.Kind
	}
	data["Clients"], data["Agents"] = g.Kind == storage.AskClient, g.Kind == storage.AskAgent
	if g.Kind != storage.AskItem {
		data["Share"] = decimal.Zero // it is of products
	}
	if err := t.aboutWaiting(ctx, g, data); err != nil {
		return err
	}
	k := t.keys().row(key{t.text("key.work", text.Data{"Count": g.Questions}), "q.open", open})
	if g.Kind == storage.AskItem || g.Kind == storage.AskClient {
		k.row(key{t.text("key.list", nil), "q.lists", listArgs{List: ingest.List{Submission: g.SubmissionID, Kind: g.Kind}}}, key{t.text("key.workbook", nil), "book.give", open})
	}
	k.row(key{t.text("key.tomorrow", nil), "q.later_report", t.group(g)})
	return t.Store.InTx(ctx, func(tx pgx.Tx) error {
		_, added, err := storage.AddOutgoing(ctx, tx, storage.Outgoing{
			Door: storage.DoorChat, Address: strconv.FormatInt(t.chatID, 10), PersonID: &t.person.ID, Dedup: prefix + g.Key,
			Priority: storage.PriorityNotice, Payload: storage.Payload{HTML: t.html(key1, data), Buttons: k.rows, Lang: t.p.Lang()},
		})
		if err != nil || !added {
			return err
		}
		return k.save(ctx, tx)
	})
}

// aboutWaiting adds the clients that are not asked about yet to those that are.
func (t *turn) aboutWaiting(ctx context.Context, g storage.OpenReport, data text.Data) error {
	data["Asked"], data["All"], data["Worth"] = g.Questions, g.Questions, g.Value
	if g.Kind != storage.AskClient || g.SubmissionID == 0 {
		return nil
	}
	s, err := storage.SubmissionByID(ctx, t.Store.Pool(), g.SubmissionID)
	if err != nil {
		return err
	}
	w, err := storage.WaitingClients(ctx, t.Store.Pool(), s.DistributorID, s.ID)
	data["All"], data["Worth"] = g.Questions+w.Count, g.Value.Add(w.Value)
	return err
}

func (t *turn) group(g storage.OpenReport) groupArgs {
	a := groupArgs{Submission: g.SubmissionID}
	switch g.Kind {
	case storage.AskItem, storage.AskClient, storage.AskAgent, storage.AskAudit:
		a.Kind = g.Kind
		return a
	}
	if g.SubmissionID == 0 {
		_, _ = fmt.Sscanf(g.Key, "question:%d", &a.Question)
	}
	return a
}

// aboutSender fills in who wrote: there is no report of theirs yet.
func (t *turn) aboutSender(ctx context.Context, g storage.OpenReport, data text.Data) error {
	q, err := storage.QuestionByID(ctx, t.Store.Pool(), t.group(g).Question)
	if err != nil {
		return err
	}
	var p ingest.SenderPayload
	if err := json.Unmarshal(q.Payload, &p); err != nil {
		return fmt.Errorf("read question %d: %w", q.ID, err)
	}
	who := make([]string, 0, 2)
	for _, s := range []string{p.Name, p.Address} {
		if s != "" {
			who = append(who, shorten(s, phone))
		}
	}
	data["Distributor"], data["File"] = strings.Join(who, "\n"), shorten(strings.Join(p.Files, ", "), 2*phone)
	return nil
}

// aboutReport fills in what is known of a report.
func (t *turn) aboutReport(ctx context.Context, submissionID int64, data text.Data) error {
	d, err := t.Desk.Digest(ctx, submissionID)
	if err != nil {
		return err
	}
	s := d.Submission
	data["Distributor"], data["File"], data["Rows"] = d.Distributor.Name, d.File, s.Rows
	data["Share"], data["Unmapped"] = d.Share, d.Unmapped
	if s.From != nil && s.To != nil {
		data["Period"] = text.Period(t.p.Lang(), *s.From, *s.To)
	}
	if s.Amount.Valid {
		data["Amount"] = text.Money(t.p.Lang(), s.Amount.Decimal)
	}
	return nil
}

// questionsOf are the open questions of an announcement.
func (t *turn) questionsOf(ctx context.Context, a groupArgs) ([]storage.Question, error) {
	if a.Submission != 0 || a.Kind != "" {
		open, err := storage.OpenQuestions(ctx, t.Store.Pool(), a.Submission)
		return slices.DeleteFunc(open, func(q storage.Question) bool { return a.Kind != "" && q.Kind != a.Kind }), err
	}
	q, err := storage.QuestionByID(ctx, t.Store.Pool(), a.Question)
	if errors.Is(err, storage.ErrNotFound) || err == nil && q.State != "open" {
		return nil, nil
	}
	return []storage.Question{q}, err
}
