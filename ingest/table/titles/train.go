package titles

import (
	"math"
	"math/rand/v2"
	"slices"
)

// Lesson is a title whose role is known. Weight is how much it counts: variants of
// one title share its weight.
type Lesson struct {
	Title, Role string
	Hints       []string
	Weight      float64
}

// Settings of training.
type Settings struct {
	Rounds int
	Rate   float64
	// Decay draws the weights to zero: a bucket that few lessons use says little.
	Decay float64
	// Temperature divides the logarithms of odds: over 1 the model is less sure of itself.
	Temperature float64
	// Forget is the share of words, and of hints, that are hidden from each lesson by
	// turns, so that the rest learns to do without them.
	Forget float64
	Seed   uint64
}

// example is a lesson as features.
type example struct {
	features []feature
	class    int
	weight   float64
}

// Train learns from lessons by stochastic descent with steps that shrink for every
// weight by itself (AdaGrad). The same lessons and settings give the same model.
func Train(lessons []Lesson, s Settings) *Model {
	var examples []example
	for _, l := range lessons {
		fs := features(l.Title, l.Hints)
		if c := slices.Index(roles[:], l.Role); c >= 0 && len(fs) > 0 {
			examples = append(examples, example{fs, c, l.Weight})
		}
	}
	d := descent{weights: make([]float64, buckets*classes), steps: make([]float64, buckets*classes), s: s}
	random := rand.New(rand.NewPCG(s.Seed, s.Seed))
	for range s.Rounds {
		random.Shuffle(len(examples), func(i, j int) { examples[i], examples[j] = examples[j], examples[i] })
		for i := range examples {
			d.learn(examples[i].without(random, s.Forget))
		}
	}
	return d.model()
}

// without hides words at random, and all hints at once.
func (e *example) without(random *rand.Rand, share float64) *example {
	var hidden uint64
	for w := range maxRunes / 2 {
		if random.Float64() < share {
			hidden |= 1 << w
		}
	}
	hints := random.Float64() >= share
	out := &example{class: e.class, weight: e.weight, features: make([]feature, 0, len(e.features))}
	for _, f := range e.features {
		if f.word == noWord && hints || f.word != noWord && hidden&(1<<f.word) == 0 {
			out.features = append(out.features, f)
		}
	}
	return out
}

// descent is the state of training.
type descent struct {
	weights, steps  []float64
	bias, biasSteps [classes]float64
	s               Settings
}

func (d *descent) learn(e *example) {
	p := d.bias
	for _, f := range e.features {
		share := float64(f.value)
		for c, w := range d.weights[int(f.bucket)*classes : (int(f.bucket)+1)*classes] {
			p[c] += share * w
		}
	}
	softmax(p[:])
	p[e.class]--
	var open []int // classes that the lesson moves at all
	for c := range p {
		if p[c] *= e.weight; math.Abs(p[c]) < tooLittle*e.weight {
			continue
		}
		open = append(open, c)
		d.biasSteps[c] += p[c] * p[c]
		d.bias[c] -= d.s.Rate * p[c] / (1 + math.Sqrt(d.biasSteps[c]))
	}
	for _, f := range e.features {
		share := float64(f.value)
		from := int(f.bucket) * classes
		for _, c := range open {
			w, step := &d.weights[from+c], &d.steps[from+c]
			g := share*p[c] + d.s.Decay*e.weight**w
			*step += g * g
			*w -= d.s.Rate * g / (0.1 + math.Sqrt(*step))
		}
	}
}

// tooLittle is an error of probability that teaches nothing.
const tooLittle = 0.002

// model rounds the weights to bytes.
func (d *descent) model() *Model {
	top := 0.0
	for _, w := range d.weights {
		top = max(top, math.Abs(w))
	}
	if top == 0 {
		top = 1
	}
	m := &Model{weights: make([]int8, len(d.weights)), scale: top / 127 / d.s.Temperature}
	for i, w := range d.weights {
		m.weights[i] = int8(math.Round(w / top * 127))
	}
	for c, b := range d.bias {
		m.bias[c] = b / d.s.Temperature
	}
	return m
}
