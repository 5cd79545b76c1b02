package name

import (
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Kind is what a token is.
type Kind uint8

// The kinds of a token.
const (
	Word   Kind = iota
	Number      // a number without a unit
	Code        // letters and digits that stand together, or digits joined by signs
	Filler      // says nothing of the product: function words, words of promotion
)

// Token is a part of a name.
type Token struct {
	Kind Kind
	// Text is the token in lower case; a code without signs.
	Text string
	// Key is the folded Latin stem under which tokens are compared.
	Key string
	// Latin tells a word in Latin letters.
	Latin bool
	// Marked tells a word in capitals or quotation marks.
	Marked bool
	// Short tells an abbreviation: a point stands behind it, or Tail is given.
	Short bool
	// Tail is the end of a contracted word (ср-во: Key "sr", Tail "vo").
	Tail string
}

// Name is a trade name taken apart.
type Name struct {
	Tokens []Token
	Sizes  []Size
	// Traits are attributes told by words.
	Traits Traits
}

// Parse takes a name apart.
func Parse(text string) Name {
	p := parser{atoms: cut(text)}
	for p.i < len(p.atoms) {
		p.step()
	}
	p.name.Traits = traitsOf(p.name)
	return p.name
}

// Canonical is the form under which names are equal: words in lower case, е for ё,
// codes without signs, sizes in base units, in the order of the name; words of
// promotion are left out.
func (n Name) Canonical() string {
	var b strings.Builder
	for _, t := range n.Tokens {
		if t.Kind == Filler && promotion(t.Text) {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(t.Text)
	}
	for _, s := range n.Sizes {
		b.WriteString(" " + s.String())
	}
	return strings.TrimSpace(b.String())
}

// String is the size as a machine word: 500ml, 12pcs.
func (s Size) String() string {
	symbol := [...]string{"ml", "pcs", "mm", "parts", "%", "w", "mb", "v", "hz"}[s.Dimension]
	if s.Weight {
		symbol = "g"
	}
	return strconv.FormatFloat(math.Round(s.Value*1000)/1000, 'f', -1, 64) + symbol
}

// parser walks over the atoms of a name.
type parser struct {
	atoms []atom
	i     int
	name  Name
}

func (p *parser) step() {
	a := p.atoms[p.i]
	switch {
	case a.isNumber() && p.ratio(), a.isNumber() && p.sized(), p.code():
	case a.isNumber():
		p.number(a)
	default:
		p.word(a)
	}
	if p.i > 0 {
		p.plus(p.atoms[p.i-1])
	}
}

// at is the atom k places on, or an empty one.
func (p *parser) at(k int) atom {
	if p.i+k < len(p.atoms) && p.i+k >= 0 {
		return p.atoms[p.i+k]
	}
	return atom{}
}

// ratio reads a dilution: 1:10, 1:50-1:100.
func (p *parser) ratio() bool {
	next := p.at(1)
	if !next.isNumber() || strings.TrimSpace(next.sep) != ":" || p.at(0).text != "1" {
		return false
	}
	p.size(Ratio, next.text, 1, false)
	p.i += 2
	return true
}

// sized reads a number with its unit behind it, a count of the form «12х0,5 л»,
// «№20», «1/12», or a percentage.
func (p *parser) sized() bool {
	a, next := p.at(0), p.at(1)
	if a.sep == "" && p.i > 0 && p.at(-1).class == latin || p.i > 0 && strings.HasSuffix(a.sep, "-") && p.at(-1).class == latin && len(p.at(-1).text) <= 4 {
		return p.codeLike(a, next)
	}
	if s := strings.TrimSpace(a.after); strings.HasPrefix(s, "%") {
		p.size(Percent, a.text, 1, false)
		p.i++
		return true
	}
	if inch := strings.HasPrefix(a.after, "'") || strings.HasPrefix(a.after, "\"") || strings.HasPrefix(a.after, "”"); inch && a.sep != "'" {
		p.size(Length, a.text, 25.4, false)
		p.i++
		return true
	}
	if u, ok := p.unitBehind(next); ok {
		p.size(u.dimension, a.text, u.factor, u.weight)
		p.i += 2
		return true
	}
	return p.counted(a, next)
}

// codeLike keeps sizes glued to Latin letters out of codes where they stand in
// capitals behind a word (Crystal1л is read, DVP10L is a code).
func (p *parser) codeLike(a, next atom) bool {
	u, ok := p.unitBehind(next)
	if !ok || next.class != cyrillic || a.sep != "" {
		return false
	}
	p.size(u.dimension, a.text, u.factor, u.weight)
	p.i += 2
	return true
}

// unitBehind reads the atom behind a number as its unit.
func (p *parser) unitBehind(next atom) (unit, bool) {
	if next.class <= digit || strings.TrimLeft(next.sep, " .-\u00a0") != "" || len(next.sep) > 3 {
		return unit{}, false
	}
	u, ok := unitOf(next.text)
	if !ok || u.glued && next.sep != "" {
		return unit{}, false
	}
	// A letter that more characters are glued to is no unit: 5L40, 3M-Filter.
	follow := p.at(2)
	if follow.class > gap && utf8.RuneCountInString(next.text) == 1 {
		if follow.sep == "" && (follow.isNumber() || follow.class == next.class) {
			return unit{}, false
		}
		if follow.sep == "-" && next.sep == "" && next.upper && next.class == latin {
			return unit{}, false
		}
	}
	return u, true
}

// counted reads the counts that need no unit.
func (p *parser) counted(a, next atom) bool {
	if inPieces(strings.TrimSpace(a.sep)) {
		p.size(Count, a.text, 1, false)
		p.number(a)
		return true
	}
	if k := p.times(a, next); k > 0 {
		p.size(Count, a.text, 1, false)
		p.i += k
		return true
	}
	if a.text == "1" && next.isNumber() && next.sep == "/" && len(next.text) <= 3 && len(next.text) > 1 {
		p.size(Count, next.text, 1, false)
		p.i += 2
		return true
	}
	return false
}

// times tells how many atoms say that so many are packed of a content: 2 of «12 х 0,5 л», 1 of «12*0,5 л».
func (p *parser) times(a, next atom) int {
	k := 0
	switch {
	case next.isNumber() && strings.ContainsAny(next.sep, "*×"):
		k = 1
	case (next.text == "х" || next.text == "x") && p.at(2).isNumber():
		k = 2
	default:
		return 0
	}
	if u, ok := p.unitAfter(k); ok && u.dimension == Content {
		return k
	}
	return 0
}

// unitAfter is the unit of the number k atoms on.
func (p *parser) unitAfter(k int) (unit, bool) {
	p.i += k
	defer func() { p.i -= k }()
	return p.unitBehind(p.at(1))
}

func (p *parser) size(d Dimension, text string, factor float64, weight bool) {
	v, err := strconv.ParseFloat(text, 64)
	if err != nil || v <= 0 || v > 1e12 {
		return
	}
	s := Size{Dimension: d, Value: v * factor, Weight: weight && d == Content}
	for _, old := range p.name.Sizes {
		if old == s {
			return
		}
	}
	if len(p.name.Sizes) < 24 {
		p.name.Sizes = append(p.name.Sizes, s)
	}
}

// code reads letters and digits that stand together.
func (p *parser) code() bool {
	n, digits, letters := 1, 0, 0
	for k := 0; p.i+k < len(p.atoms); k++ {
		a := p.at(k)
		if k > 0 && (!p.joins(k) || p.sizeAt(k)) {
			break
		}
		if n = k + 1; a.isNumber() {
			digits++
		} else {
			letters++
		}
	}
	for n > 1 && !p.at(n-1).isNumber() && utf8.RuneCountInString(p.at(n-1).text) > 4 && p.at(n-1).sep != "" {
		n--
		letters--
	}
	if n < 2 || digits == 0 {
		return false
	}
	var b strings.Builder
	for k := range n {
		b.WriteString(strings.ReplaceAll(p.at(k).text, ".", ""))
	}
	text := b.String()
	p.add(Token{Kind: Code, Text: text, Key: codeKey(text), Latin: true})
	p.i += n
	return true
}

// sizeAt tells a size in Cyrillic glued to a Latin word: Crystal1л.
func (p *parser) sizeAt(k int) bool {
	if !p.at(k).isNumber() || p.at(k-1).isNumber() {
		return false
	}
	p.i += k
	defer func() { p.i -= k }()
	_, ok := p.unitBehind(p.at(1))
	return ok && p.at(1).class == cyrillic
}

// joins tells whether the atom k places on belongs to the same code as the one before it.
func (p *parser) joins(k int) bool {
	a, before := p.at(k), p.at(k-1)
	switch a.sep {
	case "":
		return joinsGlued(a, before, k)
	case "-", "_":
		return joinsBySign(a, before)
	case "/":
		// MB591LL/A is one, 10/100 and A/V are two.
		return (a.isNumber() == before.isNumber() || k > 1) && joinsBySign(a, before)
	}
	return false
}

func joinsGlued(a, before atom, k int) bool {
	letters := a
	switch {
	case a.isNumber():
		letters = before
	case !before.isNumber():
		return k > 1 && a.class == before.class
	}
	return letters.class != cyrillic || utf8.RuneCountInString(letters.text) <= 2
}

func joinsBySign(a, before atom) bool {
	if a.isLong() || before.isLong() {
		return false
	}
	if a.class == cyrillic || before.class == cyrillic {
		return a.isNumber() && before.isNumber()
	}
	return true
}

func (p *parser) number(a atom) {
	text := a.text
	if strings.Contains(text, ".") {
		text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
	}
	kind := Number
	if len(text) >= 5 {
		kind = Code
	}
	p.add(Token{Kind: kind, Text: text, Key: text})
	p.i++
}

// word reads a word, with the rest of a contraction where it is one.
func (p *parser) word(a atom) {
	t := Token{Text: a.text, Latin: a.class == latin, Marked: a.upper && utf8.RuneCountInString(a.text) > 1 || a.quote}
	next := p.at(1)
	p.i++
	if full, ok := preposition(a, next.sep); ok {
		t.Text, t.Kind = full, Filler
	}
	if contracted(a, next) {
		t.Key, t.Tail, t.Short = keyOf(a.text), keyOf(next.text), true
		if t.Key == "" { // signs alone, that no Latin letter stands for
			t.Key = t.Text
		}
		t.Text += "-" + next.text
		p.i++
		p.add(t)
		return
	}
	if filler(t.Text) || promotion(t.Text) {
		t.Kind = Filler
	}
	t.Short = strings.HasPrefix(a.after, ".") && p.i < len(p.atoms)
	t.Key = keyOf(stem(t.Text, a.class))
	if t.Short {
		t.Key = keyOf(t.Text)
	}
	if t.Key == "" {
		t.Key = t.Text
	}
	p.add(t)
}

// contracted tells words whose middle is left out: ср-во, конц-т.
func contracted(a, next atom) bool {
	if next.sep != "-" || a.class != cyrillic || next.class != cyrillic {
		return false
	}
	head, tail := utf8.RuneCountInString(a.text), utf8.RuneCountInString(next.text)
	if next.text == "во" {
		return head <= 3
	}
	return head <= 6 && tail <= 3
}

// plus reads a plus sign behind a word as the word that it is said as.
func (p *parser) plus(a atom) {
	// «Acid+губка», «1+1» join two things.
	if !strings.HasPrefix(strings.TrimLeft(a.after, " "), "+") || a.isNumber() || a.after == "+" && p.i < len(p.atoms) {
		return
	}
	p.add(Token{Text: "+", Key: "plus", Latin: true, Marked: true})
}

func (p *parser) add(t Token) {
	if len(p.name.Tokens) < 100 {
		p.name.Tokens = append(p.name.Tokens, t)
	}
}

// codeKey is a code with letters that look alike in Latin.
func codeKey(s string) string {
	ascii := true
	for i := range len(s) {
		ascii = ascii && s[i] < 0x80
	}
	if ascii {
		return s
	}
	out := make([]byte, 0, len(s))
	for _, r := range s {
		if r < 0x80 {
			out = append(out, byte(r))
			continue
		}
		if l := other(r); l != 0 {
			r = l
		}
		if t, ok := transliterate(r); ok {
			out = append(out, t...)
			continue
		}
		out = append(out, string(r)...)
	}
	return string(out)
}

// Compact is a code as it is compared: letters and digits in Latin, nothing between them.
func Compact(code string) string {
	var b strings.Builder
	for _, a := range cut(code) {
		b.WriteString(strings.ReplaceAll(a.text, ".", ""))
	}
	return codeKey(b.String())
}

// Words cuts a text where the kind of character changes, in lower case.
func Words(text string) []string {
	var out []string
	for _, a := range cut(text) {
		out = append(out, a.text)
	}
	return out
}
