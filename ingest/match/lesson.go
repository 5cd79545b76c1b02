package match

import (
	"fmt"
	"hash/fnv"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/distbase/distbase/ingest/boost"
)

// school is the lessons of all training sets.
type school struct {
	sets     []TrainingSet
	catalogs []*Catalog
	lessons  []*lesson
	variants map[int][]*lesson // of a lesson's number
	twins    map[int]*lesson   // the same goods under another name of the same distributor
}

// lesson is a query of a training set with its candidates.
type lesson struct {
	number     int
	set, query int
	fold       int
	asked      *asked
	list       []found
	right      []bool // of the list
	rightIDs   []string
	absent     bool // known to be in the catalogue under no name
	null       float64
	sure       []float32
	without    []float32 // the same where the right entry is taken out
	single     *lesson   // the same name without the others of its distributor
}

func newSchool(sets []TrainingSet) *school {
	s := &school{sets: sets, variants: map[int][]*lesson{}, twins: map[int]*lesson{}}
	for i, set := range sets {
		c := NewCatalog(set.Entries, Options{Model: emptyModel()})
		s.catalogs = append(s.catalogs, c)
		var distributors []string
		for k, q := range set.Queries {
			right, known := set.Right[q.ID]
			l := &lesson{number: len(s.lessons), set: i, query: k, rightIDs: right, absent: known && len(right) == 0, fold: int(hashOf(q.Name) % Folds)}
			if q.Distributor != "" {
				if !slices.Contains(distributors, q.Distributor) {
					distributors = append(distributors, q.Distributor)
				}
				l.fold = slices.Index(distributors, q.Distributor) % Folds
			}
			l.asked = c.ask(q)
			l.list = c.gather(l.asked)
			l.mark(c)
			s.makeVariants(l, c)
			s.makeTwin(l, c)
			s.lessons = append(s.lessons, l)
		}
	}
	return s
}

// mark looks which candidates are right.
func (l *lesson) mark(c *Catalog) {
	l.right = make([]bool, len(l.list))
	for i, x := range l.list {
		l.right[i] = slices.Contains(l.rightIDs, c.entries[x.entry].ID)
	}
}

func hashOf(s string) uint32 {
	h := fnv.New32a()
	_, _ = h.Write([]byte(strings.ToLower(s)))
	return h.Sum32()
}

// part divides lessons in two.
func part(lessons []*lesson, is func(*lesson) bool) (in, out []*lesson) {
	for _, l := range lessons {
		if is(l) {
			in = append(in, l)
		} else {
			out = append(out, l)
		}
	}
	return in, out
}

// copyOf lets folds work on the same lessons at once.
func copyOf(lessons []*lesson) []*lesson {
	out := make([]*lesson, len(lessons))
	for i, l := range lessons {
		out[i] = l.clone()
	}
	return out
}

func (l *lesson) clone() *lesson {
	x := *l
	x.list, x.right = slices.Clone(l.list), slices.Clone(l.right)
	return &x
}

// one in this many names is also taught without its right entry, and one without the other names of its distributor.
const sampled = 3

// alone gives a part of the lessons as they look where the name comes by itself.
func (s *school) alone(lessons []*lesson) []*lesson {
	var out []*lesson
	for _, l := range lessons {
		if hashOf(l.asked.Name)%sampled != 1 {
			continue
		}
		x := l.clone()
		x.byItself()
		out = append(out, x)
	}
	return out
}

func (l *lesson) byItself() {
	b := batch{asked: []*asked{l.asked}, lists: [][]found{l.list}}
	b.inContext(level{})
}

// made are lessons that were written for the purpose, from those given.
func (s *school) made(from []*lesson) []*lesson {
	var out []*lesson
	for _, l := range from {
		out = append(out, s.variants[l.number]...)
	}
	return out
}

// makeVariants writes a name as others would: with the code of its entry behind it.
func (s *school) makeVariants(l *lesson, c *Catalog) {
	i := slices.Index(l.right, true)
	if i < 0 || hashOf(l.asked.Name)%6 != 2 {
		return
	}
	code := c.entries[l.list[i].entry].Code
	if len(code) < 3 || strings.Contains(l.asked.Name, code) {
		return
	}
	s.variants[l.number] = append(s.variants[l.number], l.renamed(l.asked.Name+" ("+code+")", c))
}

// renamed is the lesson under another name.
func (l *lesson) renamed(name string, c *Catalog) *lesson {
	q := l.asked.Query
	q.Name = name
	x := &lesson{number: l.number, set: l.set, query: l.query, rightIDs: l.rightIDs, fold: l.fold, asked: c.ask(q)}
	x.list = c.gather(x.asked)
	x.mark(c)
	return x
}

// makeTwin gives one in four names a second one, as distributors keep goods that they
// list twice: else the ranking would learn that two names never mean one entry.
func (s *school) makeTwin(l *lesson, c *Catalog) {
	h := hashOf(l.asked.Name + "/")
	words := strings.Fields(l.asked.Name)
	if h%4 != 1 || len(words) < 2 || !slices.Contains(l.right, true) {
		return
	}
	h /= 4
	k := int(h/8) % len(words)
	switch h % 5 {
	case 0:
		words = append(words[k:len(words):len(words)], words[:k]...)
	case 1:
		words = append(words, [...]string{"(12)", "1/24", "x6", "*10"}[h/8%4])
	case 2:
		words = append([]string{strconv.Itoa(int(100000 + h%900000))}, words...)
	case 3:
		if strings.IndexFunc(words[k], unicode.IsDigit) < 0 {
			words = slices.Delete(words, k, k+1)
		}
	default:
		words[0], words[len(words)-1] = words[len(words)-1], words[0]
	}
	s.twins[l.number] = l.renamed(strings.Join(words, " "), c)
}

// withTwins adds the second names of lessons.
func (s *school) withTwins(lessons []*lesson) []*lesson {
	out := slices.Clone(lessons)
	for _, l := range lessons {
		if t := s.twins[l.number]; t != nil {
			out = append(out, t.clone())
		}
	}
	return out
}

// inContext fills the features of the distributor's other names, from first scores.
func inContext(lessons []*lesson) {
	groups := map[string]*batch{}
	for _, l := range lessons {
		k := fmt.Sprint(l.set, "/", l.asked.Distributor)
		if groups[k] == nil {
			groups[k] = &batch{}
		}
		groups[k].asked = append(groups[k].asked, l.asked)
		groups[k].lists = append(groups[k].lists, l.list)
	}
	for _, b := range groups {
		b.inContext(b.learnLevel())
	}
}

// score ranks the lessons by a model.
func (s *school) score(lessons []*lesson, m *boost.Model, width feature) {
	for _, l := range lessons {
		for i := range l.list {
			l.list[i].score = m.Score(l.list[i].features[:width])
		}
		sortFound(l.list)
		l.null = shares(l.list)
		l.mark(s.catalogs[l.set])
	}
}

// How much a list counts whose right entry was taken out: to order, and to be sure.
const (
	nullWeight     = 0.36
	sureNullWeight = 0.1
)

// boostLists turns lessons into lists for the trees.
func boostLists(lessons []*lesson, width feature) []boost.List {
	var out []boost.List
	for _, l := range lessons {
		list := boost.List{Right: -1}
		for i := range l.list {
			if l.right[i] {
				if list.Right >= 0 {
					continue // the same answer again
				}
				list.Right = len(list.Rows)
			}
			list.Rows = append(list.Rows, l.list[i].features[:width])
		}
		if list.Right < 0 && (!l.absent || len(list.Rows) == 0) {
			continue
		}
		out = append(out, list)
		if rest := l.rest(); len(rest) > 0 {
			null := boost.List{Right: -1, Weight: nullWeight}
			for i := range rest {
				null.Rows = append(null.Rows, rest[i].features[:width])
			}
			out = append(out, null)
		}
	}
	return out
}

// rest is the list as it would be if the catalogue lacked the right entry, for the names that teach that.
func (l *lesson) rest() []found {
	if hashOf(l.asked.Name)%sampled != 0 || !slices.Contains(l.right, true) {
		return nil
	}
	var rest []found
	for i, x := range l.list {
		if !l.right[i] {
			rest = append(rest, x)
		}
	}
	compareList(rest)
	relative(rest)
	return rest
}

// withoutRight is what the confidence would rest on if the catalogue lacked the right entry.
func (l *lesson) withoutRight(m *boost.Model) []float32 {
	rest := l.rest()
	if len(rest) == 0 {
		return nil
	}
	for i := range rest {
		rest[i].score = m.Score(rest[i].features[:])
	}
	sortFound(rest)
	return sureRow(rest, shares(rest))
}

// sureLists turns lessons left out into lists of one row for the confidence.
func sureLists(folds ...[]*lesson) []boost.List {
	var rows []boost.List
	for _, fold := range folds {
		for _, l := range fold {
			rows = append(rows, l.sureLists()...)
			if l.single != nil {
				rows = append(rows, l.single.sureLists()...)
			}
		}
	}
	return rows
}

func (l *lesson) sureLists() []boost.List {
	if len(l.rightIDs) == 0 && !l.absent || l.sure == nil {
		return nil
	}
	row := boost.List{Rows: [][]float32{l.sure}, Right: -1, Base: []float64{float64(l.sure[sureShare])}}
	if l.right[0] {
		row.Right = 0
	}
	if l.without == nil {
		return []boost.List{row}
	}
	return []boost.List{row, {Rows: [][]float32{l.without}, Right: -1, Weight: sureNullWeight, Base: []float64{float64(l.without[sureShare])}}}
}
