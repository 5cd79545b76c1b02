package ingest

import (
	"context"
	"errors"
	"slices"
	"strings"
	"unicode"

	"github.com/jackc/pgx/v5"

	"github.com/distbase/distbase/storage"
)

// candidates a question shows.
const candidateCount = 5

// namesLock is held while a distributor's names are mapped.
const namesLock = "names"

// mapNames ties the new names of a loaded submission to the master data where
// that is certain, and asks about items and clients where it is not. Whatever is not
// mapped stays visible as unmapped.
func (p *Pipeline) mapNames(ctx context.Context, submissionID int64) error {
	s, err := storage.SubmissionByID(ctx, p.store.Pool(), submissionID)
	if err != nil || s.State != storage.SubmissionLoaded {
		return err
	}
	index, err := p.productIndex(ctx)
	if err != nil {
		return err
	}
	d, err := storage.DistributorByID(ctx, p.store.Pool(), s.DistributorID)
	if err != nil {
		return err
	}
	return p.store.InTx(ctx, func(tx pgx.Tx) error {
		if err := storage.LockReports(ctx, tx, d.ID, namesLock); err != nil {
			return err
		}
		items, err := storage.UnmappedItems(ctx, tx, d.ID, s.ID)
		if err != nil {
			return err
		}
		if err := p.mapItems(ctx, tx, d, s.ID, items, index); err != nil {
			return err
		}
		clients, err := storage.UnmappedClients(ctx, tx, d.ID, s.ID)
		if err != nil {
			return err
		}
		if err := p.mapClients(ctx, tx, d, s.ID, clients); err != nil {
			return err
		}
		return p.mapAgents(ctx, tx, s)
	})
}

func (p *Pipeline) mapAgents(ctx context.Context, tx pgx.Tx, s storage.Submission) error {
	agents, err := storage.UnmappedAgents(ctx, tx, s.DistributorID, s.ID)
	if err != nil || len(agents) == 0 {
		return err
	}
	reps, err := storage.Reps(ctx, tx)
	if err != nil {
		return err
	}
	for _, a := range agents {
		rep, err := repByName(reps, a.Name)
		if errors.Is(err, storage.ErrNotFound) {
			continue
		}
		if err := storage.SetAgentMapping(ctx, tx, a.DistributorID, a.ID, rep.ID, "name"); err != nil {
			return err
		}
	}
	return nil
}

// repByName finds the only rep of a name; the words may stand in any order.
func repByName(reps []storage.Rep, name string) (storage.Rep, error) {
	var found []storage.Rep
	for _, r := range reps {
		if sortedWords(r.Name) == sortedWords(name) {
			found = append(found, r)
		}
	}
	if len(found) != 1 {
		return storage.Rep{}, storage.ErrNotFound
	}
	return found[0], nil
}

// sortedWords are the different words of a text, sorted.
func sortedWords(s string) string {
	list := strings.FieldsFunc(fold(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	slices.Sort(list)
	return strings.Join(slices.Compact(list), " ")
}
