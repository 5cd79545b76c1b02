package reports

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/distbase/distbase/storage"
	"github.com/distbase/distbase/storage/storagetest"
)

func TestMain(m *testing.M) { storagetest.Main(m) }

// moscow is three hours ahead of UTC, without changes.
func moscow(t testing.TB) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Moscow")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

func date(s string) time.Time {
	d, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return d
}

// trade fills a database with ten distributors that sell three brands, October
// and November 2026 up to the 22nd, and November 2025.
func trade(t testing.TB, s *storage.Store) {
	t.Helper()
	b := &pgx.Batch{}
	b.Queue(`insert into message (id, door, received_at) overriding system value values (1, 'mail', '2026-11-23')`)
	b.Queue(`insert into blob values (decode(repeat('00', 32), 'hex'), 0)`)
	b.Queue(`insert into attachment (id, message_id, ordinal, name, sha256) overriding system value values (1, 1, 0, '', decode(repeat('00', 32), 'hex'))`)
	names := []string{"Ромашка", "ТД «Север & Ко»", "Вектор-Опт", "Пирамида", "Байкал-Торг", "Акварель", "Общество с ограниченной ответственностью «Длинное Имя»", "Успех", "Меридиан", "Заря"}
	for i, name := range names {
		b.Queue(`insert into distributor (id, code, name, region, calendar) overriding system value values ($1, $2, $3, $4, $5)`,
			i+1, fmt.Sprintf("D%02d", i+1), name, []string{"Юг", "Север"}[i%2], []string{"daily 10:00", "weekly:mon 12:00", "monthly:3"}[i%3])
	}
	for i, brand := range []string{"Нури", "Жокей", "Гринфилд"} {
		b.Queue(`insert into product (id, code, name, brand, category) overriding system value values ($1, $2, $3, $4, 'Чай')`, i+1, fmt.Sprintf("P%d", i+1), brand+" 100 г", brand)
	}
	b.Queue(`insert into submission (id, distributor_id, attachment_id, table_no, kind, state, period_to)
		overriding system value select d, d, 1, d, 'sales', 'loaded', case when d % 4 = 0 then date '2026-11-15' else date '2026-11-22' end from generate_series(1, 9) d`)
	b.Queue(`insert into submission (id, distributor_id, attachment_id, table_no, kind, state, period_to)
		overriding system value values (20, 7, 1, 20, 'sales', 'asked', '2026-11-22')`)
	b.Queue(`update submission set period_to = '2026-10-31' where id = 7`)
	// Items 1 to 3 are the products, 4 is not mapped.
	b.Queue(`insert into item (distributor_id, id, key, name, first_seen) overriding system value
		select d, d * 10 + i, 'item ' || i, 'Товар ' || i, d from generate_series(1, 9) d, generate_series(1, 4) i`)
	b.Queue(`insert into item_mapping (distributor_id, item_id, verdict, product_id) select d, d * 10 + i, 'product', i from generate_series(1, 9) d, generate_series(1, 3) i`)
	b.Queue(`insert into client (distributor_id, id, key, name, first_seen) overriding system value
		select d, d * 10 + c, 'client ' || c, 'Клиент ' || c, d from generate_series(1, 9) d, generate_series(1, 5) c`)
	b.Queue(`insert into sale (distributor_id, day, submission_id, row_no, item_id, client_id, document, quantity, amount)
		select d, day, d, extract(doy from day)::int * 10 + i, d * 10 + i, d * 10 + 1 + (extract(day from day)::int % 5), 'N' || i, i,
			round((100000.0 / d) * (5 - i) * case extract(month from day)::int * 10000 + extract(year from day)::int when 102026 then 0.95 when 112025 then 1 + d * 0.1 else 1 end / 10, 2)
		from generate_series(1, 9) d, generate_series(1, 4) i, (
			select generate_series(date '2026-10-01', date '2026-11-22', '1 day')::date as day
			union all select generate_series(date '2025-11-01', date '2025-11-30', '1 day')::date) days
		where not (d = 5 and day < '2026-10-01') and not (d = 9 and day >= '2026-11-01')`)
	b.Queue(`insert into primary_sale (distributor_id, day, product_id, quantity, amount) values (1, '2026-11-03', 1, 10, 12345678.90)`)
	if err := s.Pool().SendBatch(context.Background(), b).Close(); err != nil {
		t.Fatal(err)
	}
}

// manager is a person who may see everything that cut covers.
func manager(t testing.TB, s *storage.Store, cut storage.Cut) int64 {
	t.Helper()
	ctx, chat := context.Background(), int64(1000)
	id, err := storage.AddPerson(ctx, s.Pool(), storage.Person{TelegramID: &chat, Name: "Анна", TZ: "Europe/Moscow"})
	if err != nil {
		t.Fatal(err)
	}
	if err := storage.AddGrant(ctx, s.Pool(), id, storage.RoleManager, cut, nil); err != nil {
		t.Fatal(err)
	}
	return id
}

func quietNBSP(s string) string { return nbsp.Replace(s) }
