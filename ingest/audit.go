package ingest

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"

	"github.com/distbase/distbase/ingest/match"
	"github.com/distbase/distbase/storage"
)

// AuditPayload is what a question about an automatic mapping shows.
type AuditPayload struct {
	Kind       string   `json:"kind"`              // AskItem, AskClient, AskAgent
	Verdict    string   `json:"verdict,omitempty"` // empty: it was mapped
	MappingID  int64    `json:"mapping_id"`
	NameID     int64    `json:"name_id"`
	Name       string   `json:"name"`
	Unit       string   `json:"unit,omitempty"`
	Address    string   `json:"address,omitempty"`
	Code       string   `json:"code"`
	Target     string   `json:"target"`
	Place      string   `json:"place,omitempty"`
	Factor     string   `json:"factor,omitempty"`
	Confidence float64  `json:"confidence"`
	Reasons    []string `json:"reasons,omitempty"`
}

// The bounds of a night's audit: mappings of the last days, and cards.
const (
	auditDays           = 7
	auditPerDistributor = 10
	auditAtAll          = 40
)

// auditMappings asks people about a sample of what was mapped without asking lately.
// Run again it asks nothing new until there are new mappings.
func (p *Pipeline) auditMappings(ctx context.Context) error {
	all, err := storage.UncheckedMappings(ctx, p.store.Pool(), auditDays)
	if err != nil {
		return err
	}
	asked, perDistributor, audited := 0, map[int64]int{}, map[string]int{}
	return p.store.InTx(ctx, func(tx pgx.Tx) error {
		for _, m := range all {
			if asked == auditAtAll {
				return nil
			}
			if perDistributor[m.DistributorID] == auditPerDistributor {
				continue
			}
			key := fmt.Sprintf("%s:%d", m.Kind, m.DistributorID)
			if _, ok := audited[key]; !ok {
				z, err := zonesOf(ctx, tx, m.DistributorID, m.Kind)
				if err != nil {
					return err
				}
				audited[key] = z.audited
			}
			if !match.Sample(auditSubject(m), audited[key]) {
				continue
			}
			if err := askAudit(ctx, tx, m); err != nil {
				return err
			}
			asked++
			perDistributor[m.DistributorID]++
		}
		return nil
	})
}

func auditSubject(m storage.AutomaticMapping) string {
	return fmt.Sprintf("%s:%d/%d", m.Kind, m.DistributorID, m.ID)
}

func askAudit(ctx context.Context, tx pgx.Tx, m storage.AutomaticMapping) error {
	payload := AuditPayload{
		Kind: m.Kind, MappingID: m.ID, NameID: m.NameID, Name: m.Name, Unit: m.Unit, Address: m.OwnAddress,
		Code: m.TargetCode, Target: m.TargetName, Place: m.Address, Confidence: m.Confidence.Decimal.InexactFloat64(), Reasons: strings.Split(m.Reason, "; "),
	}
	switch {
	case m.Verdict == storage.VerdictNotOurs:
		payload.Verdict = m.Verdict
	case m.Kind == storage.AskItem:
		payload.Factor = m.Factor.String()
	}
	raw, err := json.Marshal(payload)
	if err != nil {
		return fmt.Errorf("encode question: %w", err)
	}
	_, err = storage.AddQuestion(ctx, tx, storage.Question{Kind: storage.AskAudit, Subject: auditSubject(m), DistributorID: &m.DistributorID, Payload: raw})
	return err
}

// answerAudit takes a mapping back that is wrong. Its name is asked about again.
func (d *Desk) answerAudit(ctx context.Context, tx pgx.Tx, personID int64, q storage.Question, a Answer) (undoRecord, error) {
	var undo undoRecord
	var p AuditPayload
	if err := json.Unmarshal(q.Payload, &p); err != nil {
		return undo, fmt.Errorf("read question %d: %w", q.ID, err)
	}
	switch a.Choice {
	case ChooseRight:
		return undo, nil
	case ChooseWrong:
	default:
		return undo, &WrongAnswerError{a.Choice}
	}
	v, err := verdictsOf(p.Kind)
	if err != nil {
		return undo, err
	}
	now, err := storage.MappingInForce(ctx, tx, p.Kind, *q.DistributorID, p.NameID)
	if err != nil {
		return undo, err
	}
	if now != p.MappingID { // somebody mapped the name otherwise meanwhile
		return undo, &WrongAnswerError{"the mapping is not in force any more"}
	}
	ended, err := v.end(ctx, tx, *q.DistributorID, p.NameID, &personID)
	if err != nil {
		return undo, err
	}
	undo.MappingBefore, undo.Made = ended, new(int64)
	return undo, nil
}

// takeBackAudit puts the mapping in force again that was called wrong.
func (d *Desk) takeBackAudit(ctx context.Context, tx pgx.Tx, personID int64, q storage.Question, undo undoRecord) error {
	if undo.MappingBefore == 0 {
		return nil
	}
	var p AuditPayload
	if err := json.Unmarshal(q.Payload, &p); err != nil {
		return fmt.Errorf("read question %d: %w", q.ID, err)
	}
	v, err := verdictsOf(p.Kind)
	if err != nil {
		return err
	}
	if err := v.takeBack(ctx, tx, personID, *q.DistributorID, p.NameID, undo); err != nil {
		return err
	}
	return storage.CancelQuestion(ctx, tx, p.Kind, v.subject(*q.DistributorID, p.NameID))
}
