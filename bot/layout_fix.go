package bot

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/distbase/distbase/ingest"
	"github.com/distbase/distbase/ingest/table"
	"github.com/distbase/distbase/storage"
	"github.com/distbase/distbase/text"
)

// fixArgs is how far an analyst has come with a correction of a layout question.
type fixArgs struct {
	Question int64             `json:"q"`
	Version  int               `json:"v"`
	Place    int               `json:"i,omitempty"` // of the column among the insights
	Page     int               `json:"p,omitempty"`
	Fix      ingest.Correction `json:"f,omitzero"`
	Line     string            `json:"l,omitempty"`
}

func (a fixArgs) question() questionArgs {
	return questionArgs{Question: a.Question, Version: a.Version}
}

// onCard shows a step of a correction on the card of its question.
func (t *turn) onCard(ctx context.Context, a fixArgs, draw func(q storage.Question, p ingest.LayoutPayload, s storage.Submission, k *keys) (string, expectation)) error {
	q, ok, err := t.current(ctx, a.question())
	if err != nil || !ok {
		return err
	}
	p, s, err := t.layoutOf(ctx, q)
	if err != nil {
		return err
	}
	st, err := t.card(ctx)
	if err != nil {
		return err
	}
	k := t.keys()
	html, e := draw(q, p, s, k)
	k.row(key{t.text("key.back", nil), "q.show", a.question()})
	st.Question, st.Version = q.ID, q.Version
	return t.putCard(ctx, st, html, k, e)
}

// chooseColumn lists columns, levels of groups and the heading of a cross-tab with
// their roles, the doubtful ones first.
func (t *turn) chooseColumn(ctx context.Context, a fixArgs) error {
	return t.onCard(ctx, a, func(_ storage.Question, p ingest.LayoutPayload, _ storage.Submission, k *keys) (string, expectation) {
		all := slices.DeleteFunc(p.Unsure(), func(c table.ColumnInsight) bool { return correctable(c) == "" })
		var lines []string
		for _, c := range page(all, a.Page) {
			b := a
			b.Place, b.Page = slices.IndexFunc(p.Insight, func(x table.ColumnInsight) bool { return x.Ref == c.Ref }), 0
			k.row(key{shorten(t.columnName(c)+": "+t.roleOr(c.Role)+mark(c), phone), "l.column", b})
			if len(c.Samples) > 0 {
				lines = append(lines, shorten(t.columnName(c)+" = "+strings.Join(c.Samples, " · "), phone))
			}
		}
		k.row(t.pageKeys(len(all), a.Page, "l.columns", func(n int) any { b := a; b.Page = n; return b })...)
		html := t.html("layout.choose_column", nil)
		if len(lines) > 0 {
			html += "\n<pre>" + text.Escape(strings.Join(lines, "\n")) + "</pre>"
		}
		return html, expectation{}
	})
}

// correctable is what a correction of a column is about; "" where the layout has no
// place for it.
func correctable(c table.ColumnInsight) string {
	ref := string(c.Ref)
	switch {
	case strings.HasPrefix(ref, "group:"):
		return ingest.CorrectLevel
	case strings.HasPrefix(ref, "across:"):
		return ingest.CorrectAcross
	case c.Index >= 0:
		return ingest.CorrectColumn
	}
	return ""
}

// columnName is how people call a column: its letter and title.
func (t *turn) columnName(c table.ColumnInsight) string {
	ref := string(c.Ref)
	if level, ok := strings.CutPrefix(ref, "group:"); ok {
		return t.text("layout.level", text.Data{"Level": level})
	}
	if strings.HasPrefix(ref, "across:") {
		return t.text("layout.across", nil)
	}
	title := shorten(c.Title, 20)
	if title == "" {
		title = t.text("layout.untitled", text.Data{"After": shorten(c.After, 12)})
	}
	return strings.TrimSpace(ref + " " + title)
}

func (t *turn) roleOr(r table.Role) string {
	if r == "" {
		return t.text("layout.not_taken", nil)
	}
	return t.role(string(r))
}

// toldBy says why a column has its role, "" where it has none.
func (t *turn) toldBy(c table.ColumnInsight) string {
	if c.Role == "" || !t.p.Has("bot.told_by."+c.Reason) {
		return ""
	}
	return t.text("told_by."+c.Reason, nil)
}

func mark(c table.ColumnInsight) string {
	if ingest.IsUnsure(c) {
		return "?"
	}
	return ""
}

// likelyShown is how many roles stand before «all roles».
const likelyShown = 6

// chooseRole asks what a column is, likely roles first.
func (t *turn) chooseRole(ctx context.Context, a fixArgs) error {
	return t.onCard(ctx, a, func(_ storage.Question, p ingest.LayoutPayload, s storage.Submission, k *keys) (string, expectation) {
		if a.Place < 0 || a.Place >= len(p.Insight) {
			return t.html("answer.wrong", nil), expectation{}
		}
		c := p.Insight[a.Place]
		t.roleRows(k, c, table.Kind(s.Kind), roleList{
			page: a.Page, action: "l.column", give: func(r table.Role) key { return t.roleKey(a, c, r) },
			turn: func(n int) any { b := a; b.Page = n; return b },
		})
		return t.html("layout.choose_role", text.Data{"Column": t.columnName(c), "Role": t.roleOr(c.Role), "Why": t.toldBy(c), "Samples": shorten(strings.Join(c.Samples, " · "), 2*phone)}), expectation{}
	})
}

// roleList is how the roles of a column are shown and given: on page 0 the likeliest,
// from page 1 on all of them.
type roleList struct {
	page   int
	action string        // that shows another page
	turn   func(int) any // its arguments
	give   func(table.Role) key
}

// roleRows are the buttons of the roles that a column may have.
func (t *turn) roleRows(k *keys, c table.ColumnInsight, kind table.Kind, l roleList) {
	roles := ingest.LikelyRoles(c, kind)
	roles = roles[:min(len(roles), likelyShown)]
	if l.page > 0 {
		roles = page(table.Roles(), l.page-1)
	}
	var row []key
	for _, r := range roles {
		if row = append(row, l.give(r)); len(row) == 2 {
			k.row(row...)
			row = nil
		}
	}
	k.row(row...)
	if l.page == 0 {
		k.row(l.give(""), key{t.text("key.all_roles", nil), l.action, l.turn(1)})
		return
	}
	k.row(t.pageKeys(len(table.Roles()), l.page-1, l.action, func(n int) any { return l.turn(n + 1) })...)
}

func (t *turn) roleKey(a fixArgs, c table.ColumnInsight, r table.Role) key {
	label := t.roleOr(r)
	return key{label, "l.fix", fixArgs{Question: a.Question, Version: a.Version, Fix: roleFix(c, r), Line: t.columnName(c) + ": " + label}}
}

// roleFix is the correction that gives a column its role.
func roleFix(c table.ColumnInsight, r table.Role) ingest.Correction {
	fix := ingest.Correction{What: correctable(c), Column: max(c.Index, 0), Role: r}
	if level, ok := strings.CutPrefix(string(c.Ref), "group:"); ok {
		fix.Level, _ = strconv.Atoi(level)
	}
	return fix
}

// chooseKind asks what the report is.
func (t *turn) chooseKind(ctx context.Context, a fixArgs) error {
	return t.onCard(ctx, a, func(_ storage.Question, p ingest.LayoutPayload, s storage.Submission, k *keys) (string, expectation) {
		for _, kind := range p.Kinds() {
			if string(kind) != s.Kind {
				k.row(t.kindKey(a, kind))
			}
		}
		return t.html("layout.choose_kind", text.Data{"Kind": t.p.Text("kind."+s.Kind, nil)}), expectation{}
	})
}

// kindKey says that the report is of a kind.
func (t *turn) kindKey(a fixArgs, kind table.Kind) key {
	name := t.p.Text("kind."+string(kind), nil)
	return key{name, "l.fix", fixArgs{Question: a.Question, Version: a.Version, Fix: ingest.Correction{What: ingest.CorrectKind, Kind: kind}, Line: name}}
}

// choosePeriod asks for the days, likely months first; days can be written too.
func (t *turn) choosePeriod(ctx context.Context, a fixArgs) error {
	return t.onCard(ctx, a, func(q storage.Question, p ingest.LayoutPayload, _ storage.Submission, k *keys) (string, expectation) {
		for _, m := range p.Months {
			from, _, ok := readPeriod(m)
			if !ok {
				continue
			}
			fix, name := t.periodFix(from, from.AddDate(0, 1, -1))
			k.row(key{name, "l.fix", fixArgs{Question: a.Question, Version: a.Version, Fix: fix, Line: name}})
		}
		return t.html("card.period", nil) + "\n\n<i>" + t.html("prompt.period", nil) + "</i>", expectation{Kind: expectPeriod, Question: q.ID, Version: q.Version}
	})
}

func (t *turn) periodFix(from, to time.Time) (ingest.Correction, string) {
	return ingest.Correction{What: ingest.CorrectPeriod, From: from.Format(time.DateOnly), To: to.Format(time.DateOnly)}, text.Period(t.p.Lang(), from, to)
}

// fix applies a correction and shows the report as it is read now.
func (t *turn) fix(ctx context.Context, a fixArgs) error {
	out, err := t.Desk.Correct(ctx, t.person.ID, a.Question, a.Version, a.Fix)
	var stale *ingest.StaleError
	var wrong *ingest.WrongAnswerError
	var unreadable *ingest.UnreadableError
	switch {
	case errors.As(err, &stale):
		return t.stale(ctx, a.Question, stale)
	case errors.As(err, &unreadable):
		t.alert(ctx, t.text("layout.unreadable", nil))
		return nil
	case errors.As(err, &wrong), errors.Is(err, storage.ErrNotFound):
		t.alert(ctx, t.text("answer.wrong", nil))
		return nil
	case err != nil:
		return err
	}
	t.note(ctx, "✔ "+a.Line)
	st, err := t.card(ctx)
	if err != nil {
		return err
	}
	st.Journal, st.Line, st.Same, st.Fixed = out.JournalID, a.Line, sameScope{}, true
	q, err := storage.QuestionByID(ctx, t.Store.Pool(), a.Question)
	if err != nil {
		return err
	}
	return t.showQuestion(ctx, st, q, view{})
}
