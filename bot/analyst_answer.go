package bot

import (
	"context"
	"errors"
	"time"

	"github.com/distbase/distbase/ingest"
	"github.com/distbase/distbase/storage"
	"github.com/distbase/distbase/text"
)

// answerArgs is an answer behind a button: to which version of which question,
// and what is said of it on the next card.
type answerArgs struct {
	Question int64         `json:"q"`
	Version  int           `json:"v"`
	Answer   ingest.Answer `json:"a"`
	Line     string        `json:"l"`
}

// questionArgs is anything else that is done to a question.
type questionArgs struct {
	Question int64  `json:"q"`
	Version  int    `json:"v"`
	Page     int    `json:"p,omitempty"`
	Query    string `json:"s,omitempty"`
}

// answer applies an answer and shows the next question. A tap that came twice, or
// on a card that is old, changes nothing and says so.
func (t *turn) answer(ctx context.Context, a answerArgs) error {
	out, err := t.Desk.Answer(ctx, t.person.ID, a.Question, a.Version, a.Answer)
	var stale *ingest.StaleError
	var wrong *ingest.WrongAnswerError
	var taken *storage.ContactTakenError
	switch {
	case errors.As(err, &stale):
		return t.stale(ctx, a.Question, stale)
	case errors.As(err, &taken):
		t.alert(ctx, t.text("answer.taken", text.Data{"Name": taken.Owner.Name}))
		return nil
	case errors.As(err, &wrong), errors.Is(err, storage.ErrNotFound):
		t.alert(ctx, t.text("answer.wrong", nil))
		return nil
	case err != nil:
		return err
	}
	t.note(ctx, "✔ "+a.Line)
	st, err := t.card(ctx)
	if err != nil {
		return err
	}
	st.Journal, st.Line, st.Same, st.Fixed = out.JournalID, a.Line, scopeOf(out.Same), false
	st.Done++
	return t.nextCard(ctx, st)
}

// stale tells who decided and when, and brings the card up to date.
func (t *turn) stale(ctx context.Context, questionID int64, e *ingest.StaleError) error {
	q, err := storage.QuestionByID(ctx, t.Store.Pool(), questionID)
	if err != nil {
		return err
	}
	switch {
	case q.State == "open":
		t.alert(ctx, t.text("stale.newer", nil))
	case q.AnsweredBy != nil && *q.AnsweredBy == t.person.ID:
		t.note(ctx, t.text("stale.mine", nil))
	case e.By != "":
		t.alert(ctx, t.text("stale.by", text.Data{"Name": e.By, "At": e.At.In(t.zone())}))
	default:
		t.alert(ctx, t.text("stale.gone", nil))
	}
	return t.afterStale(ctx, questionID)
}

// afterStale goes on where the live card shows a question that is not open any
// more, or has changed. A tap on another message leaves the card alone.
func (t *turn) afterStale(ctx context.Context, questionID int64) error {
	st, err := t.card(ctx)
	if err != nil || st.Question == 0 {
		return err
	}
	q, err := storage.QuestionByID(ctx, t.Store.Pool(), st.Question)
	if err != nil {
		return err
	}
	if q.State == "open" && q.Version == st.Version {
		return nil
	}
	if q.ID == questionID && q.State == "answered" && q.AnsweredBy != nil && *q.AnsweredBy == t.person.ID && q.JournalID != nil {
		// The answer was applied, and the card was not: the process ended between.
		st.Journal, st.Line, st.Same = *q.JournalID, t.text("stale.mine", nil), sameScope{}
		st.Done++
	}
	return t.nextCard(ctx, st)
}

// current is the question of a button if it is still open in that version;
// otherwise the person has been told, and ok is false.
func (t *turn) current(ctx context.Context, a questionArgs) (q storage.Question, ok bool, err error) {
	q, err = storage.QuestionByID(ctx, t.Store.Pool(), a.Question)
	if err != nil {
		return q, false, err
	}
	if q.State == "open" && q.Version == a.Version {
		return q, true, nil
	}
	e := &ingest.StaleError{Open: q.State == "open"}
	if q.AnsweredAt != nil {
		e.At = *q.AnsweredAt
	}
	if q.AnsweredBy != nil {
		p, err := storage.PersonByID(ctx, t.Store.Pool(), *q.AnsweredBy)
		if err != nil {
			return q, false, err
		}
		e.By = p.Name
	}
	return q, false, t.stale(ctx, q.ID, e)
}

// later puts the question off for an hour.
func (t *turn) later(ctx context.Context, a questionArgs) error {
	q, ok, err := t.current(ctx, a)
	if err != nil || !ok {
		return err
	}
	if err := t.Desk.Later(ctx, q.ID, t.Now().Add(time.Hour)); err != nil {
		return err
	}
	t.note(ctx, t.text("later", nil))
	st, err := t.card(ctx)
	if err != nil {
		return err
	}
	return t.nextCard(ctx, st)
}

// laterReport puts all questions of a report off until tomorrow's nine o'clock.
func (t *turn) laterReport(ctx context.Context, a groupArgs) error {
	open, err := t.questionsOf(ctx, a)
	if err != nil {
		return err
	}
	now := t.Now().In(t.zone())
	until := time.Date(now.Year(), now.Month(), now.Day()+1, 9, 0, 0, 0, now.Location())
	for _, q := range open {
		if err := t.Desk.Later(ctx, q.ID, until); err != nil {
			return err
		}
	}
	t.note(ctx, t.text("later_report", text.Data{"Until": until}))
	return nil
}

// ask shows the question's card with a prompt, and takes the next text as the
// answer to it.
func (t *turn) ask(ctx context.Context, a questionArgs, kind string) error {
	q, ok, err := t.current(ctx, a)
	if err != nil || !ok {
		return err
	}
	st, err := t.card(ctx)
	if err != nil {
		return err
	}
	return t.showQuestion(ctx, st, q, view{
		prompt: "prompt." + kind, expect: expectation{Kind: kind, Question: q.ID, Version: q.Version},
	})
}
