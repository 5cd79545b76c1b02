package ingest

import (
	"context"
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
	f, err := grid.Read(ctx, PastedName, []byte(text), grid.Options{})
	if err != nil {
		return false
	}
	all, err := table.Understand(f, table.Source{FileName: PastedName}, nil)
	if err != nil {
		return false
	}
	for _, t := range all {
		if loadable(t) && len(t.Records) >= minPasted {
			return true
		}
	}
	return false
}

const (
	// PastedName is the name of the attachment that a text becomes. It holds no words
	// that a period or a kind could be read from.
	PastedName = "message.txt"
	// minPasted is how many lines with goods make a text a report: fewer are more
	// likely a remark about one.
	minPasted = 2
)
