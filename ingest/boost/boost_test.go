package boost_test

import (
	"bytes"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/distbase/distbase/ingest/boost"
)

// lists of three rows, of which the one with the greatest first value is right; a list
// without a value over 0.3 has no right row. The second value is chance, the third is missing at times.
func lists(n int) []boost.List {
	r := rand.New(rand.NewPCG(1, 1))
	out := make([]boost.List, n)
	for i := range out {
		l := boost.List{Right: -1}
		best := float32(0.3)
		for k := range 3 {
			row := []float32{r.Float32(), r.Float32(), float32(math.NaN())}
			if r.IntN(2) == 0 {
				row[2] = row[0]
			}
			if l.Rows = append(l.Rows, row); row[0] > best {
				best, l.Right = row[0], k
			}
		}
		out[i] = l
	}
	return out
}

func TestWhatIsRightComesFirst(t *testing.T) {
	t.Parallel()
	m, err := boost.Train(lists(2000), boost.Settings{})
	if err != nil {
		t.Fatal(err)
	}
	right, test := 0, lists(2500)[2000:]
	for _, l := range test {
		best, top := -1, 0.0
		for i, row := range l.Rows {
			if s := m.Score(row); s > top {
				best, top = i, s
			}
		}
		if best == l.Right {
			right++
		}
	}
	if right < 460 {
		t.Errorf("%d of 500 are right", right)
	}
}

func TestDirectionsAreKept(t *testing.T) {
	t.Parallel()
	m, err := boost.Train(lists(500), boost.Settings{Directions: []int8{1, -1}})
	if err != nil {
		t.Fatal(err)
	}
	for x := float32(0); x < 1; x += 0.01 {
		row := func(a, b float32) []float32 { return []float32{a, b, float32(math.NaN())} }
		if m.Score(row(x+0.01, 0.5)) < m.Score(row(x, 0.5)) || m.Score(row(0.5, x+0.01)) > m.Score(row(0.5, x)) {
			t.Fatalf("turns back at %.2f", x)
		}
	}
}

func TestTheSameLessonsGiveTheSameModel(t *testing.T) {
	t.Parallel()
	var first []byte
	for range 2 {
		m, err := boost.Train(lists(200), boost.Settings{Trees: 20, Columns: 1})
		if err != nil {
			t.Fatal(err)
		}
		b, err := m.MarshalBinary()
		if err != nil {
			t.Fatal(err)
		}
		var back boost.Model
		if err := back.UnmarshalBinary(b); err != nil || back.Trees() != 20 || back.Score(lists(1)[0].Rows[0]) != m.Score(lists(1)[0].Rows[0]) {
			t.Errorf("read back: %v, %d trees", err, back.Trees())
		}
		if first != nil && !bytes.Equal(first, b) {
			t.Error("two models")
		}
		first = b
	}
}

func TestRaggedRowsAreRefused(t *testing.T) {
	t.Parallel()
	if _, err := boost.Train([]boost.List{{Rows: [][]float32{{1}, {1, 2}}}}, boost.Settings{}); err == nil {
		t.Error("taken")
	}
	if m, err := boost.Train(nil, boost.Settings{}); err != nil || m.Trees() != 0 {
		t.Error("nothing to learn is no error", err)
	}
}

func FuzzUnmarshal(f *testing.F) {
	m, _ := boost.Train(lists(50), boost.Settings{Trees: 2})
	b, _ := m.MarshalBinary()
	f.Add(b)
	f.Add([]byte{1, 0, 0, 0, 0, 0, 0, 0})
	f.Fuzz(func(t *testing.T, b []byte) {
		var m boost.Model
		if m.UnmarshalBinary(b) == nil && m.Features() < 1000 {
			m.Score(make([]float32, m.Features()))
		}
	})
}
