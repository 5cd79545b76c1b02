package bot

import (
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/distbase/distbase/ingest"
	"github.com/distbase/distbase/storage"
	"github.com/distbase/distbase/text"
)

// found is how many products a search shows at once.
const found = 5

// asked is the question that a text answers to, with the card moved below the
// text. ok is false where it is not open any more.
func (t *turn) asked(ctx context.Context, e expectation) (q storage.Question, st cardState, ok bool, err error) {
	if st, err = t.card(ctx); err != nil {
		return q, st, false, err
	}
	if q, err = storage.QuestionByID(ctx, t.Store.Pool(), e.Question); err != nil {
		return q, st, false, err
	}
	t.dropCard(ctx, st)
	st.Message = 0
	if q.State == "open" && q.Version == e.Version {
		return q, st, true, nil
	}
	if err := t.tell(ctx, t.html("stale.newer", nil), nil); err != nil {
		return q, st, false, err
	}
	return q, st, false, t.nextCard(ctx, st)
}

// hearSearch shows the products found for the question.
func (t *turn) hearSearch(ctx context.Context, e expectation, query string) error {
	q, st, ok, err := t.asked(ctx, e)
	if err != nil || !ok {
		return err
	}
	return t.showFound(ctx, st, q, query, 0)
}

// hearReply takes a reply to the card as a search; a factor, where it is a number
// and the question is about an item.
func (t *turn) hearReply(ctx context.Context, st cardState, s string) error {
	q, err := storage.QuestionByID(ctx, t.Store.Pool(), st.Question)
	if err != nil {
		return err
	}
	e := expectation{Question: st.Question, Version: st.Version}
	switch q.Kind {
	case storage.AskItem, storage.AskClient, storage.AskAgent:
		return t.hearSearch(ctx, e, s)
	case storage.AskSender:
		return t.hearSender(ctx, e, s)
	case storage.AskPeriod:
		return t.hearPeriod(ctx, e, s)
	}
	return t.tell(ctx, t.html("unknown_text", nil), nil)
}

// moreFound shows the next products of a search.
func (t *turn) moreFound(ctx context.Context, a questionArgs) error {
	q, ok, err := t.current(ctx, a)
	if err != nil || !ok {
		return err
	}
	st, err := t.card(ctx)
	if err != nil {
		return err
	}
	return t.showFound(ctx, st, q, a.Query, a.Page)
}

func (t *turn) showFound(ctx context.Context, st cardState, q storage.Question, query string, n int) error {
	switch q.Kind {
	case storage.AskClient:
		return t.showShops(ctx, st, q, query, n)
	case storage.AskAgent:
		return t.showReps(ctx, st, q, query, n)
	}
	var item ingest.ItemPayload
	if err := json.Unmarshal(q.Payload, &item); err != nil {
		return fmt.Errorf("read question %d: %w", q.ID, err)
	}
	query = shorten(query, 100)
	all, err := t.Desk.Search(ctx, query, &item, (n+1)*found+1)
	if err != nil {
		return err
	}
	v := view{query: query, page: n, expect: expectation{Kind: expectSearch, Question: q.ID, Version: q.Version}}
	from := min(n*found, len(all))
	v.found = all[from:min(from+found, len(all))]
	v.more = len(all) > from+found
	if len(v.found) == 0 {
		v.prompt = "prompt.nothing_found"
	}
	return t.showQuestion(ctx, st, q, v)
}

// find searches the products for nothing in particular.
func (t *turn) find(ctx context.Context, query string) error {
	if query == "" {
		if err := t.expect(ctx, expectation{Kind: expectFind}); err != nil {
			return err
		}
		return t.tell(ctx, t.html("prompt.search", nil), nil)
	}
	all, err := t.Desk.Search(ctx, query, nil, 10)
	if err != nil {
		return err
	}
	lines := []string{t.html("find.title", text.Data{"Query": shorten(query, 60), "Count": len(all)})}
	for _, c := range all {
		lines = append(lines, t.html("find.line", text.Data{"Name": c.Name, "Code": c.Code}))
	}
	return t.tell(ctx, strings.Join(lines, "\n"), nil)
}

// hearFactor shows the candidates with the number of units that was written.
func (t *turn) hearFactor(ctx context.Context, e expectation, s string) error {
	q, st, ok, err := t.asked(ctx, e)
	if err != nil || !ok {
		return err
	}
	f, err := decimal.NewFromString(strings.NewReplacer(",", ".", " ", "", "\u00a0", "", "×", "", "x", "", "х", "").Replace(s))
	if err != nil || !f.IsPositive() || f.GreaterThan(decimal.NewFromInt(100_000)) || f.Exponent() < -6 {
		return t.showQuestion(ctx, st, q, view{prompt: "prompt.factor_wrong", expect: e})
	}
	return t.showQuestion(ctx, st, q, view{factor: f.String()})
}

// hearReason refuses a report with a word for its sender.
func (t *turn) hearReason(ctx context.Context, e expectation, s string) error {
	_, st, ok, err := t.asked(ctx, e)
	if err != nil || !ok {
		return err
	}
	if err := t.saveCard(ctx, st, expectation{}); err != nil {
		return err
	}
	return t.answer(ctx, answerArgs{e.Question, e.Version, ingest.Answer{Choice: ingest.ChooseReject, Reason: shorten(s, 500)}, t.text("line.rejected", nil)})
}

// hearSender shows the distributors found for the sender.
func (t *turn) hearSender(ctx context.Context, e expectation, s string) error {
	q, st, ok, err := t.asked(ctx, e)
	if err != nil || !ok {
		return err
	}
	return t.showQuestion(ctx, st, q, view{query: shorten(s, 100), expect: e})
}

// hearPeriod sets the days that were written.
func (t *turn) hearPeriod(ctx context.Context, e expectation, s string) error {
	q, st, ok, err := t.asked(ctx, e)
	if err != nil || !ok {
		return err
	}
	from, to, ok := readPeriod(s)
	if !ok {
		e.Kind = expectPeriod
		return t.showQuestion(ctx, st, q, view{prompt: "prompt.period_wrong", expect: e})
	}
	if err := t.saveCard(ctx, st, expectation{}); err != nil {
		return err
	}
	if q.Kind == storage.AskLayout {
		fix, name := t.periodFix(from, to)
		return t.fix(ctx, fixArgs{Question: e.Question, Version: e.Version, Fix: fix, Line: name})
	}
	a := ingest.Answer{Choice: ingest.ChoosePeriod, From: from.Format(time.DateOnly), To: to.Format(time.DateOnly)}
	return t.answer(ctx, answerArgs{e.Question, e.Version, a, text.Period(t.p.Lang(), from, to)})
}

var (
	dayForm   = regexp.MustCompile(`(\d{1,2})[./](\d{1,2})[./](\d{4})|(\d{4})-(\d{1,2})-(\d{1,2})`)
	monthForm = regexp.MustCompile(`^\s*(?:(\d{1,2})[./](\d{4})|(\d{4})-(\d{1,2}))\s*$`)
)

// readPeriod reads «07.2026», «01.07.2026» or «01.07.2026-15.07.2026», ISO too.
func readPeriod(s string) (from, to time.Time, ok bool) {
	if m := monthForm.FindStringSubmatch(s); m != nil {
		month, err := time.Parse("2006-1", m[2]+m[3]+"-"+m[1]+m[4])
		return month, month.AddDate(0, 1, -1), err == nil
	}
	days := dayForm.FindAllStringSubmatch(s, 3)
	if len(days) == 0 || len(days) > 2 {
		return from, to, false
	}
	var read []time.Time
	for _, m := range days {
		day, err := time.Parse("2006-1-2", m[3]+m[4]+"-"+m[2]+m[5]+"-"+m[1]+m[6])
		if err != nil {
			return from, to, false
		}
		read = append(read, day)
	}
	from, to = read[0], read[len(read)-1]
	return from, to, !to.Before(from)
}
