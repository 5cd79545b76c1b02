package outlet

import (
	"slices"
	"unicode"
)

// maxRunes bounds the text of a field; what is longer is no name and no address.
const maxRunes = 600

// separator says what stands before a token; several may.
type separator uint8

const (
	space     separator = 1 << iota
	point               // a full stop
	hyphen              // any dash
	slash               //
	boundary            // comma, semicolon, bracket, line end: what follows is another matter
	numero              // №, # or N before digits
	quotation           // any quotation mark
)

// token is a word or a number of a text.
type token struct {
	text string // folded, see fold
	// alternative is the word read as Cyrillic look-alikes, "" where it cannot be.
	alternative string
	pair        [2]string // of two letters, each by itself
	before      separator // 0: it touches the token before
	number      bool
	ordinal     bool // a number with an ending: 1-я, 2-го
	latin       bool
	upper       bool // in capitals only
	dotted      bool // a full stop touches its end
	letters     int
}

// tokenise cuts a text into words and numbers: where something else stands, where
// letters meet digits, where a capital follows a small letter, and where the alphabet changes.
func tokenise(s string) []token {
	runes := bounded(s)
	out := make([]token, 0, len(runes)/5+2)
	before := boundary
	for i := 0; i < len(runes); {
		r := runes[i]
		switch {
		case isDigit(r):
			j := i
			for j < len(runes) && isDigit(runes[j]) {
				j++
			}
			out = append(out, token{text: string(runes[i:j]), number: true, before: before, letters: j - i})
			before, i = 0, j
		case unicode.IsLetter(r):
			j := wordEnd(runes, i)
			if j == i+2 && before == 0 && j < len(runes) && isDigit(runes[j]) && len(out) > 0 { // 5ак2
				j--
			}
			out = appendWords(out, runes[i:j], before)
			before, i = 0, j
		default:
			if r == '.' && before == 0 && len(out) > 0 {
				out[len(out)-1].dotted = true
			}
			before |= separatorOf(r)
			i++
		}
	}
	readLettersAlike(out)
	return joinAbbreviations(out)
}

// readLettersAlike reads single Latin letters of a Cyrillic text as the Cyrillic ones they look like.
func readLettersAlike(ts []token) {
	cyrillic := slices.ContainsFunc(ts, func(t token) bool { return !t.number && !t.latin })
	for i := range ts {
		if t := &ts[i]; cyrillic && t.latin && t.letters == 1 && t.alternative != "" {
			t.text = t.alternative
		}
	}
}

func bounded(s string) []rune {
	out := make([]rune, 0, min(len(s), maxRunes))
	for _, r := range s {
		if len(out) == maxRunes {
			break
		}
		out = append(out, r)
	}
	return out
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

func separatorOf(r rune) separator {
	switch r {
	case '.':
		return point
	case '-', '–', '—', '‑', '−':
		return hyphen
	case '/', '\\':
		return slash
	case ',', ';', '(', ')', '[', ']', '\n', '|', ':':
		return boundary
	case '№', '#':
		return numero
	case '"', '«', '»', '“', '”', '„', '\'', '`':
		return quotation
	}
	return space
}

// wordEnd is where the word that starts at i ends.
func wordEnd(runes []rune, i int) int {
	j := i + 1
	for ; j < len(runes); j++ {
		if unicode.IsLetter(runes[j]) {
			if startsWord(runes, i, j) {
				return j
			}
			continue
		}
		if !withinWord(runes, i, j) {
			return j
		}
	}
	return j
}

// withinWord tells what is no letter and belongs to a word all the same:
// apostrophes (об'єкт), digits that stand for letters (Р0машка) and what is left of letters that were lost (Р?машка).
func withinWord(runes []rune, i, j int) bool {
	if isLost(runes[j]) {
		for j < len(runes) && isLost(runes[j]) {
			j++
		}
		return j < len(runes) && unicode.IsLower(runes[j])
	}
	if j+1 >= len(runes) || !unicode.IsLetter(runes[j+1]) {
		return false
	}
	switch runes[j] {
	case '\'', '’', 'ʼ':
		return j-i > 1 && unicode.IsLower(runes[j+1])
	case '0', '3':
		return !isDigit(runes[j-1]) && j+2 < len(runes) && unicode.IsLetter(runes[j+2])
	}
	return false
}

// isLost tells what stands where a code page had no place for a letter.
func isLost(r rune) bool { return r == '?' || r == unicode.ReplacementChar }

// startsWord tells whether a glued word starts at j: МагазинЗаря, ИПИванов.
func startsWord(runes []rune, i, j int) bool {
	if !unicode.IsUpper(runes[j]) || j-i < 2 {
		return false
	}
	if unicode.IsLower(runes[j-1]) {
		return !isForm(fold(lower(runes[i:letterEnd(runes, j)])))
	}
	return j+2 < len(runes) && unicode.IsLower(runes[j+1]) && unicode.IsLower(runes[j+2])
}

func letterEnd(runes []rune, j int) int {
	for j < len(runes) && unicode.IsLetter(runes[j]) {
		j++
	}
	return j
}

func lower(word []rune) string {
	out := make([]rune, len(word))
	for i, r := range word {
		out[i] = unicode.ToLower(r)
	}
	return string(out)
}

// appendWords adds a run of letters: one word, or several where two alphabets stand glued together.
func appendWords(out []token, run []rune, before separator) []token {
	small, latins, cyrillics := normalised(run)
	t := token{before: before, upper: inCapitals(run), latin: cyrillics == 0, letters: len(small)}
	if t.upper && len(small) == 2 {
		t.pair = [2]string{fold(string(small[:1])), fold(string(small[1:]))}
	}
	c, alike := "", false
	if latins > 0 {
		c, alike = asCyrillic(small)
	}
	switch {
	case latins > 0 && cyrillics > 0 && !alike:
		return appendByAlphabet(out, small, before)
	case latins > 0 && cyrillics > 0:
		t.text = fold(c)
	default:
		t.text = fold(string(small))
		if alike {
			t.alternative = fold(c)
		}
	}
	if t.text == "" {
		return out
	}
	return append(out, t)
}

// normalised is a run of letters in lower case, without apostrophes and lost letters, digits
// read as the letters they stand for; and how many letters of each alphabet there are.
func normalised(run []rune) (small []rune, latins, cyrillics int) {
	small = make([]rune, 0, len(run))
	for _, r := range run {
		l := unicode.ToLower(r)
		switch {
		case r == '0':
			l = 'о'
		case r == '3':
			l = 'з'
		case r == '\'' || r == '’' || r == 'ʼ' || isLost(r):
			continue
		case l >= 'a' && l <= 'z':
			latins++
		case l >= 0x400 && l < 0x530:
			cyrillics++
		}
		small = append(small, l)
	}
	return small, latins, cyrillics
}

func inCapitals(run []rune) bool {
	for _, r := range run {
		if unicode.IsLower(r) {
			return false
		}
	}
	return unicode.IsUpper(run[0])
}

func appendByAlphabet(out []token, small []rune, before separator) []token {
	start := 0
	for i := 1; i <= len(small); i++ {
		if i < len(small) && (small[i] < 0x80) == (small[i-1] < 0x80) {
			continue
		}
		if text := fold(string(small[start:i])); text != "" {
			out = append(out, token{text: text, before: before, latin: small[start] < 0x80, letters: i - start})
			before = 0
		}
		start = i
	}
	return out
}

// joinAbbreviations makes one token of what is written with a hyphen or slash (пр-т, м/н, р-н),
// and takes the endings off ordinals.
func joinAbbreviations(in []token) []token {
	out := in[:0]
	for _, t := range in {
		if n := len(out) - 1; n >= 0 && !t.number && (t.before == hyphen || t.before == slash || t.before == point) {
			last := &out[n]
			if joined := last.text + "-" + t.text; !last.number && last.letters <= 4 && (t.before != point || !last.upper) && isMarker(joined) {
				last.text, last.dotted = joined, t.dotted
				continue
			}
			if last.number && t.before == hyphen && isOrdinalEnding(t.text) {
				last.ordinal = true
				continue
			}
		}
		out = append(out, t)
	}
	return out
}

func isOrdinalEnding(s string) bool {
	switch s {
	case "ia", "i", "aia", "oi", "go", "e", "oe", "ogo", "letia", "richia", "ga", "sha":
		return true
	}
	return false
}
