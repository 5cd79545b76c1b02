package lines

import (
	"fmt"
	"math"

	"github.com/distbase/distbase/ingest/boost"
)

// Lesson is a sheet whose rows were labelled.
type Lesson struct {
	Rows   [][]string
	Labels []Label
}

// Settings of training.
type Settings struct {
	Trees, Leaves                   int
	Rate, MinChild, Columns, Lambda float64
	// Above is the weight of the lines down to the first data, which decide where a
	// table begins; others weigh 1.
	Above float64
	// Follow is the weight of the odds of sequences.
	Follow float64
	Seed   uint64
}

// Train learns from lessons. The same lessons and settings give the same model.
func Train(lessons []Lesson, s Settings) (*Model, error) {
	var rows []boost.Lesson
	var pairs [classes + 1][classes]float64
	for _, lesson := range lessons {
		sheet := look(lesson.Rows)
		before, weight := classes, s.Above
		for i, l := range sheet.lines {
			label := lesson.Labels[l.row]
			if label == Empty {
				continue
			}
			rows = append(rows, boost.Lesson{Row: sheet.features(nil, i), Class: int(label), Weight: weight})
			if label == Data {
				weight = 1
			}
			pairs[before][label]++
			before = int(label)
		}
	}
	trees, err := boost.TrainClasses(rows, classes, boost.Settings{Trees: s.Trees, Leaves: s.Leaves, Rate: s.Rate, MinChild: s.MinChild, Lambda: s.Lambda, Columns: s.Columns, Seed: s.Seed})
	if err != nil {
		return nil, fmt.Errorf("train lines: %w", err)
	}
	return &Model{trees: trees, follow: odds(&pairs, s.Follow)}, nil
}

// odds makes of counts of one label behind another weighted logarithms of their odds
// against the label alone.
func odds(pairs *[classes + 1][classes]float64, weight float64) (out [classes + 1][classes]float64) {
	var counts [classes]float64
	total := 0.0
	for _, row := range pairs {
		for c, n := range row {
			counts[c] += n
			total += n
		}
	}
	total += float64(classes)
	for p, row := range pairs {
		sum := 0.0
		for _, n := range row {
			sum += n + 1
		}
		for c, n := range row {
			out[p][c] = weight * (math.Log((n+1)/sum) - math.Log((counts[c]+1)/total))
		}
	}
	return out
}
