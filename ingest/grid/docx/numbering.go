package docx

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"strconv"
	"strings"

	"github.com/distbase/distbase/ingest/grid/sheet"
)

const (
	listLevels = 9
	maxLists   = 10_000
)

// numbering are the lists of a document with how far each has counted (ECMA-376
// part 1, 17.9). Tables often count their rows by one.
type numbering struct {
	abstract map[string]*list
	lists    map[string]*numbered
}

// list is a definition with its counters, which all lists made of it share.
type list struct {
	levels [listLevels]listLevel
	count  [listLevels]int
	begun  [listLevels]bool
}

// listLevel is how the items of a level look.
type listLevel struct {
	start                int
	format, text, suffix string
	legal                bool // numbers of other levels are shown as decimal ones
}

// numbered is a list made of a definition.
type numbered struct {
	abstract string
	restart  map[int]int // level to its first number
}

// readNumbering reads the part; one that breaks off gives what it has.
func (p *pack) readNumbering(f *zip.File) (*numbering, error) {
	r, err := p.open(f)
	if err != nil {
		return nil, nil
	}
	defer r.Close()
	s := &numberingScan{numbering: &numbering{abstract: map[string]*list{}, lists: map[string]*numbered{}}}
	for x := newScanner(r); ; {
		token, err := x.next()
		var re *sheet.ReadError
		if errors.As(err, &re) {
			return nil, err
		}
		if err != nil {
			return s.numbering, nil
		}
		if e, ok := token.(xml.StartElement); ok {
			s.take(e)
		}
	}
}

// numberingScan is the walk over the part with what is open.
type numberingScan struct {
	*numbering
	list  *list
	num   *numbered
	level int
}

func (s *numberingScan) take(e xml.StartElement) {
	value := attr(e, "val")
	switch e.Name.Local {
	case "abstractNum":
		s.num, s.list = nil, &list{}
		if len(s.abstract) < maxLists {
			s.abstract[attr(e, "abstractNumId")] = s.list
		}
	case "num":
		s.list, s.num = nil, &numbered{restart: map[int]int{}}
		if len(s.lists) < maxLists {
			s.lists[attr(e, "numId")] = s.num
		}
	case "abstractNumId":
		if s.num != nil {
			s.num.abstract = value
		}
	case "lvl", "lvlOverride":
		s.level = levelOf(attr(e, "ilvl"))
	case "startOverride":
		if n, err := strconv.Atoi(value); err == nil && s.num != nil {
			s.num.restart[s.level] = n
		}
	default:
		if s.list != nil {
			s.list.levels[s.level].take(e.Name.Local, value, e)
		}
	}
}

func (l *listLevel) take(name, value string, e xml.StartElement) {
	switch name {
	case "start":
		l.start, _ = strconv.Atoi(value)
	case "numFmt":
		l.format = value
	case "lvlText":
		l.text = value
	case "suff":
		l.suffix = value
	case "isLgl":
		l.legal = on(e)
	}
}

func levelOf(value string) int {
	n, err := strconv.Atoi(value)
	if err != nil {
		return 0
	}
	return max(0, min(n, listLevels-1))
}

// next counts an item and gives what stands before it, and between that and its text.
func (n *numbering) next(id string, level int) (number, suffix string) {
	if n == nil || n.lists[id] == nil {
		return "", ""
	}
	num := n.lists[id]
	l := n.abstract[num.abstract]
	if l == nil {
		return "", ""
	}
	for at, start := range num.restart {
		l.count[at], l.begun[at] = start-1, true
		delete(num.restart, at) // once
	}
	for at := range level + 1 {
		if !l.begun[at] {
			l.count[at], l.begun[at] = l.levels[at].start, true
			if at == level {
				l.count[at]--
			}
		}
	}
	l.count[level]++
	for at := level + 1; at < listLevels; at++ {
		l.begun[at] = false
	}
	switch l.levels[level].suffix {
	case "space":
		return l.show(level), " "
	case "nothing":
		return l.show(level), ""
	}
	return l.show(level), "\t"
}

// show fills the numbers into the text of a level: "%1.%2)".
func (l *list) show(level int) string {
	this := l.levels[level]
	if this.format == "none" {
		return ""
	}
	if this.format == "bullet" {
		return strings.Map(bullet, this.text)
	}
	var pairs []string
	for at := range listLevels {
		format := l.levels[at].format
		if this.legal {
			format = "decimal"
		}
		pairs = append(pairs, "%"+strconv.Itoa(at+1), ordinal(l.count[at], format))
	}
	return strings.NewReplacer(pairs...).Replace(this.text)
}

// bullet turns the places of symbol fonts, where no letters are, into a point.
func bullet(r rune) rune {
	if r >= 0xE000 && r <= 0xF8FF {
		return '•'
	}
	return r
}

// ordinal writes a number in a format (17.18.59); unknown ones are decimal.
func ordinal(n int, format string) string {
	switch format {
	case "decimalZero":
		if n >= 0 && n < 10 {
			return "0" + strconv.Itoa(n)
		}
	case "lowerRoman":
		return strings.ToLower(roman(n))
	case "upperRoman":
		return roman(n)
	case "lowerLetter":
		return letters(n, "abcdefghijklmnopqrstuvwxyz")
	case "upperLetter":
		return letters(n, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
	case "russianLower":
		return letters(n, "абвгдежзиклмнопрстуфхцчшщэюя")
	case "russianUpper":
		return letters(n, "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЭЮЯ")
	}
	return strconv.Itoa(n)
}

// letters go on with a doubled one after the last: y, z, aa, bb.
func letters(n int, alphabet string) string {
	all := []rune(alphabet)
	if n < 1 || n > 20*len(all) {
		return strconv.Itoa(n)
	}
	return strings.Repeat(string(all[(n-1)%len(all)]), (n-1)/len(all)+1)
}

func roman(n int) string {
	if n < 1 || n > 3999 {
		return strconv.Itoa(n)
	}
	var b strings.Builder
	for _, d := range []struct {
		n int
		s string
	}{{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for ; n >= d.n; n -= d.n {
			b.WriteString(d.s)
		}
	}
	return b.String()
}
