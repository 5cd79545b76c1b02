package ingest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"
	"pgregory.net/rapid"

	"github.com/distbase/distbase/storage"
)

// figures are the shelf's sales by product as the reports tell them: what is mapped in
// base units, what is not by itself, what is not ours left out.
func (x *shelf) figures() string {
	x.t.Helper()
	return x.scan(`select string_agg(line, '; ' order by line) from (
		select coalesce(p.code, 'unmapped') || ' ' || sum(case when m.product_id is null then s.quantity else s.quantity * m.factor end) || ' ' || sum(s.amount) as line
		from sale s join submission b on b.id = s.submission_id and b.state = 'loaded'
		left join item_mapping m on m.distributor_id = s.distributor_id and m.item_id = s.item_id and m.superseded_at is null left join product p on p.id = m.product_id
		where coalesce(m.verdict, '') <> 'not_ours' group by p.code) t`)
}

// decision is what is in force of a name.
func (x *shelf) decision(itemID int64) string {
	return x.scan(`select verdict || ' ' || coalesce(product_id, 0) || ' ' || factor from item_mapping where item_id = $1 and superseded_at is null`, itemID)
}

// Whatever is answered and taken back, in whatever order, the figures are those of the
// decisions that are left, as if they had been taken at once.
func TestFiguresFollowWhateverIsAnsweredAndTakenBack(t *testing.T) {
	t.Parallel()
	names := []storage.Item{{Name: "Набор А", Unit: "кор"}, {Name: "Набор Б", Unit: "шт"}, {Name: "Набор В", Unit: "уп"}}
	x, fresh := newShelf(t, soaps()...), newShelf(t, soaps()...)
	x.sells("A", slices.Clone(names)...)
	fresh.sells("A", slices.Clone(names)...)
	undecided := x.figures()
	rapid.Check(t, func(r *rapid.T) {
		var done []int64 // journal entries in force
		answers := map[int64]Answer{}
		for range rapid.IntRange(1, 8).Draw(r, "steps") {
			if len(done) > 0 && rapid.IntRange(0, 2).Draw(r, "undo") == 0 {
				i := rapid.IntRange(0, len(done)-1).Draw(r, "which")
				if _, err := x.Desk().Undo(x.ctx, x.anna, done[i]); err != nil {
					r.Fatalf("undo: %v", err)
				}
				delete(answers, done[i])
				done = slices.Delete(done, i, i+1)
				continue
			}
			open, err := storage.OpenNames(x.ctx, x.store.Pool(), 1, storage.AskItem)
			if err != nil {
				r.Fatal(err)
			}
			if len(open) == 0 {
				continue
			}
			q := rapid.SampledFrom(open).Draw(r, "question")
			a := rapid.SampledFrom([]Answer{
				{Choice: ChooseProduct, ProductID: 1, Factor: "6"}, {Choice: ChooseProduct, ProductID: 2, Factor: "1"}, {Choice: ChooseNotOurs}, {Choice: ChooseNew},
			}).Draw(r, "answer")
			if rapid.Bool().Draw(r, "many") {
				res, err := x.Desk().AnswerMany(x.ctx, x.anna, []Given{{q.ID, q.Version, a}})
				if err != nil || res.Applied != 1 {
					r.Fatalf("answer: %+v, %v", res, err)
				}
				done, answers[res.JournalID] = append(done, res.JournalID), a
				continue
			}
			out, err := x.Desk().Answer(x.ctx, x.anna, q.ID, q.Version, a)
			if err != nil {
				r.Fatal(err)
			}
			done, answers[out.JournalID] = append(done, out.JournalID), a
		}
		got := x.figures()
		want := fresh.applyAll(r, x)
		if got != want {
			r.Fatalf("figures %s, from scratch %s", got, want)
		}
		for len(done) > 0 { // all of it undone is as nothing
			if _, err := x.Desk().Undo(x.ctx, x.anna, done[0]); err != nil {
				r.Fatalf("undo: %v", err)
			}
			done = done[1:]
		}
		if got := x.figures(); got != undecided {
			r.Fatalf("all undone: %s, were %s", got, undecided)
		}
	})
}

// applyAll takes the decisions in force of another shelf at once, gives the figures, and
// clears them again.
func (x *shelf) applyAll(r *rapid.T, other *shelf) string {
	for item := int64(1); item <= 3; item++ {
		d := strings.Fields(other.decision(item))
		if len(d) == 0 {
			continue
		}
		product := any(nil)
		if d[1] != "0" {
			product = d[1]
		}
		if _, err := x.store.Pool().Exec(x.ctx, `insert into item_mapping (distributor_id, item_id, verdict, product_id, factor, decided_by) values (1, $1, $2, ($3::text)::bigint, ($4::text)::numeric, $5)`,
			item, d[0], product, d[2], x.anna); err != nil {
			r.Fatal(err)
		}
	}
	out := x.figures()
	if _, err := x.store.Pool().Exec(x.ctx, `delete from item_mapping`); err != nil {
		r.Fatal(err)
	}
	return out
}

func TestAMistakeOfTheAuditLeavesTheFigures(t *testing.T) {
	t.Parallel()
	x := newShelf(t, soaps()...)
	x.sells("A", storage.Item{Name: "Мыло жидкое Ромашка 500мл", Unit: "шт"}, storage.Item{Name: "Гель для душа Ромашка алоэ 250мл", Unit: "шт"})
	if got := x.figures(); got != "S1 1 1000; S3 1 999" {
		t.Fatalf("figures: %s", got)
	}
	if err := x.auditMappings(x.ctx); err != nil {
		t.Fatal(err)
	}
	all, err := storage.UncheckedMappings(x.ctx, x.store.Pool(), 7)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range all { // what the sample left out
		x.audits(m)
	}
	if err := x.auditMappings(x.ctx); err != nil || x.scan(`select count(*) from question where kind = 'audit'`) != "2" {
		t.Errorf("asked twice about the same: %v", err)
	}
	q, err := x.Desk().NextOf(x.ctx, x.anna, 0, storage.AskAudit)
	if err != nil {
		t.Fatal(err)
	}
	out := x.answer(q, Answer{Choice: ChooseWrong})
	wrong := x.scan(`select payload->>'name' from question where id = $1`, q.ID)
	left := map[string]string{"Мыло жидкое Ромашка 500мл": "S3 1 999; unmapped 1 1000", "Гель для душа Ромашка алоэ 250мл": "S1 1 1000; unmapped 1 999"}[wrong]
	if got := x.figures(); got != left {
		t.Errorf("figures after %s was wrong: %s, want %s", wrong, got, left)
	}
	again, _ := x.asked("A", wrong)
	mended := x.answer(again, Answer{Choice: ChooseProduct, ProductID: x.id("S2"), Factor: "12"})
	if got := x.figures(); !strings.Contains(got, "S2 12 ") {
		t.Errorf("figures after it was mended: %s", got)
	}
	var stale *StaleError
	if _, err := x.Desk().Undo(x.ctx, x.anna, out.JournalID); !errors.As(err, &stale) || !stale.Later {
		t.Errorf("the audit's answer is undone under a later one: %v", err)
	}
	for _, id := range []int64{mended.JournalID, out.JournalID} {
		if _, err := x.Desk().Undo(x.ctx, x.anna, id); err != nil {
			t.Fatal(err)
		}
	}
	if got := x.figures(); got != "S1 1 1000; S3 1 999" {
		t.Errorf("figures after all was undone: %s", got)
	}
}

// crowd is a name that many distributors use, each asked about it.
func (x *shelf) crowd(n int) []storage.Question {
	x.t.Helper()
	for i := range n {
		x.sells(fmt.Sprintf("D%02d", i), storage.Item{Name: "ж/м ромаш. большое", Unit: "шт"})
	}
	all, err := storage.OpenQuestions(x.ctx, x.store.Pool(), 0)
	if err != nil || len(all) != n {
		x.t.Fatalf("%d are asked, %v", len(all), err)
	}
	return all
}

func TestTwoAnalystsAnswerOneNameAndEachIsAnsweredOnce(t *testing.T) {
	t.Parallel()
	x := newShelf(t, soaps()...)
	boris, err := storage.AddPerson(x.ctx, x.store.Pool(), storage.Person{Name: "Борис", Lang: "ru"})
	if err != nil {
		t.Fatal(err)
	}
	all := x.crowd(12)
	ends := []struct {
		person int64
		q      storage.Question
		code   string
	}{{x.anna, all[0], "S1"}, {boris, all[11], "S2"}}
	var wait, answered sync.WaitGroup
	answered.Add(len(ends)) // else one may have answered for the other before that one begins
	errs, groups := make([]error, 2), make([]int64, 2)
	for i, e := range ends {
		product := x.id(e.code)
		wait.Go(func() {
			out, err := x.Desk().Answer(x.ctx, e.person, e.q.ID, e.q.Version, Answer{Choice: ChooseProduct, ProductID: product, Factor: "1"})
			answered.Done()
			answered.Wait()
			if err == nil {
				_, groups[i], err = x.Desk().AnswerSame(x.ctx, e.person, out.JournalID, out.Same.Questions)
			}
			errs[i] = err
		})
	}
	wait.Wait()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
	if got := x.scan(`select count(*) || ' ' || count(distinct distributor_id) || ' ' || count(*) filter (where decided_by is null) from item_mapping where superseded_at is null`); got != "12 12 0" {
		t.Errorf("mappings, distributors, without a person: %s", got)
	}
	if got := x.scan(`select count(*) from item_mapping where superseded_at is not null`); got != "0" {
		t.Errorf("%s answers were overwritten", got)
	}
	for i, id := range groups {
		if id == 0 {
			continue
		}
		if _, err := x.Desk().Undo(x.ctx, ends[i].person, id); err != nil {
			t.Errorf("undo: %v", err)
		}
	}
	if got := x.scan(`select count(*) from item_mapping where superseded_at is null`); got != "2" {
		t.Errorf("%s are left when what was answered alike is undone", got)
	}
}

// A process that ends while it applies one answer to many distributors leaves none of
// them half applied, and the next try applies all.
func TestAKilledProcessAppliesNoneOfMany(t *testing.T) {
	t.Parallel()
	x := newShelf(t, soaps()...)
	all := x.crowd(8)
	out := x.answer(all[0], Answer{Choice: ChooseProduct, ProductID: x.id("S2"), Factor: "1"})
	last := slices.Max(out.Same.Questions)
	held, err := x.store.Pool().Begin(x.ctx)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := storage.LockQuestion(x.ctx, held, last); err != nil { // the last one makes it wait in the middle
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() {
		_, _, err := x.Desk().AnswerSame(context.WithoutCancel(x.ctx), x.anna, out.JournalID, out.Same.Questions)
		ended <- err
	}()
	killed := 0
	for killed == 0 { // its connection ends, as with its process
		err := x.store.Pool().QueryRow(x.ctx, `select count(pg_terminate_backend(pid)) from pg_stat_activity
			where datname = current_database() and pid <> pg_backend_pid() and wait_event_type = 'Lock' and query like '%from question%for update%'`).Scan(&killed)
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := <-ended; err == nil {
		t.Fatal("the killed one ended well")
	}
	if err := held.Rollback(x.ctx); err != nil && !errors.Is(err, pgx.ErrTxClosed) {
		t.Fatal(err)
	}
	inForce := func() string { return x.scan(`select count(*) from item_mapping where superseded_at is null`) }
	if got := inForce(); got != "1" {
		t.Errorf("%s are mapped after the process was killed, want the one that was answered", got)
	}
	n, group, err := x.Desk().AnswerSame(x.ctx, x.anna, out.JournalID, out.Same.Questions)
	if err != nil || n != 7 || group == 0 || inForce() != "8" {
		t.Errorf("the next try applied %d, %v; %s in force", n, err, inForce())
	}
}

// What a person answers while the names are ranked is not lost: neither is the question
// closed over the answer, nor does a mapping follow an answer that is taken back.
func TestAnswersWhileNamesAreRankedStand(t *testing.T) {
	t.Parallel()
	x := newShelf(t, soaps()...)
	const name = "ж/м ромаш. большое"
	x.sells("A", storage.Item{Name: name, Unit: "шт"}, storage.Item{Name: name, Unit: ""}, storage.Item{Name: "ж/м ромаш. малое", Unit: "шт"})
	for range 5 {
		q, _ := x.asked("A", name)
		var wait sync.WaitGroup
		var rankErr error
		wait.Go(func() { rankErr = x.rankNames(x.ctx, 1) })
		out, err := x.Desk().Answer(x.ctx, x.anna, q.ID, q.Version, Answer{Choice: ChooseProduct, ProductID: x.id("S2"), Factor: "1"})
		if err != nil {
			t.Fatal(err)
		}
		wait.Go(func() { _ = x.rankNames(x.ctx, 1) })
		_, err = x.Desk().Undo(x.ctx, x.anna, out.JournalID)
		wait.Wait()
		if err != nil || rankErr != nil {
			t.Fatalf("undo %v, rank %v", err, rankErr)
		}
		if got := x.scan(`select string_agg(state || coalesce(journal_id::text, ''), ',') from question where id = $1`, q.ID); got != "open" {
			t.Fatalf("the question is %s after the undoing", got)
		}
		if got := x.scan(`select count(*) from item_mapping where superseded_at is null`); got != "0" {
			t.Fatalf("%s mappings are left after the undoing", got)
		}
	}
}
