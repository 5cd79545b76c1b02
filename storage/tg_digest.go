package storage

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/shopspring/decimal"
)

// OpenReport is a group of open questions that analysts hear of at once: the new
// names of one report, or a single question of another kind.
type OpenReport struct {
	Key          string // what the group is; the same questions have the same key
	Kind         string
	SubmissionID int64 // 0: about no report
	Questions    int
	Value        decimal.Decimal // money
}

// ReportsToAnnounce lists the groups of open questions of which a person has not
// been told: no outgoing message has the dedup key prefix + Key.
func ReportsToAnnounce(ctx context.Context, q Querier, prefix string) ([]OpenReport, error) {
	rows, err := q.Query(ctx, `
		with grouped as (
			select case kind when 'item' then 'names:' || coalesce(submission_id, 0) when 'client' then 'clients:' || coalesce(submission_id, 0) when 'agent' then 'agents:' || coalesce(submission_id, 0)
					when 'audit' then 'audit:' || created_at::date else 'question:' || id end as key,
				min(kind) as kind, coalesce(min(submission_id), 0) as submission_id, count(*) as questions, sum(value) as value, min(id) as first
			from question where state = 'open' and (later_until is null or later_until <= now()) group by 1)
		select key, kind, submission_id, questions, value from grouped
		where not exists (select from outbox where dedup = $1 || key) order by first`, prefix)
	if err != nil {
		return nil, fmt.Errorf("list questions to announce: %w", err)
	}
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[OpenReport])
	if err != nil {
		return nil, fmt.Errorf("list questions to announce: %w", err)
	}
	return all, nil
}

// QueueCount is how many questions of a kind are open, how many of them are put
// off or with somebody, and what they are worth.
type QueueCount struct {
	Kind  string
	Open  int
	Held  int
	Value decimal.Decimal
}

// CountQueue counts the open questions by kind.
func CountQueue(ctx context.Context, q Querier) ([]QueueCount, error) {
	rows, err := q.Query(ctx, `
		select kind, count(*), count(*) filter (where leased_until > now() or later_until > now()), sum(value)
		from question where state = 'open' group by kind order by sum(value) desc, kind`)
	if err != nil {
		return nil, fmt.Errorf("count questions: %w", err)
	}
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[QueueCount])
	if err != nil {
		return nil, fmt.Errorf("count questions: %w", err)
	}
	return all, nil
}

// CountDecisions counts the questions that a person answered since a moment.
func CountDecisions(ctx context.Context, q Querier, personID int64, days int) (int, error) {
	var n int
	err := q.QueryRow(ctx, `
		select count(*) from question where answered_by = $1 and answered_at > now() - make_interval(days => $2)`, personID, days).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("count answers: %w", err)
	}
	return n, nil
}

// StatusLine is what became of one report that a distributor sent.
type StatusLine struct {
	Submission
	File string
}

// LatestReports lists the newest submissions of distributors, newest first.
func LatestReports(ctx context.Context, q Querier, codes []string, n int) ([]StatusLine, error) {
	rows, err := q.Query(ctx, `
		select s.id, s.kind, s.period_from, s.period_to, s.state, s.rows, s.amount, a.name
		from submission s join attachment a on a.id = s.attachment_id join distributor d on d.id = s.distributor_id
		where d.code = any($1) order by s.id desc limit $2`, codes, n)
	if err != nil {
		return nil, fmt.Errorf("list latest reports: %w", err)
	}
	all, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (StatusLine, error) {
		var l StatusLine
		err := row.Scan(&l.ID, &l.Kind, &l.From, &l.To, &l.State, &l.Rows, &l.Amount, &l.File)
		return l, err
	})
	if err != nil {
		return nil, fmt.Errorf("list latest reports: %w", err)
	}
	return all, nil
}

// HoldQuestion leases one open question to a person. It reports false when
// somebody else holds it or it is not open any more.
func HoldQuestion(ctx context.Context, q Querier, id, personID int64, now, until time.Time) (bool, error) {
	tag, err := q.Exec(ctx, `
		update question set leased_by = $2, leased_until = $4, later_until = null
		where id = $1 and state = 'open' and (leased_by is null or leased_by = $2 or leased_until <= $3)`, id, personID, now, until)
	if err != nil {
		return false, fmt.Errorf("hold question %d: %w", id, err)
	}
	return tag.RowsAffected() == 1, nil
}
