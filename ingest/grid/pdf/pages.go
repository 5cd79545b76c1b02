package pdf

import (
	"math"
	"regexp"
	"slices"
	"strings"
)

// pageNumber is text that only counts pages; the first number is the page's.
var pageNumber = regexp.MustCompile(`(?i)^(?:стр\.?|страница|лист|page)?\s*[-–—]?\s*\d{1,5}\s*[-–—]?(?:\s*(?:из|of|/)\s*\d{1,5})?$`)

// longWord is a word of three letters or more: two of them make a title, not a name of a sheet or a time.
var longWord = regexp.MustCompile(`\p{L}{3,}`)

// joinPages puts pages one after another without running heads and feet and without what repeats the
// heading of the first page's table.
func joinPages(pages [][]row) []row {
	var out, first []row
	heads, feet := running(pages, false), running(pages, true)
	for i, rows := range pages {
		rows = numberless(rows, len(pages) > 1)
		if heads && len(rows) > 0 && (i > 0 || !titled(rows[0])) {
			rows = rows[1:]
		}
		if feet && len(rows) > 0 {
			rows = rows[:len(rows)-1]
		}
		if first == nil {
			first = rows
			out = append(out, rows...)
			continue
		}
		out = append(out, rows[repeated(first, rows):]...)
	}
	return out
}

func titled(r row) bool { return len(longWord.FindAllString(r.pieces[0].text, 2)) == 2 }

// running tells whether all pages begin (or end) with the same words at the same height, outside any ruled cell.
func running(pages [][]row, foot bool) bool {
	var want row
	for i, rows := range pages {
		rows = numberless(rows, len(pages) > 1)
		if len(rows) < 2 {
			return false
		}
		r := rows[0]
		if foot {
			r = rows[len(rows)-1]
		}
		r.pieces = slices.DeleteFunc(slices.Clone(r.pieces), func(p piece) bool { return counts(p.text) })
		if len(r.pieces) != 1 || r.ruled {
			return false
		}
		if i == 0 {
			want = r
			continue
		}
		if !same(want, r) || math.Abs(want.y-r.y) > 1 {
			return false
		}
	}
	return len(pages) > 1
}

// counts is a page's number that cannot be data: with a word or of how many.
func counts(s string) bool {
	return pageNumber.MatchString(s) && strings.ContainsFunc(s, func(c rune) bool { return c > '9' || c == '/' })
}

// numberless leaves out lines that are a page's number. A bare number may be data where there is but one page.
func numberless(rows []row, many bool) []row {
	is := func(r row) bool {
		return !r.ruled && len(r.pieces) == 1 && (counts(r.pieces[0].text) || many && pageNumber.MatchString(r.pieces[0].text))
	}
	if n := len(rows); n > 1 && is(rows[n-1]) {
		rows = rows[:n-1]
	}
	if len(rows) > 1 && is(rows[0]) {
		rows = rows[1:]
	}
	return rows
}

// headingRows is how far down the first page a repeated heading of the table may begin: titles stand above it.
const headingRows = 30

// repeated counts the rows at the top of a page that repeat rows of the first page. A single
// data row repeated by chance is told by its place: a heading stands as high on every page.
func repeated(first, rows []row) int {
	if len(rows) == 0 {
		return 0
	}
	for at := 0; at < min(headingRows, len(first)); at++ {
		n := 0
		for at+n < len(first) && n < len(rows) && same(first[at+n], rows[n]) {
			n++
		}
		if n > 0 && heading(rows[:n]) {
			return n
		}
	}
	return 0
}

// heading tells words from data: no cell of it begins with a digit unless all do (column numbers).
func heading(rows []row) bool {
	for _, pc := range rows[0].pieces {
		if c := pc.text[0]; c >= '0' && c <= '9' {
			return false
		}
	}
	return true
}

func same(a, b row) bool {
	return slices.EqualFunc(a.pieces, b.pieces, func(p, q piece) bool { return p.text == q.text })
}
