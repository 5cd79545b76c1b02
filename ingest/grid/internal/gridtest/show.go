package gridtest

import (
	"fmt"
	"slices"
	"strings"

	"github.com/distbase/distbase/ingest/grid/sheet"
)

// Show writes a book down for a test to compare, a line a sheet:
//
//	[name]~ A1=s:text B2=n:1.5|1,50{0.00}>>^*~ A1:B1 !code(A1 text)
//
// The name is left out where there is none, ~ says hidden. A cell is the letter of
// its kind and its value, behind | the text it is shown by where that is another,
// in braces the number format, > for each step of indent, ^ of outline, * bold,
// ~ hidden; ends of lines and tabs are \n, \r and \t. Merged areas and warnings of
// the sheet follow, these with their place and argument. Warnings about the file have
// lines of their own.
func Show(book *sheet.Book) string {
	var lines []string
	for _, s := range book.Sheets {
		lines = append(lines, showSheet(s))
	}
	for _, w := range book.Warnings {
		lines = append(lines, showWarning(w))
	}
	return strings.Join(lines, "\n")
}

func showSheet(s *sheet.Sheet) string {
	head := ""
	if s.Name != "" {
		head = "[" + s.Name + "]"
	}
	all := []string{head + mark(s.Hidden, "~")}
	for row := range s.All() {
		for i := range row.Cells {
			all = append(all, showCell(&row.Cells[i]))
		}
	}
	for _, m := range s.Merges {
		all = append(all, place(m.FirstRow, m.FirstCol)+":"+place(m.LastRow, m.LastCol))
	}
	for _, w := range s.Warnings {
		if w.Sheet == s.Name { // as it should
			w.Sheet = ""
		}
		all = append(all, showWarning(w))
	}
	return words(all...)
}

func showCell(c *sheet.Cell) string {
	s := place(c.Row, c.Col) + "=" + c.Kind.Letter() + ":" + c.Value
	if c.Text != c.Value {
		s += "|" + c.Text
	}
	s = strings.NewReplacer("\n", `\n`, "\r", `\r`, "\t", `\t`).Replace(s)
	if c.Format != "" {
		s += "{" + c.Format + "}"
	}
	return s + strings.Repeat(">", int(c.Indent)) + strings.Repeat("^", int(c.Outline)) + mark(c.Bold, "*") + mark(c.Hidden, "~")
}

func showWarning(w sheet.Warning) string {
	if what := words(w.Sheet, place(w.Row, w.Col), w.Text); what != "" {
		return "!" + w.Code + "(" + what + ")"
	}
	return "!" + w.Code
}

// place is a cell, a row alone, or nothing.
func place(row, col int) string {
	if row == 0 {
		return ""
	}
	return fmt.Sprintf("%s%d", sheet.ColumnName(col), row)
}

func mark(is bool, sign string) string {
	if is {
		return sign
	}
	return ""
}

// words joins those that are not empty.
func words(all ...string) string {
	return strings.Join(slices.DeleteFunc(all, func(s string) bool { return s == "" }), " ")
}
