package agent

import (
	"slices"
	"strings"
	"unicode"
)

// part is a given name, patronymic or surname, written out or as an initial.
type part struct {
	text    string // lower case, as written
	folded  string
	initial bool
}

func (p part) absent() bool { return p.text == "" }

// reading is one way to read a name. Parts that are not written are absent.
type reading struct{ surname, given, patronymic part }

// name is what is read in a text.
type name struct {
	readings []reading
	words    string   // the folded words, sorted: names that differ in order alone are equal
	whole    string   // all words and numbers of the text, sorted
	codes    []string // that stand in it
	parts    int      // how many words and initials there are
}

// posts are words before or behind a name that say what the person does, in the form
// in which letters stand in reports.
func posts() []string {
	return strings.Fields(`тп тпр торг торговый торговая представитель представ предст пред агент менеджер мен менедж супервайзер супервизор св свайзер
		региональный рм мп медпредставитель медицинский мерчендайзер мерчандайзер мерч экспедитор сотрудник эксклюзивный ведущий старший
		ип господин гн гжа sales rep representative manager agent supervisor sv tp mr mrs ms kam кам`)
}

// parse reads a name.
func parse(text string) name {
	n := name{whole: wholeOf(text)}
	text, n.codes = takeCodes(text)
	list := initialsApart(withoutPosts(tokens(text)))
	for _, p := range list {
		n.words += p.folded + " "
	}
	if list != nil {
		sorted := strings.Fields(n.words)
		slices.Sort(sorted)
		n.words = strings.Join(sorted, " ")
	}
	n.parts = len(list)
	n.readings = read(list)
	return n
}

// wholeOf is all that is written, in whatever order: what a post or a territory is
// called (Тула-1) is no name of a person, and still the same.
func wholeOf(text string) string {
	words := strings.FieldsFunc(strings.ReplaceAll(strings.ToLower(text), "ё", "е"), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	slices.Sort(words)
	return strings.Join(words, " ")
}

// takeCodes takes what stands in brackets and words with digits out of a text.
func takeCodes(text string) (rest string, codes []string) {
	add := func(s string) {
		if c := codeOf(s); c != "" {
			codes = append(codes, c)
		}
	}
	for {
		from := strings.IndexAny(text, "([{")
		if from < 0 {
			break
		}
		inside, behind := text[from+1:], ""
		if to := strings.IndexAny(inside, ")]}"); to >= 0 {
			inside, behind = inside[:to], inside[to+1:]
		}
		add(inside)
		text = text[:from] + " " + behind
	}
	var words []string
	for _, w := range strings.Fields(text) {
		if strings.ContainsFunc(w, unicode.IsDigit) {
			add(w)
			continue
		}
		words = append(words, w)
	}
	return strings.Join(words, " "), codes
}

// codeOf is the form in which codes are compared: letters and digits alone.
func codeOf(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// token is a word of a text before it is known what it is.
type token struct {
	part
	capitals bool // written in capitals alone
}

func tokens(text string) []token {
	var out []token
	words := strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && r != '-' && r != '\'' && r != '’' })
	for _, w := range words {
		w = strings.Map(func(r rune) rune {
			if unicode.IsLetter(r) {
				return r
			}
			return -1
		}, w)
		if w == "" {
			continue
		}
		lower := oneAlphabet(strings.ReplaceAll(strings.ToLower(w), "ё", "е"))
		if n := len(out); n > 0 && slices.Contains([]string{"оглы", "огли", "кызы", "улы", "гызы", "oglu", "ogly", "kyzy"}, lower) {
			out[n-1].text += lower
			out[n-1].folded = fold(out[n-1].text)
			continue
		}
		out = append(out, token{part{lower, fold(lower), len([]rune(lower)) == 1}, w == strings.ToUpper(w)})
	}
	return out
}

// withoutPosts leaves posts out, where a name remains. Two capitals behind a word are
// initials, though they may spell a post.
func withoutPosts(list []token) []token {
	var out []token
	known := posts()
	for _, t := range list {
		isPost := slices.Contains(known, t.text)
		if isPost && len([]rune(t.text)) == 2 && t.capitals && len(out) > 0 && !out[len(out)-1].initial {
			isPost = false
		}
		if !isPost {
			out = append(out, t)
		}
	}
	return out
}

// initialsApart parts initials that are written as one word: Иванов ИИ.
func initialsApart(list []token) []part {
	var out []part
	for i, t := range list {
		letters := []rune(t.text)
		if len(letters) != 2 || !t.capitals || len(list) < 2 || len(list) == 2 && i == 0 && list[1].initial {
			out = append(out, t.part)
			continue
		}
		for _, r := range letters {
			out = append(out, part{string(r), fold(string(r)), true})
		}
	}
	return out
}

// read gives the ways in which parts can be read; none for what is no name of a person.
func read(list []part) []reading {
	var full, initials []part
	for _, p := range list {
		if p.initial {
			initials = append(initials, p)
			continue
		}
		full = append(full, p)
	}
	at := func(l []part, i int) part {
		if i < len(l) {
			return l[i]
		}
		return part{}
	}
	switch {
	case len(full) == 0 || len(full) > 3 || len(initials) > 2 || len(full)+len(initials) > 3:
		return nil
	case len(full) == 1:
		return []reading{{full[0], at(initials, 0), at(initials, 1)}}
	case len(full) == 2 && len(initials) == 1:
		return []reading{{full[0], full[1], initials[0]}, {full[1], full[0], initials[0]}}
	}
	return readWords(full)
}

// readWords reads two or three words that are written out.
func readWords(full []part) []reading {
	if len(full) == 2 {
		out := []reading{{full[0], full[1], part{}}, {full[1], full[0], part{}}}
		if isPatronymic(full[1].folded) { // Иван Иванович, or Роман Абрамович
			out = append(out, reading{part{}, full[0], full[1]})
		}
		return out
	}
	if isPatronymic(full[1].folded) && !isPatronymic(full[0].folded) && !isPatronymic(full[2].folded) {
		return []reading{{full[2], full[0], full[1]}}
	}
	out := []reading{{full[0], full[1], full[2]}}
	if !isPatronymic(full[2].folded) || isPatronymic(full[1].folded) {
		out = append(out, reading{full[2], full[0], full[1]})
	}
	return out
}

// isPatronymic tells patronymics by their endings, as they are folded. Surnames may end
// so too.
func isPatronymic(folded string) bool {
	for _, end := range []string{"ovich", "evich", "ovna", "evna", "ichna", "inichna", "oglu", "ogli", "kizi", "gizi", "uli"} {
		if len(folded) > len(end)+1 && strings.HasSuffix(folded, end) {
			return true
		}
	}
	return len(folded) > 5 && (strings.HasSuffix(folded, "lich") || strings.HasSuffix(folded, "mich") || strings.HasSuffix(folded, "tich"))
}
