package ingest

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/distbase/distbase/ingest/grid"
	"github.com/distbase/distbase/text"
)

// ErrNotMapping says that a file is no mapping workbook of ours.
var ErrNotMapping = errors.New("not a mapping workbook")

// Filled is what an analyst wrote into a mapping workbook.
type Filled struct {
	Answers []FilledAnswer
	Wrong   []FilledProblem // rows that cannot be taken
	Blank   int             // rows without a decision
}

// FilledAnswer is one decided row.
type FilledAnswer struct {
	Row        int
	QuestionID int64
	Version    int
	Answer     Answer
}

// FilledProblem is why a row cannot be taken; Key names the sentence
// (mapping.KEY).
type FilledProblem struct {
	Row   int
	Key   string
	Found string
}

// ReadWorkbook reads a filled mapping workbook without applying it. The error is
// ErrNotMapping for any other file.
func (d *Desk) ReadWorkbook(ctx context.Context, data []byte) (Filled, error) {
	f, err := grid.Read(ctx, "mapping.xlsx", data, grid.Options{})
	if err != nil {
		return Filled{}, ErrNotMapping
	}
	for _, sheet := range f.Sheets {
		c, _ := sheet.Cell(1, colQuestion)
		switch c.Value {
		case mark:
			return d.readItems(ctx, sheet)
		case clientMark:
			return d.readClients(ctx, sheet)
		}
	}
	return Filled{}, ErrNotMapping
}

func (d *Desk) readItems(ctx context.Context, sheet *grid.Sheet) (Filled, error) {
	index, err := d.p.productIndex(ctx)
	if err != nil {
		return Filled{}, err
	}
	return readFilled(sheet, index.decision), nil
}

// readFilled reads the rows of a sheet by what decides one of them.
func readFilled(sheet *grid.Sheet, decide func(decision, choice, factor string) (Answer, string, string)) Filled {
	var out Filled
	for row := range sheet.All() {
		if row.N == 1 {
			continue
		}
		at := func(col int) string {
			c, _ := sheet.Cell(row.N, col)
			return strings.TrimSpace(c.Value)
		}
		id, err1 := strconv.ParseInt(at(colQuestion), 10, 64)
		version, err2 := strconv.Atoi(at(colVersion))
		if err1 != nil || err2 != nil {
			out.Wrong = append(out.Wrong, FilledProblem{row.N, "lost_row", at(colName)})
			continue
		}
		decision := at(colDecision)
		if decision == "" && at(colChoice) != "" { // a code that was filled in is a yes
			decision = text.For("ru").Text("mapping.yes", nil)
		}
		answer, key, found := decide(decision, firstOf(at(colChoice), at(colCandidate)), at(colFactor))
		switch {
		case key != "":
			out.Wrong = append(out.Wrong, FilledProblem{row.N, key, found})
		case answer.Choice == "":
			out.Blank++
		default:
			out.Answers = append(out.Answers, FilledAnswer{row.N, id, version, answer})
		}
	}
	return out
}

// decision reads one row; an empty choice means that nothing was decided, a key
// says what is wrong.
func (x *productIndex) decision(decision, choice, factor string) (a Answer, key, found string) {
	switch word(decision) {
	case "":
		return a, "", ""
	case "yes":
	case "no":
		return a, "", ""
	case "new":
		return Answer{Choice: ChooseNew}, "", ""
	case "not_ours":
		return Answer{Choice: ChooseNotOurs}, "", ""
	default:
		return a, "bad_decision", decision
	}
	code, _, _ := strings.Cut(choice, " — ")
	product, ok := x.product(strings.TrimSpace(code))
	if !ok {
		return a, "bad_choice", choice
	}
	factor = strings.ReplaceAll(firstOf(factor, "1"), ",", ".")
	if _, err := parseFactor(factor); err != nil {
		return a, "bad_factor", factor
	}
	return Answer{Choice: ChooseProduct, ProductID: product.ID, Factor: factor}, "", ""
}

// word tells which decision a cell holds, in either language.
func word(s string) string {
	if strings.TrimSpace(s) == "" {
		return ""
	}
	for _, lang := range text.Languages() {
		say := text.For(lang)
		for _, key := range []string{"yes", "no", "new", "not_ours"} {
			if fold(say.Text("mapping."+key, nil)) == fold(s) {
				return key
			}
		}
	}
	return "?"
}

// FilledResult is what applying a filled workbook did.
type FilledResult struct {
	JournalID int64 // by which all that was applied is taken back; 0: nothing was
	Applied   int
	Already   int // the same answer was there
	Conflicts []FilledProblem
}

// ApplyWorkbook applies the answers of a filled workbook, all or none. Applied again it
// changes nothing. A question that somebody else has answered otherwise meanwhile is a
// conflict, and stays as they decided.
func (d *Desk) ApplyWorkbook(ctx context.Context, personID int64, f Filled) (FilledResult, error) {
	list := make([]Given, 0, len(f.Answers))
	for _, x := range f.Answers {
		list = append(list, Given{x.QuestionID, x.Version, x.Answer})
	}
	done, err := d.AnswerMany(ctx, personID, list)
	out := FilledResult{Applied: done.Applied, JournalID: done.JournalID}
	for _, r := range done.Refused {
		x := f.Answers[r.Index]
		var stale *StaleError
		switch {
		case errors.As(r.Err, &stale) && stale.Answer == x.Answer:
			out.Already++
		case errors.As(r.Err, &stale):
			out.Conflicts = append(out.Conflicts, FilledProblem{x.Row, "conflict", stale.By})
		default:
			out.Conflicts = append(out.Conflicts, FilledProblem{x.Row, "lost_row", ""})
		}
	}
	if err != nil {
		return out, fmt.Errorf("apply workbook: %w", err)
	}
	return out, nil
}
