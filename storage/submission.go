package storage

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/shopspring/decimal"
)

// SubmissionState is how far a submission has come.
type SubmissionState string

// The states of a submission.
const (
	SubmissionUnderstood SubmissionState = "understood" // waits to be loaded
	SubmissionAsked      SubmissionState = "asked"      // waits for the analyst
	SubmissionLoaded     SubmissionState = "loaded"     // its facts count
	SubmissionReplaced   SubmissionState = "replaced"   // a later one took its place
	SubmissionDuplicate  SubmissionState = "duplicate"  // says what another one said
	SubmissionRefused    SubmissionState = "refused"    // the analyst refused it
)

// Submission is one table of one kind from one distributor for one period.
type Submission struct {
	ID            int64
	DistributorID int64
	AttachmentID  int64
	Path          string // inside an archive
	Sheet         string
	TableNo       int // among the attachment's tables
	Kind          string
	From, To      *time.Time // the period, days inclusive; nil: not known yet
	State         SubmissionState
	Rows          int
	Outlets       int
	Quantity      decimal.NullDecimal
	Amount        decimal.NullDecimal
	ContentSHA256 []byte
	Fingerprint   string
	ReplacesID    *int64
	DuplicateOf   *int64
	Summary       json.RawMessage // what is said of it: doubts, problems, totals
	LoadedAt      *time.Time
}

// AddSubmission stores what understanding an attachment found. The same table of
// the same attachment again keeps the first record; its id is returned.
func AddSubmission(ctx context.Context, q Querier, s Submission) (id int64, added bool, err error) {
	err = q.QueryRow(ctx, `
		insert into submission (distributor_id, attachment_id, path, sheet, table_no, kind, period_from, period_to, state,
			rows, outlets, quantity, amount, content_sha256, fingerprint, replaces_id, duplicate_of, summary)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
		on conflict (attachment_id, table_no) do nothing returning id`,
		s.DistributorID, s.AttachmentID, clean(s.Path), clean(s.Sheet), s.TableNo, s.Kind, s.From, s.To, s.State,
		s.Rows, s.Outlets, s.Quantity, s.Amount, s.ContentSHA256, s.Fingerprint, s.ReplacesID, s.DuplicateOf,
		jsonObject(s.Summary)).Scan(&id)
	if errors.Is(err, pgx.ErrNoRows) {
		err = q.QueryRow(ctx, `select id from submission where attachment_id = $1 and table_no = $2`, s.AttachmentID, s.TableNo).Scan(&id)
		if err != nil {
			return 0, false, fmt.Errorf("find submission: %w", err)
		}
		return id, false, nil
	}
	if err != nil {
		return 0, false, fmt.Errorf("store submission: %w", err)
	}
	return id, true, nil
}

// UpdateSubmission writes period, state, relations and summary.
func UpdateSubmission(ctx context.Context, q Querier, s Submission) error {
	_, err := q.Exec(ctx, `
		update submission set period_from = $2, period_to = $3, state = $4, replaces_id = $5, duplicate_of = $6, summary = $7,
			loaded_at = $8, outlets = $9
		where id = $1`,
		s.ID, s.From, s.To, s.State, s.ReplacesID, s.DuplicateOf, jsonObject(s.Summary), s.LoadedAt, s.Outlets)
	if err != nil {
		return fmt.Errorf("update submission %d: %w", s.ID, err)
	}
	return nil
}

// RewriteSubmission is UpdateSubmission for a table that was read again: its kind,
// rows, sums and content too.
func RewriteSubmission(ctx context.Context, q Querier, s Submission) error {
	_, err := q.Exec(ctx, `
		update submission set kind = $2, rows = $3, quantity = $4, amount = $5, content_sha256 = $6, fingerprint = $7
		where id = $1`, s.ID, s.Kind, s.Rows, s.Quantity, s.Amount, s.ContentSHA256, s.Fingerprint)
	if err != nil {
		return fmt.Errorf("rewrite submission %d: %w", s.ID, err)
	}
	return UpdateSubmission(ctx, q, s)
}

// SubmissionByID returns a submission, or ErrNotFound.
func SubmissionByID(ctx context.Context, q Querier, id int64) (Submission, error) {
	return oneSubmission(ctx, q, `where id = $1`, id)
}

// LockSubmission is SubmissionByID that keeps other transactions from changing
// it until this one ends.
func LockSubmission(ctx context.Context, q Querier, id int64) (Submission, error) {
	return oneSubmission(ctx, q, `where id = $1 for update`, id)
}

// SubmissionsOf lists the submissions of an attachment in their order.
func SubmissionsOf(ctx context.Context, q Querier, attachmentID int64) ([]Submission, error) {
	return submissions(ctx, q, `where attachment_id = $1 order by table_no`, attachmentID)
}

// NewestSubmission returns the newest report of a distributor that has the titles of
// a layout, or ErrNotFound.
func NewestSubmission(ctx context.Context, q Querier, distributorID int64, fingerprint string) (Submission, error) {
	return oneSubmission(ctx, q, `where distributor_id = $1 and fingerprint = $2 order by id desc limit 1`, distributorID, fingerprint)
}

// SameContent finds an earlier submission of the distributor and period that
// says the same and counts, or ErrNotFound.
func SameContent(ctx context.Context, q Querier, s Submission) (Submission, error) {
	return oneSubmission(ctx, q, `
		where distributor_id = $1 and content_sha256 = $2 and kind = $3 and id <> $4 and state in ('loaded', 'understood', 'asked')
			and (period_from is null or $5::date is null or period_from = $5 and period_to = $6)
		order by id limit 1`, s.DistributorID, s.ContentSHA256, s.Kind, s.ID, s.From, s.To)
}

// Overlapping lists the loaded submissions of the same distributor and kind
// whose period shares days with s.
func Overlapping(ctx context.Context, q Querier, s Submission) ([]Submission, error) {
	return submissions(ctx, q, `
		where distributor_id = $1 and kind = $2 and id <> $3 and state = 'loaded'
			and period_from <= $5 and period_to >= $4
		order by id`, s.DistributorID, s.Kind, s.ID, s.From, s.To)
}

// ReplacedBy lists the submissions that by took the place of.
func ReplacedBy(ctx context.Context, q Querier, by int64) ([]int64, error) {
	rows, err := q.Query(ctx, `
		select distinct (detail->>'replaced')::bigint from journal
		where action = 'submission.replaced' and (detail->>'by')::bigint = $1`, by)
	if err != nil {
		return nil, fmt.Errorf("list replaced submissions: %w", err)
	}
	ids, err := pgx.CollectRows(rows, pgx.RowTo[int64])
	if err != nil {
		return nil, fmt.Errorf("list replaced submissions: %w", err)
	}
	return ids, nil
}

// LockReports makes loads of one distributor's reports of one kind take turns
// until the transaction ends.
func LockReports(ctx context.Context, q Querier, distributorID int64, kind string) error {
	_, err := q.Exec(ctx, `select pg_advisory_xact_lock(hashtextextended($1, 1))`, fmt.Sprintf("%d/%s", distributorID, kind))
	if err != nil {
		return fmt.Errorf("lock reports: %w", err)
	}
	return nil
}

func oneSubmission(ctx context.Context, q Querier, where string, args ...any) (Submission, error) {
	all, err := submissions(ctx, q, where, args...)
	if err != nil {
		return Submission{}, err
	}
	if len(all) == 0 {
		return Submission{}, fmt.Errorf("submission: %w", ErrNotFound)
	}
	return all[0], nil
}

func submissions(ctx context.Context, q Querier, where string, args ...any) ([]Submission, error) {
	rows, err := q.Query(ctx, `
		select id, distributor_id, attachment_id, path, sheet, table_no, kind, period_from, period_to, state, rows, outlets,
			quantity, amount, content_sha256, coalesce(fingerprint, ''), replaces_id, duplicate_of, summary, loaded_at
		from submission `+where, args...)
	if err != nil {
		return nil, fmt.Errorf("list submissions: %w", err)
	}
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[Submission])
	if err != nil {
		return nil, fmt.Errorf("list submissions: %w", err)
	}
	return all, nil
}
