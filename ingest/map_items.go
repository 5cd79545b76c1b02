package ingest

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/shopspring/decimal"

	"github.com/distbase/distbase/ingest/match"
	"github.com/distbase/distbase/storage"
)

// ItemPayload is what a question about an item shows.
type ItemPayload struct {
	ItemID     int64           `json:"item_id"`
	Name       string          `json:"name"`
	Code       string          `json:"code,omitempty"`
	Barcode    string          `json:"barcode,omitempty"`
	Unit       string          `json:"unit,omitempty"`
	Amount     string          `json:"amount"`
	Quantity   string          `json:"quantity"`
	Lines      int             `json:"lines"`
	Clients    int             `json:"clients"`
	Foreign    bool            `json:"foreign,omitempty"` // nothing in the catalogue is near: probably not ours
	Candidates []ItemCandidate `json:"candidates"`
}

// ItemCandidate is a product that an item may be; factors are numbers of base
// units in one unit of the report, the likeliest first.
type ItemCandidate struct {
	ProductID  int64    `json:"product_id"`
	Code       string   `json:"code"`
	Name       string   `json:"name"`
	Inactive   bool     `json:"inactive,omitempty"`
	Confidence float64  `json:"confidence"`
	Reasons    []string `json:"reasons,omitempty"`
	Factors    []string `json:"factors"`
	// FactorReasons tell where the first factor comes from: unit, weight, pack, price.
	FactorReasons    []string `json:"factor_reasons,omitempty"`
	FactorConfidence float64  `json:"factor_confidence,omitempty"`
}

func itemSubject(distributorID, itemID int64) string {
	return fmt.Sprintf("item:%d/%d", distributorID, itemID)
}

// mapItems maps items of a distributor or asks about them. Their questions belong to
// the submission; with 0 each to the one that brought the item.
func (p *Pipeline) mapItems(ctx context.Context, tx pgx.Tx, d storage.Distributor, submissionID int64, items []storage.UnmappedItem, index *productIndex) error {
	if len(items) == 0 {
		return nil
	}
	ranked, z, err := p.rankItems(ctx, tx, d, items, index)
	if err != nil {
		return err
	}
	var maps []storage.ItemMapping
	var asks []storage.Question
	for i, x := range items {
		if m, ok := index.verdict(x, ranked[i], z); ok {
			maps = append(maps, m)
			continue
		}
		q, err := index.question(x, ranked[i])
		if err != nil {
			return err
		}
		if q.SubmissionID = &x.FirstSeen; submissionID != 0 {
			q.SubmissionID = &submissionID
		}
		asks = append(asks, q)
	}
	if err := storage.MapItems(ctx, tx, maps); err != nil {
		return err
	}
	return storage.AddQuestions(ctx, tx, asks)
}

// rankItems ranks all items of a distributor together: they help each other.
func (p *Pipeline) rankItems(ctx context.Context, tx pgx.Tx, d storage.Distributor, items []storage.UnmappedItem, index *productIndex) ([][]match.Candidate, zones, error) {
	z, err := zonesOf(ctx, tx, d.ID, storage.AskItem)
	if err != nil {
		return nil, z, err
	}
	index.catalog.SetZones(d.Code, z.Zones)
	queries := make([]match.Query, len(items))
	for i, x := range items {
		queries[i] = match.Query{
			ID: x.Key, Name: x.Name, Code: x.Code, Barcode: x.Barcode, Brand: x.Brand, Unit: x.Unit, Distributor: d.Code,
		}
		if price := priceOf(x.Weight); price.IsPositive() {
			queries[i].Price = price.String()
		}
	}
	ranked, err := index.catalog.RankAll(ctx, queries, candidateCount, nil)
	if err != nil {
		return nil, z, fmt.Errorf("rank names: %w", err)
	}
	return ranked, z, nil
}

// priceOf is what one unit of the report costs; zero where that is not known.
func priceOf(w storage.Weight) decimal.Decimal {
	amount, err1 := decimal.NewFromString(w.Amount)
	quantity, err2 := decimal.NewFromString(w.Quantity)
	if err1 != nil || err2 != nil || !amount.IsPositive() || !quantity.IsPositive() {
		return decimal.Zero
	}
	return amount.DivRound(quantity, 4)
}

// verdict is what is decided on an item without asking, be it that it is none of ours.
func (x *productIndex) verdict(item storage.UnmappedItem, ranked []match.Candidate, z zones) (storage.ItemMapping, bool) {
	if m, ok := x.decide(item, ranked, z); ok {
		return m, true
	}
	first := firstConfidence(ranked)
	if !isForeign(ranked) || item.Refused || first > z.foreign {
		return storage.ItemMapping{}, false
	}
	return storage.ItemMapping{
		DistributorID: item.DistributorID, ItemID: item.ID, Verdict: storage.VerdictNotOurs, Factor: decimal.NewFromInt(1),
		Reason: "foreign", Confidence: share(1 - first), Model: match.Version(),
	}, true
}

// isForeign tells that nothing in the catalogue is near.
func isForeign(ranked []match.Candidate) bool {
	return len(ranked) == 0 || ranked[0].Decision == match.None || nothingShared(ranked[0].Reasons)
}

func firstConfidence(ranked []match.Candidate) float64 {
	if len(ranked) == 0 {
		return 0
	}
	return likelihood(ranked[0])
}

// likelihood is how likely a candidate is. Of a small catalogue the matcher takes even the
// least unlike product for sure: what shares nothing with the name is held for foreign.
func likelihood(c match.Candidate) float64 {
	if nothingShared(c.Reasons) {
		return round(min(c.Confidence, match.DefaultZones().None))
	}
	return round(c.Confidence)
}

// decide is the mapping of an item where product and factor are certain.
func (x *productIndex) decide(item storage.UnmappedItem, ranked []match.Candidate, z zones) (storage.ItemMapping, bool) {
	if len(ranked) == 0 || ranked[0].Decision != match.Map || nothingShared(ranked[0].Reasons) {
		return storage.ItemMapping{}, false
	}
	c := ranked[0]
	confirmed := len(c.Reasons) > 0 && c.Reasons[0] == "confirmed"
	product, ok := x.product(c.ID)
	if !ok || !product.Active || item.Refused && !confirmed || !z.allows(c.Confidence, confirmed) {
		return storage.ItemMapping{}, false
	}
	factors, sure := factorsOf(item, product)
	if !sure {
		return storage.ItemMapping{}, false
	}
	return storage.ItemMapping{
		DistributorID: item.DistributorID, ItemID: item.ID, Verdict: storage.VerdictProduct, ProductID: &product.ID,
		Factor: factors[0].Value, FactorConfidence: share(factors[0].Confidence), FactorReason: strings.Join(factors[0].Reasons, "; "),
		Reason: strings.Join(c.Reasons, "; "), Confidence: share(c.Confidence), Model: match.Version(),
	}, true
}

// nothingShared tells that a candidate has no telling word, code, barcode or earlier
// answer in common with the name: however sure the matcher is, it is only the least
// unlike one of a small catalogue.
func nothingShared(reasons []string) bool {
	return !slices.ContainsFunc(reasons, func(r string) bool {
		word, _, _ := strings.Cut(r, ":")
		switch word {
		case "confirmed", "confirmed_elsewhere", "same_barcode", "same_code", "same_name", "code_in_name", "brand_equal", "words":
			return true
		}
		return false
	})
}

func share(p float64) decimal.NullDecimal {
	return decimal.NewNullDecimal(decimal.NewFromFloat(p).Round(4))
}

// round keeps four places: more say nothing, and cards that show the same stay the same.
func round(p float64) float64 { return math.Round(p*1e4) / 1e4 }

// question is what is asked about an item that does not map by itself.
func (x *productIndex) question(item storage.UnmappedItem, ranked []match.Candidate) (storage.Question, error) {
	payload := ItemPayload{
		ItemID: item.ID, Name: item.Name, Code: item.Code, Barcode: item.Barcode, Unit: item.Unit,
		Amount: item.Amount, Quantity: item.Quantity, Lines: item.Lines, Clients: item.Clients,
		Foreign: isForeign(ranked),
	}
	for _, c := range ranked {
		if product, ok := x.product(c.ID); ok {
			payload.Candidates = append(payload.Candidates, candidate(item, product, c))
		}
	}
	raw, err := json.Marshal(payload)
	if err != nil {
		return storage.Question{}, fmt.Errorf("encode question: %w", err)
	}
	value, err := decimal.NewFromString(item.Amount)
	if err != nil {
		return storage.Question{}, fmt.Errorf("read amount of item %d: %w", item.ID, err)
	}
	return storage.Question{
		Kind: storage.AskItem, Subject: itemSubject(item.DistributorID, item.ID), DistributorID: &item.DistributorID,
		Payload: raw, Value: value, Topic: match.Normalise(item.Name),
	}, nil
}

func candidate(item storage.UnmappedItem, product storage.Product, c match.Candidate) ItemCandidate {
	out := ItemCandidate{
		ProductID: product.ID, Code: product.Code, Name: product.Name, Inactive: !product.Active, Confidence: likelihood(c), Reasons: c.Reasons,
	}
	list, _ := factorsOf(item, product)
	for i, f := range list {
		out.Factors = append(out.Factors, f.Value.String())
		if i == 0 {
			out.FactorReasons, out.FactorConfidence = f.Reasons, round(f.Confidence)
		}
	}
	return out
}

// factorsOf are the likely numbers of base units in one unit of the item. sure: units
// say which, and neither the prices nor the barcode contradict.
func factorsOf(item storage.UnmappedItem, product storage.Product) (list []match.Factor, sure bool) {
	var packs []decimal.Decimal
	if product.Pack.Valid {
		packs = append(packs, product.Pack.Decimal)
	}
	list = match.Factors(match.FactorQuestion{
		ItemName: item.Name, ItemUnit: item.Unit, ProductName: product.Name, ProductUnit: product.Unit, Packs: packs,
		ItemPrice: priceOf(item.Weight), ProductPrice: product.Price.Decimal,
	})
	told, sure := match.PackFactor(item.Name, item.Unit, product.Unit, packs...)
	switch {
	case len(list) == 0:
		return []match.Factor{{Value: decimal.NewFromInt(1)}}, false
	case len(told) == 0 || !list[0].Value.Equal(told[0]):
		return list, false
	case item.Barcode != "" && item.Barcode == product.CaseBarcode && product.Pack.Valid:
		return list, sure && list[0].Value.Equal(product.Pack.Decimal)
	}
	return list, sure
}
