package storage

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/shopspring/decimal"
)

// The kinds of questions.
const (
	AskSender  = "sender"
	AskLayout  = "layout"
	AskPeriod  = "period"
	AskItem    = "item"
	AskClient  = "client"
	AskAgent   = "agent"
	AskAudit   = "audit" // is what was mapped without asking right?
	AskReplace = "replace"
	AskMail    = "mail"
)

// Question is one thing for the analyst to confirm.
type Question struct {
	ID            int64
	Kind          string
	Subject       string // what it is about; one open question a kind and subject
	DistributorID *int64
	SubmissionID  *int64
	MessageID     *int64
	Payload       json.RawMessage
	Value         decimal.Decimal // money it is worth
	State         string          // open, answered, cancelled
	Version       int             // a tap on an older version is refused
	LeasedBy      *int64
	Answer        json.RawMessage
	AnsweredBy    *int64
	AnsweredAt    *time.Time
	JournalID     *int64
	Topic         string // questions of one kind and topic can be served by one answer
}

// AddQuestion opens a question, or brings the open one of the same kind and
// subject up to date. What is asked about a name or a sender stays the same
// however many reports come meanwhile, so buttons that were shown stay good; other
// questions get a new version. It wakes whoever shows questions.
func AddQuestion(ctx context.Context, q Querier, x Question) (int64, error) {
	var id int64
	if err := q.QueryRow(ctx, addQuestion+` returning id`, x.values()...).Scan(&id); err != nil {
		return 0, fmt.Errorf("ask: %w", err)
	}
	return id, Notify(ctx, q, TopicQuestion)
}

// AddQuestions is AddQuestion for many.
func AddQuestions(ctx context.Context, q Querier, list []Question) error {
	if len(list) == 0 {
		return nil
	}
	batch := &pgx.Batch{}
	for _, x := range list {
		batch.Queue(addQuestion, x.values()...)
	}
	if err := q.SendBatch(ctx, batch).Close(); err != nil {
		return fmt.Errorf("ask: %w", err)
	}
	return Notify(ctx, q, TopicQuestion)
}

const addQuestion = `
	insert into question (kind, subject, distributor_id, submission_id, message_id, payload, value, topic)
	values ($1, $2, $3, $4, $5, $6, $7, $8)
	on conflict (kind, subject) where state = 'open'
	do update set payload = excluded.payload, value = excluded.value, topic = excluded.topic,
		version = question.version + case when question.kind in ('item', 'client', 'agent', 'audit', 'sender') then 0 else 1 end`

func (x Question) values() []any {
	return []any{x.Kind, clean(x.Subject), x.DistributorID, x.SubmissionID, x.MessageID, jsonObject(x.Payload), x.Value, nullText(x.Topic)}
}

// OpenNames lists the open questions of a kind about a distributor's names, worth the
// most first.
func OpenNames(ctx context.Context, q Querier, distributorID int64, kind string) ([]Question, error) {
	return questions(ctx, q, `where state = 'open' and distributor_id = $1 and kind = $2 order by value desc, id`, distributorID, kind)
}

// SameTopic lists the open questions that the answer to x can serve too: of its kind
// and topic, of other distributors as well.
func SameTopic(ctx context.Context, q Querier, x Question) ([]Question, error) {
	return questions(ctx, q, `where state = 'open' and kind = $1 and topic = $2 and id <> $3 order by distributor_id, id`, x.Kind, x.Topic, x.ID)
}

// RenewQuestions brings what open questions show up to date, by their ids. Versions
// stay: the buttons that were shown stay good.
func RenewQuestions(ctx context.Context, q Querier, payloads map[int64]json.RawMessage) error {
	batch := &pgx.Batch{}
	for _, id := range slices.Sorted(maps.Keys(payloads)) { // locked in the order in which people lock them
		batch.Queue(`update question set payload = $2 where id = $1 and state = 'open'`, id, payloads[id])
	}
	if err := q.SendBatch(ctx, batch).Close(); err != nil {
		return fmt.Errorf("renew questions: %w", err)
	}
	return nil
}

// QuestionByID returns a question, or ErrNotFound.
func QuestionByID(ctx context.Context, q Querier, id int64) (Question, error) {
	return oneQuestion(ctx, q, `where id = $1`, id)
}

// LockQuestion is QuestionByID that keeps others from answering until the
// transaction ends.
func LockQuestion(ctx context.Context, q Querier, id int64) (Question, error) {
	return oneQuestion(ctx, q, `where id = $1 for update`, id)
}

// OpenQuestions lists the open questions, those that block a report first, then
// by worth; with a submission only its own.
func OpenQuestions(ctx context.Context, q Querier, submissionID int64) ([]Question, error) {
	return questions(ctx, q, `where state = 'open' and ($1 = 0 or submission_id = $1) `+questionOrder, submissionID)
}

// OpenQuestionsOf lists the open questions of a kind about a distributor's reports.
func OpenQuestionsOf(ctx context.Context, q Querier, distributorID int64, kind string) ([]Question, error) {
	return questions(ctx, q, `where state = 'open' and kind = $2 and distributor_id = $1 order by id`, distributorID, kind)
}

const questionOrder = `order by case kind when 'sender' then 0 when 'mail' then 1 when 'layout' then 2 when 'period' then 3 when 'replace' then 4 when 'item' then 5 when 'audit' then 6 else 7 end, value desc, id`

// CountOpen counts the open questions about a submission; with 0 all of them.
func CountOpen(ctx context.Context, q Querier, submissionID int64) (int, error) {
	var n int
	err := q.QueryRow(ctx, `select count(*) from question where state = 'open' and ($1 = 0 or submission_id = $1)`, submissionID).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("count questions: %w", err)
	}
	return n, nil
}

// CountOpenKind is CountOpen for one kind of questions.
func CountOpenKind(ctx context.Context, q Querier, submissionID int64, kind string) (int, error) {
	var n int
	err := q.QueryRow(ctx, `select count(*) from question where state = 'open' and kind = $2 and ($1 = 0 or submission_id = $1)`, submissionID, kind).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("count questions: %w", err)
	}
	return n, nil
}

// LeaseQuestion gives the person the next open question that nobody else holds
// and that was not put off, and keeps it theirs until the lease ends. A question
// the person holds already comes first. A submission (not 0) and a kind (not "")
// narrow the choice. ErrNotFound: there is none.
func LeaseQuestion(ctx context.Context, q Querier, personID, submissionID int64, kind string, now time.Time, lease time.Duration) (Question, error) {
	rows, err := q.Query(ctx, `
		update question set leased_by = $1, leased_until = $3
		where id = (
			select id from question
			where state = 'open' and ($4 = 0 or submission_id = $4) and ($5 = '' or kind = $5) and (later_until is null or later_until <= $2)
				and (leased_by is null or leased_by = $1 or leased_until <= $2)
			order by (leased_by is not distinct from $1 and leased_until > $2) desc, `+strings.TrimPrefix(questionOrder, "order by ")+`
			limit 1 for update skip locked)
		returning `+questionColumns, personID, now, now.Add(lease), submissionID, kind)
	if err != nil {
		return Question{}, fmt.Errorf("lease question: %w", err)
	}
	x, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByPos[Question])
	if errors.Is(err, pgx.ErrNoRows) {
		return x, fmt.Errorf("question: %w", ErrNotFound)
	}
	if err != nil {
		return x, fmt.Errorf("lease question: %w", err)
	}
	return x, nil
}

// ReleaseQuestions gives back what a person holds.
func ReleaseQuestions(ctx context.Context, q Querier, personID int64) error {
	_, err := q.Exec(ctx, `update question set leased_by = null, leased_until = null where leased_by = $1 and state = 'open'`, personID)
	if err != nil {
		return fmt.Errorf("release questions: %w", err)
	}
	return nil
}

// PutOffQuestion hides an open question until a moment.
func PutOffQuestion(ctx context.Context, q Querier, id int64, until time.Time) error {
	_, err := q.Exec(ctx, `
		update question set later_until = $2, leased_by = null, leased_until = null where id = $1 and state = 'open'`, id, until)
	if err != nil {
		return fmt.Errorf("put question %d off: %w", id, err)
	}
	return nil
}

// CloseQuestion records the answer; the version goes up, so that earlier buttons
// are refused.
func CloseQuestion(ctx context.Context, q Querier, id int64, state string, answer json.RawMessage, by, journalID *int64, at time.Time) error {
	_, err := q.Exec(ctx, `
		update question set state = $2, answer = $3, answered_by = $4, answered_at = $5, journal_id = $6, version = version + 1,
			leased_by = null, leased_until = null
		where id = $1`, id, state, answer, by, at, journalID)
	if err != nil {
		return fmt.Errorf("close question %d: %w", id, err)
	}
	return Notify(ctx, q, TopicQuestion)
}

// WithdrawQuestion closes a question that need not be answered any more, if it is still
// open in that version; false: somebody has answered it or holds it.
func WithdrawQuestion(ctx context.Context, q Querier, id int64, version int, now time.Time) (bool, error) {
	tag, err := q.Exec(ctx, `
		update question set state = 'cancelled', version = version + 1, leased_by = null, leased_until = null
		where id = $1 and version = $2 and state = 'open' and (leased_by is null or leased_until <= $3)`, id, version, now)
	if err != nil {
		return false, fmt.Errorf("withdraw question %d: %w", id, err)
	}
	return tag.RowsAffected() == 1, Notify(ctx, q, TopicQuestion)
}

// ReopenQuestion makes an answered question open again.
func ReopenQuestion(ctx context.Context, q Querier, id int64) error {
	_, err := q.Exec(ctx, `
		update question set state = 'open', answer = null, answered_by = null, answered_at = null, journal_id = null, version = version + 1
		where id = $1 and state <> 'open'`, id)
	if err != nil {
		return fmt.Errorf("reopen question %d: %w", id, err)
	}
	return Notify(ctx, q, TopicQuestion)
}

// CancelQuestions closes the open questions of a submission but one: what they
// asked no longer stands.
func CancelQuestions(ctx context.Context, q Querier, submissionID, except int64) error {
	_, err := q.Exec(ctx, `
		update question set state = 'cancelled', version = version + 1, leased_by = null, leased_until = null
		where submission_id = $1 and id <> $2 and state = 'open'`, submissionID, except)
	if err != nil {
		return fmt.Errorf("cancel questions: %w", err)
	}
	return Notify(ctx, q, TopicQuestion)
}

// DecidedSince says whether a person has decided about a submission itself, not about
// names in it, since an entry of the journal.
func DecidedSince(ctx context.Context, q Querier, submissionID, journalID int64) (bool, error) {
	var decided bool
	err := q.QueryRow(ctx, `
		select exists (select from question where submission_id = $1 and state = 'answered' and journal_id > $2
			and kind in ('layout', 'period', 'replace'))`, submissionID, journalID).Scan(&decided)
	if err != nil {
		return false, fmt.Errorf("look for decisions: %w", err)
	}
	return decided, nil
}

const questionColumns = `id, kind, subject, distributor_id, submission_id, message_id, payload, value, state, version, leased_by, answer, answered_by, answered_at, journal_id, coalesce(topic, '')`

func oneQuestion(ctx context.Context, q Querier, where string, args ...any) (Question, error) {
	all, err := questions(ctx, q, where, args...)
	if err != nil {
		return Question{}, err
	}
	if len(all) == 0 {
		return Question{}, fmt.Errorf("question: %w", ErrNotFound)
	}
	return all[0], nil
}

func questions(ctx context.Context, q Querier, where string, args ...any) ([]Question, error) {
	rows, err := q.Query(ctx, `select `+questionColumns+` from question `+where, args...)
	if err != nil {
		return nil, fmt.Errorf("list questions: %w", err)
	}
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[Question])
	if err != nil && !errors.Is(err, pgx.ErrNoRows) {
		return nil, fmt.Errorf("list questions: %w", err)
	}
	return all, nil
}
