package lines

import "fmt"

// Figures are how well labels were told: F1 by label over the rows that are not
// empty, their mean, and the share of sheets whose last row of the heading, first and
// last row of data are all right.
type Figures struct {
	F1    [classes]float64
	Macro float64
	Exact float64
	// Heading, First and Last are the shares of each of the three rows alone.
	Heading, First, Last float64
}

// String prints them in one line.
func (f Figures) String() string {
	s := fmt.Sprintf("macro-F1 %.3f, exact %.3f (%.3f %.3f %.3f);", f.Macro, f.Exact, f.Heading, f.First, f.Last)
	for c, v := range f.F1 {
		s += fmt.Sprintf(" %s %.3f", Label(c), v)
	}
	return s
}

// Measure compares guesses with lessons.
func Measure(lessons []Lesson, guesses [][]Label) Figures {
	var right, told, all [classes]float64
	exact := 0
	var out Figures
	for i, l := range lessons {
		for r, label := range l.Labels {
			if label == Empty {
				continue
			}
			all[label]++
			if g := guesses[i][r]; g != Empty {
				told[g]++
				if g == label {
					right[label]++
				}
			}
		}
		want, got := region(l.Labels), region(guesses[i])
		if want == got {
			exact++
		}
		for k, sum := range []*float64{&out.Heading, &out.First, &out.Last} {
			if want[k] == got[k] {
				*sum += 1 / float64(len(lessons))
			}
		}
	}
	out.Exact = float64(exact) / float64(len(lessons))
	for c := range right {
		if sum := told[c] + all[c]; sum > 0 {
			out.F1[c] = 2 * right[c] / sum
		}
		out.Macro += out.F1[c] / float64(classes)
	}
	return out
}

// region is the last row of the heading, the first and the last row of data.
func region(labels []Label) [3]int {
	out := [3]int{-1, -1, -1}
	for i, l := range labels {
		switch {
		case l == Header && out[1] < 0:
			out[0] = i
		case l == Data && out[1] < 0:
			out[1] = i
		}
		if l == Data || l == Derived || l == Group {
			out[2] = i
		}
	}
	if out[1] < 0 {
		return [3]int{-1, -1, -1}
	}
	return out
}
