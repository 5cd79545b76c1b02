package ingest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/shopspring/decimal"

	"github.com/distbase/distbase/ingest/match"
	"github.com/distbase/distbase/storage"
)

// candidates a question shows.
const candidateCount = 5

// mapNames ties the new names of a loaded submission to the master data where
// that is certain, and asks about the items where it is not. Clients and agents
// that are not certain stay visible as unmapped.
func (p *Pipeline) mapNames(ctx context.Context, submissionID int64) error {
	s, err := storage.SubmissionByID(ctx, p.store.Pool(), submissionID)
	if err != nil || s.State != storage.SubmissionLoaded {
		return err
	}
	index, err := p.productIndex(ctx)
	if err != nil {
		return err
	}
	return p.store.InTx(ctx, func(tx pgx.Tx) error {
		if err := storage.LockReports(ctx, tx, s.DistributorID, "names"); err != nil {
			return err
		}
		if err := p.mapItems(ctx, tx, s, index); err != nil {
			return err
		}
		if err := p.mapClients(ctx, tx, s); err != nil {
			return err
		}
		return p.mapAgents(ctx, tx, s)
	})
}

func (p *Pipeline) mapItems(ctx context.Context, tx pgx.Tx, s storage.Submission, index *productIndex) error {
	items, err := storage.UnmappedItems(ctx, tx, s.DistributorID, s.ID)
	if err != nil {
		return err
	}
	d, err := storage.DistributorByID(ctx, tx, s.DistributorID)
	if err != nil {
		return err
	}
	for _, x := range items {
		ranked := index.rank(x.Item, d.Code)
		if c := certain(ranked); c != nil {
			product := index.byCode[c.ID]
			if list, sure := factors(x.Item, product); sure {
				if err := p.mapCertain(ctx, tx, x, product, list[0], *c); err != nil {
					return err
				}
				continue
			}
		}
		if err := p.askItem(ctx, tx, s, x, ranked, index); err != nil {
			return err
		}
	}
	return nil
}

// certain is the first candidate where the matcher is sure of it.
func certain(ranked []match.Candidate) *match.Candidate {
	if len(ranked) == 0 || ranked[0].Decision != match.Map {
		return nil
	}
	return &ranked[0]
}

func (p *Pipeline) mapCertain(ctx context.Context, tx pgx.Tx, x storage.UnmappedItem, product storage.Product, factor decimal.Decimal, c match.Candidate) error {
	id, _, err := storage.SetItemMapping(ctx, tx, storage.ItemMapping{
		DistributorID: x.DistributorID, ItemID: x.ID, Verdict: storage.VerdictProduct, ProductID: &product.ID, Factor: factor,
		Reason: strings.Join(c.Reasons, "; "), Confidence: decimal.NewNullDecimal(decimal.NewFromFloat(c.Confidence).Round(4)),
	})
	if err != nil {
		return err
	}
	detail, err := json.Marshal(map[string]any{"mapping": id, "product": product.Code, "factor": factor, "reasons": c.Reasons})
	if err != nil {
		return fmt.Errorf("encode journal: %w", err)
	}
	_, err = storage.AddJournal(ctx, tx, storage.JournalEntry{Action: "item.mapped", Subject: itemSubject(x.DistributorID, x.ID), Detail: detail})
	return err
}

func itemSubject(distributorID, itemID int64) string {
	return fmt.Sprintf("item:%d/%d", distributorID, itemID)
}

// ItemPayload is what a question about an item shows.
type ItemPayload struct {
	ItemID     int64           `json:"item_id"`
	Name       string          `json:"name"`
	Code       string          `json:"code,omitempty"`
	Unit       string          `json:"unit,omitempty"`
	Amount     string          `json:"amount"`
	Quantity   string          `json:"quantity"`
	Lines      int             `json:"lines"`
	Clients    int             `json:"clients"`
	Candidates []ItemCandidate `json:"candidates"`
}

// ItemCandidate is a product that an item may be; factors are numbers of base
// units in one unit of the report, the likeliest first.
type ItemCandidate struct {
	ProductID  int64    `json:"product_id"`
	Code       string   `json:"code"`
	Name       string   `json:"name"`
	Confidence float64  `json:"confidence"`
	Reasons    []string `json:"reasons,omitempty"`
	Factors    []string `json:"factors"`
}

func (p *Pipeline) askItem(ctx context.Context, tx pgx.Tx, s storage.Submission, x storage.UnmappedItem, ranked []match.Candidate, index *productIndex) error {
	payload := ItemPayload{
		ItemID: x.ID, Name: x.Name, Code: x.Code, Unit: x.Unit, Amount: x.Amount, Quantity: x.Quantity, Lines: x.Lines, Clients: x.Clients,
	}
	for _, c := range ranked {
		payload.Candidates = append(payload.Candidates, candidate(x.Item, index.byCode[c.ID], c))
	}
	raw, err := json.Marshal(payload)
	if err != nil {
		return fmt.Errorf("encode question: %w", err)
	}
	value, err := decimal.NewFromString(x.Amount)
	if err != nil {
		return fmt.Errorf("read amount of item %d: %w", x.ID, err)
	}
	_, err = storage.AddQuestion(ctx, tx, storage.Question{
		Kind: storage.AskItem, Subject: itemSubject(x.DistributorID, x.ID), DistributorID: &s.DistributorID, SubmissionID: &s.ID,
		Payload: raw, Value: value,
	})
	return err
}

func candidate(item storage.Item, product storage.Product, c match.Candidate) ItemCandidate {
	out := ItemCandidate{ProductID: product.ID, Code: product.Code, Name: product.Name, Confidence: c.Confidence, Reasons: c.Reasons}
	list, _ := factors(item, product)
	for _, f := range list {
		out.Factors = append(out.Factors, f.String())
	}
	return out
}

// factors are the likely numbers of base units in one unit of the item.
func factors(item storage.Item, product storage.Product) (list []decimal.Decimal, sure bool) {
	var pack []decimal.Decimal
	if product.Pack.Valid {
		pack = append(pack, product.Pack.Decimal)
	}
	return match.PackFactor(item.Name, item.Unit, product.Unit, pack...)
}

// productIndex is the catalogue as the matcher wants it, of one version of the
// products and of the names that people confirmed.
type productIndex struct {
	version string
	catalog *match.Catalog
	byCode  map[string]storage.Product
	entries []match.Entry
}

// productIndex builds the index anew when products or confirmed names changed.
func (p *Pipeline) productIndex(ctx context.Context) (*productIndex, error) {
	version, err := storage.ProductsVersion(ctx, p.store.Pool())
	if err != nil {
		return nil, err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.products != nil && p.products.version == version {
		return p.products, nil
	}
	products, err := storage.Products(ctx, p.store.Pool())
	if err != nil {
		return nil, err
	}
	index := &productIndex{version: version, byCode: make(map[string]storage.Product, len(products))}
	for _, x := range products {
		index.byCode[x.Code] = x
		index.entries = append(index.entries, match.Entry{
			ID: x.Code, Name: x.Name, Other: x.OtherNames, Code: x.Code, Barcode: x.Barcode, Brand: x.Brand, Unit: x.Unit, Category: x.Category,
		})
	}
	names, err := storage.ConfirmedNames(ctx, p.store.Pool())
	if err != nil {
		return nil, err
	}
	history := make([]match.Confirmed, 0, len(names))
	for _, n := range names {
		history = append(history, match.Confirmed{Name: n.Name, ID: n.ProductCode, Distributor: n.Distributor})
	}
	index.catalog = match.NewCatalog(index.entries, match.Options{History: history})
	p.products = index
	return index, nil
}

func (x *productIndex) rank(item storage.Item, distributor string) []match.Candidate {
	return x.catalog.Rank(match.Query{
		ID: item.Key, Name: item.Name, Code: item.Code, Barcode: item.Barcode, Brand: item.Brand, Unit: item.Unit, Distributor: distributor,
	}, candidateCount)
}

// mapClients ties clients to the outlets of the distributor's client base by
// code, or by name and place together where only one outlet has them.
func (p *Pipeline) mapClients(ctx context.Context, tx pgx.Tx, s storage.Submission) error {
	clients, err := storage.UnmappedClients(ctx, tx, s.DistributorID, s.ID)
	if err != nil || len(clients) == 0 {
		return err
	}
	outlets, err := storage.OutletsOf(ctx, tx, s.DistributorID)
	if err != nil {
		return err
	}
	index := newOutletIndex(outlets)
	for _, c := range clients {
		o, reason := index.find(c)
		if o == nil {
			continue
		}
		if err := storage.SetClientMapping(ctx, tx, c.DistributorID, c.ID, storage.VerdictOutlet, &o.ID, nil, reason, decimal.NullDecimal{}); err != nil {
			return err
		}
	}
	return nil
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
		if words(r.Name) == words(name) {
			found = append(found, r)
		}
	}
	if len(found) != 1 {
		return storage.Rep{}, storage.ErrNotFound
	}
	return found[0], nil
}
