package csv

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// verticals are what print-outs draw between columns. Those after the first three
// need drawn rules beside them.
var verticals = [...]string{"│", "║", "┃", "|", "¦", "!"}

// layoutLines is how many lines a layout is told by, layoutWidth how long they may be.
const (
	layoutLines = 400
	layoutWidth = 2000
)

// linesOf are the first lines of a text that hold something.
func linesOf(text string) []string {
	var out []string
	for text != "" && len(out) < layoutLines {
		end := strings.IndexAny(text, "\r\n")
		line := text
		if end >= 0 {
			line, text = text[:end], text[end+1:]
		} else {
			text = ""
		}
		if strings.TrimSpace(line) != "" {
			out = append(out, line)
		}
	}
	return out
}

// drawnLayout sees a table with drawn lines, nil where there is none.
func drawnLayout(lines []string) *layout {
	rules := 0
	for _, l := range lines {
		if isRule(l) {
			rules++
		}
	}
	for i, vertical := range verticals {
		rows := 0
		counts := map[int]int{}
		for _, l := range lines {
			if n := strings.Count(l, vertical); n > 0 && !isRule(l) {
				rows++
				counts[n]++
			}
		}
		if rows < 2 || rules == 0 && i > 2 || 2*(rows+rules) < len(lines) {
			continue
		}
		if usual := mostOf(counts); usual > 1 || i < 3 {
			return &layout{vertical: vertical, places: placesOf(lines, vertical, usual)}
		}
	}
	return nil
}

func mostOf(counts map[int]int) int {
	best := 0
	for n, times := range counts {
		if times > counts[best] || times == counts[best] && n > best {
			best = n
		}
	}
	return best
}

// placesOf is where the verticals stand in most of the lines that have the usual number of them.
func placesOf(lines []string, vertical string, usual int) []int {
	seen := map[string]int{}
	var best []int
	most := 0
	for _, l := range lines {
		if strings.Count(l, vertical) != usual || isRule(l) {
			continue
		}
		var places []int
		var key strings.Builder
		place := 0
		parts := strings.Split(l, vertical)
		for _, p := range parts[:len(parts)-1] {
			place += utf8.RuneCountInString(p)
			places = append(places, place)
			key.WriteRune(rune(place))
			place++
		}
		if seen[key.String()]++; seen[key.String()] > most {
			best, most = places, seen[key.String()]
		}
	}
	return best
}

// fixedLayout sees columns parted by blanks that stand at the same places of
// nearly all lines, nil where there are none.
func fixedLayout(lines []string) *layout {
	var body, rules []string
	for _, l := range lines {
		if isRule(l) {
			rules = append(rules, l)
		} else if l = strings.TrimRight(l, " \t"); hasWideBlank(l) && len(l) <= layoutWidth && !strings.Contains(l, "\t") {
			body = append(body, l)
		}
	}
	if len(body) < 3 || 10*len(body) < 6*(len(lines)-len(rules)) {
		return nil
	}
	for _, r := range rules {
		if l := ruledLayout(r); l != nil {
			return l
		}
	}
	filled := filledPlaces(body)
	l := &layout{gutters: guttersOf(filled, len(body))}
	if len(l.gutters) == 0 || !l.reached(filled, len(body)) {
		return nil
	}
	return l
}

// guttersOf finds the gutters by how many of the lines have a character at each place.
func guttersOf(filled []int, lines int) []span {
	noise := lines / 50
	if lines >= 6 {
		noise++ // a total, a title
	}
	var out []span
	for place := 0; place < len(filled); place++ {
		if filled[place] > noise {
			continue
		}
		g := span{place, place}
		for g.to < len(filled) && filled[g.to] <= noise {
			g.to++
		}
		if g.from > 0 && g.to < len(filled) && isGutter(g, filled, lines) {
			out = append(out, freest(g, filled))
		}
		place = g.to
	}
	return out
}

// ruledLayout takes the columns from the dashes drawn under their titles.
func ruledLayout(rule string) *layout {
	l := &layout{}
	rule = strings.TrimRight(rule, " ")
	for at := len(rule) - len(strings.TrimLeft(rule, " ")); ; {
		i := strings.IndexByte(rule[at:], ' ')
		if i < 0 {
			break
		}
		from := at + i
		at = from + len(rule[from:]) - len(strings.TrimLeft(rule[from:], " "))
		l.gutters = append(l.gutters, span{utf8.RuneCountInString(rule[:from]), utf8.RuneCountInString(rule[:at])})
	}
	if len(l.gutters) == 0 {
		return nil
	}
	return l
}

// hasWideBlank tells a line in which two blanks or more part words.
func hasWideBlank(line string) bool {
	return strings.Contains(strings.TrimLeft(line, " "), "  ")
}

// filledPlaces counts the lines that have a character at each place.
func filledPlaces(lines []string) []int {
	var filled []int
	for _, l := range lines {
		place := 0
		for _, r := range l {
			if place == len(filled) {
				filled = append(filled, 0)
			}
			if r != ' ' && r != '\u00a0' {
				filled[place]++
			}
			place++
		}
	}
	return filled
}

// freest is the longest part of a gutter in which the fewest lines have a character.
func freest(g span, filled []int) span {
	least := slices.Min(filled[g.from:g.to])
	var best span
	for from := g.from; from < g.to; from++ {
		to := from
		for to < g.to && filled[to] == least {
			to++
		}
		if to-from > best.to-best.from {
			best = span{from, to}
		}
		from = to
	}
	return best
}

// isGutter: one blank parts columns only where most lines reach it from one side.
func isGutter(g span, filled []int, lines int) bool {
	if g.to-g.from >= 2 {
		return true
	}
	return lines >= 8 && filled[g.from] == 0 && 10*max(filled[g.from-1], filled[g.to]) >= 6*lines
}

// reached tells that the columns hold something in a good part of the lines: text
// that merely ends early has blanks in common too.
func (l *layout) reached(filled []int, lines int) bool {
	last := l.gutters[len(l.gutters)-1].to
	return 10*slices.Max(filled[last:]) >= 3*lines
}
