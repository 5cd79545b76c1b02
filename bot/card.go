package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/distbase/distbase/ingest"
	"github.com/distbase/distbase/storage"
	"github.com/distbase/distbase/text"
)

// phone is how many characters a phone shows in a line of fixed width.
const phone = 40

// render makes the card of a question.
func (t *turn) render(ctx context.Context, st cardState, q storage.Question, v view) (string, *keys, error) {
	draw := map[string]func(context.Context, storage.Question, view, *keys) (string, error){
		storage.AskItem:    t.itemCard,
		storage.AskClient:  t.clientCard,
		storage.AskAgent:   t.agentCard,
		storage.AskAudit:   t.auditCard,
		storage.AskSender:  t.senderCard,
		storage.AskLayout:  t.layoutCard,
		storage.AskPeriod:  t.periodCard,
		storage.AskReplace: t.replaceCard,
		storage.AskMail:    t.mailCard,
	}[q.Kind]
	if draw == nil {
		draw = t.otherCard
	}
	if st.Journal == 0 && q.Kind == storage.AskLayout { // of earlier taps, or of a colleague's
		p, _, err := t.layoutOf(ctx, q)
		if err != nil {
			return "", nil, err
		}
		st.Journal = p.Correction
	}
	k := t.keys()
	body, err := draw(ctx, q, v, k)
	if err != nil {
		return "", nil, err
	}
	head, err := t.cardHead(ctx, st, q)
	if err != nil {
		return "", nil, err
	}
	last := []key{{t.text("key.later", nil), "q.later", questionArgs{Question: q.ID, Version: q.Version}}}
	k.row(append(t.undoKeys(st), last...)...)
	k.row(t.sameKeys(st)...)
	if err := t.listKeys(ctx, st, q.Kind, k); err != nil {
		return "", nil, err
	}
	return t.lastLine(st) + head + "\n" + body, k, nil
}

// cardHead says where in the queue the question stands and which report it is
// about.
func (t *turn) cardHead(ctx context.Context, st cardState, q storage.Question) (string, error) {
	left, err := storage.CountOpenKind(ctx, t.Store.Pool(), st.Submission, q.Kind)
	if err != nil {
		return "", err
	}
	notes := ""
	data := text.Data{"Kind": t.text("kind."+q.Kind, nil), "Left": left, "Distributor": "", "File": "", "Others": ""}
	if st.Submission == 0 && st.Kind == "" {
		if data["Others"], err = t.otherKinds(ctx, q.Kind); err != nil {
			return "", err
		}
	}
	if q.DistributorID != nil {
		d, err := storage.DistributorByID(ctx, t.Store.Pool(), *q.DistributorID)
		if err != nil {
			return "", err
		}
		data["Distributor"] = shorten(d.Name, phone)
	}
	if q.SubmissionID != nil {
		a, _, err := t.fileOf(ctx, *q.SubmissionID)
		if err != nil {
			return "", err
		}
		data["File"] = shorten(a.Name, phone)
		if !isName(q.Kind) {
			notes = t.fileNotes(a)
		}
	}
	return t.html("card.head", data) + notes, nil
}

// isName tells questions about a distributor's names, of which a report may bring many.
func isName(kind string) bool {
	return kind == storage.AskItem || kind == storage.AskClient || kind == storage.AskAgent
}

// otherKinds counts what waits besides the questions of a kind.
func (t *turn) otherKinds(ctx context.Context, kind string) (string, error) {
	queue, err := storage.CountQueue(ctx, t.Store.Pool())
	if err != nil {
		return "", err
	}
	var out []string
	for _, c := range queue {
		if c.Kind != kind {
			out = append(out, t.text("card.others", text.Data{"Kind": t.text("kind."+c.Kind, nil), "Count": c.Open}))
		}
	}
	return strings.Join(out, ", "), nil
}

// maxCardNotes is how many notes about a file a card shows: it has to fit a phone.
const maxCardNotes = 3

// fileNotes are what the reader of a file warned of.
func (t *turn) fileNotes(a storage.Attachment) string {
	out := ""
	notes := ingest.FileNotes(a)
	for _, n := range notes[:min(len(notes), maxCardNotes)] {
		out += "\n⚠ " + n.HTML(t.p)
	}
	return out
}

// fileOf is the file a submission came in.
func (t *turn) fileOf(ctx context.Context, submissionID int64) (storage.Attachment, storage.Submission, error) {
	s, err := storage.SubmissionByID(ctx, t.Store.Pool(), submissionID)
	if err != nil {
		return storage.Attachment{}, s, err
	}
	a, err := storage.AttachmentByID(ctx, t.Store.Pool(), s.AttachmentID)
	return a, s, err
}

func (t *turn) senderCard(ctx context.Context, q storage.Question, v view, k *keys) (string, error) {
	var p ingest.SenderPayload
	if err := json.Unmarshal(q.Payload, &p); err != nil {
		return "", fmt.Errorf("read question %d: %w", q.ID, err)
	}
	html := t.html("card.sender", text.Data{
		"Address": p.Address, "Name": p.Name, "Subject": shorten(p.Subject, 120), "Files": shorten(strings.Join(p.Files, ", "), 200), "Letters": p.Letters,
	})
	all, err := t.distributors(ctx, v.query)
	if err != nil {
		return "", err
	}
	if v.query == "" {
		all = similar(all, p.Similar)
	}
	if len(all) == 0 && v.query != "" {
		html += "\n\n" + t.html("prompt.nothing_found", nil)
	}
	for _, d := range all[:min(len(all), pageSize)] {
		a := ingest.Answer{Choice: ingest.ChooseDistributor, Distributor: d.Code}
		k.row(key{shorten(d.Name, phone), "q.answer", answerArgs{q.ID, q.Version, a, shorten(p.Address+" → "+d.Name, 80)}})
	}
	k.row(key{t.text("key.find_distributor", nil), "q.ask.sender", questionArgs{Question: q.ID, Version: q.Version}}, t.rejectKey(q))
	return html, nil
}

// similar are the distributors of the codes; without any the first ones.
func similar(all []storage.Distributor, codes []string) []storage.Distributor {
	if len(codes) == 0 {
		return nil
	}
	var out []storage.Distributor
	for _, code := range codes {
		for _, d := range all {
			if d.Code == code {
				out = append(out, d)
			}
		}
	}
	return out
}

// rejectKey refuses at once; a report is refused with a reason (reasonKey).
func (t *turn) rejectKey(q storage.Question) key {
	return key{t.text("key.reject", nil), "q.answer", answerArgs{q.ID, q.Version, ingest.Answer{Choice: ingest.ChooseReject}, t.text("line.rejected", nil)}}
}

func (t *turn) reasonKey(q storage.Question) key {
	return key{t.text("key.reject", nil), "q.reject", questionArgs{Question: q.ID, Version: q.Version}}
}

// rejectReport asks why: the sender is told.
func (t *turn) rejectReport(ctx context.Context, a questionArgs) error {
	q, ok, err := t.current(ctx, a)
	if err != nil || !ok {
		return err
	}
	st, err := t.card(ctx)
	if err != nil {
		return err
	}
	st.Question, st.Version = q.ID, q.Version
	k := t.keys().
		row(key{t.text("key.no_reason", nil), "q.answer", answerArgs{q.ID, q.Version, ingest.Answer{Choice: ingest.ChooseReject}, t.text("line.rejected", nil)}}).
		row(key{t.text("key.back", nil), "q.show", a})
	return t.putCard(ctx, st, t.html("prompt.reason", nil), k, expectation{Kind: expectReason, Question: q.ID, Version: q.Version})
}

// showAgain shows the question's card in the plain way.
func (t *turn) showAgain(ctx context.Context, a questionArgs) error {
	q, ok, err := t.current(ctx, a)
	if err != nil || !ok {
		return err
	}
	st, err := t.card(ctx)
	if err != nil {
		return err
	}
	return t.showQuestion(ctx, st, q, view{})
}

func (t *turn) mailCard(_ context.Context, q storage.Question, _ view, k *keys) (string, error) {
	var p storage.MailProblem
	if err := json.Unmarshal(q.Payload, &p); err != nil {
		return "", fmt.Errorf("read question %d: %w", q.ID, err)
	}
	k.row(key{t.text("key.seen", nil), "q.answer", answerArgs{q.ID, q.Version, ingest.Answer{Choice: "seen"}, t.text("line.seen", nil)}})
	if !t.p.Has(p.Key) {
		return "", errors.New("no text for mail problem " + p.Key)
	}
	return t.p.HTML(p.Key, text.Data{
		"Account": p.Account, "Folder": p.Folder, "UID": p.UID, "Sender": p.Sender, "Subject": shorten(p.Subject, 120),
		"Bytes": p.Bytes, "Limit": p.Limit, "Error": shorten(p.Error, 300),
	}), nil
}

// otherCard shows a question of a kind that has no card of its own: what it is
// about, so that somebody can look.
func (t *turn) otherCard(_ context.Context, q storage.Question, _ view, _ *keys) (string, error) {
	var p struct {
		Name string `json:"name"`
		Text string `json:"text"`
	}
	if err := json.Unmarshal(q.Payload, &p); err != nil {
		return "", fmt.Errorf("read question %d: %w", q.ID, err)
	}
	return t.html("card.other", text.Data{"Subject": q.Subject, "Name": p.Name, "Text": p.Text}), nil
}
