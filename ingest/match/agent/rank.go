package agent

import (
	"cmp"
	"slices"
	"strconv"
)

// Rep is one of the manufacturer's sales reps.
type Rep struct {
	ID, Code, Name string
	// Team says that the rep serves outlets of the distributor.
	Team bool
}

// Tied is an agent of the distributor that is tied to a rep already.
type Tied struct {
	Name, ID string
	// Confirmed: a person said so.
	Confirmed bool
}

// Decision is what to do with the first candidate.
type Decision string

// The decisions.
const (
	Map  Decision = "map"  // certain: may be mapped without asking
	Ask  Decision = "ask"  // a person decides
	None Decision = "none" // nobody of the reps: at most a namesake who serves somebody else
)

// Candidate is a rep that an agent may be.
type Candidate struct {
	ID         string
	Confidence float64
	Decision   Decision
	// Reasons are machine words, some with an argument behind a colon; see [ReasonWords].
	Reasons []string
}

// Version names the rules: a decision keeps by which it was made.
func Version() string { return "agent-1" }

// ReasonWords are all machine words that a candidate may have.
func ReasonWords() []string {
	return []string{
		"confirmed", "same_code", "same_name", "same_surname", "surname_misspelt", "surname_differs", "given_equal", "initials_agree", "given_differs", "patronymic_differs",
		"in_team", "not_in_team", "several", "taken",
	}
}

// Rank gives at most k candidates for each of the agents of one distributor.
func Rank(agents []string, reps []Rep, tied []Tied, k int) [][]Candidate {
	r := newRanking(reps, tied)
	out := make([][]Candidate, len(agents))
	names := make([]name, len(agents))
	for i, a := range agents {
		names[i] = parse(a)
		out[i] = r.rank(a, names[i])
	}
	r.partNamesakes(names, out)
	for i := range out {
		out[i] = out[i][:min(len(out[i]), k)]
	}
	return out
}

type ranking struct {
	reps   []Rep
	names  []name
	codes  []string
	team   bool // somebody serves the distributor
	tied   []Tied
	before []name // of tied
}

func newRanking(reps []Rep, tied []Tied) *ranking {
	r := &ranking{reps: reps, tied: tied}
	for _, x := range reps {
		r.names, r.codes = append(r.names, parse(x.Name)), append(r.codes, codeOf(x.Code))
		r.team = r.team || x.Team
	}
	for _, t := range tied {
		r.before = append(r.before, parse(t.Name))
	}
	return r
}

// scored is a rep compared with an agent.
type scored struct {
	rep      int
	like     likeness
	code     bool
	nameless bool // nothing but a code is written
	same     bool // the whole text is the rep's name, word for word
	said     bool // a person tied this very name to the rep
}

func (r *ranking) rank(text string, n name) []Candidate {
	var list []scored
	for i := range r.reps {
		s := scored{rep: i, like: compare(n, r.names[i]), nameless: n.parts == 0, said: r.said(n, text, r.reps[i].ID)}
		s.code = r.codes[i] != "" && (slices.Contains(n.codes, r.codes[i]) || codeOf(text) == r.codes[i])
		s.same = n.whole != "" && n.whole == r.names[i].whole
		if s.said || s.code || s.same || s.like.surname == agrees {
			list = append(list, s)
		}
	}
	slices.SortStableFunc(list, func(a, b scored) int {
		return cmp.Or(cmp.Compare(r.weight(b), r.weight(a)), cmp.Compare(r.reps[a.rep].Code, r.reps[b.rep].Code))
	})
	out := make([]Candidate, 0, len(list))
	for i, s := range list {
		c := Candidate{ID: r.reps[s.rep].ID, Decision: Ask, Reasons: r.reasons(s)}
		if i == 0 {
			var rivals int
			c.Confidence, c.Decision, rivals = r.decide(list)
			if rivals > 0 {
				c.Reasons = append(c.Reasons, "several:"+strconv.Itoa(rivals+1))
			}
		} else {
			c.Confidence = min(confidence(s), out[0].Confidence, (1-out[0].Confidence)/float64(i)+0.01)
		}
		out = append(out, c)
	}
	return out
}

// said tells whether a person tied the same name, of the same distributor, to the rep.
func (r *ranking) said(n name, text, id string) bool {
	for i, t := range r.tied {
		if t.Confirmed && t.ID == id && (n.words != "" && n.words == r.before[i].words && slices.Equal(n.codes, r.before[i].codes) || t.Name == text) {
			return true
		}
	}
	return false
}

func (r *ranking) weight(s scored) float64 {
	w := s.like.rank()
	switch {
	case s.said:
		w += 100
	case s.code, s.same:
		w += 30
	}
	if r.reps[s.rep].Team {
		w += 1.5 // a namesake of the team who is written shorter comes before one outside
	}
	return w
}

// decide looks at the best of a list.
func (r *ranking) decide(list []scored) (float64, Decision, int) {
	s := list[0]
	p := confidence(s)
	if s.said && (len(list) == 1 || !list[1].said) {
		return certain, Map, 0
	}
	rivals := 0
	for _, x := range list[1:] {
		if r.rival(s, x) {
			rivals++
		}
	}
	switch {
	case rivals > 0:
		return p / float64(1+rivals), Ask, rivals
	case s.code:
		return r.decideByCode(s)
	case s.same:
		return certain, Map, 0
	case s.like.contradicts() && !r.reps[s.rep].Team:
		return p, None, 0
	case !s.like.fits():
		return p, Ask, 0
	case r.enough(s):
		return p, Map, 0
	}
	return min(p, doubt), Ask, 0
}

// decideByCode trusts a code where the name beside it agrees, or where there is none.
func (r *ranking) decideByCode(s scored) (float64, Decision, int) {
	if s.like.fits() || s.same || s.nameless && len(r.codes[s.rep]) >= leastCode {
		return certain, Map, 0
	}
	return confidence(s), Ask, 0
}

// rival tells whether x may be meant as well as the first one. Of those who serve the
// distributor and those who do not, the latter are rivals only where they agree in more.
func (r *ranking) rival(first, x scored) bool {
	switch {
	case first.said || x.said:
		return first.said == x.said
	case first.code != x.code:
		return false
	case first.code, first.same && x.same:
		return true
	case !x.like.fits():
		return false
	case r.reps[first.rep].Team && !r.reps[x.rep].Team:
		return x.like.rank() > first.like.rank()
	}
	return true
}

// enough tells whether so much agrees that nobody need be asked.
func (r *ranking) enough(s scored) bool {
	whole := s.like.given == agrees && s.like.patronymic == agrees || s.like.equal && s.like.given == agrees
	switch {
	case r.reps[s.rep].Team:
		return s.like.given >= agreesIn
	case r.team:
		return whole
	}
	return s.like.given == agrees
}

// How sure agreement makes. They are no measured shares: what is certain is the rules'
// word, and a distributor's own history tightens it.
const (
	certain   = 0.999
	doubt     = 0.9 // not enough is written, or the rep serves somebody else
	mistaken  = 0.6 // a letter is off
	unlikely  = 0.2 // something contradicts
	leastCode = 4   // a code that stands alone and is no number of a row
)

func confidence(s scored) float64 {
	l := s.like
	switch {
	case s.said:
		return certain
	case s.code && !s.nameless && !l.fits():
		return 0.5
	case s.code, s.same:
		return certain
	case l.contradicts():
		return unlikely
	case l.misspelt:
		return mistaken
	case l.given == agrees && l.patronymic == agrees, l.equal && l.given == agrees:
		return certain
	case l.given == agrees:
		return 0.998
	case l.given == agreesIn && l.patronymic >= agreesIn:
		return 0.998
	case l.given == agreesIn:
		return 0.996
	}
	return doubt
}

func (r *ranking) reasons(s scored) []string {
	var out []string
	if s.said {
		out = append(out, "confirmed")
	}
	if s.code {
		out = append(out, "same_code:"+r.reps[s.rep].Code)
	}
	switch {
	case s.same || !s.nameless && s.like.equal:
		out = append(out, "same_name")
	case !s.nameless:
		out = append(out, s.like.reasons()...)
	}
	switch {
	case r.reps[s.rep].Team:
		out = append(out, "in_team")
	case r.team:
		out = append(out, "not_in_team")
	}
	return out
}
