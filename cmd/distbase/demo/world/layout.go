package world

import (
	"fmt"
	"sort"
	"strings"
	"time"
)

// File is one attachment of a letter.
type File struct {
	Name, Type string
	Data       []byte
}

// layout writes a distributor's report about the days from..to.
type layout func(w *World, d int, from, to time.Time) (File, error)

// amount writes kopecks as roubles with the decimal mark.
func amount(m Money, mark string) string {
	sign := ""
	if m < 0 {
		sign, m = "-", -m
	}
	return fmt.Sprintf("%s%d%s%02d", sign, m/100, mark, m%100)
}

// roubles is the number that a workbook's cell holds.
func roubles(m Money) float64 { return float64(m) / 100 }

func dotted(t time.Time) string { return t.Format("02.01.2006") }

// group sums sales by client and product, in the order of names.
type group struct {
	outlet, product int
	quantity        int
	amount          Money
}

func (w *World) byClient(d int, from, to time.Time) []group {
	sums := map[[2]int]*group{}
	for _, s := range w.SalesOf(d, from, to) {
		key := [2]int{s.Outlet, s.Product}
		if sums[key] == nil {
			sums[key] = &group{outlet: s.Outlet, product: s.Product}
		}
		sums[key].quantity += s.Quantity
		sums[key].amount += s.Amount
	}
	out := make([]group, 0, len(sums))
	for _, g := range sums {
		out = append(out, *g)
	}
	sort.Slice(out, func(i, j int) bool {
		a, b := out[i], out[j]
		if a.outlet != b.outlet {
			return a.outlet < b.outlet
		}
		return a.product < b.product
	})
	return out
}

// clients runs f over the groups of one client at a time.
func clients(groups []group, f func(outlet int, of []group)) {
	for i := 0; i < len(groups); {
		j := i
		for j < len(groups) && groups[j].outlet == groups[i].outlet {
			j++
		}
		f(groups[i].outlet, groups[i:j])
		i = j
	}
}

func total(groups []group) (quantity int, sum Money) {
	for _, g := range groups {
		quantity += g.quantity
		sum += g.amount
	}
	return quantity, sum
}

// Totals are the figures that a report about the days must come to: pieces,
// kopecks, and shops that are named.
func (w *World) Totals(d int, from, to time.Time) (quantity int, sum Money, outlets int) {
	groups := w.byClient(d, from, to)
	quantity, sum = total(groups)
	clients(groups, func(int, []group) { outlets++ })
	return quantity, sum, outlets
}

func monthName(t time.Time) string {
	return [...]string{
		"Январь", "Февраль", "Март", "Апрель", "Май", "Июнь", "Июль", "Август", "Сентябрь", "Октябрь", "Ноябрь", "Декабрь",
	}[t.Month()-1] + " " + t.Format("2006")
}

func fileName(parts ...string) string { return strings.Join(parts, "_") }
