package workbook

import (
	"fmt"
	"slices"
	"strings"

	"github.com/shopspring/decimal"
	"github.com/xuri/excelize/v2"

	"github.com/distbase/distbase/reports/cube"
)

// cross is amount by distributors (down) and brands (across), added up over all
// else, both in the order of the pivot table: by name.
type cross struct {
	total string
	down  []string
	over  []string
	cells map[[2]string]decimal.Decimal
}

func newCross(data *cube.Result, words Words) cross {
	c := cross{total: words.Total, cells: make(map[[2]string]decimal.Decimal)}
	d, b, amount := slices.Index(data.Dimensions, "distributor"), slices.Index(data.Dimensions, "brand"), data.Column("amount")
	named := func(key string) string {
		if key == "" {
			return words.Unmapped
		}
		return key
	}
	for _, row := range data.Rows {
		at := [2]string{named(row.Keys[d]), named(row.Keys[b])}
		if !slices.Contains(c.down, at[0]) {
			c.down = append(c.down, at[0])
		}
		if !slices.Contains(c.over, at[1]) {
			c.over = append(c.over, at[1])
		}
		c.cells[at] = c.cells[at].Add(row.Values[amount])
	}
	byName := func(a, b string) int { return strings.Compare(strings.ToLower(a), strings.ToLower(b)) }
	slices.SortFunc(c.down, byName)
	slices.SortFunc(c.over, byName)
	return c
}

// write puts the table on a sheet, its header in the row first.
func (c cross) write(f *excelize.File, s styles, name string, first int, corner string) error {
	sheet := sheetWriter{f: f, name: name}
	sheet.set(first, 1, corner, s.header)
	sums := make([]decimal.Decimal, len(c.over)+1)
	for i, over := range c.over {
		sheet.set(first, i+2, over, s.headerRight)
	}
	sheet.set(first, len(c.over)+2, c.total, s.headerRight)
	row := first
	for _, down := range c.down {
		row++
		sheet.set(row, 1, down, 0)
		line := decimal.Zero
		for i, over := range c.over {
			if v, ok := c.cells[[2]string{down, over}]; ok {
				sheet.set(row, i+2, cell(v), s.money)
				sums[i], line = sums[i].Add(v), line.Add(v)
			}
		}
		sheet.set(row, len(c.over)+2, cell(line), s.strongMoney)
		sums[len(c.over)] = sums[len(c.over)].Add(line)
	}
	row++
	sheet.set(row, 1, c.total, s.strong)
	for i, sum := range sums {
		sheet.set(row, i+2, cell(sum), s.strongMoney)
	}
	sheet.width(1, 1, 34)
	sheet.width(2, len(c.over)+2, 16)
	sheet.freeze(first, 1)
	return sheet.err
}

// pivot is the pivot table over the data sheet, with the figures it will show
// written out under it. It reads the header of the data sheet, which is written
// for good, streamed, only afterwards.
func (b Workbook) pivot(f *excelize.File, s styles, c cross) error {
	if len(b.Data.Rows) == 0 {
		return nil // a pivot table over a header alone does not open
	}
	headers := b.headers()
	head := sheetWriter{f: f, name: b.Words.Data}
	for i, h := range headers {
		head.set(1, i+1, h, s.header)
	}
	if head.err != nil {
		return head.err
	}
	const first = 4 // rows above are for the filters and the name of the measure
	if err := c.write(f, s, b.Words.Pivot, first, b.Words.Columns["distributor"]); err != nil {
		return err
	}
	lastData, err := excelize.CoordinatesToCellName(len(headers), len(b.Data.Rows)+1, true)
	if err != nil {
		return err
	}
	lastPivot, err := excelize.CoordinatesToCellName(len(c.over)+2, first+len(c.down)+1, true)
	if err != nil {
		return err
	}
	var filters []excelize.PivotTableField
	for _, d := range b.Data.Dimensions {
		if d == "month" || d == "category" {
			filters = append(filters, excelize.PivotTableField{Data: b.Words.Columns[d]})
		}
	}
	return f.AddPivotTable(&excelize.PivotTableOptions{
		DataRange:       fmt.Sprintf("%s!$A$1:%s", b.Words.Data, lastData),
		PivotTableRange: fmt.Sprintf("%s!$A$%d:%s", b.Words.Pivot, first-1, lastPivot),
		Rows:            []excelize.PivotTableField{{Data: b.Words.Columns["distributor"], DefaultSubtotal: true, Outline: true, Compact: true}},
		Columns:         []excelize.PivotTableField{{Data: b.Words.Columns["brand"], DefaultSubtotal: true}},
		Data:            []excelize.PivotTableField{{Data: b.Words.Columns["amount"], Name: b.Words.Columns["amount"] + " ", Subtotal: "Sum", NumFmt: 4}},
		Filter:          filters,
		RowGrandTotals:  true, ColGrandTotals: true, ShowDrill: true, ShowRowHeaders: true, ShowColHeaders: true, ShowLastColumn: true,
		PivotTableStyleName: "PivotStyleLight16",
	})
}
