package ingest

import (
	"context"
	"runtime/debug"
	"strconv"
	"sync"

	"github.com/distbase/distbase/ingest/match/outlet"
	"github.com/distbase/distbase/storage"
)

// outletBase is the manufacturer's outlets in memory, one index for the process, built
// when the first client needs it: some 350 bytes an outlet. It follows what any process
// changes in the outlets and in the clients that people confirmed.
type outletBase struct {
	following sync.Mutex // guards all below
	since     string
	index     *outlet.Index // has locks of its own
	taught    map[int64]outlet.Confirmed
}

// outletIndex is the process's index of all outlets, up to date.
func (p *Pipeline) outletIndex(ctx context.Context) (*outlet.Index, error) {
	x := &p.outlets
	x.following.Lock()
	defer x.following.Unlock()
	if err := x.follow(ctx, p.store.Pool()); err != nil {
		return nil, err
	}
	return x.index, nil
}

func (x *outletBase) follow(ctx context.Context, q storage.Querier) error {
	moment, err := storage.Moment(ctx, q)
	if err != nil {
		return err
	}
	if err := x.readOutlets(ctx, q); err != nil {
		return err
	}
	clients, err := storage.ConfirmedClients(ctx, q, x.since)
	if err != nil {
		return err
	}
	for _, c := range clients {
		x.learn(c)
	}
	x.since = moment
	return nil
}

func (x *outletBase) readOutlets(ctx context.Context, q storage.Querier) error {
	if x.index != nil {
		return storage.OutletsChanged(ctx, q, x.since, func(o storage.Outlet) { x.index.Put(outletEntry(o)) })
	}
	var all []outlet.Entry
	same := texts{}
	if err := storage.OutletsChanged(ctx, q, "", func(o storage.Outlet) { all = append(all, same.share(outletEntry(o))) }); err != nil {
		return err
	}
	x.index, x.taught = outlet.New(all, outlet.Options{}), map[int64]outlet.Confirmed{}
	if len(all) > manyOutlets {
		// The texts of a million outlets are garbage now, once in the life of the process:
		// the system gets their memory back at once, not when the heap has grown again.
		clear(all)
		debug.FreeOSMemory()
	}
	return nil
}

// manyOutlets is from how many outlets on their memory is worth a collection.
const manyOutlets = 100_000

// texts keeps one copy of each text that many outlets share.
type texts map[string]string

func (t texts) share(e outlet.Entry) outlet.Entry {
	for _, s := range []*string{&e.Name, &e.LegalName, &e.INN, &e.City, &e.Region, &e.Chain} {
		if kept, ok := t[*s]; ok {
			*s = kept
			continue
		}
		t[*s] = *s
	}
	return e
}

// learn takes a confirmed client in, or one that was taken back out.
func (x *outletBase) learn(c storage.ConfirmedClient) {
	old, known := x.taught[c.MappingID]
	switch {
	case c.InForce && !known:
		taught := outlet.Confirmed{Query: outletQuery(c.Client, c.Distributor), ID: strconv.FormatInt(c.OutletID, 10)}
		x.taught[c.MappingID] = taught
		x.index.Remember(taught)
	case !c.InForce && known:
		delete(x.taught, c.MappingID)
		x.index.Forget(old)
	}
}

func outletEntry(o storage.Outlet) outlet.Entry {
	return outlet.Entry{
		ID: strconv.FormatInt(o.ID, 10), Name: o.Name, LegalName: o.LegalName, INN: o.INN, Address: o.Address, City: o.City, Region: o.Region, Chain: o.Chain,
	}
}

// outletQuery is a client as the matcher reads it. The name of its outlet, where there
// is one, is the name; then the other one is the legal entity's.
func outletQuery(c storage.Client, distributor string) outlet.Query {
	q := outlet.Query{ID: c.Key, Name: c.Name, INN: c.INN, Address: c.Address, City: c.City, Region: c.Region, Distributor: distributor}
	if c.OutletName != "" && c.OutletName != c.Name {
		q.Name, q.LegalName = c.OutletName, c.Name
	}
	return q
}
