package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	telegram "github.com/go-telegram/bot"

	"github.com/distbase/distbase/ingest"
	"github.com/distbase/distbase/storage"
	"github.com/distbase/distbase/text"
)

// holdTime is how long a question that was brought back stays with who did so; it
// is ingest's own time of a lease.
const holdTime = 10 * time.Minute

// cardState is the one live card of an analyst: the message that shows it, the
// question on it, and the answer before it.
type cardState struct {
	Message    int       `json:"message,omitempty"`
	Question   int64     `json:"question,omitempty"`
	Version    int       `json:"version,omitempty"`
	Submission int64     `json:"submission,omitempty"` // whose questions are shown; 0: all
	Kind       string    `json:"kind,omitempty"`       // which questions are shown; "": all
	Done       int       `json:"done,omitempty"`
	Since      time.Time `json:"since,omitzero"`
	Journal    int64     `json:"journal,omitempty"` // of the answer before
	Line       string    `json:"line,omitempty"`    // what it was
	Same       sameScope `json:"same,omitzero"`     // what else it can serve
	Fixed      bool      `json:"fixed,omitempty"`   // it was a correction: its question is still open
}

func (t *turn) card(ctx context.Context) (cardState, error) {
	var st cardState
	c, err := storage.ChatByID(ctx, t.Store.Pool(), t.chatID)
	if err != nil || len(c.Card) == 0 {
		return st, err
	}
	if err := json.Unmarshal(c.Card, &st); err != nil {
		return st, fmt.Errorf("read card: %w", err)
	}
	return st, nil
}

// saveCard remembers the card; what was expected before is not any more, unless
// e says what is.
func (t *turn) saveCard(ctx context.Context, st cardState, e expectation) error {
	card, err := json.Marshal(st)
	if err != nil {
		return fmt.Errorf("encode card: %w", err)
	}
	expects, err := json.Marshal(e)
	if err != nil {
		return fmt.Errorf("encode expectation: %w", err)
	}
	return storage.SaveChat(ctx, t.Store.Pool(), storage.Chat{ChatID: t.chatID, PersonID: &t.person.ID, Card: card, Expects: expects})
}

// openQueue begins with what is worth most.
func (t *turn) openQueue(ctx context.Context, _ string) error { return t.openReport(ctx, reportArgs{}) }

type reportArgs struct {
	Submission int64  `json:"s,omitempty"`
	Kind       string `json:"k,omitempty"`
}

// openReport shows the questions of one report, or of all, on a new card at the
// end of the chat. The old one goes.
func (t *turn) openReport(ctx context.Context, a reportArgs) error {
	st, err := t.card(ctx)
	if err != nil {
		return err
	}
	t.dropCard(ctx, st)
	if err := t.Desk.Release(ctx, t.person.ID); err != nil {
		return err
	}
	return t.nextCard(ctx, cardState{Submission: a.Submission, Kind: a.Kind, Since: t.Now()})
}

// dropCard takes the message of a card away, so that only one is live.
func (t *turn) dropCard(ctx context.Context, st cardState) {
	if st.Message == 0 {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	_, err := t.api.DeleteMessage(ctx, &telegram.DeleteMessageParams{ChatID: t.chatID, MessageID: st.Message})
	if err != nil { // older than 48 hours: its buttons are refused by their version
		t.log.Debug("delete old card", "error", err)
	}
}

// nextCard shows the next question, or that there is none.
func (t *turn) nextCard(ctx context.Context, st cardState) error {
	q, err := t.Desk.NextOf(ctx, t.person.ID, st.Submission, st.Kind)
	if errors.Is(err, storage.ErrNotFound) {
		return t.showDone(ctx, st)
	}
	if err != nil {
		return err
	}
	return t.showQuestion(ctx, st, q, view{})
}

// view is how a question is shown when not in the plain way.
type view struct {
	query  string                 // candidates are what was found for it
	found  []ingest.ItemCandidate // by query
	shops  []ingest.OutletCandidate
	reps   []ingest.RepCandidate
	page   int    // of what was found
	more   bool   // there may be more of it
	factor string // instead of the likely ones
	prompt string // key of what is asked for in writing
	expect expectation
}

// showQuestion puts a question on the live card.
func (t *turn) showQuestion(ctx context.Context, st cardState, q storage.Question, v view) error {
	html, k, err := t.render(ctx, st, q, v)
	if err != nil {
		return err
	}
	if v.prompt != "" {
		html += "\n\n<i>" + t.html(v.prompt, nil) + "</i>"
	}
	st.Question, st.Version = q.ID, q.Version
	return t.putCard(ctx, st, html, k, v.expect)
}

// showDone says that nothing is left.
func (t *turn) showDone(ctx context.Context, st cardState) error {
	left, err := storage.CountOpen(ctx, t.Store.Pool(), 0)
	if err != nil {
		return err
	}
	minutes := int(t.Now().Sub(st.Since).Round(time.Minute) / time.Minute)
	html := t.lastLine(st) + t.html("queue.done", text.Data{"Done": st.Done, "Minutes": max(minutes, 1), "Left": left, "Report": st.Submission != 0 || st.Kind != ""})
	k := t.keys().row(t.sameKeys(st)...).row(t.undoKeys(st)...)
	if (st.Submission != 0 || st.Kind != "") && left > 0 {
		k.row(key{t.text("key.queue", nil), "queue", nil})
	}
	st.Question, st.Version = 0, 0
	return t.putCard(ctx, st, html, k, expectation{})
}

// putCard edits the live card, or makes a new one where there is none to edit.
func (t *turn) putCard(ctx context.Context, st cardState, html string, k *keys, e expectation) error {
	m, err := k.ready(ctx)
	if err != nil {
		return err
	}
	if st.Message != 0 {
		err = t.out.edit(ctx, t.chatID, st.Message, html, m)
		if f := judge(err).fault; f == faultGone || f == faultRefused {
			st.Message = 0
		} else if err != nil {
			return err
		}
	}
	if st.Message == 0 {
		if st.Message, err = t.out.say(ctx, t.chatID, html, m, 0); err != nil {
			return err
		}
	}
	return t.saveCard(ctx, st, e)
}

// lastLine says on top of a card what the answer before was.
func (t *turn) lastLine(st cardState) string {
	if st.Line == "" {
		return ""
	}
	return "✔ " + text.Escape(st.Line) + "\n" + t.sameLine(st) + "\n"
}

func (t *turn) undoKeys(st cardState) []key {
	if st.Journal == 0 {
		return nil
	}
	return []key{{t.text("key.undo", nil), "q.undo", undoArgs{st.Journal}}}
}

type undoArgs struct {
	Journal int64 `json:"j"`
}

// undo takes an answer back and shows its question again.
func (t *turn) undo(ctx context.Context, a undoArgs) error {
	q, err := t.Desk.Undo(ctx, t.person.ID, a.Journal)
	var stale *ingest.StaleError
	var wrong *ingest.WrongAnswerError
	switch {
	case errors.As(err, &stale) && stale.Later:
		t.alert(ctx, t.text("undo.later", nil))
		return t.afterStale(ctx, 0)
	case errors.As(err, &stale):
		t.note(ctx, t.text("undo.already", nil))
		return t.afterStale(ctx, 0)
	case errors.As(err, &wrong), errors.Is(err, storage.ErrNotFound):
		t.alert(ctx, t.text("undo.nothing", nil))
		return nil
	case err != nil:
		return err
	}
	t.note(ctx, t.text("undo.done", nil))
	return t.bringBack(ctx, q)
}

// undoLast takes the newest answer back.
func (t *turn) undoLast(ctx context.Context, _ string) error {
	st, err := t.card(ctx)
	if err != nil {
		return err
	}
	q, err := t.Desk.UndoLast(ctx, t.person.ID)
	if errors.Is(err, storage.ErrNotFound) {
		return t.tell(ctx, t.html("undo.nothing", nil), nil)
	}
	var stale *ingest.StaleError
	if errors.As(err, &stale) && stale.Later { // a colleague's
		return t.tell(ctx, t.html("undo.by_others", nil), nil)
	}
	if err != nil {
		return err
	}
	t.dropCard(ctx, st)
	st.Message = 0
	if err := t.saveCard(ctx, st, expectation{}); err != nil {
		return err
	}
	return t.bringBack(ctx, q)
}

// bringBack shows a question that is open again, if nobody else took it.
func (t *turn) bringBack(ctx context.Context, q storage.Question) error {
	st, err := t.card(ctx)
	if err != nil {
		return err
	}
	if !st.Fixed {
		st.Done = max(st.Done-1, 0)
	}
	st.Journal, st.Line, st.Same, st.Fixed = 0, "", sameScope{}, false
	if err := t.Desk.Release(ctx, t.person.ID); err != nil {
		return err
	}
	now := t.Now()
	mine, err := storage.HoldQuestion(ctx, t.Store.Pool(), q.ID, t.person.ID, now, now.Add(holdTime))
	if err != nil {
		return err
	}
	if !mine {
		return t.nextCard(ctx, st)
	}
	return t.showQuestion(ctx, st, q, view{})
}

// showStats tells what waits and what was done.
func (t *turn) showStats(ctx context.Context, _ string) error {
	queue, err := storage.CountQueue(ctx, t.Store.Pool())
	if err != nil {
		return err
	}
	var lines []string
	for _, c := range queue {
		lines = append(lines, t.html("stats.line", text.Data{
			"Kind": t.text("kind."+c.Kind, nil), "Open": c.Open, "Held": c.Held, "Money": c.Value.IsPositive(), "Value": c.Value,
		}))
	}
	today, err := storage.CountDecisions(ctx, t.Store.Pool(), t.person.ID, 1)
	if err != nil {
		return err
	}
	week, err := storage.CountDecisions(ctx, t.Store.Pool(), t.person.ID, 7)
	if err != nil {
		return err
	}
	html := t.html("stats.title", text.Data{"Open": len(queue) > 0}) + "\n" + strings.Join(lines, "\n") +
		"\n\n" + t.html("stats.mine", text.Data{"Today": today, "Week": week})
	return t.tell(ctx, html, nil)
}
