package bot

import (
	"context"
	"errors"
	"strings"

	"github.com/jackc/pgx/v5"

	"github.com/distbase/distbase/ingest"
	"github.com/distbase/distbase/storage"
	"github.com/distbase/distbase/text"
)

// giveWorkbook sends the open names of a report, or of all, as a workbook to fill.
func (t *turn) giveWorkbook(ctx context.Context, a reportArgs) error {
	t.note(ctx, t.text("list.making", nil))
	data, n, err := t.Desk.Workbook(ctx, a.Submission, a.Kind, t.p.Lang())
	if err != nil {
		return err
	}
	if n == 0 {
		t.alert(ctx, t.text("workbook.none", nil))
		return nil
	}
	f := upload{name: t.text("workbook.file", nil) + ".xlsx", data: data}
	_, err = t.out.give(ctx, t.chatID, f, t.html("workbook.caption", text.Data{"Count": n, "Clients": a.Kind == storage.AskClient}), nil, 0)
	if judge(err).fault == faultFile {
		return t.tell(ctx, t.html("file_left_out", text.Data{"Name": f.name}), nil)
	}
	return err
}

// filledArgs names a filled workbook by its bytes.
type filledArgs struct {
	SHA256 string `json:"f"`
}

// hearWorkbook takes a filled workbook, sent as a reply or just so. Nothing is
// applied before the analyst has seen what would be.
func (t *turn) hearWorkbook(ctx context.Context, m message) error {
	if !t.may(storage.RoleAnalyst) {
		return t.tell(ctx, t.html("not_a_sender", nil), nil)
	}
	data, err := t.fetch(ctx, *m.Document)
	if errors.Is(err, errTooBig) {
		return t.tell(ctx, t.html("too_big", text.Data{"File": m.Document.Name, "MailTo": ""}), nil)
	}
	if err != nil {
		return err
	}
	known, err := t.previewWorkbook(ctx, data)
	if err != nil || known {
		return err
	}
	return t.tell(ctx, t.html("workbook.not_ours", nil), nil)
}

// previewWorkbook shows what a filled workbook would change; false: it is none.
func (t *turn) previewWorkbook(ctx context.Context, data []byte) (bool, error) {
	filled, err := t.Desk.ReadWorkbook(ctx, data)
	if errors.Is(err, ingest.ErrNotMapping) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	var sum storage.SHA256
	err = t.Store.InTx(ctx, func(tx pgx.Tx) error {
		sum, err = storage.PutBlob(ctx, tx, data)
		return err
	})
	if err != nil {
		return true, err
	}
	kinds := map[string]int{}
	for _, a := range filled.Answers {
		kinds[a.Answer.Choice]++
	}
	html := t.html("workbook.preview", text.Data{
		"Count": len(filled.Answers), "Products": kinds[ingest.ChooseProduct], "Outlets": kinds[ingest.ChooseOutlet], "New": kinds[ingest.ChooseNew],
		"NotOurs": kinds[ingest.ChooseNotOurs], "Blank": filled.Blank, "Wrong": len(filled.Wrong),
	})
	html += t.problemRows(filled.Wrong)
	k := t.keys()
	if n := len(filled.Answers); n > 0 {
		k.row(key{t.text("key.apply", text.Data{"Count": n}), "book.apply", filledArgs{sum.String()}}, key{t.text("key.cancel", nil), "book.cancel", nil})
	}
	return true, t.tell(ctx, html, k)
}

// problemRows names the rows that are not taken, the first of them.
func (t *turn) problemRows(rows []ingest.FilledProblem) string {
	var b strings.Builder
	for i, r := range rows {
		if i == 10 {
			b.WriteString("\n" + t.html("workbook.more", text.Data{"Count": len(rows) - i}))
			break
		}
		key := "mapping." + r.Key
		what := r.Key
		if t.p.Has(key) {
			what = t.p.Text(key, text.Data{"Row": r.Row, "Found": shorten(r.Found, 60)})
		}
		b.WriteString("\n• " + t.html("workbook.row", text.Data{"Row": r.Row, "What": what}))
	}
	return b.String()
}

// applyWorkbook applies a filled workbook. Applied twice it changes nothing more.
func (t *turn) applyWorkbook(ctx context.Context, a filledArgs) error {
	sum, err := storage.ParseSHA256(a.SHA256)
	if err != nil {
		return err
	}
	data, err := storage.ReadBlob(ctx, t.Store.Pool(), sum)
	if err != nil {
		return err
	}
	filled, err := t.Desk.ReadWorkbook(ctx, data)
	if err != nil {
		return err
	}
	t.note(ctx, t.text("workbook.applying", nil))
	res, err := t.Desk.ApplyWorkbook(ctx, t.person.ID, filled)
	if err != nil {
		return err
	}
	html := t.html("workbook.applied", text.Data{"Applied": res.Applied, "Already": res.Already, "Conflicts": len(res.Conflicts)})
	k := t.keys()
	if res.JournalID != 0 {
		k.row(key{t.text("key.undo", nil), "book.undo", undoArgs{res.JournalID}})
	}
	return t.replace(ctx, html+t.problemRows(res.Conflicts), k)
}

// undoWorkbook takes all back that a workbook changed.
func (t *turn) undoWorkbook(ctx context.Context, a undoArgs) error {
	_, err := t.Desk.Undo(ctx, t.person.ID, a.Journal)
	var stale *ingest.StaleError
	if errors.As(err, &stale) {
		t.note(ctx, t.text("undo.already", nil))
		return nil
	}
	if err != nil {
		return err
	}
	t.note(ctx, t.text("undo.done", nil))
	return t.replace(ctx, t.html("workbook.undone", nil), nil)
}

func (t *turn) cancelWorkbook(ctx context.Context, _ struct{}) error {
	return t.replace(ctx, t.html("workbook.cancelled", nil), nil)
}
