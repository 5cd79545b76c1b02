package storage

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/shopspring/decimal"
)

// Sale is one line that a distributor sold to a client. Row and Part are its
// place in the file.
type Sale struct {
	Day      time.Time
	Row      int
	Part     int // tells the cells of one row of a cross-tab apart
	ItemID   int64
	ClientID *int64
	AgentID  *int64

	Warehouse, Document, Unit string
	Quantity, Amount, Price   decimal.NullDecimal
}

// StockLine is what a distributor held of an item at the end of a day, and how
// it came to that.
type StockLine struct {
	Day             time.Time
	Row             int
	Part            int
	ItemID          int64
	Warehouse, Unit string

	Opening, Received, Shipped, Closing, Amount decimal.NullDecimal
}

// AddSales loads the sales of a submission by COPY. The months' partitions must
// be there: see EnsureMonths.
func AddSales(ctx context.Context, q Querier, distributorID, submissionID int64, lines []Sale) error {
	_, err := q.CopyFrom(ctx, pgx.Identifier{"sale"},
		[]string{"distributor_id", "day", "submission_id", "row_no", "part", "item_id", "client_id", "agent_id", "warehouse", "document", "unit", "quantity", "amount", "price"},
		pgx.CopyFromSlice(len(lines), func(i int) ([]any, error) {
			l := lines[i]
			return []any{
				distributorID, l.Day, submissionID, int32(l.Row), int32(l.Part), l.ItemID, l.ClientID, l.AgentID, //nolint:gosec // sheets are smaller
				nullText(l.Warehouse), nullText(l.Document), nullText(l.Unit), l.Quantity, l.Amount, l.Price,
			}, nil
		}))
	if err != nil {
		return fmt.Errorf("load sales: %w", err)
	}
	return nil
}

// AddStock loads the stock of a submission by COPY.
func AddStock(ctx context.Context, q Querier, distributorID, submissionID int64, lines []StockLine) error {
	_, err := q.CopyFrom(ctx, pgx.Identifier{"stock"},
		[]string{"distributor_id", "day", "submission_id", "row_no", "part", "item_id", "warehouse", "unit", "opening", "received", "shipped", "closing", "amount"},
		pgx.CopyFromSlice(len(lines), func(i int) ([]any, error) {
			l := lines[i]
			return []any{
				distributorID, l.Day, submissionID, int32(l.Row), int32(l.Part), l.ItemID, nullText(l.Warehouse), nullText(l.Unit), //nolint:gosec // sheets are smaller
				l.Opening, l.Received, l.Shipped, l.Closing, l.Amount,
			}, nil
		}))
	if err != nil {
		return fmt.Errorf("load stock: %w", err)
	}
	return nil
}

// RemoveFacts takes the facts of a submission out, so that it can be loaded
// again or give way.
func RemoveFacts(ctx context.Context, q Querier, distributorID, submissionID int64) error {
	for _, table := range []string{"sale", "stock"} {
		if _, err := q.Exec(ctx, `delete from `+table+` where distributor_id = $1 and submission_id = $2`, distributorID, submissionID); err != nil {
			return fmt.Errorf("remove facts: %w", err)
		}
	}
	return nil
}

// EnsureMonths makes the partitions of a fact table (sale, stock, primary_sale)
// for the months from..to. Days outside of 2000 to 2100 stay in the default
// partition. It takes a lock that waits for loads under way, so it is called in a
// transaction of its own.
func (s *Store) EnsureMonths(ctx context.Context, table string, from, to time.Time) error {
	first := time.Date(from.Year(), from.Month(), 1, 0, 0, 0, 0, time.UTC)
	for month := first; !month.After(to); month = month.AddDate(0, 1, 0) {
		if month.Year() < 2000 || month.Year() > 2100 {
			continue
		}
		if err := s.ensureMonth(ctx, table, month); err != nil {
			return err
		}
	}
	return nil
}

func (s *Store) ensureMonth(ctx context.Context, table string, month time.Time) error {
	name := table + month.Format("_2006_01")
	var there bool
	if err := s.pool.QueryRow(ctx, `select to_regclass($1) is not null`, name).Scan(&there); err != nil {
		return fmt.Errorf("look for partition %s: %w", name, err)
	}
	if there {
		return nil
	}
	return s.InTx(ctx, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `select pg_advisory_xact_lock(hashtextextended('partition', 2))`); err != nil {
			return fmt.Errorf("lock partitions: %w", err)
		}
		id := pgx.Identifier{name}.Sanitize()
		// Rows that came before their partition move over with it.
		sql := fmt.Sprintf(`
			do $$ begin
			if to_regclass('%[1]s') is null then
				create table %[2]s (like %[3]s including all);
				with moved as (delete from %[3]s_rest where day >= '%[4]s' and day < '%[5]s' returning *) insert into %[2]s select * from moved;
				alter table %[3]s attach partition %[2]s for values from ('%[4]s') to ('%[5]s');
			end if;
			end $$`, name, id, table, month.Format(time.DateOnly), month.AddDate(0, 1, 0).Format(time.DateOnly))
		if _, err := tx.Exec(ctx, sql); err != nil {
			return fmt.Errorf("create partition %s: %w", name, err)
		}
		return nil
	})
}

// ClosedMonths lists the closed months among those that from..to touches.
func ClosedMonths(ctx context.Context, q Querier, from, to time.Time) ([]time.Time, error) {
	rows, err := q.Query(ctx, `
		select month from closed_month where month <= $2 and month + interval '1 month' > $1 order by month`, from, to)
	if err != nil {
		return nil, fmt.Errorf("list closed months: %w", err)
	}
	months, err := pgx.CollectRows(rows, pgx.RowTo[time.Time])
	if err != nil {
		return nil, fmt.Errorf("list closed months: %w", err)
	}
	return months, nil
}

// UnmappedMoney sums the absolute amounts of a submission's sales, and of those
// whose item has no product.
func UnmappedMoney(ctx context.Context, q Querier, distributorID, submissionID int64) (total, unmapped decimal.Decimal, err error) {
	err = q.QueryRow(ctx, `
		select coalesce(sum(abs(s.amount)), 0), coalesce(sum(abs(s.amount)) filter (where m.id is null or m.verdict = 'new'), 0)
		from sale s left join item_mapping m on m.distributor_id = s.distributor_id and m.item_id = s.item_id and m.superseded_at is null
		where s.distributor_id = $1 and s.submission_id = $2`, distributorID, submissionID).Scan(&total, &unmapped)
	if err != nil {
		return total, unmapped, fmt.Errorf("sum unmapped money: %w", err)
	}
	return total, unmapped, nil
}

// UnmappedRows counts the rows of a submission, and those whose item has no product.
func UnmappedRows(ctx context.Context, q Querier, distributorID, submissionID int64) (total, unmapped int64, err error) {
	err = q.QueryRow(ctx, `
		select count(*), count(*) filter (where m.id is null or m.verdict = 'new')
		from (select item_id from sale where distributor_id = $1 and submission_id = $2
			union all select item_id from stock where distributor_id = $1 and submission_id = $2) f
		left join item_mapping m on m.distributor_id = $1 and m.item_id = f.item_id and m.superseded_at is null`, distributorID, submissionID).Scan(&total, &unmapped)
	if err != nil {
		return total, unmapped, fmt.Errorf("count unmapped rows: %w", err)
	}
	return total, unmapped, nil
}
