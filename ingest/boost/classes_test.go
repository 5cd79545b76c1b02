package boost_test

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"testing"

	"github.com/distbase/distbase/ingest/boost"
)

// quarters are points of a square, of the class of the quarter they lie in; the third
// value is chance.
func quarters(n int) []boost.Lesson {
	r := rand.New(rand.NewPCG(2, 2))
	out := make([]boost.Lesson, n)
	for i := range out {
		row := []float32{r.Float32(), r.Float32(), r.Float32()}
		class := 0
		if row[0] > 0.5 {
			class++
		}
		if row[1] > 0.5 {
			class += 2
		}
		out[i] = boost.Lesson{Row: row, Class: class}
	}
	return out
}

func TestClassesAreTold(t *testing.T) {
	t.Parallel()
	m, err := boost.TrainClasses(quarters(1000), 4, boost.Settings{Trees: 20, Leaves: 6})
	if err != nil {
		t.Fatal(err)
	}
	right, test := 0, quarters(1500)[1000:]
	out := make([]float32, 4)
	for _, l := range test {
		m.Scores(l.Row, out)
		best := 0
		for c, v := range out {
			if v > out[best] {
				best = c
			}
		}
		if best == l.Class {
			right++
		}
	}
	if right < 480 {
		t.Errorf("%d of 500 are right", right)
	}
}

func TestTheSameLessonsGiveTheSameClasses(t *testing.T) {
	t.Parallel()
	var first []byte
	for range 2 {
		m, err := boost.TrainClasses(quarters(300), 4, boost.Settings{Trees: 8, Columns: 1})
		if err != nil {
			t.Fatal(err)
		}
		b, err := m.MarshalBinary()
		if err != nil {
			t.Fatal(err)
		}
		var back boost.Classes
		if err := back.UnmarshalBinary(b); err != nil || back.Trees() != 8 || back.Count() != 4 || back.Features() != m.Features() {
			t.Fatalf("read back: %v, %d trees", err, back.Trees())
		}
		for _, l := range quarters(20) {
			want, got := make([]float32, 4), make([]float32, 4)
			m.Scores(l.Row, want)
			back.Scores(l.Row, got)
			for c := range want {
				if want[c] != got[c] {
					t.Fatalf("read back: %v is %v", want, got)
				}
			}
		}
		if first != nil && !bytes.Equal(first, b) {
			t.Error("two models")
		}
		first = b
		if err := back.UnmarshalBinary(b[:len(b)-1]); !errors.Is(err, boost.ErrBroken) {
			t.Errorf("cut short: %v", err)
		}
	}
}

func TestLessonsOfNoClassAreRefused(t *testing.T) {
	t.Parallel()
	for name, lessons := range map[string][]boost.Lesson{
		"ragged":        {{Row: []float32{1}}, {Row: []float32{1, 2}}},
		"unknown class": {{Row: []float32{1}, Class: 2}},
	} {
		if _, err := boost.TrainClasses(lessons, 2, boost.Settings{}); err == nil {
			t.Errorf("%s: taken", name)
		}
	}
	if m, err := boost.TrainClasses(nil, 2, boost.Settings{}); err != nil || m.Trees() != 0 {
		t.Error("nothing to learn is no error", err)
	}
}

func FuzzUnmarshalClasses(f *testing.F) {
	m, _ := boost.TrainClasses(quarters(60), 4, boost.Settings{Trees: 2})
	b, _ := m.MarshalBinary()
	f.Add(b)
	f.Add([]byte{1, 0, 0, 0, 0, 0, 0, 0})
	f.Fuzz(func(t *testing.T, b []byte) {
		var m boost.Classes
		if m.UnmarshalBinary(b) == nil && m.Features() < 1000 && m.Count() < 1000 {
			m.Scores(make([]float32, m.Features()), make([]float32, m.Count()))
		}
	})
}
