package ingest

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/shopspring/decimal"

	"github.com/distbase/distbase/ingest/table"
	"github.com/distbase/distbase/storage"
)

// load writes the facts of an understood submission in one transaction, in the
// place of those it replaces. Run again it does nothing.
func (p *Pipeline) load(ctx context.Context, id int64) error {
	s, err := storage.SubmissionByID(ctx, p.store.Pool(), id)
	if err != nil || s.State != storage.SubmissionUnderstood {
		return err
	}
	a, err := storage.AttachmentByID(ctx, p.store.Pool(), s.AttachmentID)
	if err != nil {
		return err
	}
	m, err := storage.MessageByID(ctx, p.store.Pool(), a.MessageID)
	if err != nil {
		return err
	}
	o, err := p.open(ctx, p.store.Pool(), m, a)
	if err != nil {
		return err
	}
	summary, err := summaryOf(s)
	if err != nil {
		return err
	}
	t, err := p.tableOf(ctx, o, s, summary)
	if err != nil {
		return err
	}
	if t == nil || len(t.Records) == 0 || string(t.Kind) != s.Kind {
		return fmt.Errorf("submission %d: table %d of the file reads differently now", s.ID, s.TableNo)
	}
	f := factsOf(s, t)
	for _, fact := range []string{"sale", "stock"} {
		if err := p.store.EnsureMonths(ctx, fact, f.first, f.last); err != nil {
			return err
		}
	}
	return p.store.InTx(ctx, func(tx pgx.Tx) error { return p.loadFacts(ctx, tx, id, f, m) })
}

func (p *Pipeline) loadFacts(ctx context.Context, tx pgx.Tx, id int64, f *facts, m storage.Message) error {
	s, err := storage.LockSubmission(ctx, tx, id)
	if err != nil || s.State != storage.SubmissionUnderstood {
		return err
	}
	if err := storage.LockReports(ctx, tx, s.DistributorID, family(tableKind(s.Kind))); err != nil {
		return err
	}
	summary, err := summaryOf(s)
	if err != nil {
		return err
	}
	// Another report of these days may have been loaded since it was decided.
	question, err := p.replacement(ctx, tx, s, summary)
	if err != nil {
		return err
	}
	if question != nil {
		return p.ask(ctx, tx, s, storage.AskReplace, question)
	}
	if err := p.giveWay(ctx, tx, &s, summary); err != nil {
		return err
	}
	if err := f.write(ctx, tx, s); err != nil {
		return err
	}
	if err := p.remember(ctx, tx, s, summary); err != nil {
		return err
	}
	at := p.now()
	s.State, s.LoadedAt = storage.SubmissionLoaded, &at
	if err := storage.UpdateSubmission(ctx, tx, s); err != nil {
		return err
	}
	return p.store.Enqueue(ctx, tx, storage.MapNames{SubmissionID: s.ID}, storage.Answer{MessageID: m.ID})
}

// giveWay marks the reports that s replaces. Their facts stay, out of force, so
// that the replacement can be undone.
func (p *Pipeline) giveWay(ctx context.Context, tx pgx.Tx, s *storage.Submission, summary Summary) error {
	if summary.Overlap == overlapAdd {
		return nil
	}
	others, err := p.rivals(ctx, tx, *s)
	if err != nil {
		return err
	}
	for _, o := range others {
		o.State = storage.SubmissionReplaced
		if err := storage.UpdateSubmission(ctx, tx, o); err != nil {
			return err
		}
		s.ReplacesID = &o.ID
		detail, err := json.Marshal(map[string]int64{"replaced": o.ID, "by": s.ID})
		if err != nil {
			return fmt.Errorf("encode journal: %w", err)
		}
		if _, err := storage.AddJournal(ctx, tx, storage.JournalEntry{
			Action: "submission.replaced", Subject: fmt.Sprintf("submission:%d", o.ID), Detail: detail,
		}); err != nil {
			return err
		}
	}
	return nil
}

// facts are the rows of a submission, with the names they point to.
type facts struct {
	first, last time.Time
	items       []storage.Item
	clients     []storage.Client
	agents      []storage.Agent
	rows        []factRow
	stock       bool
	negate      bool // returns are printed as positive numbers
}

type factRow struct {
	record              table.Record
	day                 time.Time
	part                int
	item, client, agent string // keys
}

func factsOf(s storage.Submission, t *table.Table) *facts {
	f := &facts{stock: t.Kind == table.Stock || t.Kind == table.Movement}
	if t.Kind == table.Returns {
		f.negate = t.Totals[table.Quantity].IsPositive() || t.Totals[table.Amount].IsPositive()
	}
	items, clients, agents, parts := map[string]bool{}, map[string]bool{}, map[string]bool{}, map[int]int{}
	for _, r := range t.Records {
		item, ok := itemOf(r)
		if !ok {
			continue // named in the table's problems
		}
		row := factRow{record: r, day: factDay(s, r, f.stock), item: item.Key, part: parts[r.Row]}
		parts[r.Row]++
		if !items[item.Key] {
			items[item.Key] = true
			f.items = append(f.items, item)
		}
		if c, ok := clientOf(r); ok {
			row.client = c.Key
			if !clients[c.Key] {
				clients[c.Key] = true
				f.clients = append(f.clients, c)
			}
		}
		if g, ok := agentOf(r); ok {
			row.agent = g.Key
			if !agents[g.Key] {
				agents[g.Key] = true
				f.agents = append(f.agents, g)
			}
		}
		if f.first.IsZero() || row.day.Before(f.first) {
			f.first = row.day
		}
		if row.day.After(f.last) {
			f.last = row.day
		}
		f.rows = append(f.rows, row)
	}
	return f
}

// factDay is the day a row counts for: its own date; without one the last day of
// the period, which for a stock is the day it was taken.
func factDay(s storage.Submission, r table.Record, stock bool) time.Time {
	if d, ok := r.Day(); ok && !stock {
		return day(d)
	}
	return day(*s.To)
}

// write loads the rows; what an earlier run of the step wrote goes first.
func (f *facts) write(ctx context.Context, tx pgx.Tx, s storage.Submission) error {
	if err := storage.RemoveFacts(ctx, tx, s.DistributorID, s.ID); err != nil {
		return err
	}
	items, err := storage.EnsureItems(ctx, tx, s.ID, s.DistributorID, f.items)
	if err != nil {
		return err
	}
	if f.stock {
		return storage.AddStock(ctx, tx, s.DistributorID, s.ID, f.stockLines(items))
	}
	clients, err := storage.EnsureClients(ctx, tx, s.ID, s.DistributorID, f.clients)
	if err != nil {
		return err
	}
	agents, err := storage.EnsureAgents(ctx, tx, s.ID, s.DistributorID, f.agents)
	if err != nil {
		return err
	}
	lines := make([]storage.Sale, 0, len(f.rows))
	for _, row := range f.rows {
		r := row.record
		lines = append(lines, storage.Sale{
			Day: row.day, Row: r.Row, Part: row.part, ItemID: items[row.item], ClientID: find(clients, row.client), AgentID: find(agents, row.agent),
			Warehouse: r.Text(table.Warehouse), Document: r.Text(table.DocNo), Unit: r.Text(table.Unit),
			Quantity: f.signed(r, table.Quantity), Amount: f.signed(r, table.Amount), Price: number(r, table.Price),
		})
	}
	return storage.AddSales(ctx, tx, s.DistributorID, s.ID, lines)
}

func (f *facts) stockLines(items map[string]int64) []storage.StockLine {
	lines := make([]storage.StockLine, 0, len(f.rows))
	for _, row := range f.rows {
		r := row.record
		lines = append(lines, storage.StockLine{
			Day: row.day, Row: r.Row, Part: row.part, ItemID: items[row.item], Warehouse: r.Text(table.Warehouse), Unit: r.Text(table.Unit),
			Opening: number(r, table.OpeningQty), Received: number(r, table.ReceivedQty), Shipped: number(r, table.ShippedQty),
			Closing: number(r, table.StockQty), Amount: number(r, table.StockAmount),
		})
	}
	return lines
}

func find(ids map[string]int64, key string) *int64 {
	if id, ok := ids[key]; ok && key != "" {
		return &id
	}
	return nil
}

func number(r table.Record, role table.Role) decimal.NullDecimal {
	if d, ok := r.Decimal(role); ok {
		return decimal.NewNullDecimal(d)
	}
	return decimal.NullDecimal{}
}

func (f *facts) signed(r table.Record, role table.Role) decimal.NullDecimal {
	d := number(r, role)
	if f.negate && d.Valid {
		d.Decimal = d.Decimal.Neg()
	}
	return d
}

// The analyst's words on a report about days that another one speaks of.
const (
	overlapReplace = "replace"
	overlapAdd     = "add"
)
