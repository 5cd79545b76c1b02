package reports

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/shopspring/decimal"

	"github.com/distbase/distbase/reports/chart"
	"github.com/distbase/distbase/reports/workbook"
	"github.com/distbase/distbase/storage"
	"github.com/distbase/distbase/text"
)

// Summary is what a manager gets.
type Summary struct {
	Kind     Kind
	Head     Span   // the day, week or month it speaks of
	Subject  string // of a letter
	HTML     string // the text, in Telegram's HTML
	Chart    []byte // PNG; nil where there is nothing to draw, or it failed (Notes)
	Workbook []byte // xlsx; nil where it failed or is too large (Notes)
	FileName string // of the workbook, without its extension
	Notes    []string
}

// Build makes a summary as of a moment, in the moment's zone, of what cut covers.
func (s *Service) Build(ctx context.Context, kind Kind, cut storage.Cut, at time.Time, lang string) (Summary, error) {
	return s.build(ctx, kind, cut, at, lang, nil)
}

func (s *Service) build(ctx context.Context, kind Kind, cut storage.Cut, at time.Time, lang string, notes []string) (Summary, error) {
	w := words{text.For(lang)}
	var f *figures
	var data bookData
	snapshot := pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}
	err := pgx.BeginTxFunc(ctx, s.store.Pool(), snapshot, func(tx pgx.Tx) error {
		var err error
		if f, err = s.collect(ctx, tx, kind, cut, at); err != nil {
			return err
		}
		data, err = s.bookData(ctx, tx, f, cut)
		return err
	})
	if err != nil {
		return Summary{}, fmt.Errorf("build %s summary: %w", kind, err)
	}
	sum := Summary{
		Kind: kind, Head: f.spans.head, Notes: notes,
		Subject:  w.p.Text("reports.subject."+string(kind), text.Data{"From": f.spans.head.From, "To": f.spans.head.To}),
		FileName: w.p.Text("reports.file", nil) + " " + f.spans.head.To.Format(time.DateOnly),
	}
	note := func(key string) { sum.Notes = append(sum.Notes, w.p.Text("reports.note."+key, nil)) }
	sum.Chart, err = s.picture(w, kind, f)
	if err != nil && !errors.Is(err, chart.ErrEmpty) {
		s.log.Error("draw picture of summary", "kind", kind, "error", err)
		note("chart")
	}
	sum.Workbook, err = s.book(w, kind, f, data, at)
	switch {
	case errors.Is(err, errTooLarge):
		note("workbook_large")
	case err != nil:
		s.log.Error("write workbook of summary", "kind", kind, "error", err)
		note("workbook")
	case data.note != "":
		note(data.note)
	}
	if f.estimated && f.monthAgo != f.monthAgo.whole() {
		note("estimated")
	}
	sum.HTML = w.html(kind, f, sum.Notes)
	return sum, nil
}

// picture draws the month; a panic of the drawing library is an error like any.
func (s *Service) picture(w words, kind Kind, f *figures) (png []byte, err error) {
	defer recovered(&err)
	m := chart.Month{Title: w.p.Text("reports.chart.title", nil), Measure: "amount", Value: w.axis}
	if kind == Monthly {
		m.Title = w.p.Text("reports.chart.title_month", nil)
	}
	said, key := text.Data{"From": f.month.From, "To": f.month.To, "Amount": w.compact(f.total.now)}, "subtitle_alone"
	if f.total.monthAgo.IsPositive() {
		key, said["Change"] = "subtitle", w.change(f.total.now, f.total.monthAgo, 1)
	}
	m.Subtitle = w.p.Text("reports.chart."+key, said)
	for i, span := range []Span{f.month, f.monthAgo.whole(), f.yearAgo.whole()} {
		if i > 0 && len(f.days[i].Rows) == 0 {
			continue // a line along the bottom would say that nothing was sold
		}
		m.Lines = append(m.Lines, chart.Line{Name: text.Month(w.p.Lang(), span.From), From: span.From, To: span.To, Days: f.days[i]})
	}
	return s.draw(m)
}

// axis is compact with decimals only where a step of the axis needs them.
func (w words) axis(n decimal.Decimal) string {
	for _, scale := range []struct {
		key    string
		digits int32
	}{{"milliard", 9}, {"million", 6}, {"thousand", 3}} {
		if n.Abs().GreaterThanOrEqual(decimal.New(1, scale.digits)) {
			return w.p.Text("reports."+scale.key, text.Data{"N": text.Number(w.p.Lang(), n.Shift(-scale.digits).Round(2), -1)})
		}
	}
	return text.Money(w.p.Lang(), n.Round(0))
}

// errTooLarge says that a workbook is larger than people can be sent.
var errTooLarge = errors.New("the workbook is too large")

// book writes the workbook and measures it.
func (s *Service) book(w words, kind Kind, f *figures, data bookData, at time.Time) (xlsx []byte, err error) {
	defer recovered(&err)
	if data.result == nil {
		return nil, errTooLarge
	}
	var out bytes.Buffer
	if err := s.write(w.workbook(kind, f, data, at), &out); err != nil {
		var lines *workbook.TooLargeError
		if errors.As(err, &lines) {
			return nil, errTooLarge
		}
		return nil, err
	}
	if int64(out.Len()) > s.maxWorkbook {
		return nil, errTooLarge
	}
	return out.Bytes(), nil
}

func recovered(err *error) {
	if p := recover(); p != nil {
		*err = fmt.Errorf("panic: %v", p)
	}
}
