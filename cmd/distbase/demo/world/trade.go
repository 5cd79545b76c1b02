package world

import (
	"math/rand/v2"
	"time"
)

// sell lets outlets order: every shop has its days of the week, its taste and
// its size; the market grows by about one per cent a month and dips in January.
func (w *World) sell(random *rand.Rand) {
	document := make([]int, len(w.Distributors))
	taste := make([][]int, len(w.Outlets))
	scale := make([]int, len(w.Outlets))
	for o := range w.Outlets {
		taste[o] = random.Perm(len(w.Products))[:8+random.IntN(16)]
		scale[o] = 1 + random.IntN(4)
	}
	for day := w.First; day.Before(w.Today); day = day.AddDate(0, 0, 1) {
		if day.Weekday() == time.Sunday {
			continue
		}
		month := int(day.Month()) + 12*day.Year() - int(w.First.Month()) - 12*w.First.Year()
		for o, outlet := range w.Outlets {
			if (int(day.Weekday())+o)%3 != 0 || random.IntN(100) >= 55+month || day.Month() == time.January && random.IntN(4) == 0 {
				continue
			}
			document[outlet.Distributor]++
			w.order(random, day, o, document[outlet.Distributor], taste[o], scale[o])
		}
	}
}

func (w *World) order(random *rand.Rand, day time.Time, o, document int, taste []int, scale int) {
	d := w.Outlets[o].Distributor
	first := random.IntN(len(taste))
	for k := range 1 + random.IntN(4) {
		p := taste[(first+k)%len(taste)]
		quantity := scale * (1 + random.IntN(5))
		if d == 6 { // this distributor sells whole cases only
			quantity = w.Products[p].Pack * (1 + random.IntN(2))
		} else if random.IntN(120) == 0 {
			quantity = -(1 + random.IntN(2))
		}
		w.Sales = append(w.Sales, Sale{
			Day: day, Distributor: d, Outlet: o, Product: p, Document: document, Quantity: quantity,
			Amount: Money(quantity) * w.Products[p].Price,
		})
	}
}

// ship fills the distributors' stores each Monday: enough whole cases that the
// stock lasts the two weeks to come, so it never runs below zero.
func (w *World) ship() {
	type week struct{ distributor, product, n int }
	sold := make(map[week]int)
	monday := w.First.AddDate(0, 0, -(int(w.First.Weekday())+6)%7)
	index := func(day time.Time) int { return int(day.Sub(monday).Hours()/24) / 7 }
	for _, s := range w.Sales {
		if s.Quantity > 0 { // returns only add to the stock
			sold[week{s.Distributor, s.Product, index(s.Day)}] += s.Quantity
		}
	}
	last := index(w.Today)
	w.opening = make([][]int, len(w.Distributors))
	document := 0
	for d := range w.Distributors {
		w.opening[d] = make([]int, len(w.Products))
		for p := range w.Products {
			w.opening[d][p] = sold[week{d, p, 0}] + sold[week{d, p, 1}] + w.Products[p].Pack
		}
		stock := append([]int(nil), w.opening[d]...)
		for n := range last {
			day := monday.AddDate(0, 0, 7*(n+1))
			if !day.Before(w.Today) {
				break
			}
			document++
			for p, product := range w.Products {
				stock[p] -= sold[week{d, p, n}]
				need := sold[week{d, p, n + 1}] + sold[week{d, p, n + 2}] - stock[p]
				if need <= 0 {
					continue
				}
				cases := (need + product.Pack - 1) / product.Pack
				stock[p] += cases * product.Pack
				w.Shipments = append(w.Shipments, Shipment{
					Day: day, Distributor: d, Product: p, Document: document, Quantity: cases * product.Pack,
					Amount: Money(cases*product.Pack) * product.Price * 85 / 100,
				})
			}
		}
	}
}
