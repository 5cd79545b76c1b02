package ingest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/shopspring/decimal"

	"github.com/distbase/distbase/ingest/table"
	"github.com/distbase/distbase/storage"
	"github.com/distbase/distbase/text"
)

// maxToldProblems is how many cells an answer names; the rest are counted.
const maxToldProblems = 8

// answer tells the sender of a message what became of it, once everything in it
// is settled or waits for the analyst; and again when the analyst has decided.
// The same words are never sent twice.
func (p *Pipeline) answer(ctx context.Context, messageID int64) error {
	return p.store.InTx(ctx, func(tx pgx.Tx) error {
		m, err := storage.LockMessage(ctx, tx, messageID)
		if err != nil {
			return err
		}
		if m.State == storage.MessageIgnored || m.State == storage.MessageQuarantined || m.State == storage.MessageReceived {
			return nil
		}
		a, err := p.compose(ctx, tx, m)
		if err != nil || a == nil {
			return err
		}
		if !a.waiting && m.State != storage.MessageDone {
			m.State = storage.MessageDone
			if err := storage.UpdateMessage(ctx, tx, m); err != nil {
				return err
			}
		}
		return p.send(ctx, tx, m, a)
	})
}

// composed is an answer ready to be sent.
type composed struct {
	html     string
	waiting  bool // something still waits for the analyst
	template bool // something could not be read: show what a report looks like
}

// compose says what became of each file. nil: some step is still under way.
func (p *Pipeline) compose(ctx context.Context, tx pgx.Tx, m storage.Message) (*composed, error) {
	say := text.For(p.lang)
	files, err := storage.AttachmentsOf(ctx, tx, m.ID)
	if err != nil {
		return nil, err
	}
	out := &composed{}
	var parts []string
	for _, a := range files {
		switch a.State {
		case storage.AttachmentReceived:
			return nil, nil
		case storage.AttachmentIgnored:
		case storage.AttachmentRefused, storage.AttachmentDuplicate:
			s, ok := parseSentence(a.Problem)
			if !ok {
				s = Sentence{Key: "problem.broken", Args: map[string]any{"File": a.Name}}
			}
			parts = append(parts, s.HTML(say))
			out.template = out.template || a.State == storage.AttachmentRefused
		default:
			lines, ok, err := p.aboutFile(ctx, tx, say, a, len(files) > 1, out)
			if err != nil || !ok {
				return nil, err
			}
			parts = append(parts, lines)
		}
	}
	if len(parts) == 0 {
		return nil, nil
	}
	out.html = strings.Join(parts, "\n\n")
	return out, nil
}

// aboutFile describes the submissions of a file that was read; false when one of
// them is still on its way.
func (p *Pipeline) aboutFile(ctx context.Context, tx pgx.Tx, say *text.Printer, a storage.Attachment, named bool, out *composed) (string, bool, error) {
	all, err := storage.SubmissionsOf(ctx, tx, a.ID)
	if err != nil {
		return "", false, err
	}
	var parts []string
	if named {
		parts = append(parts, "<b>"+text.Escape(a.Name)+"</b>")
	}
	for _, s := range all {
		if s.State == storage.SubmissionUnderstood {
			return "", false, nil
		}
		out.waiting = out.waiting || s.State == storage.SubmissionAsked
		lines, err := p.aboutSubmission(ctx, tx, say, s)
		if err != nil {
			return "", false, err
		}
		parts = append(parts, lines)
	}
	for _, note := range FileNotes(a) {
		parts = append(parts, "⚠ "+note.HTML(say))
	}
	return strings.Join(parts, "\n"), true, nil
}

func (p *Pipeline) aboutSubmission(ctx context.Context, tx pgx.Tx, say *text.Printer, s storage.Submission) (string, error) {
	summary, err := summaryOf(s)
	if err != nil {
		return "", err
	}
	lines := []string{say.HTML("answer.understood", p.figures(say, s))}
	switch s.State {
	case storage.SubmissionLoaded, storage.SubmissionReplaced:
		lines = append(lines, say.HTML("answer.loaded", nil))
		if s.ReplacesID != nil {
			lines = append(lines, say.HTML("answer.replaces", nil))
		}
	case storage.SubmissionAsked:
		lines = append(lines, say.HTML("answer.asked", nil))
	case storage.SubmissionDuplicate:
		lines = append(lines, p.sameReport(ctx, tx, s).HTML(say))
		return strings.Join(lines, "\n"), nil
	case storage.SubmissionRefused:
		lines = append(lines, say.HTML("answer.refused", text.Data{"Reason": summary.Refusal}))
	}
	if len(summary.Missing) > 0 {
		var names []string
		for _, role := range summary.Missing {
			names = append(names, say.Text("role."+role, nil))
		}
		lines = append(lines, say.HTML("answer.missing", text.Data{"Columns": strings.Join(names, ", ")}))
	}
	lines = append(lines, totalsDiffer(say, summary)...)
	return strings.Join(append(lines, problemLines(say, summary)...), "\n"), nil
}

// figures are the arguments of the sentence that says what was understood.
func (p *Pipeline) figures(say *text.Printer, s storage.Submission) text.Data {
	d := text.Data{"Kind": say.Text("kind."+s.Kind, nil), "Rows": s.Rows, "Outlets": s.Outlets, "Period": "", "Amount": "", "Quantity": ""}
	if s.From != nil && s.To != nil {
		d["Period"] = text.Period(say.Lang(), *s.From, *s.To)
	}
	if s.Amount.Valid {
		d["Amount"] = text.Money(say.Lang(), s.Amount.Decimal)
	}
	if s.Quantity.Valid {
		d["Quantity"] = text.Number(say.Lang(), s.Quantity.Decimal, -1)
	}
	return d
}

func (p *Pipeline) sameReport(ctx context.Context, tx pgx.Tx, s storage.Submission) Sentence {
	out := Sentence{Key: "answer.same_report", Args: map[string]any{"File": "", "Day": ""}}
	if s.DuplicateOf == nil {
		return out
	}
	first, err := storage.SubmissionByID(ctx, tx, *s.DuplicateOf)
	if err != nil {
		return out
	}
	if a, err := storage.AttachmentByID(ctx, tx, first.AttachmentID); err == nil {
		out.Args["File"] = a.Name
	}
	if first.LoadedAt != nil {
		out.Args["Day"] = first.LoadedAt.Format("02.01.2006")
	}
	return out
}

// totalsDiffer tells where the rows do not come to the totals that the file
// prints.
func totalsDiffer(say *text.Printer, s Summary) []string {
	if s.Reconciled == nil || *s.Reconciled {
		return nil
	}
	var lines []string
	for _, role := range table.Roles() {
		printed, ok := s.Printed[string(role)]
		if sum := s.Totals[string(role)]; ok && sum != printed {
			lines = append(lines, say.HTML("answer.total_differs", text.Data{
				"What": say.Text("role."+string(role), nil), "Printed": numberText(say, printed), "Sum": numberText(say, sum),
			}))
		}
	}
	return lines
}

func numberText(say *text.Printer, s string) string {
	d, err := decimal.NewFromString(s)
	if err != nil {
		return s
	}
	return text.Number(say.Lang(), d, -1)
}

// problemLines name the cells that are wrong: sheet, row and column, what was
// found, what was expected.
func problemLines(say *text.Printer, s Summary) []string {
	var lines []string
	for _, i := range s.Problems[:min(len(s.Problems), maxToldProblems)] {
		place := say.Text("cell.row", text.Data{"Sheet": i.Sheet, "Row": i.Row})
		if i.Column != "" {
			place = say.Text("cell.place", text.Data{"Sheet": i.Sheet, "Row": i.Row, "Column": i.Column})
		}
		lines = append(lines, "• "+say.HTML("cell."+i.Code, text.Data{"Place": place, "Found": i.Found, "Expected": i.Expected}))
	}
	if more := s.ProblemCount - len(lines); more > 0 && len(lines) > 0 {
		lines = append(lines, say.HTML("cell.more", text.Data{"Count": more}))
	}
	if len(lines) > 0 {
		lines = append([]string{say.HTML("cell.title", nil)}, lines...)
	}
	return lines
}

// send puts the answer into the outbox of the door that the message came by.
func (p *Pipeline) send(ctx context.Context, tx pgx.Tx, m storage.Message, a *composed) error {
	address := m.Sender
	if m.Door == storage.DoorMail {
		var reply mailReply
		if err := json.Unmarshal(m.ReplyTo, &reply); err != nil {
			return fmt.Errorf("read way to reply to message %d: %w", m.ID, err)
		}
		if reply.Automatic != "" || reply.Address == "" {
			return nil
		}
		address = reply.Address
	}
	if m.Door == storage.DoorUpload || address == "" {
		return nil
	}
	out := storage.Outgoing{
		Door: m.Door, Address: address, Priority: storage.PriorityAnswer,
		Payload: storage.Payload{HTML: a.html, ReplyTo: m.ReplyTo, Lang: p.lang},
	}
	if a.template {
		f, err := p.templateFile(ctx, tx)
		if err != nil {
			return err
		}
		out.Payload.Files = append(out.Payload.Files, f)
	}
	sum := sha256.Sum256([]byte(a.html))
	out.Dedup = fmt.Sprintf("answer:%d:%s", m.ID, hex.EncodeToString(sum[:8]))
	_, _, err := storage.AddOutgoing(ctx, tx, out)
	return err
}

// answerStranger sends a sender nobody knows one fixed line, at most once a day.
func (p *Pipeline) answerStranger(ctx context.Context, tx pgx.Tx, m storage.Message) error {
	if m.Door != storage.DoorMail {
		return nil // the bot says its own line
	}
	var reply mailReply
	if err := json.Unmarshal(m.ReplyTo, &reply); err != nil || reply.Automatic != "" || reply.Address == "" {
		return nil //nolint:nilerr // a letter without a way back is not answered
	}
	_, _, err := storage.AddOutgoing(ctx, tx, storage.Outgoing{
		Door: m.Door, Address: reply.Address, Priority: storage.PriorityNotice,
		Dedup:   fmt.Sprintf("stranger:%s:%s", reply.Address, m.ReceivedAt.Format("2006-01-02")),
		Payload: storage.Payload{HTML: text.For(p.lang).HTML("answer.stranger", nil), ReplyTo: m.ReplyTo, Lang: p.lang},
	})
	return err
}
