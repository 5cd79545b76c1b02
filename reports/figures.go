package reports

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/distbase/distbase/reports/cube"
	"github.com/distbase/distbase/storage"
)

// figures is everything a summary says, before it is put into words.
type figures struct {
	spans
	monthAgo, yearAgo Span

	head, headBefore decimal.Decimal // day or week, and the one before
	total            compared
	outlets          decimal.Decimal
	primary          decimal.Decimal
	unmapped         decimal.Decimal

	distributors []named // by amount
	brands       []named
	missing      []missing
	estimated    bool // a comparison divides reports that have no dates

	days  [3]*cube.Result   // present month, a month ago, a year ago: whole months by day
	names map[string]string // of distributors by code
}

// compared is an amount of the month to date, and of the same days before.
type compared struct{ now, monthAgo, yearAgo decimal.Decimal }

// withoutAmounts is true where the reports told quantities only.
func (c compared) withoutAmounts() bool {
	return c.now.IsZero() && c.monthAgo.IsZero() && c.yearAgo.IsZero()
}

type named struct {
	name string // empty: not mapped
	compared
}

// missing is a distributor whose report is due and not loaded.
type missing struct {
	name    string
	to      *time.Time // the last day that is there
	waiting bool       // a report has come and waits for answers
}

// collect asks the cube. q is one snapshot.
func (s *Service) collect(ctx context.Context, q storage.Querier, kind Kind, cut storage.Cut, at time.Time) (*figures, error) {
	speaks, err := kind.speaksOf(at)
	if err != nil {
		return nil, err
	}
	f := &figures{spans: speaks, monthAgo: speaks.month.sameDays(-1), yearAgo: speaks.month.sameDays(-12)}
	distributors, err := storage.Distributors(ctx, q)
	if err != nil {
		return nil, err
	}
	f.names = distinct(distributors, func(d storage.Distributor) (string, string) { return d.Code, d.Name })
	if err := f.askMonths(ctx, q, cut); err != nil {
		return nil, err
	}
	if err := f.askHead(ctx, q, cut, kind); err != nil {
		return nil, err
	}
	for measure, into := range map[string]*decimal.Decimal{"active_outlets": &f.outlets, "primary_amount": &f.primary} {
		r, err := ask(ctx, q, cut, f.month, []string{measure})
		if err != nil {
			return nil, err
		}
		*into = r.Rows[0].Values[0]
	}
	f.missing, err = s.whoIsMissing(ctx, q, distributors, cut, at, f.month.To)
	return f, err
}

// askMonths asks for the present month and the two it is compared with.
func (f *figures) askMonths(ctx context.Context, q storage.Querier, cut storage.Cut) error {
	by := map[string]map[string]*compared{"distributor": {}, "brand": {}}
	for i, m := range []struct{ asked, compared Span }{
		{f.month, f.month}, {f.monthAgo.whole(), f.monthAgo}, {f.yearAgo.whole(), f.yearAgo},
	} {
		found, err := ask(ctx, q, cut, m.asked, []string{"amount", "unmapped_amount"}, "day", "submission", "distributor", "brand")
		if err != nil {
			return err
		}
		all, estimated, err := spread(ctx, q, found, m.asked)
		if err != nil {
			return err
		}
		f.estimated = f.estimated || estimated && i > 0
		if f.days[i], err = all.Fold(nil, "day"); err != nil {
			return err
		}
		last := m.compared.To.Format(time.DateOnly)
		same := func(keys []string) bool { return keys[0] <= last }
		total, err := all.Fold(same)
		if err != nil {
			return err
		}
		*f.total.at(i) = total.Total("amount")
		if i == 0 {
			f.unmapped = total.Total("unmapped_amount")
		}
		for dimension, into := range by {
			parts, err := all.Fold(same, dimension)
			if err != nil {
				return err
			}
			for _, row := range parts.Rows {
				if into[row.Keys[0]] == nil {
					into[row.Keys[0]] = &compared{}
				}
				*into[row.Keys[0]].at(i) = row.Values[0]
			}
		}
	}
	f.distributors, f.brands = ranked(by["distributor"], f.names), ranked(by["brand"], nil)
	return nil
}

// askHead asks for the day or the week, which may begin in the month before.
func (f *figures) askHead(ctx context.Context, q storage.Querier, cut storage.Cut, kind Kind) error {
	if kind == Monthly {
		f.head, f.headBefore = f.total.now, f.total.monthAgo
		return nil
	}
	days := int(f.spans.head.To.Sub(f.spans.head.From).Hours()/24) + 1
	before := Span{f.spans.head.From.AddDate(0, 0, -days), f.spans.head.From.AddDate(0, 0, -1)}
	for span, into := range map[Span]*decimal.Decimal{f.spans.head: &f.head, before: &f.headBefore} {
		r, err := ask(ctx, q, cut, span, []string{"amount"})
		if err != nil {
			return err
		}
		*into = r.Total("amount")
	}
	return nil
}

// whoIsMissing lists the distributors of the cut whose report due at a moment is
// not loaded, those that never reported first, then by how far behind they are.
// What is due about the days after last is not this summary's matter.
func (s *Service) whoIsMissing(ctx context.Context, q storage.Querier, all []storage.Distributor, cut storage.Cut, at, last time.Time) ([]missing, error) {
	reported, err := storage.ReportedSales(ctx, q)
	if err != nil {
		return nil, err
	}
	of := make(map[int64]storage.Reported, len(reported))
	for _, r := range reported {
		of[r.DistributorID] = r
	}
	var list []missing
	for _, d := range all {
		if d.Calendar == "" || !covers(cut.Distributors, d.Code) || !covers(cut.Regions, d.Region) {
			continue
		}
		c, err := ParseCalendar(d.Calendar)
		if err != nil {
			s.log.Warn("calendar of distributor", "code", d.Code, "error", err)
			continue
		}
		until, r := c.Covered(at.In(s.zone)), of[d.ID]
		if until.After(last) {
			until = last
		}
		if r.LoadedTo != nil && !r.LoadedTo.Before(until) {
			continue
		}
		list = append(list, missing{name: d.Name, to: r.LoadedTo, waiting: r.WaitingTo != nil && !r.WaitingTo.Before(until)})
	}
	slices.SortStableFunc(list, func(a, b missing) int {
		return cmp.Or(day(a.to).Compare(day(b.to)), strings.Compare(a.name, b.name))
	})
	return list, nil
}

func day(t *time.Time) time.Time {
	if t == nil {
		return time.Time{}
	}
	return *t
}

func covers(list []string, value string) bool { return len(list) == 0 || slices.Contains(list, value) }

func ask(ctx context.Context, q storage.Querier, cut storage.Cut, span Span, measures []string, by ...string) (*cube.Result, error) {
	return cube.Run(ctx, q, cube.Query{Measures: measures, By: by, From: span.From, To: span.To}.Within(cut))
}

func (c *compared) at(i int) *decimal.Decimal {
	return [...]*decimal.Decimal{&c.now, &c.monthAgo, &c.yearAgo}[i]
}

func (c *compared) add(other compared) {
	for i := range 3 {
		*c.at(i) = c.at(i).Add(*other.at(i))
	}
}

// ranked is by amount now, then by what it was, so that who fell to nothing
// stands before who was nothing.
func ranked(found map[string]*compared, names map[string]string) []named {
	list := make([]named, 0, len(found))
	for key, c := range found {
		if name, ok := names[key]; ok {
			key = name
		}
		list = append(list, named{key, *c})
	}
	slices.SortFunc(list, func(a, b named) int {
		return cmp.Or(b.now.Cmp(a.now), b.monthAgo.Cmp(a.monthAgo), strings.Compare(a.name, b.name))
	})
	return list
}

// distinct are names by code; a name that two codes share carries the code.
func distinct[T any](list []T, of func(T) (code, name string)) map[string]string {
	times := make(map[string]int)
	for _, x := range list {
		_, name := of(x)
		times[name]++
	}
	names := make(map[string]string, len(list))
	for _, x := range list {
		code, name := of(x)
		if times[name] > 1 {
			name = fmt.Sprintf("%s (%s)", name, code)
		}
		names[code] = name
	}
	return names
}
