package match

import (
	"math"
	"math/bits"

	"github.com/distbase/distbase/ingest/match/name"
)

// vocabulary is the words of a catalogue, and in how many entries each stands.
// What is rare in it is what names a product.
type vocabulary struct {
	words   []vocabularyWord
	byKey   map[string]int32
	entries int
}

type vocabularyWord struct {
	key     string
	letters uint64 // a bit a letter, to see quickly how far apart two words are at least
	df      int32
}

func newVocabulary() *vocabulary { return &vocabulary{byKey: map[string]int32{}} }

// take gives the number of a word, a new one where it is new.
func (v *vocabulary) take(key string) int32 {
	if i, ok := v.byKey[key]; ok {
		return i
	}
	i := int32(len(v.words))
	v.byKey[key] = i
	v.words = append(v.words, vocabularyWord{key: key, letters: lettersOf(key)})
	return i
}

// find gives the number of a word, -1 where no entry has it.
func (v *vocabulary) find(key string) int32 {
	if i, ok := v.byKey[key]; ok {
		return i
	}
	return -1
}

// weight says how much a word tells, from 0 (all entries have it) to about 1 (one
// entry has it): its IDF as a share of the greatest.
func (v *vocabulary) weight(word int32, kind name.Kind) float32 {
	df := int32(0)
	if word >= 0 {
		df = v.words[word].df
	}
	n := float64(v.entries) + 1
	w := math.Log(n/(float64(df)+0.5)) / math.Log(n/0.5)
	if kind == name.Filler {
		w *= 0.1
	}
	return float32(max(w, 0.01))
}

// similar compares a query's word with one of the vocabulary.
func (v *vocabulary) similar(t *queryToken, word int32) float32 {
	w := &v.words[word]
	if t.word == word && t.Tail == "" {
		return 1
	}
	if t.Kind == name.Number || isDigit(w.key[0]) && t.Kind != name.Code && !isDigit(t.Key[0]) {
		return 0
	}
	if t.Kind == name.Code {
		return similarCode(t.Key, w.key)
	}
	if !t.Short && len(t.Key) > 3 && len(w.key) > 3 && t.Key[:4] != w.key[:4] {
		// Every letter exchanged changes two bits at most.
		if far := bits.OnesCount64(t.letters ^ w.letters); 8*far > 4*max(len(t.Key), len(w.key)) {
			return 0
		}
	}
	return float32(name.Similar(t.Key, w.key, t.Short, t.Tail))
}

// similarCode compares articles and models: one may be the beginning of the other
// (a colour or a country is told behind), a long one may have a letter wrong.
func similarCode(a, b string) float32 {
	if a == b {
		return 1
	}
	short, long := a, b
	if len(short) > len(long) {
		short, long = long, short
	}
	if len(short) < 4 {
		return 0
	}
	if long[:len(short)] == short {
		return 0.6 + 0.35*float32(len(short))/float32(len(long))
	}
	if long[len(long)-len(short):] == short {
		return 0.5 + 0.35*float32(len(short))/float32(len(long))
	}
	if s := name.Similar(a, b, false, ""); s > 0.85 {
		return float32(s) - 0.3
	}
	return 0
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// lettersOf sets a bit for each letter of a key.
func lettersOf(key string) uint64 {
	set := uint64(0)
	for i := range len(key) {
		set |= 1 << (key[i] & 63)
	}
	return set
}
