package master

import (
	"context"
	"errors"
	"fmt"
	"sort"

	"github.com/jackc/pgx/v5"

	"github.com/distbase/distbase/ingest/grid"
	"github.com/distbase/distbase/storage"
)

// Refusal is one line that was not taken. Key names the sentence in the text
// catalogue (import.KEY); Column is a title as the file has it.
type Refusal struct {
	Line   int
	Column string
	Key    string
	Found  string
}

// Result says what an import did.
type Result struct {
	Read    int // lines with data
	Applied int // lines that are in the database now
	Refused []Refusal
	Unknown []string // titles that mean nothing here
}

// HeaderError says that the first line lacks columns that must be there.
type HeaderError struct{ Missing []string }

func (e *HeaderError) Error() string { return fmt.Sprintf("columns missing: %v", e.Missing) }

// errRolledBack ends the transaction of an import with refused lines.
var errRolledBack = errors.New("lines refused")

// Import reads the file and applies it. Without partial, one refused line
// leaves the database as it was. The error is for what concerns the whole file:
// it cannot be read, or a [HeaderError].
func Import(ctx context.Context, s *storage.Store, kind Kind, file string, data []byte, partial bool) (Result, error) {
	lines, unknown, err := read(ctx, kind, file, data)
	if err != nil {
		return Result{}, err
	}
	var res Result
	err = s.InTx(ctx, func(tx pgx.Tx) error {
		res = Result{Read: len(lines), Unknown: unknown}
		im := &importer{ctx: ctx, tx: tx}
		if err := im.load(); err != nil {
			return err
		}
		for _, l := range lines {
			err := kind.apply(im, l)
			var refusal *Refusal
			if errors.As(err, &refusal) {
				refusal.Line = l.n
				res.Refused = append(res.Refused, *refusal)
				continue
			}
			if err != nil {
				return fmt.Errorf("line %d: %w", l.n, err)
			}
			res.Applied++
		}
		if len(res.Refused) > 0 && !partial {
			return errRolledBack
		}
		if err := im.finish(); err != nil {
			return err
		}
		return im.rankAsked(s, kind.Name)
	})
	if errors.Is(err, errRolledBack) {
		res.Applied = 0
		return res, nil
	}
	return res, err
}

// rankAsked has the names ranked anew that people are asked about and that the imported
// master data may answer.
func (im *importer) rankAsked(s *storage.Store, kind string) error {
	asked, ok := map[string]string{"products": storage.AskItem, "outlets": storage.AskClient, "reps": storage.AskAgent}[kind]
	if !ok {
		return nil
	}
	ids, err := storage.DistributorsAsked(im.ctx, im.tx, asked)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if err := s.Enqueue(im.ctx, im.tx, storage.RankNames{DistributorID: id}); err != nil {
			return err
		}
	}
	return nil
}

// Error makes a refusal pass as an error on its way up to Import.
func (r *Refusal) Error() string {
	return fmt.Sprintf("line %d: %s: %s %q", r.Line, r.Column, r.Key, r.Found)
}

// line is one row of the file: the values by column name, and the title that
// the file gives a column.
type line struct {
	n      int
	values map[string]string
	titles map[string]string
}

func (l line) refuse(column, key string) error {
	title := l.titles[column]
	if title == "" {
		title = column
	}
	return &Refusal{Column: title, Key: key, Found: l.values[column]}
}

// read finds the header in the first filled row of the first filled sheet.
func read(ctx context.Context, kind Kind, file string, data []byte) ([]line, []string, error) {
	f, err := grid.Read(ctx, file, data, grid.Options{})
	if err != nil {
		return nil, nil, fmt.Errorf("read %s: %w", file, err)
	}
	for _, sheet := range f.Sheets {
		if sheet.Len() > 0 && !sheet.Hidden {
			return readSheet(kind, sheet)
		}
	}
	return nil, nil, &HeaderError{Missing: missing(kind, nil)}
}

func readSheet(kind Kind, sheet *grid.Sheet) ([]line, []string, error) {
	names := make(map[string]string)
	for _, c := range kind.columns {
		names[fold(c.name)] = c.name
		for _, t := range c.titles {
			names[fold(t)] = c.name
		}
	}
	at, titles := make(map[int]string), make(map[string]string)
	var unknown []string
	rows := sheet.Rows()
	for len(rows) > 0 && len(rows[0].Cells) == 0 {
		rows = rows[1:]
	}
	if len(rows) == 0 {
		return nil, nil, &HeaderError{Missing: missing(kind, titles)}
	}
	for _, cell := range rows[0].Cells {
		name, known := names[fold(cell.Value)]
		switch {
		case !known && cell.Value != "":
			unknown = append(unknown, cell.Value)
		case known && titles[name] == "":
			at[cell.Col], titles[name] = name, cell.Value
		}
	}
	if gone := missing(kind, titles); len(gone) > 0 {
		return nil, unknown, &HeaderError{Missing: gone}
	}
	return linesOf(rows[1:], at, titles), unknown, nil
}

// linesOf are the rows that have anything in the columns at.
func linesOf(rows []grid.Row, at map[int]string, titles map[string]string) []line {
	var lines []line
	for _, row := range rows {
		values := make(map[string]string)
		for _, cell := range row.Cells {
			if name := at[cell.Col]; name != "" && cell.Value != "" {
				values[name] = cellText(cell)
			}
		}
		if len(values) > 0 {
			lines = append(lines, line{n: row.N, values: values, titles: titles})
		}
	}
	return lines
}

// cellText keeps codes as they are written: "007" in a CSV is no number.
func cellText(c grid.Cell) string {
	if c.Kind == grid.Number && c.Format == "" && c.Text != "" {
		return c.Text
	}
	return c.Value
}

func missing(kind Kind, titles map[string]string) []string {
	var gone []string
	for _, c := range kind.columns {
		if c.required && titles[c.name] == "" {
			gone = append(gone, c.name)
		}
	}
	sort.Strings(gone)
	return gone
}
