package ingest

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/distbase/distbase/ingest/grid"
	"github.com/distbase/distbase/ingest/table"
	"github.com/distbase/distbase/storage"
)

// opened is an attachment whose cells have been read, and what its tables are
// understood with.
type opened struct {
	name  string
	file  *grid.File
	src   table.Source
	notes []Sentence // what people should hear about the file itself
}

// open reads the cells of an attachment.
func (p *Pipeline) open(ctx context.Context, q storage.Querier, m storage.Message, a storage.Attachment) (*opened, error) {
	data, err := storage.ReadBlob(ctx, q, a.SHA256)
	if err != nil {
		return nil, err
	}
	f, err := grid.Read(ctx, a.Name, data, grid.Options{Received: m.ReceivedAt})
	if err != nil {
		return nil, fmt.Errorf("read attachment %d: %w", a.ID, err)
	}
	src := table.Source{FileName: a.Name, Subject: m.Subject, Body: m.Body, Received: m.ReceivedAt}
	return &opened{name: a.Name, file: f, src: src, notes: notesOf(f)}, nil
}

// tables finds the tables by the layouts. The same bytes and layouts give the same
// tables, so that loading sees what understanding saw.
func (o *opened) tables(known []table.Layout) ([]*table.Table, error) {
	all, err := table.Understand(o.file, o.src, known)
	if err != nil {
		return nil, fmt.Errorf("understand %q: %w", o.name, err)
	}
	doubtTruncated(o.file, all)
	return all, nil
}

// tablePlace is where a table stands in its file: readings by different layouts may
// find more or fewer tables, so that a count does not tell them apart.
type tablePlace struct {
	Path   string `json:"path,omitempty"`
	Index  int    `json:"index"`
	Header int    `json:"header"`
	Nth    int    `json:"nth,omitempty"` // of those beside each other
}

// places tells where each table stands.
func places(all []*table.Table) []tablePlace {
	seen := map[tablePlace]int{}
	out := make([]tablePlace, len(all))
	for i, t := range all {
		at := tablePlace{Path: t.File, Index: t.Index, Header: t.HeaderRows[0]}
		nth := seen[at]
		seen[at]++
		at.Nth = nth
		out[i] = at
	}
	return out
}

// tableAt finds the table of a place, or nil.
func tableAt(all []*table.Table, at tablePlace) *table.Table {
	for i, x := range places(all) {
		if x == at {
			return all[i]
		}
	}
	return nil
}

// knownLayouts are documents of layouts with the records they stand in.
type knownLayouts struct {
	records []storage.LayoutRecord
	specs   []table.Layout
}

// layoutsKnown reads the documents of layouts. One that no version of the form can
// read is an error: a report must not be read without it silently.
func layoutsKnown(records []storage.LayoutRecord) (knownLayouts, error) {
	k := knownLayouts{records: records}
	for _, r := range records {
		l, err := specOf(r)
		if err != nil {
			return k, err
		}
		k.specs = append(k.specs, l)
	}
	return k, nil
}

func specOf(r storage.LayoutRecord) (table.Layout, error) {
	var l table.Layout
	if err := json.Unmarshal(r.Spec, &l); err != nil {
		return l, fmt.Errorf("read layout %d: %w", r.ID, err)
	}
	return l, nil
}

func (k knownLayouts) ids() []int64 {
	ids := []int64{}
	for _, r := range k.records {
		ids = append(ids, r.ID)
	}
	return ids
}

// record is the one that a table was read by; false where it is new.
func (k knownLayouts) record(t *table.Table) (storage.LayoutRecord, bool) {
	for i, l := range k.specs {
		if t.KnownAs != "" && l.Fingerprint == t.KnownAs {
			return k.records[i], true
		}
	}
	return storage.LayoutRecord{}, false
}

// layoutsFor are the layouts in force of the distributor of a message.
func layoutsFor(ctx context.Context, q storage.Querier, m storage.Message) (knownLayouts, error) {
	if m.DistributorID == nil {
		return knownLayouts{}, nil
	}
	records, err := storage.LayoutsOf(ctx, q, *m.DistributorID)
	if err != nil {
		return knownLayouts{}, err
	}
	return layoutsKnown(records)
}

// tableOf reads the table of a submission as it was read when it was decided
// about: by the layouts that were in force then, or by the analyst's correction.
func (p *Pipeline) tableOf(ctx context.Context, o *opened, s storage.Submission, summary Summary) (*table.Table, error) {
	var k knownLayouts
	switch {
	case len(summary.Draft) > 0:
		var l table.Layout
		if err := json.Unmarshal(summary.Draft, &l); err != nil {
			return nil, fmt.Errorf("read draft of submission %d: %w", s.ID, err)
		}
		k.specs = []table.Layout{l}
	case summary.Known != nil:
		records, err := storage.LayoutsByID(ctx, p.store.Pool(), summary.Known)
		if err != nil {
			return nil, err
		}
		if k, err = layoutsKnown(records); err != nil {
			return nil, err
		}
	default: // understood by a version that did not keep them
		records, err := storage.LayoutsOf(ctx, p.store.Pool(), s.DistributorID)
		if err != nil {
			return nil, err
		}
		if k, err = layoutsKnown(records); err != nil {
			return nil, err
		}
	}
	all, err := o.tables(k.specs)
	if err != nil {
		return nil, err
	}
	if summary.Place != nil {
		return tableAt(all, *summary.Place), nil
	}
	if s.TableNo < len(all) {
		return all[s.TableNo], nil
	}
	return nil, nil
}

// family is what submissions replace each other within: a sheet of movements
// tells the stock, returns stand beside sales.
func family(k table.Kind) string {
	if k == table.Movement {
		return string(table.Stock)
	}
	return string(k)
}
