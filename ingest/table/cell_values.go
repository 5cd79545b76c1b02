package table

import (
	"strings"
	"time"

	"github.com/distbase/distbase/ingest/grid"
	"github.com/shopspring/decimal"
)

func isCode(r Role) bool {
	switch r {
	case ProductCode, ClientCode, OutletCode, Barcode, ClientINN, DocNo:
		return true
	}
	return false
}

// codeText keeps the digits of a code that is stored as a number; leading zeros
// come from its format.
func codeText(c *cell) string {
	if c.kind == grid.Number && c.shape&shownDigits == 0 {
		return c.value
	}
	return c.text
}

// writtenDay is the day of a date cell as it stands there; false where that has to be read.
func writtenDay(c *cell) (string, bool) {
	if c.kind != grid.Date || len(c.value) < len(time.DateOnly) {
		return "", false
	}
	d := c.value[:len(time.DateOnly)]
	for i := range len(d) {
		if i == 4 || i == 7 {
			if d[i] != '-' {
				return "", false
			}
		} else if !isDigit(d[i]) {
			return "", false
		}
	}
	return d, d[5:7] >= "01" && d[5:7] <= "12" && d[8:] >= "01" && d[8:] <= "28"
}

// readDay reads a date cell: a date, a text, a serial number of days (ECMA-376 18.17.4.1)
// or 20260706 as a number; a month alone stands for its first day.
func readDay(c *cell, monthFirst bool) (time.Time, bool) {
	switch c.kind {
	case grid.Date:
		if len(c.value) < len(time.DateOnly) {
			return time.Time{}, false
		}
		d, err := time.Parse(time.DateOnly, c.value[:len(time.DateOnly)])
		return d, err == nil
	case grid.Number:
		if len(c.value) == 8 {
			if d, ok := parseDay(c.value, false); ok {
				return d, true
			}
		}
		if whole, _, _ := strings.Cut(c.value, "."); len(whole) != 5 { // most numbers, asked for in all rows
			return time.Time{}, false
		}
		n, err := decimal.NewFromString(c.value)
		if err != nil || n.LessThan(decimal.NewFromInt(32874)) || n.GreaterThan(decimal.NewFromInt(73050)) {
			return time.Time{}, false
		}
		return day(1899, 12, 30).AddDate(0, 0, int(n.IntPart())), true
	case grid.Text:
		if c.shape&dayText != 0 {
			return parseDay(c.text, monthFirst)
		}
		if p, ok := wholePeriod(c.text, 0); ok {
			return p.From, true
		}
	}
	return time.Time{}, false
}

var unitNames = wordSet(`шт штук штука кг г гр л мл м м2 м3 мм см уп упак упаковка пач пачка бут бутылка кор короб коробка ящ пар пара
	комп компл комплект рул рулон наб набор бан банка фл меш пак пог тыс pcs pc kg ea box pack шт. ед упк бл блок т дана бума`)

// nameTail is what stands glued to the end of a name: «…, шт, 4601234000017».
type nameTail struct{ unit, barcode string }

// splitUnit takes a glued unit ("…, шт"), a barcode and a trailing comma off a name.
func splitUnit(name string, glued bool) (string, string) {
	name, tail := splitTail(name, glued)
	return name, tail.unit
}

func splitTail(name string, glued bool) (string, nameTail) {
	var tail nameTail
	trimmed := strings.TrimRight(name, ", ")
	for glued {
		i := strings.LastIndexByte(trimmed, ',')
		if i <= 0 {
			break
		}
		last := strings.TrimSpace(trimmed[i+1:])
		switch {
		case tail.unit == "" && unitNames[strings.TrimSuffix(strings.ToLower(last), ".")]:
			tail.unit = last
		case tail.barcode == "" && len(last) >= 12 && len(last) <= 14 && strings.Trim(last, "0123456789") == "":
			tail.barcode = last
		default:
			return trimmed, tail
		}
		trimmed = strings.TrimRight(trimmed[:i], ", ")
	}
	return trimmed, tail
}
