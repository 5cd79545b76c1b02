package main

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/distbase/distbase/ingest"
	"github.com/distbase/distbase/storage"
)

// confirmAll answers what stands between the reports and their figures as an
// analyst would who finds everything right, and runs what that leads to.
func (s *shell) confirmAll() {
	s.t.Helper()
	ctx := context.Background()
	url, _ := strings.CutPrefix(s.env[0], "DISTBASE_DATABASE_URL=")
	st, err := storage.Open(ctx, url, storage.Options{MaxConns: 4})
	if err != nil {
		s.t.Fatal(err)
	}
	defer st.Close()
	id := int64(77)
	person, err := storage.AddPerson(ctx, st.Pool(), storage.Person{TelegramID: &id, Name: "Analyst"})
	if err != nil {
		s.t.Fatal(err)
	}
	p := ingest.New(st, ingest.Options{})
	for {
		q, err := nextBlocking(ctx, st)
		if errors.Is(err, storage.ErrNotFound) {
			return
		}
		if err != nil {
			s.t.Fatal(err)
		}
		answer := map[string]ingest.Answer{
			storage.AskLayout:  {Choice: ingest.ChooseConfirm},
			storage.AskPeriod:  {Choice: ingest.ChoosePeriod, From: time.Now().Format("2006-01") + "-01", To: time.Now().Format("2006-01") + "-28"},
			storage.AskReplace: {Choice: ingest.ChooseAdd},
		}[q.Kind]
		if _, err := p.Desk().Answer(ctx, person, q.ID, q.Version, answer); err != nil {
			s.t.Fatalf("answer %s: %v", q.Kind, err)
		}
		if err := p.Settle(ctx, *q.SubmissionID); err != nil {
			s.t.Fatal(err)
		}
	}
}

func nextBlocking(ctx context.Context, st *storage.Store) (storage.Question, error) {
	open, err := storage.OpenQuestions(ctx, st.Pool(), 0)
	if err != nil {
		return storage.Question{}, err
	}
	for _, q := range open {
		if q.SubmissionID != nil && q.Kind != storage.AskItem {
			return q, nil
		}
	}
	return storage.Question{}, storage.ErrNotFound
}
