package main

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/distbase/distbase/ingest/table/titles"
)

// outcome is one title that was left out, and what was said of it.
type outcome struct {
	want, got string
	sure      float64
	weight    float64
}

// tally counts outcomes.
type tally struct{ outcomes []outcome }

func (t *tally) add(l titles.Lesson, g titles.Guess) {
	t.outcomes = append(t.outcomes, outcome{l.Role, g.Role, g.Probability, l.Weight})
}

// accuracy, and the mean F1 of the roles that occur, those of none left out.
func (t *tally) figures() (accuracy, macro, micro float64) {
	right, all := 0.0, 0.0
	for _, o := range t.outcomes {
		all += o.weight
		if o.got == o.want {
			right += o.weight
		}
	}
	sum, n := 0.0, 0
	tp, fp, fn := 0.0, 0.0, 0.0
	for _, role := range titles.Roles() {
		a, b, c := t.counts(role)
		if role == titles.None || a+c == 0 {
			continue
		}
		sum += 2 * a / (2*a + b + c)
		n++
		tp, fp, fn = tp+a, fp+b, fn+c
	}
	return right / all, sum / float64(max(n, 1)), 2 * tp / (2*tp + fp + fn)
}

func (t *tally) counts(role string) (right, wrong, missed float64) {
	for _, o := range t.outcomes {
		switch {
		case o.want == role && o.got == role:
			right += o.weight
		case o.got == role:
			wrong += o.weight
		case o.want == role:
			missed += o.weight
		}
	}
	return right, wrong, missed
}

// calibration is the mean difference of what was said and what was right, in ten bins
// of probability, and the bins themselves.
func (t *tally) calibration() (off float64, bins string) {
	var said, right, n [10]float64
	for _, o := range t.outcomes {
		b := min(int(o.sure*10), 9)
		said[b] += o.sure * o.weight
		n[b] += o.weight
		if o.got == o.want {
			right[b] += o.weight
		}
	}
	total := 0.0
	for _, x := range n {
		total += x
	}
	var parts []string
	for b := range n {
		if n[b] > 0 {
			off += math.Abs(said[b]-right[b]) / total
			parts = append(parts, fmt.Sprintf("%.2f:%.2f (%.0f)", said[b]/n[b], right[b]/n[b], n[b]))
		}
	}
	return off, strings.Join(parts, " ")
}

func (t *tally) String() string {
	acc, macro, micro := t.figures()
	off, _ := t.calibration()
	return fmt.Sprintf("%4d titles, accuracy %.3f, F1 of roles %.3f (mean %.3f), calibration off by %.3f", len(t.outcomes), acc, micro, macro, off)
}

// f1 over all titles of roles.
func (t *tally) f1() float64 {
	_, _, micro := t.figures()
	return micro
}

// byRole prints the F1 of every role.
func (t *tally) byRole() string {
	var parts []string
	for _, role := range titles.Roles() {
		a, b, c := t.counts(role)
		if a+b+c > 0 {
			name := role
			if role == titles.None {
				name = "none"
			}
			parts = append(parts, fmt.Sprintf("%s %.2f", name, 2*a/(2*a+b+c)))
		}
	}
	return strings.Join(parts, ", ")
}

// confusions lists the pairs of roles taken for each other most often.
func (t *tally) confusions(most int) string {
	n := map[string]float64{}
	for _, o := range t.outcomes {
		if o.got != o.want {
			n[fmt.Sprintf("%q as %q", o.want, o.got)] += o.weight
		}
	}
	keys := make([]string, 0, len(n))
	for k := range n {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b string) int {
		if n[a] != n[b] {
			return int(math.Copysign(1, n[b]-n[a]))
		}
		return strings.Compare(a, b)
	})
	var parts []string
	for _, k := range keys[:min(most, len(keys))] {
		parts = append(parts, fmt.Sprintf("%s %.0f", k, n[k]))
	}
	return strings.Join(parts, ", ")
}
