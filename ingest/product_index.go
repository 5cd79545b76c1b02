package ingest

import (
	"context"
	"strings"
	"sync"

	"github.com/distbase/distbase/ingest/match"
	"github.com/distbase/distbase/storage"
)

// productIndex is the catalogue in memory, one for the process. It follows what any
// process changes in the products and in the names that people confirmed, row by row.
type productIndex struct {
	catalog *match.Catalog // active products; has locks of its own

	following sync.Mutex // held while following
	since     string     // guarded by following: the moment up to which it has followed
	taught    map[int64]match.Confirmed
	times     map[match.Confirmed]int // how many mappings teach the same

	mu     sync.RWMutex // guards all below
	byCode map[string]storage.Product
	search map[string]searchable
}

// productIndex is the process's index, up to date.
func (p *Pipeline) productIndex(ctx context.Context) (*productIndex, error) {
	x := &p.products
	x.following.Lock()
	defer x.following.Unlock()
	return x, x.follow(ctx, p.store.Pool())
}

// follow reads what changed since the last time; the first time everything.
func (x *productIndex) follow(ctx context.Context, q storage.Querier) error {
	moment, err := storage.Moment(ctx, q)
	if err != nil {
		return err
	}
	changed, err := storage.ProductsChanged(ctx, q, x.since)
	if err != nil {
		return err
	}
	names, err := storage.ConfirmedNames(ctx, q, x.since)
	if err != nil {
		return err
	}
	if x.catalog == nil {
		x.build(changed)
	} else {
		x.update(changed)
	}
	for _, n := range names {
		x.learn(n)
	}
	x.since = moment
	return nil
}

// build indexes all products at once: rare words are told by the whole catalogue.
func (x *productIndex) build(products []storage.Product) {
	x.taught, x.times = map[int64]match.Confirmed{}, map[match.Confirmed]int{}
	var entries []match.Entry
	x.mu.Lock()
	x.byCode, x.search = make(map[string]storage.Product, len(products)), make(map[string]searchable, len(products))
	for _, product := range products {
		x.byCode[product.Code], x.search[product.Code] = product, searchableOf(product)
		if product.Active {
			entries = append(entries, entryOf(product))
		}
	}
	x.mu.Unlock()
	x.catalog = match.NewCatalog(entries, match.Options{})
}

// update takes changed products in. A product that is not made any more is not
// proposed; a search still finds it.
func (x *productIndex) update(changed []storage.Product) {
	for _, product := range changed {
		if old, ok := x.product(product.Code); ok && same(old, product) {
			continue
		}
		x.mu.Lock()
		x.byCode[product.Code], x.search[product.Code] = product, searchableOf(product)
		x.mu.Unlock()
		if product.Active {
			x.catalog.Add(entryOf(product))
		} else {
			x.catalog.Remove(product.Code)
		}
	}
}

// learn takes a confirmed mapping in, or one that was taken back out. A mapping may
// be told again; what several mappings teach stays until the last is gone.
func (x *productIndex) learn(n storage.ConfirmedName) {
	old, known := x.taught[n.MappingID]
	switch {
	case n.InForce && !known:
		c := match.Confirmed{Name: n.Name, ID: n.ProductCode, Distributor: n.Distributor}
		x.taught[n.MappingID] = c
		if x.times[c]++; x.times[c] == 1 {
			x.catalog.Remember(c)
		}
	case !n.InForce && known:
		delete(x.taught, n.MappingID)
		if x.times[old]--; x.times[old] == 0 {
			delete(x.times, old)
			x.catalog.Forget(old)
		}
	}
}

func (x *productIndex) product(code string) (storage.Product, bool) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	p, ok := x.byCode[code]
	return p, ok
}

// same compares what the index uses.
func same(a, b storage.Product) bool {
	if len(a.OtherNames) != len(b.OtherNames) {
		return false
	}
	for i := range a.OtherNames {
		if a.OtherNames[i] != b.OtherNames[i] {
			return false
		}
	}
	return a.Name == b.Name && a.Barcode == b.Barcode && a.CaseBarcode == b.CaseBarcode && a.Brand == b.Brand && a.Category == b.Category &&
		a.Unit == b.Unit && a.Active == b.Active && a.Pack.Valid == b.Pack.Valid && a.Pack.Decimal.Equal(b.Pack.Decimal) &&
		a.Price.Valid == b.Price.Valid && a.Price.Decimal.Equal(b.Price.Decimal)
}

func entryOf(p storage.Product) match.Entry {
	e := match.Entry{
		ID: p.Code, Name: p.Name, Other: p.OtherNames, Code: p.Code, Barcode: strings.TrimSpace(p.Barcode + " " + p.CaseBarcode), Brand: p.Brand, Unit: p.Unit, Category: p.Category,
	}
	if p.Price.Valid {
		e.Price = p.Price.Decimal.String()
	}
	return e
}
