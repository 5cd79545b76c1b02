package bot

import (
	"context"
	"errors"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/distbase/distbase/ingest"
	"github.com/distbase/distbase/ingest/table"
	"github.com/distbase/distbase/storage"
	"github.com/distbase/distbase/text"
)

// chooseLevel shows which rows of a sheet with groups can be taken and what they come
// to, and takes others at a tap.
func (t *turn) chooseLevel(ctx context.Context, a fixArgs) error {
	return t.onCard(ctx, a, func(_ storage.Question, p ingest.LayoutPayload, _ storage.Submission, k *keys) (string, expectation) {
		for _, c := range p.Levels {
			if c.Taken || !c.Goods {
				continue
			}
			fix := ingest.Correction{What: ingest.CorrectDetail, Choice: &c}
			k.row(key{t.levelKey(c), "l.fix", fixArgs{Question: a.Question, Version: a.Version, Fix: fix, Line: t.levelLine(c)}})
		}
		return t.levels(p.Levels, p.Printed), expectation{}
	})
}

// levels are the ways to take the rows in words: what they are, an example each, and
// what they come to beside what the file prints.
func (t *turn) levels(all []table.LevelChoice, printed map[string]string) string {
	lines := []string{t.html("levels.title", nil)}
	totals := map[table.Role]decimal.Decimal{}
	for r, s := range printed {
		if d, err := decimal.NewFromString(s); err == nil {
			totals[table.Role(r)] = d
		}
	}
	if len(totals) > 0 {
		lines = append(lines, t.html("levels.printed", text.Data{"Totals": t.sums(totals)}))
	}
	for _, c := range all {
		lines = append(lines, "", t.html("levels.choice", text.Data{
			"Name": t.levelName(c), "Taken": c.Taken, "Goods": c.Goods, "Rows": c.Rows, "Totals": t.sums(c.Totals),
			"Examples": shorten(strings.Join(c.Examples, " · "), 2*phone),
			"Compared": c.Agrees != nil, "Agrees": c.Agrees != nil && *c.Agrees,
		}))
	}
	return strings.Join(lines, "\n")
}

// sums are totals in words, in the order of the roles.
func (t *turn) sums(totals map[table.Role]decimal.Decimal) string {
	var parts []string
	for _, r := range table.Roles() {
		if d, ok := totals[r]; ok {
			parts = append(parts, t.role(string(r))+" "+text.Number(t.p.Lang(), d, -1))
		}
	}
	return strings.Join(parts, ", ")
}

// levelName is what people call the rows of a level.
func (t *turn) levelName(c table.LevelChoice) string {
	switch c.Detail.Level {
	case table.EveryRow:
		return t.text("levels.every", nil)
	case 0:
		return t.text("levels.innermost", nil)
	}
	return t.text("layout.level", text.Data{"Level": c.Detail.Level})
}

// levelKey is the level and its first example on a button.
func (t *turn) levelKey(c table.LevelChoice) string {
	if len(c.Examples) == 0 {
		return t.levelName(c)
	}
	return shorten(t.levelName(c)+": "+c.Examples[0], phone)
}

// levelLine says on top of the next message what was chosen.
func (t *turn) levelLine(c table.LevelChoice) string {
	return t.text("levels.line", text.Data{"Name": strings.ToLower(t.levelName(c))})
}

// layoutLevels shows the same for a layout, by the newest report that was read so.
func (t *turn) layoutLevels(ctx context.Context, a layoutArgs) error {
	r, _, ok, err := t.layoutInForce(ctx, a.ID)
	if err != nil || !ok {
		return err
	}
	levels, err := t.Desk.LayoutLevels(ctx, r)
	if errors.Is(err, storage.ErrNotFound) {
		t.alert(ctx, t.text("levels.no_report", nil))
		return nil
	}
	if err != nil {
		return err
	}
	k := t.keys()
	for _, c := range levels.Choices {
		if c.Taken || !c.Goods {
			continue
		}
		fix := ingest.Correction{What: ingest.CorrectDetail, Choice: &c}
		k.row(key{t.levelKey(c), "lay.fix", layoutArgs{ID: a.ID, Fix: fix, Line: t.levelLine(c)}})
	}
	k.row(key{t.text("key.to_columns", nil), "lay.columns", layoutArgs{ID: a.ID}})
	return t.replace(ctx, t.html("levels.by_report", text.Data{"File": shorten(levels.File, phone)})+"\n"+t.levels(levels.Choices, levels.Printed), k)
}

// detailLine says which rows a layout takes, "" where nobody chose.
func (t *turn) detailLine(l table.Layout) string {
	if l.Detail == nil {
		return ""
	}
	return t.html("levels.taken", text.Data{"Name": strings.ToLower(t.levelName(table.LevelChoice{Detail: *l.Detail}))})
}
