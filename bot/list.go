package bot

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/distbase/distbase/ingest"
	"github.com/distbase/distbase/storage"
	"github.com/distbase/distbase/text"
)

// listSize is how many names a page of a list shows: as many as fit a message.
const listSize = 10

// listArgs is a page of a list of names that can be answered together.
type listArgs struct {
	List   ingest.List `json:"l"`
	Offset int         `json:"o,omitempty"`
	Except []int64     `json:"x,omitempty"` // questions of the page that are not to be answered
}

// listAnswers are the answers to a page, as it was shown.
type listAnswers struct {
	Page  listArgs       `json:"p"`
	Given []ingest.Given `json:"g"`
}

// listKeys lead from a card to the lists of its kind, where there is more than one name
// to answer.
func (t *turn) listKeys(ctx context.Context, st cardState, kind string, k *keys) error {
	if st.Submission == 0 || !isName(kind) {
		return nil
	}
	var row []key
	for _, foreign := range []bool{false, true} {
		l := ingest.List{Submission: st.Submission, Kind: kind, Foreign: foreign}
		page, err := t.Desk.List(ctx, t.person.ID, l, 0, 1)
		if err != nil {
			return err
		}
		if page.Total < 2 {
			continue
		}
		label := "key.likely"
		if foreign {
			label = "key.foreign"
		}
		row = append(row, key{t.text(label, text.Data{"Count": page.Total}), "q.list", listArgs{List: l}})
	}
	k.row(row...)
	return nil
}

// openList begins with a list, from an announcement: all names of the report are asked
// about then, not those worth most alone.
func (t *turn) openList(ctx context.Context, a listArgs) error {
	t.note(ctx, t.text("list.making", nil))
	if a.List.Kind == storage.AskClient && a.List.Submission != 0 {
		if err := t.Desk.AskAll(ctx, a.List.Submission); err != nil {
			return err
		}
	}
	st, err := t.card(ctx)
	if err != nil {
		return err
	}
	t.dropCard(ctx, st)
	if err := t.Desk.Release(ctx, t.person.ID); err != nil {
		return err
	}
	return t.putList(ctx, cardState{Submission: a.List.Submission, Kind: a.List.Kind, Since: t.Now()}, a)
}

// showList puts a page of a list on the live card.
func (t *turn) showList(ctx context.Context, a listArgs) error {
	st, err := t.card(ctx)
	if err != nil {
		return err
	}
	return t.putList(ctx, st, a)
}

func (t *turn) putList(ctx context.Context, st cardState, a listArgs) error {
	page, err := t.Desk.List(ctx, t.person.ID, a.List, a.Offset, listSize)
	if err != nil {
		return err
	}
	if len(page.Names) == 0 && a.Offset > 0 {
		return t.putList(ctx, st, listArgs{List: a.List})
	}
	if len(page.Names) == 0 {
		return t.nextCard(ctx, st)
	}
	head := "list.likely"
	if a.List.Foreign {
		head = "list.foreign"
	}
	lines := []string{t.html(head, text.Data{
		"Kind": t.text("kind."+a.List.Kind, nil), "Total": page.Total, "Value": page.Value, "Money": page.Value.IsPositive(),
		"From": a.Offset + 1, "To": a.Offset + len(page.Names),
	})}
	var numbers []key
	var given []ingest.Given
	for i, n := range page.Names {
		out := slices.Contains(a.Except, n.Question)
		lines = append(lines, t.listLine(i+1, n, out))
		label, other := strconv.Itoa(i+1), a
		if other.Except = slices.Clone(a.Except); out {
			label = "☐ " + label
			other.Except = slices.DeleteFunc(other.Except, func(id int64) bool { return id == n.Question })
		} else {
			other.Except = append(other.Except, n.Question)
			given = append(given, ingest.Given{QuestionID: n.Question, Version: n.Version, Answer: n.Answer})
		}
		numbers = append(numbers, key{label, "q.list", other})
	}
	k := t.keys()
	for row := range slices.Chunk(numbers, listSize/2) {
		k.row(row...)
	}
	k.row(t.listAnswerKeys(a, given)...)
	last := t.undoKeys(st)
	if page.Total > a.Offset+len(page.Names) {
		last = append(last, key{t.text("key.more", nil), "q.list", listArgs{List: a.List, Offset: a.Offset + listSize}})
	}
	k.row(append(last, key{t.text("key.one_by_one", nil), "q.next", nil})...)
	st.Question, st.Version = 0, 0
	return t.putCard(ctx, st, t.lastLine(st)+strings.Join(lines, "\n"), k, expectation{})
}

// listLine is a name and what it is likely to be.
func (t *turn) listLine(n int, x ingest.ListedName, out bool) string {
	line := t.html("list.line", text.Data{
		"N": n, "Name": shorten(x.Name, 60), "Place": shorten(x.Place, 80), "Target": shorten(x.Target, 60), "TargetPlace": shorten(x.TargetPlace, 80),
		"Factor": x.Factor, "Share": decimal.NewFromFloat(x.Confidence), "Value": x.Value, "Money": x.Value.IsPositive(),
	})
	if out {
		return "<s>" + line + "</s>"
	}
	return line
}

// listAnswerKeys answer a page: likely names as they are shown, foreign ones as another's
// or as new.
func (t *turn) listAnswerKeys(a listArgs, given []ingest.Given) []key {
	if len(given) == 0 {
		return nil
	}
	count := text.Data{"Count": len(given)}
	if !a.List.Foreign {
		return []key{{t.text("key.accept_page", count), "q.accept", listAnswers{a, given}}}
	}
	all := func(choice string) listAnswers {
		out := slices.Clone(given)
		for i := range out {
			out[i].Answer = ingest.Answer{Choice: choice}
		}
		return listAnswers{a, out}
	}
	return []key{{t.text("key.page_not_ours", count), "q.accept", all(ingest.ChooseNotOurs)}, {t.text("key.page_new", count), "q.accept", all(ingest.ChooseNew)}}
}

// acceptList answers the names of a page, and goes on with the next. Those that somebody
// answered meanwhile stay as they are; a second tap finds none left.
func (t *turn) acceptList(ctx context.Context, a listAnswers) error {
	done, err := t.Desk.AnswerMany(ctx, t.person.ID, a.Given)
	if err != nil {
		return err
	}
	if done.Applied == 0 {
		var stale *ingest.StaleError
		if len(done.Refused) > 0 && errors.As(done.Refused[0].Err, &stale) {
			t.note(ctx, t.text("list.none", nil))
		}
		return t.showList(ctx, a.Page)
	}
	st, err := t.card(ctx)
	if err != nil {
		return err
	}
	st.Done += done.Applied
	st.Journal, st.Same, st.Fixed = done.JournalID, sameScope{}, false
	st.Line = t.text("list.done", text.Data{"Count": done.Applied, "Left": len(done.Refused)})
	t.note(ctx, "✔ "+st.Line)
	next := a.Page
	next.Offset, next.Except = a.Page.Offset+len(a.Page.Except), nil
	return t.putList(ctx, st, next)
}

// showNext goes on with the queue.
func (t *turn) showNext(ctx context.Context, _ struct{}) error {
	st, err := t.card(ctx)
	if err != nil {
		return err
	}
	return t.nextCard(ctx, st)
}
