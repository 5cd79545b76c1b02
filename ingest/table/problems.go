package table

import (
	"strings"

	"github.com/distbase/distbase/ingest/grid"
)

// findProblems looks over the cells of the records for what a person has to look
// at: errors, texts where numbers or dates should stand, negative prices.
func (rd *reading) findProblems() {
	var check []*column
	for i := range rd.cols {
		c := &rd.cols[i]
		if c.role.IsNumber() || c.role == Date || rd.cross.covers(c.col) {
			check = append(check, c)
		}
	}
	for i := range rd.lines {
		l := &rd.lines[i]
		if l.class != "" {
			continue
		}
		for _, c := range check {
			if x := rd.v.cell(l.ri, c.col); x != nil {
				rd.look(c, x, rd.v.rows[l.ri].N)
			}
		}
	}
}

// look notes what is wrong with one cell. A dash stands for nothing.
func (rd *reading) look(c *column, x *cell, row int) {
	switch {
	case x.kind == grid.Error:
		rd.problem(ProblemErrorCell, row, c, x.text)
	case c.role == Date:
		if x.kind == grid.Date {
			return
		}
		if _, ok := rd.dayOf(c, x); !ok {
			rd.problem(ProblemNotDate, row, c, x.text)
		}
	case x.kind == grid.Number:
		if c.role == Price && x.value[0] == '-' {
			rd.problem(ProblemNegative, row, c, x.text)
		}
	default:
		if _, ok := rd.digits(c, x); !ok && (lettersIn(x.text, 1) > 0 || strings.ContainsAny(x.text, "0123456789")) {
			rd.problem(ProblemNotNumber, row, c, x.text)
			if (c.role == StockQty || c.role == Quantity) && tellsAvailability(x.text) {
				rd.untold++
			}
		}
	}
}

// problem notes a cell.
func (rd *reading) problem(code string, row int, c *column, found string) {
	if len(rd.problems) < maxProblems {
		rd.problems = append(rd.problems, Issue{Code: code, Sheet: rd.v.sheet.Name, Row: row, Col: rd.v.letterOf(c.col), Role: c.role, Found: found})
	}
	rd.problemCount[code]++
}

// maxProblems bounds what is listed; the count goes on.
const maxProblems = 1000
