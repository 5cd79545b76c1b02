package world

import (
	"math/rand/v2"
	"time"
)

// Money is an amount in kopecks.
type Money int64

// Product is one of the manufacturer's products.
type Product struct {
	Code, Name, Brand, Category, Barcode string
	Pack                                 int // pieces in a case
	Grams                                int
	Price                                Money // a piece, at the distributor's
	noun, flavour, size                  string
}

// Outlet is a shop.
type Outlet struct {
	Code, Name, LegalName, INN, Address, City, Region, Channel, Chain string
	Distributor, Rep                                                  int // indexes
}

// Distributor sells to outlets and reports in its own layout.
type Distributor struct {
	Code, Name, INN, Region, Email, Contact, Calendar string
	layout                                            layout
}

// Rep is a sales representative of the manufacturer.
type Rep struct{ Code, Name, Region string }

// Sale is one line that a distributor sold to an outlet. A return has a negative
// quantity.
type Sale struct {
	Day                          time.Time
	Distributor, Outlet, Product int
	Document                     int
	Quantity                     int // pieces
	Amount                       Money
}

// Shipment is one line that the manufacturer shipped to a distributor.
type Shipment struct {
	Day                  time.Time
	Distributor, Product int
	Document             int
	Quantity             int
	Amount               Money
}

// World is everything; slices are in a fixed order.
type World struct {
	Today        time.Time
	First        time.Time // the first day of sales
	Products     []Product
	Distributors []Distributor
	Reps         []Rep
	Outlets      []Outlet
	Sales        []Sale
	Shipments    []Shipment
	opening      [][]int // stock before First: distributor, product
}

// New makes the world as it is on the morning of today: sales go up to the day
// before.
func New(seed uint64, today time.Time) *World {
	today = time.Date(today.Year(), today.Month(), today.Day(), 0, 0, 0, 0, time.UTC)
	w := &World{Today: today, First: time.Date(today.Year(), today.Month()-13, 1, 0, 0, 0, 0, time.UTC)}
	random := rand.New(rand.NewPCG(seed, 0xd157ba5e)) //nolint:gosec // a sample, not a secret
	w.Products = products(random)
	w.Distributors = distributors(random)
	w.Reps = reps()
	w.Outlets = outlets(random, w.Distributors)
	w.sell(random)
	w.ship()
	return w
}

// Stock is what distributor d holds of product p at the end of day.
func (w *World) Stock(d, p int, day time.Time) int {
	stock := w.opening[d][p]
	for _, s := range w.Shipments {
		if s.Distributor == d && s.Product == p && !s.Day.After(day) {
			stock += s.Quantity
		}
	}
	for _, s := range w.Sales {
		if s.Distributor == d && s.Product == p && !s.Day.After(day) {
			stock -= s.Quantity
		}
	}
	return stock
}

// SalesOf are a distributor's sales from the first to the last day, in order.
func (w *World) SalesOf(d int, from, to time.Time) []Sale {
	var out []Sale
	for _, s := range w.Sales {
		if s.Distributor == d && !s.Day.Before(from) && !s.Day.After(to) {
			out = append(out, s)
		}
	}
	return out
}
