package cube_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"github.com/distbase/distbase/storage"
	"github.com/distbase/distbase/storage/storagetest"
)

func TestMain(m *testing.M) { storagetest.Main(m) }

// The world of the property tests: its master data is fixed and small, what the
// distributors' names are tied to and the facts are drawn.
var (
	distributors = []named{{"D1", "Юг"}, {"D2", ""}} // code, region
	products     = []product{{"P1", "Нури", "Чай"}, {"P2", "Нури", ""}, {"P3", "Жокей", "Кофе"}}
	channels     = []string{"HORECA", "RETAIL"}
	reps         = []string{"R1", "R2"}
	outlets      = []outlet{{"O1", "Юг", "Сочи", 0}, {"O2", "Север", "", 1}, {"O3", "", "Псков", -1}}
)

const namesEach = 4 // items, clients and agents of a distributor

type (
	named   struct{ code, region string }
	product struct{ code, brand, category string }
	outlet  struct {
		code, region, city string
		channel            int
	}
	mapping struct {
		verdict string // "" is none
		to      int
		factor  int64
	}
	service struct {
		outlet, distributor, rep int // rep -1: none
		from, to                 int // days, to -1: open
	}
	fact struct {
		table                     string
		distributor, submission   int
		day, item, client, agent  int // client, agent -1: none
		warehouse, document       string
		quantity, amount, closing *decimal.Decimal
	}
	world struct {
		items, clients, agents [][]mapping // by distributor, name
		services               []service
		states                 []string // of submissions; number n belongs to distributor n%2
		facts                  []fact
	}
)

func dayOf(n int) time.Time { return time.Date(2025, 12, 20, 0, 0, 0, 0, time.UTC).AddDate(0, 0, n) }

func drawWorld(t *rapid.T) world {
	var w world
	draw := func(verdicts []string, limit int) [][]mapping {
		var all [][]mapping
		for range distributors {
			var names []mapping
			for range namesEach {
				names = append(names, mapping{
					verdict: rapid.SampledFrom(verdicts).Draw(t, "verdict"),
					to:      rapid.IntRange(0, limit-1).Draw(t, "to"),
					factor:  rapid.SampledFrom([]int64{1, 1, 6, 24}).Draw(t, "factor"),
				})
			}
			all = append(all, names)
		}
		return all
	}
	w.items = draw([]string{"product", "product", "not_ours", "new", ""}, len(products))
	w.clients = draw([]string{"outlet", "outlet", "not_ours", "new", ""}, len(outlets))
	w.agents = draw([]string{"rep", ""}, len(reps))
	for o := range outlets {
		for d := range distributors {
			cut := rapid.IntRange(1, 30).Draw(t, "cut")
			if rapid.Bool().Draw(t, "served") {
				w.services = append(w.services,
					service{o, d, rapid.IntRange(-1, 1).Draw(t, "rep"), 0, cut},
					service{o, d, rapid.IntRange(-1, 1).Draw(t, "rep"), cut, -1})
			}
		}
	}
	for range 4 {
		w.states = append(w.states, rapid.SampledFrom([]string{"loaded", "loaded", "replaced", "asked"}).Draw(t, "state"))
	}
	for range rapid.IntRange(0, 60).Draw(t, "facts") {
		w.facts = append(w.facts, drawFact(t))
	}
	return w
}

func drawFact(t *rapid.T) fact {
	number := func(label string) *decimal.Decimal {
		if rapid.IntRange(0, 9).Draw(t, label+" blank") == 0 {
			return nil
		}
		d := decimal.New(int64(rapid.IntRange(-300, 900).Draw(t, label)), -2)
		return &d
	}
	f := fact{
		table:     rapid.SampledFrom([]string{"sale", "sale", "sale", "stock", "primary"}).Draw(t, "table"),
		day:       rapid.IntRange(0, 40).Draw(t, "day"),
		item:      rapid.IntRange(0, namesEach-1).Draw(t, "item"),
		client:    rapid.IntRange(-1, namesEach-1).Draw(t, "client"),
		agent:     rapid.IntRange(-1, namesEach-1).Draw(t, "agent"),
		warehouse: rapid.SampledFrom([]string{"", "W1", "W2"}).Draw(t, "warehouse"),
		document:  rapid.SampledFrom([]string{"", "1", "2"}).Draw(t, "document"),
		quantity:  number("quantity"), amount: number("amount"), closing: number("closing"),
	}
	f.submission = rapid.IntRange(0, 3).Draw(t, "submission")
	f.distributor = f.submission % 2
	if f.table == "primary" {
		f.item %= len(products)
		zero := decimal.Zero
		if f.quantity == nil {
			f.quantity = &zero
		}
		if f.amount == nil {
			f.amount = &zero
		}
	}
	return f
}

// store writes the world. Everything gets the ids 1, 2, ... in the order of the
// lists, names of distributor d start at d*namesEach+1.
func (w world) store(ctx context.Context, q storage.Querier) error {
	b := &pgx.Batch{}
	add := func(sql string, args ...any) { b.Queue(sql, args...) }
	orNull := func(s string) *string {
		if s == "" {
			return nil
		}
		return &s
	}
	add(`insert into message (id, door, received_at) overriding system value values (1, 'mail', now())`)
	add(`insert into blob values (decode(repeat('00', 32), 'hex'), 0)`)
	add(`insert into attachment (id, message_id, ordinal, name, sha256) overriding system value values (1, 1, 0, '', decode(repeat('00', 32), 'hex'))`)
	for i, d := range distributors {
		add(`insert into distributor (id, code, name, region) overriding system value values ($1, $2, $2, $3)`, i+1, d.code, orNull(d.region))
	}
	for i, p := range products {
		add(`insert into product (id, code, name, brand, category) overriding system value values ($1, $2, $2, $3, $4)`, i+1, p.code, p.brand, orNull(p.category))
	}
	for i, c := range channels {
		add(`insert into channel (id, code, name) overriding system value values ($1, $2, $2)`, i+1, c)
	}
	for i, r := range reps {
		add(`insert into rep (id, code, name) overriding system value values ($1, $2, $2)`, i+1, r)
	}
	for i, o := range outlets {
		var channel *int
		if o.channel >= 0 {
			c := o.channel + 1
			channel = &c
		}
		add(`insert into outlet (id, code, name, region, city, channel_id) overriding system value values ($1, $2, $2, $3, $4, $5)`,
			i+1, o.code, orNull(o.region), orNull(o.city), channel)
	}
	for _, s := range w.services {
		var rep *int
		if s.rep >= 0 {
			r := s.rep + 1
			rep = &r
		}
		var to *time.Time
		if s.to >= 0 {
			d := dayOf(s.to)
			to = &d
		}
		add(`insert into outlet_service (outlet_id, distributor_id, rep_id, valid) values ($1, $2, $3, daterange($4, $5))`,
			s.outlet+1, s.distributor+1, rep, dayOf(s.from), to)
	}
	for i, state := range w.states {
		add(`insert into submission (id, distributor_id, attachment_id, table_no, kind, state) overriding system value values ($1, $2, 1, $3, 'sales', $4)`,
			i+1, i%2+1, i, state)
	}
	for d := range distributors {
		for n := range namesEach {
			id := d*namesEach + n + 1
			add(`insert into item (distributor_id, id, key, name, first_seen) overriding system value values ($1, $2, $3, $3, 1)`, d+1, id, itemName(d, n))
			add(`insert into client (distributor_id, id, key, name, first_seen) overriding system value values ($1, $2, $3, $4, 1)`, d+1, id, fmt.Sprint(n), clientName(n))
			add(`insert into agent (distributor_id, id, key, name, first_seen) overriding system value values ($1, $2, $3, $3, 1)`, d+1, id, agentName(n))
			// A mapping that was superseded must not count.
			add(`insert into item_mapping (distributor_id, item_id, verdict, product_id, factor, superseded_at) values ($1, $2, 'product', 1, 100, now())`, d+1, id)
			if m := w.items[d][n]; m.verdict == "product" {
				add(`insert into item_mapping (distributor_id, item_id, verdict, product_id, factor) values ($1, $2, 'product', $3, $4)`, d+1, id, m.to+1, m.factor)
			} else if m.verdict != "" {
				add(`insert into item_mapping (distributor_id, item_id, verdict) values ($1, $2, $3)`, d+1, id, m.verdict)
			}
			if m := w.clients[d][n]; m.verdict == "outlet" {
				add(`insert into client_mapping (distributor_id, client_id, verdict, outlet_id) values ($1, $2, 'outlet', $3)`, d+1, id, m.to+1)
			} else if m.verdict != "" {
				add(`insert into client_mapping (distributor_id, client_id, verdict) values ($1, $2, $3)`, d+1, id, m.verdict)
			}
			if m := w.agents[d][n]; m.verdict != "" {
				add(`insert into agent_mapping (distributor_id, agent_id, rep_id) values ($1, $2, $3)`, d+1, id, m.to+1)
			}
		}
	}
	for i, f := range w.facts {
		id := func(n int) *int {
			if n < 0 {
				return nil
			}
			n += f.distributor*namesEach + 1
			return &n
		}
		switch f.table {
		case "sale":
			add(`insert into sale (distributor_id, day, submission_id, row_no, item_id, client_id, agent_id, warehouse, document, quantity, amount)
				values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`, f.distributor+1, dayOf(f.day), f.submission+1, i,
				id(f.item), id(f.client), id(f.agent), orNull(f.warehouse), orNull(f.document), f.quantity, f.amount)
		case "stock":
			add(`insert into stock (distributor_id, day, submission_id, row_no, item_id, warehouse, closing) values ($1, $2, $3, $4, $5, $6, $7)`,
				f.distributor+1, dayOf(f.day), f.submission+1, i, id(f.item), orNull(f.warehouse), f.closing)
		case "primary":
			add(`insert into primary_sale (distributor_id, day, document, product_id, line_no, quantity, amount) values ($1, $2, $3, $4, $5, $6, $7)`,
				f.distributor+1, dayOf(f.day), f.document, f.item+1, i, f.quantity, f.amount)
		}
	}
	if err := q.SendBatch(ctx, b).Close(); err != nil {
		return fmt.Errorf("store world: %w", err)
	}
	return nil
}

func itemName(d, n int) string { return fmt.Sprintf("Чай %d-%d", d, n) }
func clientName(n int) string  { return fmt.Sprintf("ИП %d", n/2) } // two clients of one name
func agentName(n int) string   { return fmt.Sprintf("Агент %d", n) }
