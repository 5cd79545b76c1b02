package ingest

import (
	"context"
	"slices"
	"strings"

	"github.com/distbase/distbase/ingest/grid"
	"github.com/distbase/distbase/ingest/table"
)

// IsReport says whether the text of a chat is a report by itself: most of its lines
// are names of goods with a quantity («Шампунь Ромашка 400 - 12»), or cells pasted
// out of a sheet. Chatter is none, however many numbers are in it.
func IsReport(ctx context.Context, text string) bool {
	if !strings.Contains(strings.TrimSpace(text), "\n") {
		return false
	}
	return slices.ContainsFunc(readPasted(ctx, text), func(t *table.Table) bool { return len(t.Records) >= minPasted })
}

const (
	// PastedName is the name of the attachment that a text becomes. It holds no words
	// that a period or a kind could be read from.
	PastedName = "message.txt"
	// minPasted is how many lines with goods make a text a report: fewer are more
	// likely a remark about one.
	minPasted = 2
)

// JoinPasted puts two parts together into which a messenger has cut a list that was
// too long for one message. Ends of lines are lost at the cut: hard says that it was
// made without looking for one. False where the lines at the cut do not read as
// records then: it cannot be told what they were.
func JoinPasted(ctx context.Context, a, b string, hard bool) (string, bool) {
	a, b = strings.TrimRight(a, "\r\n"), strings.TrimLeft(b, "\r\n")
	glue := "\n"
	if hard || cutAtStop(a) {
		glue = ""
	}
	at := strings.Count(a, "\n") + 1
	seam := []int{at}
	if glue != "" {
		seam = append(seam, at+1)
	}
	whole := a + glue + b
	return whole, recordsAt(ctx, whole, seam)
}

// cutAtStop says whether a list was cut behind a full stop within a line: some
// messengers take one for an end. Lines that all end so are whole.
func cutAtStop(a string) bool {
	if !strings.HasSuffix(a, ".") {
		return false
	}
	lines := strings.Split(a, "\n")
	stops := 0
	for _, line := range lines {
		if strings.HasSuffix(strings.TrimSpace(line), ".") {
			stops++
		}
	}
	return 2*stops < len(lines)
}

// recordsAt says whether all the lines of a list, counted from 1, are records with a
// figure.
func recordsAt(ctx context.Context, text string, lines []int) bool {
	all := readPasted(ctx, text)
	for _, n := range lines {
		if !slices.ContainsFunc(all, func(t *table.Table) bool {
			return slices.ContainsFunc(t.Records, func(r table.Record) bool { return r.Row == n && counted(r) })
		}) {
			return false
		}
	}
	return true
}

// counted says whether a record has a figure.
func counted(r table.Record) bool {
	return slices.ContainsFunc([]table.Role{table.Quantity, table.StockQty, table.Amount, table.StockAmount}, func(role table.Role) bool {
		_, ok := r.Decimal(role)
		return ok
	})
}

// readPasted are the tables of goods in a text.
func readPasted(ctx context.Context, text string) []*table.Table {
	f, err := grid.Read(ctx, PastedName, []byte(text), grid.Options{})
	if err != nil {
		return nil
	}
	all, err := table.Understand(f, table.Source{FileName: PastedName}, nil)
	if err != nil {
		return nil
	}
	return slices.DeleteFunc(all, func(t *table.Table) bool { return !loadable(t) })
}
