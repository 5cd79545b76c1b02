package table

import (
	"math"
	"regexp"
	"strconv"
	"strings"

	"github.com/distbase/distbase/ingest/grid"
	"github.com/shopspring/decimal"
)

var blankFigure = math.NaN()

// figuresOf gives the measures of line i.
func (rd *reading) figuresOf(i int) []float64 {
	m := len(rd.measures)
	return rd.figures[i*m : (i+1)*m : (i+1)*m]
}

// hasFigures says whether any measure of line i is filled.
func (rd *reading) hasFigures(i int) bool {
	for _, f := range rd.figuresOf(i) {
		if f == f {
			return true
		}
	}
	return false
}

// styleSample bounds the texts a style is learned from.
const styleSample = 5000

// learnStyle reads how the numbers of a column are written.
func (rd *reading) learnStyle(c *column) {
	if c.stats.numericTexts == 0 {
		return
	}
	var texts []string
	for ri := rd.h.last + 1; ri < len(rd.v.rows) && len(texts) < styleSample; ri++ {
		if x := rd.v.cell(ri, c.col); x != nil && x.kind == grid.Text {
			texts = append(texts, x.text)
		}
	}
	style, ambiguous := styleOf(texts)
	c.style = style
	if ambiguous && rd.match != nil && rd.match.commas(c.col-1) != "" {
		c.style.commaThousands = rd.match.commas(c.col-1) == "thousands"
	} else if ambiguous {
		rd.doubt(Issue{Code: DoubtNumberStyle, Col: rd.v.letterOf(c.col), Role: c.role, Found: texts[0]})
	}
}

// dateOrder learns whether months stand before days.
func (rd *reading) dateOrder(c *column) {
	for ri := rd.h.last + 1; ri < len(rd.v.rows); ri++ {
		x := rd.v.cell(ri, c.col)
		if x == nil || x.kind != grid.Text || strings.Count(x.text, "/") != 2 {
			continue
		}
		toks := scanTokens(x.text)
		a, okA := num(toks, 0, 1, 2)
		b, okB := num(toks, 2, 1, 2)
		if okA && okB && b > 12 && a <= 12 {
			c.monthFirst = true
			return
		}
	}
}

// number reads a measure exactly.
func (rd *reading) number(c *column, x *cell) (decimal.Decimal, bool) {
	s, ok := rd.digits(c, x)
	if !ok {
		return decimal.Decimal{}, false
	}
	d, err := decimal.NewFromString(s)
	return d, err == nil
}

// figure reads a measure for comparing.
func (rd *reading) figure(c *column, x *cell) float64 {
	s, ok := rd.digits(c, x)
	if !ok {
		return blankFigure
	}
	f, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return blankFigure
	}
	return f
}

// digits gives a measure as decimal text.
func (rd *reading) digits(c *column, x *cell) (string, bool) {
	switch {
	case x == nil:
		return "", false
	case x.kind == grid.Number:
		return withoutNoise(x.value), true
	case x.kind != grid.Text || !couldBeNumber(x.text):
		return "", false
	case c.isMoney() && 2*c.stats.numbers > c.stats.filled && foreignMoney.MatchString(x.text):
		return "", false // another currency than the plain numbers around it
	}
	return c.style.canonical(x.text)
}

// significantDigits are what a workbook keeps of a number and shows of it; what follows is
// noise of its reckoning: 539.4000000000001.
const significantDigits = 15

// withoutNoise rounds a number that has more digits than mean anything.
func withoutNoise(value string) string {
	if len(value) <= significantDigits+1 || !strings.Contains(value, ".") {
		return value
	}
	f, err := strconv.ParseFloat(value, 64)
	if err != nil {
		return value
	}
	short, err := decimal.NewFromString(strconv.FormatFloat(f, 'g', significantDigits, 64))
	if err != nil {
		return value
	}
	return short.String()
}

// foreignMoney is a currency told beside the number.
var foreignMoney = regexp.MustCompile(`(?:[A-Z]{3}|\p{Sc})$|^(?:[A-Z]{3}|\p{Sc})`)

// closeTo compares sums that went through floating point in the source: to half
// a hundredth, or to the ninth digit of large ones.
func closeTo(a, b decimal.Decimal) bool {
	diff := a.Sub(b).Abs()
	return diff.LessThanOrEqual(decimal.New(5, -3)) || diff.LessThanOrEqual(b.Abs().Mul(decimal.New(1, -9)))
}

// near is closeTo for figures.
func near(a, b float64) bool {
	diff := math.Abs(a - b)
	return diff <= 0.0051 || diff <= math.Abs(b)*1e-9
}
