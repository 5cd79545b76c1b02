package bot

import (
	"context"
	"errors"
	"strings"

	"github.com/distbase/distbase/ingest"
	"github.com/distbase/distbase/storage"
	"github.com/distbase/distbase/text"
)

// sameScope is what else the answer before can serve, as the card shows it before it is
// applied.
type sameScope struct {
	IDs   []int64 `json:"ids,omitempty"` // of the questions
	Names string  `json:"names,omitempty"`
}

// sameArgs names an answer, and the questions to answer alike.
type sameArgs struct {
	Journal int64   `json:"j"`
	Scope   []int64 `json:"q"`
}

func scopeOf(s ingest.Scope) sameScope {
	return sameScope{s.Questions, distributorNames(s.Distributors)}
}

// maxNames is how many distributors a card names.
const maxNames = 4

func distributorNames(all []string) string {
	out := make([]string, 0, maxNames+1)
	for i, n := range all {
		if i == maxNames {
			out = append(out, "…")
			break
		}
		out = append(out, shorten(n, 24))
	}
	return strings.Join(out, ", ")
}

// sameLine says what else the answer before can serve.
func (t *turn) sameLine(st cardState) string {
	if len(st.Same.IDs) == 0 {
		return ""
	}
	return t.html("same.line", text.Data{"Count": len(st.Same.IDs), "Names": st.Same.Names}) + "\n"
}

func (t *turn) sameKeys(st cardState) []key {
	if len(st.Same.IDs) == 0 || st.Journal == 0 {
		return nil
	}
	return []key{{t.text("key.same", text.Data{"Count": len(st.Same.IDs)}), "q.same", sameArgs{st.Journal, st.Same.IDs}}}
}

// applySame answers the questions of the same name as the answer before: those that the
// card told of.
func (t *turn) applySame(ctx context.Context, a sameArgs) error {
	n, group, err := t.Desk.AnswerSame(ctx, t.person.ID, a.Journal, a.Scope)
	var wrong *ingest.WrongAnswerError
	if errors.As(err, &wrong) || errors.Is(err, storage.ErrNotFound) {
		t.alert(ctx, t.text("same.none", nil))
		return t.afterStale(ctx, 0)
	}
	if err != nil {
		return err
	}
	st, err := t.card(ctx)
	if err != nil {
		return err
	}
	st.Same = sameScope{}
	if n == 0 {
		t.note(ctx, t.text("same.none", nil))
		return t.nextCard(ctx, st)
	}
	st.Journal, st.Line = group, t.text("same.done", text.Data{"Count": n})
	st.Done += n
	t.note(ctx, "✔ "+st.Line)
	return t.nextCard(ctx, st)
}
