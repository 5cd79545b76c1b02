package titles

import (
	"math"
	"strings"
	"unicode"
)

// buckets is how many weights a class has: features share them by their hash.
const buckets = 1 << 13

// maxRunes bounds what is read of a title.
const maxRunes = 120

// feature is one trait of a title by its bucket, with its share.
type feature struct {
	bucket uint32
	value  float32
	// word is which word of the title it is of; pairs are of their second one, hints of none.
	word int8
}

const noWord = -1

// Words brings a title into words: lower case, signs dropped, camel case and letters
// parted from digits, every number as a zero, since its value says nothing.
func Words(title string) []string {
	var b strings.Builder
	prev := rune(0)
	n := 0
	for _, r := range title {
		if n++; n > maxRunes {
			break
		}
		switch {
		case r == '№' || r == '#':
			b.WriteString(" № ")
		case r == '%':
			b.WriteString(" % ")
		case unicode.IsDigit(r):
			if !unicode.IsDigit(prev) {
				b.WriteString(" 0")
			}
		case unicode.IsLetter(r):
			if unicode.IsDigit(prev) || unicode.IsUpper(r) && unicode.IsLower(prev) {
				b.WriteByte(' ')
			}
			b.WriteRune(plainLetter(unicode.ToLower(r)))
		case r == '-' && unicode.IsLetter(prev): // «кол-во» is one word
			b.WriteByte('-')
		case unicode.Is(unicode.Mn, r): // an accent written by itself
			continue
		default:
			b.WriteByte(' ')
		}
		prev = r
	}
	words := strings.Fields(b.String())
	for i, w := range words {
		words[i] = strings.TrimRight(w, "-")
	}
	return words
}

// plainLetter drops the accents of Spanish and Portuguese and the dots of ё.
func plainLetter(r rune) rune {
	switch r {
	case 'ё':
		return 'е'
	case 'á', 'à', 'â', 'ã':
		return 'a'
	case 'é', 'ê', 'è':
		return 'e'
	case 'í':
		return 'i'
	case 'ó', 'ô', 'õ':
		return 'o'
	case 'ú', 'ü':
		return 'u'
	case 'ç':
		return 'c'
	case 'ñ':
		return 'n'
	}
	return r
}

// Shares of the kinds of features: a whole word says more than a piece of it.
const (
	wordShare  = 1.0
	pairShare  = 0.8
	edgeShare  = 0.6
	startShare = 0.5
	gramShare  = 0.35
	shapeShare = 0.3
	hintShare  = 1.0 // beside a title of length 1
)

// shortest and longest pieces of words.
const (
	minGram = 2
	maxGram = 5
)

// features describes a title by its words, pairs of neighbours, the first and the last
// word, the beginnings of words and the pieces of two to five letters in them, and by
// what others say of it.
func features(title string, hints []string) []feature {
	words := Words(title)
	if len(words) == 0 {
		return nil
	}
	out := make([]feature, 0, 64)
	add := func(h uint32, share float32, word int) {
		out = append(out, feature{finish(h) % buckets, share, int8(word)})
	}
	for i, w := range words {
		add(hashOf('w', w), wordShare, i)
		if i > 0 {
			add(hashWith(hashOf('p', words[i-1]), w), pairShare, i)
		}
		out = appendGrams(out, w, i)
	}
	add(hashOf('f', words[0]), edgeShare, 0)
	add(hashOf('l', words[len(words)-1]), edgeShare, len(words)-1)
	add(hashOf('n', strings.Repeat("x", min(len(words), 6))), shapeShare, 0)
	level(out)
	for _, h := range hints {
		add(hashOf('h', h), hintShare, noWord)
	}
	return out
}

// level makes the features of a title one vector of length 1, lest long titles speak louder.
func level(fs []feature) {
	sum := 0.0
	for _, f := range fs {
		sum += float64(f.value) * float64(f.value)
	}
	norm := float32(1 / math.Sqrt(sum))
	for i := range fs {
		fs[i].value *= norm
	}
}

// appendGrams adds the pieces of a word; the beginning counts apart, since words are cut at the end.
func appendGrams(out []feature, word string, at int) []feature {
	runes := []rune("^" + word + "$")
	for n := minGram; n <= maxGram; n++ {
		for i := 0; i+n <= len(runes); i++ {
			share := float32(gramShare)
			if i == 0 {
				share = startShare
			} else if n == minGram {
				continue // two letters amid a word are in every other one
			}
			h := offset ^ 'g'
			for _, r := range runes[i : i+n] {
				h = (h ^ uint32(r)) * prime
			}
			out = append(out, feature{finish(h) % buckets, share, int8(at)})
		}
	}
	return out
}

// FNV-1a over letters, with the last step of MurmurHash3 to spread the low bits.
const (
	offset uint32 = 2166136261
	prime  uint32 = 16777619
)

func hashOf(kind byte, word string) uint32 { return hashWith((offset^uint32(kind))*prime, word) }

func hashWith(h uint32, word string) uint32 {
	h = (h ^ ' ') * prime
	for _, r := range word {
		h = (h ^ uint32(r)) * prime
	}
	return h
}

func finish(h uint32) uint32 {
	h ^= h >> 16
	h *= 0x85ebca6b
	h ^= h >> 13
	h *= 0xc2b2ae35
	return h ^ h>>16
}
