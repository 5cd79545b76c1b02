package ingest

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/shopspring/decimal"

	"github.com/distbase/distbase/storage"
)

// reps stores reps; those of the team serve an outlet of the distributor.
func (x *shelf) reps(distributor string, team bool, names ...string) {
	x.t.Helper()
	x.exec(`insert into distributor (code, name) values ($1, $1) on conflict do nothing`, distributor)
	for i, name := range names {
		id, err := storage.UpsertRep(x.ctx, x.store.Pool(), storage.Rep{Code: fmt.Sprintf("%s-%v-%02d", distributor, team, i), Name: name, Department: "Юг"})
		if err != nil {
			x.t.Fatal(err)
		}
		if team {
			x.exec(`with o as (insert into outlet (code, name) values ($1, $1) returning id)
				insert into outlet_service (outlet_id, distributor_id, rep_id, valid) select o.id, d.id, $3, '[2020-01-01,)' from o, distributor d where d.code = $2`,
				fmt.Sprint("of ", id), distributor, id)
		}
	}
}

// visits loads a report whose sales were made by agents.
func (x *shelf) visits(distributor string, agents ...string) {
	x.t.Helper()
	items := []storage.Item{{Name: "Мыло жидкое Ромашка 500мл", Unit: "шт"}}
	submission := x.stores(distributor, items, nil)
	err := x.store.InTx(x.ctx, func(tx pgx.Tx) error {
		s, err := storage.SubmissionByID(x.ctx, tx, submission)
		if err != nil {
			return err
		}
		var list []storage.Agent
		for _, a := range agents {
			list = append(list, storage.Agent{Key: fold(a), Name: a})
		}
		ids, err := storage.EnsureAgents(x.ctx, tx, submission, s.DistributorID, list)
		if err != nil {
			return err
		}
		var lines []storage.Sale
		for i, a := range list {
			id := ids[a.Key]
			lines = append(lines, storage.Sale{Day: time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC), Row: i, Part: 2, ItemID: 1, AgentID: &id,
				Amount: decimal.NewNullDecimal(decimal.NewFromInt(int64(100 - i)))})
		}
		return storage.AddSales(x.ctx, tx, s.DistributorID, submission, lines)
	})
	if err != nil {
		x.t.Fatal(err)
	}
	if err := x.mapNames(x.ctx, submission); err != nil {
		x.t.Fatal(err)
	}
}

// rep is whom an agent is tied to, and by whom; with ? it is asked about, with the first
// candidate.
func (x *shelf) rep(distributor, agent string) string {
	x.t.Helper()
	if got := x.scan(`select coalesce(r.name, m.verdict) || ' ' || case when m.decided_by is null then 'distbase' else 'analyst' end
		from agent_mapping m join agent a on a.distributor_id = m.distributor_id and a.id = m.agent_id left join rep r on r.id = m.rep_id
		join distributor d on d.id = m.distributor_id where d.code = $1 and a.name = $2 and m.superseded_at is null`, distributor, agent); got != "" {
		return got
	}
	return x.scan(`select coalesce(payload->'candidates'->0->>'name', '') || '?' from question q join distributor d on d.id = q.distributor_id
		where q.state = 'open' and q.kind = 'agent' and d.code = $1 and payload->>'name' = $2`, distributor, agent)
}

func (x *shelf) askedAgent(name string) storage.Question {
	x.t.Helper()
	all, err := storage.OpenQuestions(x.ctx, x.store.Pool(), 0)
	if err != nil {
		x.t.Fatal(err)
	}
	for _, q := range all {
		var p AgentPayload
		if q.Kind == storage.AskAgent && json.Unmarshal(q.Payload, &p) == nil && p.Name == name {
			return q
		}
	}
	x.t.Fatalf("nobody is asked about the agent %q", name)
	return storage.Question{}
}

func TestAgentsAreTiedToTheTeamOrAskedAbout(t *testing.T) {
	t.Parallel()
	x := newShelf(t, soaps()...)
	x.reps("A", true, "Иванов Иван Иванович", "Петрова Анна Сергеевна", "Сидоров Олег")
	x.reps("A", false, "Сидоров Иван", "Кузнецов Пётр Ильич")
	x.visits("A", "Иванов И.И.", "ТП Петрова Анна", "Ivanov I.", "Иванова", "Сидоров", "Кузнецов П.", "Кузнецов Пётр Ильич", "Офис", "Иванов (A-true-01)")
	for agent, want := range map[string]string{
		"Иванов И.И.": "Иванов Иван Иванович distbase", "Ivanov I.": "Иванов Иван Иванович distbase", "ТП Петрова Анна": "Петрова Анна Сергеевна distbase",
		"Иванова": "Иванов Иван Иванович?", "Сидоров": "Сидоров Олег?", "Кузнецов П.": "Кузнецов Пётр Ильич?", "Кузнецов Пётр Ильич": "Кузнецов Пётр Ильич distbase",
		"Офис": "", "Иванов (A-true-01)": "Петрова Анна Сергеевна?",
	} {
		if got := x.rep("A", agent); got != want {
			t.Errorf("%s is %q, want %q", agent, got, want)
		}
	}
	if got := x.scan(`select model || ' ' || (confidence > 0.99) || ' ' || reason from agent_mapping m join agent a on a.id = m.agent_id where a.name = 'Иванов И.И.'`); got != "agent-1 true same_surname; initials_agree; in_team" {
		t.Errorf("the decision rests on %q", got)
	}
}

func TestAnswersAboutAgentsAreTakenBackAndRemembered(t *testing.T) {
	t.Parallel()
	x := newShelf(t, soaps()...)
	x.reps("A", true, "Иванов Иван Иванович", "Иванова Ирина Петровна")
	x.visits("A", "Иванова", "Иванов")
	q := x.askedAgent("Иванова")
	rep := x.scan(`select id from rep where name = 'Иванова Ирина Петровна'`)
	var id int64
	if _, err := fmt.Sscan(rep, &id); err != nil {
		t.Fatal(err)
	}
	out := x.answer(q, Answer{Choice: ChooseRep, RepID: id})
	if got := x.rep("A", "Иванова"); got != "Иванова Ирина Петровна analyst" {
		t.Fatalf("answered: %q", got)
	}
	x.visits("A", "ИВАНОВА ")
	x.visits("A", "ТП Иванова")
	if got := x.rep("A", "ТП Иванова"); got != "Иванова Ирина Петровна distbase" {
		t.Errorf("the same name of the same distributor: %q", got)
	}
	x.answer(x.askedAgent("Иванов"), Answer{Choice: ChooseNotOurs})
	if got := x.rep("A", "Иванов"); got != "not_ours analyst" {
		t.Errorf("a distributor's own agent: %q", got)
	}
	if _, err := x.Desk().UndoLast(x.ctx, x.anna); err != nil {
		t.Fatal(err)
	}
	if got := x.rep("A", "Иванов"); got != "Иванов Иван Иванович?" {
		t.Errorf("undone: %q", got)
	}
	if _, err := x.Desk().Undo(x.ctx, x.anna, out.JournalID); err != nil {
		t.Fatal(err)
	}
	if got := x.rep("A", "Иванова"); got != "Иванова Ирина Петровна?" {
		t.Errorf("undone: %q", got)
	}
	if got := x.scan(`select count(*) from mapping_check where kind = 'agent' and withdrawn_at is null`); got != "0" {
		t.Errorf("%s checks count after the undoing", got)
	}
}

func TestAWrongRepIsTakenBackAndTightens(t *testing.T) {
	t.Parallel()
	x := newShelf(t, soaps()...)
	x.reps("A", true, "Иванов Иван Иванович", "Петрова Анна Сергеевна")
	x.visits("A", "Иванов И.")
	all, err := storage.UncheckedMappings(x.ctx, x.store.Pool(), 7)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range all {
		if m.Kind == storage.AskAgent {
			if err := x.store.InTx(x.ctx, func(tx pgx.Tx) error { return askAudit(x.ctx, tx, m) }); err != nil {
				t.Fatal(err)
			}
		}
	}
	q, err := x.Desk().NextOf(x.ctx, x.anna, 0, storage.AskAudit)
	if err != nil {
		t.Fatal(err)
	}
	out := x.answer(q, Answer{Choice: ChooseWrong})
	if got := x.rep("A", "Иванов И."); got != "Иванов Иван Иванович?" {
		t.Errorf("a wrong one is %q", got)
	}
	x.visits("A", "Петрова А.")
	if got := x.rep("A", "Петрова А."); got != "Петрова Анна Сергеевна?" {
		t.Errorf("an equally sure one after a wrong one: %q", got)
	}
	if _, err := x.Desk().Undo(x.ctx, x.anna, out.JournalID); err != nil {
		t.Fatal(err)
	}
	if got := x.rep("A", "Иванов И."); got != "Иванов Иван Иванович distbase" {
		t.Errorf("undone: %q", got)
	}
}
