package reports

import (
	"context"
	"errors"
	"time"

	"github.com/shopspring/decimal"

	"github.com/distbase/distbase/reports/cube"
	"github.com/distbase/distbase/reports/workbook"
	"github.com/distbase/distbase/storage"
	"github.com/distbase/distbase/text"
)

// bookData is the flat data of a workbook; note is the key of the sentence about
// what it leaves out, empty where it has everything.
type bookData struct {
	result *cube.Result
	note   string
}

// bookData asks for the month by day and product. Where that is too many lines
// it asks for less detail, and says so; the figures stay whole.
func (s *Service) bookData(ctx context.Context, q storage.Querier, f *figures, cut storage.Cut) (bookData, error) {
	products, err := storage.Products(ctx, q)
	if err != nil {
		return bookData{}, err
	}
	names := distinct(products, func(p storage.Product) (string, string) { return p.Code, p.Name })
	for _, try := range []struct {
		note string
		by   []string
	}{
		{"", []string{"day", "distributor", "region", "brand", "category", "product"}},
		{"no_days", []string{"month", "distributor", "region", "brand", "category", "product"}},
		{"no_products", []string{"month", "distributor", "region", "brand", "category"}},
	} {
		query := cube.Query{Measures: []string{"quantity", "amount"}, By: try.by, From: f.month.From, To: f.month.To, MaxRows: s.maxLines}
		r, err := cube.Run(ctx, q, query.Within(cut))
		var large *cube.TooLargeError
		if errors.As(err, &large) {
			continue
		}
		if err != nil {
			return bookData{}, err
		}
		return bookData{result: r.Rename("distributor", f.names).Rename("product", names), note: try.note}, nil
	}
	return bookData{}, nil // not even so: the workbook is left out as too large
}

// workbook puts figures and data into the words of a language.
func (w words) workbook(kind Kind, f *figures, data bookData, at time.Time) workbook.Workbook {
	say := func(key string) string { return w.p.Text("reports.book."+key, nil) }
	b := workbook.Workbook{
		Title: w.p.Text("reports.subject."+string(kind), text.Data{"From": f.spans.head.From, "To": f.spans.head.To}),
		Notes: []string{w.p.Text("reports.made_at", text.Data{"At": text.Date(w.p.Lang(), at) + " " + at.Format("15:04"), "Zone": at.Location().String()})},
		Words: workbook.Words{
			Summary: say("summary"), Cross: say("cross"), Pivot: say("pivot"), Data: say("data"), Total: say("total"),
			Unmapped: w.p.Text("reports.not_mapped", nil), Columns: make(map[string]string),
		},
		Headings: []string{""},
		Data:     data.result,
	}
	for _, name := range []string{"day", "month", "distributor", "region", "brand", "category", "product", "quantity", "amount"} {
		b.Words.Columns[name] = w.p.Text("reports.column."+name, nil)
	}
	for i, s := range []Span{f.month, f.monthAgo, f.yearAgo} {
		b.Headings = append(b.Headings, w.p.Text("reports.book.now", text.Data{"From": s.From, "To": s.To}))
		if i > 0 {
			b.Headings = append(b.Headings, say("change"))
		}
	}
	if data.note != "" {
		b.Notes = append(b.Notes, w.p.Text("reports.note."+data.note, nil))
	}
	b.Lines = append(b.Lines, bookLine(say("total"), true, f.total))
	b.Lines = append(b.Lines, bookFigure(say("unmapped"), f.unmapped), bookFigure(say("primary"), f.primary), workbook.Line{Label: say("outlets"), Values: []workbook.Value{{NullDecimal: decimal.NewNullDecimal(f.outlets), Count: true}}})
	for _, part := range []struct {
		heading string
		list    []named
	}{{say("by_distributor"), f.distributors}, {say("by_brand"), f.brands}} {
		b.Lines = append(b.Lines, workbook.Line{}, workbook.Line{Label: part.heading, Strong: true})
		for _, n := range part.list {
			if n.name == "" {
				n.name = b.Words.Unmapped
			}
			line := bookLine(n.name, false, n.compared)
			if n.withoutAmounts() {
				line.Values = []workbook.Value{{Text: w.p.Text("reports.no_amounts", nil)}}
			}
			b.Lines = append(b.Lines, line)
		}
	}
	return b
}

// bookLine is an amount now, a month ago, the change, a year ago, the change.
func bookLine(label string, strong bool, c compared) workbook.Line {
	l := workbook.Line{Label: label, Strong: strong, Values: []workbook.Value{figure(c.now)}}
	for _, before := range []decimal.Decimal{c.monthAgo, c.yearAgo} {
		change := workbook.Value{Percent: true}
		if before.IsPositive() {
			change.NullDecimal = decimal.NewNullDecimal(c.now.Sub(before).DivRound(before, 6))
		}
		l.Values = append(l.Values, figure(before), change)
	}
	return l
}

func bookFigure(label string, n decimal.Decimal) workbook.Line {
	return workbook.Line{Label: label, Values: []workbook.Value{figure(n)}}
}

func figure(n decimal.Decimal) workbook.Value {
	return workbook.Value{NullDecimal: decimal.NewNullDecimal(n)}
}
