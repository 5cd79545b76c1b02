package table

import (
	"github.com/distbase/distbase/ingest/grid"
)

// body is what a table keeps of its sheet for previews and plain output.
type body struct {
	sheet *grid.Sheet
	plan  *plan
}

type plan struct{}
