package ingest

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/distbase/distbase/ingest/grid"
	"github.com/distbase/distbase/ingest/table"
	"github.com/distbase/distbase/storage"
)

// readFile is what became of the bytes of an attachment.
type readFile struct {
	tables []*table.Table
	notes  []Sentence // what people should hear about the file itself
}

// tablesOf reads an attachment and finds its tables, with the layouts the
// distributor's reports are known by. It is a function of what is stored, so
// that loading sees what understanding saw.
func (p *Pipeline) tablesOf(ctx context.Context, q storage.Querier, m storage.Message, a storage.Attachment) (readFile, error) {
	data, err := storage.ReadBlob(ctx, q, a.SHA256)
	if err != nil {
		return readFile{}, err
	}
	f, err := grid.Read(ctx, a.Name, data, grid.Options{Received: m.ReceivedAt})
	if err != nil {
		return readFile{}, fmt.Errorf("read attachment %d: %w", a.ID, err)
	}
	var known []table.Layout
	if m.DistributorID != nil {
		records, err := storage.LayoutsOf(ctx, q, *m.DistributorID)
		if err != nil {
			return readFile{}, err
		}
		for _, r := range records {
			var l table.Layout
			if err := json.Unmarshal(r.Spec, &l); err != nil {
				return readFile{}, fmt.Errorf("read layout %d: %w", r.ID, err)
			}
			known = append(known, l)
		}
	}
	src := table.Source{FileName: a.Name, Subject: m.Subject, Body: m.Body, Received: m.ReceivedAt}
	all, err := table.Understand(f, src, known)
	if err != nil {
		return readFile{}, fmt.Errorf("understand attachment %d: %w", a.ID, err)
	}
	doubtTruncated(f, all)
	return readFile{tables: all, notes: notesOf(f)}, nil
}

// loadable says whether a table is about goods sold or held.
func loadable(t *table.Table) bool {
	switch t.Kind {
	case table.Sales, table.Stock, table.Movement, table.Returns:
		return true
	}
	return false
}

// family is what submissions replace each other within: a sheet of movements
// tells the stock, returns stand beside sales.
func family(k table.Kind) string {
	if k == table.Movement {
		return string(table.Stock)
	}
	return string(k)
}
