package storage

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/shopspring/decimal"
)

// Product is one of the manufacturer's own products.
type Product struct {
	ID          int64
	Code        string
	Name        string
	OtherNames  []string
	Barcode     string
	CaseBarcode string
	Brand       string
	Category    string
	Unit        string
	Pack        decimal.NullDecimal // base units in a case
	Weight      decimal.NullDecimal
	Price       decimal.NullDecimal
	Active      bool
}

// UpsertProduct stores a product by its code and returns the id.
func UpsertProduct(ctx context.Context, q Querier, p Product) (int64, error) {
	var id int64
	names := make([]string, 0, len(p.OtherNames))
	for _, n := range p.OtherNames {
		names = append(names, clean(n))
	}
	err := q.QueryRow(ctx, `
		insert into product (code, name, other_names, barcode, case_barcode, brand, category, unit, pack, weight, price, active)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
		on conflict (code) do update set name = excluded.name, other_names = excluded.other_names, barcode = excluded.barcode,
			case_barcode = excluded.case_barcode, brand = excluded.brand, category = excluded.category, unit = excluded.unit,
			pack = excluded.pack, weight = excluded.weight, price = excluded.price, active = excluded.active
		returning id`,
		clean(p.Code), clean(p.Name), names, nullText(p.Barcode), nullText(p.CaseBarcode), nullText(p.Brand),
		nullText(p.Category), nullText(p.Unit), p.Pack, p.Weight, p.Price, p.Active).Scan(&id)
	if err != nil {
		return 0, fmt.Errorf("store product %q: %w", p.Code, err)
	}
	return id, nil
}

// Products lists all products by code, inactive ones too: old reports name them.
func Products(ctx context.Context, q Querier) ([]Product, error) {
	return products(ctx, q, `order by code`)
}

// ProductByID returns a product, or ErrNotFound.
func ProductByID(ctx context.Context, q Querier, id int64) (Product, error) {
	return oneProduct(ctx, q, `where id = $1`, id)
}

// ProductByCode returns a product, or ErrNotFound.
func ProductByCode(ctx context.Context, q Querier, code string) (Product, error) {
	return oneProduct(ctx, q, `where code = $1`, code)
}

// ProductsChanged lists the products that were stored or changed since a moment of
// the database's history (see Moment); since "" lists all.
func ProductsChanged(ctx context.Context, q Querier, since string) ([]Product, error) {
	return products(ctx, q, `where changed >= coalesce(nullif($1, ''), '0')::xid8 order by code`, since)
}

func oneProduct(ctx context.Context, q Querier, where string, args ...any) (Product, error) {
	all, err := products(ctx, q, where, args...)
	if err != nil {
		return Product{}, err
	}
	if len(all) == 0 {
		return Product{}, fmt.Errorf("product: %w", ErrNotFound)
	}
	return all[0], nil
}

func products(ctx context.Context, q Querier, where string, args ...any) ([]Product, error) {
	rows, err := q.Query(ctx, `
		select id, code, name, other_names, coalesce(barcode, ''), coalesce(case_barcode, ''), coalesce(brand, ''),
			coalesce(category, ''), coalesce(unit, ''), pack, weight, price, active from product `+where, args...)
	if err != nil {
		return nil, fmt.Errorf("list products: %w", err)
	}
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[Product])
	if err != nil && !errors.Is(err, pgx.ErrNoRows) {
		return nil, fmt.Errorf("list products: %w", err)
	}
	return all, nil
}
