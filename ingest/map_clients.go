package ingest

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/shopspring/decimal"

	"github.com/distbase/distbase/ingest/match"
	"github.com/distbase/distbase/ingest/match/outlet"
	"github.com/distbase/distbase/storage"
)

// ClientPayload is what a question about a client shows.
type ClientPayload struct {
	ClientID   int64             `json:"client_id"`
	Name       string            `json:"name"`
	Code       string            `json:"code,omitempty"`
	INN        string            `json:"inn,omitempty"`
	OutletName string            `json:"outlet_name,omitempty"`
	Address    string            `json:"address,omitempty"`
	Amount     string            `json:"amount"`
	Lines      int               `json:"lines"`
	Foreign    bool              `json:"foreign,omitempty"` // no outlet is near: probably not in the base yet
	Candidates []OutletCandidate `json:"candidates"`
}

// OutletCandidate is an outlet that a client may be.
type OutletCandidate struct {
	OutletID   int64    `json:"outlet_id"`
	Code       string   `json:"code"`
	Name       string   `json:"name"`
	LegalName  string   `json:"legal_name,omitempty"`
	Address    string   `json:"address,omitempty"`
	Confidence float64  `json:"confidence"`
	Reasons    []string `json:"reasons,omitempty"`
}

// maxOpenClients is how many clients of a distributor are asked about at a time: those
// worth most. The others wait, unmapped and visible, until some are answered.
const maxOpenClients = 50

func clientSubject(distributorID, clientID int64) string {
	return fmt.Sprintf("client:%d/%d", distributorID, clientID)
}

// served are the outlets of a distributor's client base.
type served struct {
	index  *outlet.Index
	byCode map[string]storage.Outlet
}

// rankedClient is what the matcher says of a client.
type rankedClient struct{ list []outlet.Candidate }

// mapClients maps clients of a distributor or asks about those worth most, as long as no
// more than most are asked about.
func (p *Pipeline) mapClients(ctx context.Context, tx pgx.Tx, d storage.Distributor, submissionID int64, clients []storage.UnmappedClient, most int) error {
	if len(clients) == 0 {
		return nil
	}
	z, err := zonesOf(ctx, tx, d.ID, storage.AskClient)
	if err != nil {
		return err
	}
	ranked, err := p.rankClients(ctx, tx, d, clients)
	if err != nil {
		return err
	}
	open, err := storage.OpenNames(ctx, tx, d.ID, storage.AskClient)
	if err != nil {
		return err
	}
	room, asked := most-len(open), make(map[string]bool, len(open))
	for _, q := range open {
		asked[q.Subject] = true
	}
	var maps []storage.ClientMapping
	var ask []int
	for i, c := range clients {
		m, ok, err := clientVerdict(c, ranked[i], z)
		if err != nil {
			return err
		}
		switch {
		case ok:
			maps = append(maps, m)
		case asked[clientSubject(c.DistributorID, c.ID)]:
			ask = append(ask, i) // its card shows what it weighs now
		case room > 0 || c.Refused:
			ask = append(ask, i)
			room--
		}
	}
	if err := storage.MapClients(ctx, tx, maps); err != nil {
		return err
	}
	return askClients(ctx, tx, submissionID, clients, ranked, ask)
}

// rankClients looks for each client among the outlets that the distributor serves, and
// where that gives nothing certain among all.
func (p *Pipeline) rankClients(ctx context.Context, tx pgx.Tx, d storage.Distributor, clients []storage.UnmappedClient) ([]rankedClient, error) {
	all, err := p.outletIndex(ctx)
	if err != nil {
		return nil, err
	}
	base, err := storage.OutletsOf(ctx, tx, d.ID)
	if err != nil {
		return nil, err
	}
	own := newServed(base)
	out := make([]rankedClient, len(clients))
	err = match.Parallel(ctx, len(clients), func(i int) { out[i] = own.rank(clients[i].Client, d.Code, all) })
	return out, err
}

func newServed(base []storage.Outlet) *served {
	x := &served{byCode: make(map[string]storage.Outlet, len(base))}
	entries := make([]outlet.Entry, len(base))
	for i, o := range base {
		entries[i] = outletEntry(o)
		x.byCode[fold(o.Code)] = o
	}
	x.index = outlet.New(entries, outlet.Options{})
	return x
}

// rank gives the likeliest outlets. What a person confirmed counts before all, then the
// outlet's own code in the report, then the outlets served, then all others.
func (x *served) rank(c storage.Client, distributor string, all *outlet.Index) rankedClient {
	q := outletQuery(c, distributor)
	anywhere := all.Rank(q, candidateCount)
	if len(anywhere) > 0 && hasReason(anywhere[0].Reasons, "confirmed") {
		return rankedClient{anywhere}
	}
	near := x.index.Rank(q, candidateCount)
	code, bare := codeOf(c)
	if o, ok := x.byCode[code]; ok && code != "" {
		return byCode(o, near, bare)
	}
	if len(near) > 0 && near[0].Decision == outlet.Map {
		return rankedClient{near}
	}
	if len(near) > 0 && len(anywhere) > 0 && near[0].ID != anywhere[0].ID && anywhere[0].Decision != outlet.Map && near[0].Confidence > anywhere[0].Confidence {
		return rankedClient{near}
	}
	return rankedClient{anywhere}
}

// codeOf is the code that a client is written by. bare: nothing else is written of it,
// as where codes of outlets stand across a heading.
func codeOf(c storage.Client) (code string, bare bool) {
	code = fold(firstOf(c.Code, c.Name))
	alone := fold(c.Name) == code && (c.OutletName == "" || fold(c.OutletName) == code) && c.Address == "" && c.INN == ""
	if c.Code == "" && !alone {
		return "", false
	}
	return code, alone && len(code) >= leastCode
}

// leastCode is the length from which a code that stands alone is no number of a row.
const leastCode = 4

// codeAgrees is how sure an outlet's own code makes: distributors that were given codes
// copy them, others may number their clients alike by chance.
const codeAgrees = 0.998

// byCode puts the outlet of a code first. Where its name and place have nothing in
// common with those that are written beside the code, it is only asked about.
func byCode(o storage.Outlet, near []outlet.Candidate, bare bool) rankedClient {
	c := outlet.Candidate{ID: strconv.FormatInt(o.ID, 10), Confidence: 0.5, Decision: outlet.Ask}
	if bare {
		c.Confidence, c.Decision = codeAgrees, outlet.Map
	}
	for _, n := range near {
		if n.ID == c.ID {
			c.Confidence, c.Decision, c.Reasons = max(n.Confidence, codeAgrees), outlet.Map, n.Reasons
		}
	}
	c.Reasons = append([]string{"same_code:" + o.Code}, c.Reasons...)
	list := []outlet.Candidate{c}
	for _, n := range near {
		if n.ID != c.ID {
			n.Decision, n.Confidence = outlet.Ask, min(n.Confidence, (1-c.Confidence)/2)
			list = append(list, n)
		}
	}
	return rankedClient{list}
}

func hasReason(reasons []string, word string) bool { return len(reasons) > 0 && reasons[0] == word }

// clientVerdict is what is decided on a client without asking: its outlet, or that it is
// none of ours.
func clientVerdict(c storage.UnmappedClient, r rankedClient, z zones) (storage.ClientMapping, bool, error) {
	m := storage.ClientMapping{DistributorID: c.DistributorID, ClientID: c.ID, Model: outlet.Version()}
	if r.foreign() {
		nearest := 0.0
		if len(r.list) > 0 {
			nearest = round(r.list[0].Confidence)
		}
		m.Verdict, m.Reason, m.Confidence = storage.VerdictNotOurs, "foreign", share(1-nearest)
		return m, !c.Refused && nearest <= z.foreign, nil
	}
	first := r.list[0]
	confirmed := hasReason(first.Reasons, "confirmed")
	if !confirmed && (c.Refused || z.tightened() && first.Confidence < z.Map) || !z.allows(first.Confidence, confirmed) {
		return m, false, nil
	}
	if first.Decision != outlet.Map && !z.loosenedTo(first) {
		return m, false, nil
	}
	id, err := strconv.ParseInt(first.ID, 10, 64)
	if err != nil {
		return m, false, fmt.Errorf("read outlet %q: %w", first.ID, err)
	}
	m.Verdict, m.OutletID, m.Reason, m.Confidence = storage.VerdictOutlet, &id, strings.Join(first.Reasons, "; "), share(first.Confidence)
	return m, true, nil
}

// foreign tells that no outlet is near.
func (r rankedClient) foreign() bool { return len(r.list) == 0 || r.list[0].Decision == outlet.None }

// loosenedTo tells whether the history of a distributor is good enough to map an outlet
// that the matcher would ask about. What contradicts, or fits several outlets alike, is
// never mapped, however good the history.
func (z zones) loosenedTo(c outlet.Candidate) bool {
	return z.loosened() && c.Confidence >= z.Map && !slices.ContainsFunc(c.Reasons, func(r string) bool {
		word, _, _ := strings.Cut(r, ":")
		return word == "several" || word == "inn_near" || word == "confirmed_elsewhere" || strings.HasSuffix(word, "_differs")
	})
}

// askClients asks about the clients of the given places.
func askClients(ctx context.Context, tx pgx.Tx, submissionID int64, clients []storage.UnmappedClient, ranked []rankedClient, which []int) error {
	byID, err := outletsOf(ctx, tx, ranked)
	if err != nil {
		return err
	}
	var asks []storage.Question
	for _, i := range which {
		q, err := clientQuestion(clients[i], ranked[i].list, byID)
		if err != nil {
			return err
		}
		if q.SubmissionID = &clients[i].FirstSeen; submissionID != 0 {
			q.SubmissionID = &submissionID
		}
		asks = append(asks, q)
	}
	return storage.AddQuestions(ctx, tx, asks)
}

func clientQuestion(c storage.UnmappedClient, list []outlet.Candidate, byID map[string]storage.Outlet) (storage.Question, error) {
	payload := ClientPayload{
		ClientID: c.ID, Name: c.Name, Code: c.Code, INN: c.INN, OutletName: c.OutletName, Address: place(c.City, c.Address),
		Amount: c.Amount, Lines: c.Lines, Foreign: rankedClient{list}.foreign(),
	}
	for _, x := range list {
		if o, ok := byID[x.ID]; ok {
			payload.Candidates = append(payload.Candidates, outletCandidate(o, x))
		}
	}
	raw, err := json.Marshal(payload)
	if err != nil {
		return storage.Question{}, fmt.Errorf("encode question: %w", err)
	}
	value, err := decimal.NewFromString(c.Amount)
	if err != nil {
		return storage.Question{}, fmt.Errorf("read amount of client %d: %w", c.ID, err)
	}
	return storage.Question{
		Kind: storage.AskClient, Subject: clientSubject(c.DistributorID, c.ID), DistributorID: &c.DistributorID, Payload: raw, Value: value,
	}, nil
}

func outletCandidate(o storage.Outlet, c outlet.Candidate) OutletCandidate {
	return OutletCandidate{
		OutletID: o.ID, Code: o.Code, Name: o.Name, LegalName: o.LegalName, Address: place(o.City, o.Address), Confidence: round(c.Confidence), Reasons: c.Reasons,
	}
}

// place is an address with its town, which it may name itself.
func place(city, address string) string {
	if city == "" || strings.Contains(fold(address), fold(city)) {
		return address
	}
	if address == "" {
		return city
	}
	return city + ", " + address
}
