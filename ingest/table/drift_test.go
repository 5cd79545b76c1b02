package table

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/distbase/distbase/ingest/grid"
)

// verdict is what became of a file that drifted.
type verdict struct {
	questions int
	equal     bool
	told      bool
	why       []string
}

// taps as the house counts them: the question is opened once, every answer is one.
func (v verdict) taps() int {
	if v.questions == 0 {
		return 0
	}
	return 1 + v.questions
}

// TestOwnReportsAreFollowed holds the layouts of the fixtures to every drift.
func TestOwnReportsAreFollowed(t *testing.T) {
	t.Parallel()
	followAll(t, ownReports(t))
}

// TestRealReportsAreFollowed holds those of the corpus to it.
func TestRealReportsAreFollowed(t *testing.T) {
	t.Parallel()
	all := sharedReports(t)
	if len(all) == 0 {
		t.Skip("the corpus is not here")
	}
	followAll(t, all)
}

// largeReport is how many records make a report that is tried with plain drifts only:
// small ones show how drifts go together. With the race detector on, which finds
// nothing in what runs alone, large reports are left to the run without it.
const largeReport = 300

// tally adds up what became of the drifts of all reports.
type tally struct {
	sync.Mutex
	drifts, questions, taps, equal int
	contradicted                   []string
}

func followAll(t *testing.T, all []report) {
	t.Helper()
	sum := &tally{}
	t.Cleanup(func() {
		t.Logf("%d files, %d drifts, %d questions, %d taps, records equal in %d; contradicted by their own totals: %v",
			len(all), sum.drifts, sum.questions, sum.taps, sum.equal, sum.contradicted)
	})
	for _, r := range all {
		t.Run(r.name, func(t *testing.T) {
			t.Parallel()
			r.follow(t, sum)
		})
	}
}

// follow tries every drift on a report.
func (r report) follow(t *testing.T, sum *tally) {
	t.Helper()
	first := r.understand(t, r.file, nil)
	if len(first) == 0 {
		return
	}
	large := len(first[0].Records) > largeReport
	if large && raced {
		t.Skip("a large report is tried without the race detector")
	}
	known := make([]Layout, len(first))
	for i, tb := range first {
		known[i] = tb.Layout()
	}
	for _, d := range drifts() {
		if large && strings.Contains(d.name, "+") {
			continue
		}
		file := r.drifted(first, d)
		if file == nil {
			continue
		}
		now := r.understand(t, file, known)
		v := judge(first, now, d, r.src.Received)
		if contradicts(first) { // it is asked about every time, and its records may be anything
			if v.taps() > 3 {
				t.Errorf("%s: %d taps: %s", d.name, v.taps(), strings.Join(v.why, "; "))
			}
			continue
		}
		if !large {
			r.again(t, d, file, first, now)
		}
		sum.add(v)
		if !v.equal || !v.told || v.questions > 0 {
			t.Errorf("%s: %d taps, equal %t, told %t: %s", d.name, v.taps(), v.equal, v.told, strings.Join(v.why, "; "))
		}
	}
	if contradicts(first) {
		sum.Lock()
		defer sum.Unlock()
		sum.contradicted = append(sum.contradicted, r.name)
	}
}

func (sum *tally) add(v verdict) {
	sum.Lock()
	defer sum.Unlock()
	sum.drifts, sum.questions, sum.taps = sum.drifts+1, sum.questions+v.questions, sum.taps+v.taps()
	if v.equal {
		sum.equal++
	}
}

// again reads the file by what was learned when it was followed: nothing drifts any more.
func (r report) again(t *testing.T, d drift, file *grid.File, first, now []*Table) {
	t.Helper()
	known := make([]Layout, len(now))
	for i, tb := range now {
		known[i] = tb.Layout()
	}
	next := r.understand(t, file, known)
	v := judge(first, next, drift{}, r.src.Received)
	for _, tb := range next {
		if len(tb.Drift) > 0 {
			v.why = append(v.why, fmt.Sprintf("drift %+v", tb.Drift))
		}
	}
	if !v.equal || v.questions > 0 || len(v.why) > 0 {
		t.Errorf("%s, %s, the month after: %d questions, equal %t: %s", r.name, d.name, v.questions, v.equal, strings.Join(v.why, "; "))
	}
}

// contradicts: a total that some table prints differs from its records.
func contradicts(tables []*Table) bool {
	return slices.ContainsFunc(tables, func(t *Table) bool {
		return slices.ContainsFunc(t.Doubts, func(d Issue) bool { return d.Code == DoubtTotal })
	})
}

func (r report) understand(t *testing.T, f *grid.File, known []Layout) []*Table {
	t.Helper()
	tables, err := Understand(f, r.src, known)
	if err != nil {
		t.Fatalf("%s: %v", r.name, err)
	}
	return tables
}

// drifted makes the drift in every sheet that has tables; nil where none can differ so.
func (r report) drifted(tables []*Table, d drift) *grid.File {
	out := *r.file
	out.Sheets = slices.Clone(r.file.Sheets)
	changed := false
	for i, s := range out.Sheets {
		var here []*Table
		for _, tb := range tables {
			if tb.src.rd.v.sheet == s {
				here = append(here, tb)
			}
		}
		if len(here) == 0 {
			continue
		}
		if change := d.of(s, here); change != nil {
			out.Sheets[i], changed = change(s), true
		}
	}
	if !changed {
		return nil
	}
	return &out
}

// judge compares what was read of the drifted file with what was confirmed.
func judge(first, now []*Table, d drift, received time.Time) verdict {
	v := verdict{equal: len(first) == len(now), told: d.codes == nil}
	if !v.equal {
		v.why = append(v.why, fmt.Sprintf("%d tables, want %d", len(now), len(first)))
	}
	for i := range min(len(first), len(now)) {
		a, b := first[i], now[i]
		if b.KnownAs == "" {
			v.why = append(v.why, "no layout fits")
		}
		for _, x := range b.Drift {
			v.told = v.told || slices.Contains(d.codes, x.Code)
		}
		if d := differ(a, b, received); d != "" {
			v.equal = false
			v.why = append(v.why, d)
		}
		if asked := openDoubts(b); len(asked) > 0 {
			v.questions++
			v.why = append(v.why, strings.Join(asked, ","))
		}
	}
	return v
}

// openDoubts are those for which the house asks about a table.
func openDoubts(t *Table) []string {
	var out []string
	switch t.Kind {
	case Sales, Stock, Movement, Returns:
	default:
		return nil
	}
	for _, d := range t.Doubts {
		s := d.Code
		if d.Code == DoubtDrift {
			for _, x := range t.Drift {
				if x.Asks() {
					s += fmt.Sprintf("(%s %s %q→%q)", x.Code, x.Role, x.Was, x.Now)
				}
			}
		}
		out = append(out, s)
	}
	return out
}

// differ says how two readings differ in what they hold; "" where they do not.
func differ(a, b *Table, received time.Time) string {
	x, y := contents(a), contents(b)
	switch {
	case a.Kind != b.Kind:
		return fmt.Sprintf("kind %s, want %s", b.Kind, a.Kind)
	case datesOf(a, received) != "" && datesOf(a, received) != datesOf(b, received): // what no file tells is kept by the layout
		return fmt.Sprintf("period %s, want %s", datesOf(b, received), datesOf(a, received))
	case len(x) != len(y):
		return fmt.Sprintf("%d records, want %d", len(y), len(x))
	}
	for i := range x {
		if x[i] != y[i] {
			return fmt.Sprintf("record %q, want %q", y[i], x[i])
		}
	}
	return ""
}

// contents are the values of the records, in an order of their own.
func contents(t *Table) []string {
	out := make([]string, len(t.Records))
	for i, r := range t.Records {
		var b strings.Builder
		for _, role := range Roles() {
			if v, ok := r.Get(role); ok {
				s := v.Text
				if role.IsNumber() {
					s = v.Number.String()
				}
				b.WriteString(string(role) + "=" + s + " ")
			}
		}
		out[i] = b.String()
	}
	slices.Sort(out)
	return out
}

// datesOf is the period as the house takes it.
func datesOf(t *Table, received time.Time) string {
	if p := t.DatedPeriod(received); p != nil {
		return p.String()
	}
	return ""
}
