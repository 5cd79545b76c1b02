package ingest

import (
	"context"

	"github.com/jackc/pgx/v5"

	"github.com/distbase/distbase/storage"
)

// candidates a question shows.
const candidateCount = 5

// namesLock is held while a distributor's names are mapped.
const namesLock = "names"

// mapNames ties the new names of a loaded submission to the master data where
// that is certain, and asks where it is not. Whatever is not
// mapped stays visible as unmapped.
func (p *Pipeline) mapNames(ctx context.Context, submissionID int64) error {
	s, err := storage.SubmissionByID(ctx, p.store.Pool(), submissionID)
	if err != nil || s.State != storage.SubmissionLoaded {
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
		// Under the lock: an answer that was taken back before is not followed any more.
		index, err := p.productIndex(ctx)
		if err != nil {
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
		if err := p.mapClients(ctx, tx, d, s.ID, clients, maxOpenClients); err != nil {
			return err
		}
		return p.mapAgents(ctx, tx, d.ID, s.ID)
	})
}
