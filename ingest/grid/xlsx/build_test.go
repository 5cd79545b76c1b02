package xlsx

import (
	"github.com/distbase/distbase/ingest/grid/internal/gridtest"
	"github.com/distbase/distbase/ingest/grid/sheet"
)

// rowsOf is the part of a sheet that has these rows.
func rowsOf(rows string) string {
	return "<worksheet><sheetData>" + rows + "</sheetData></worksheet>"
}

// by reads on as many cores and in such pieces as it is told.
func by(how split) gridtest.Reader {
	return func(b *sheet.Budget, data []byte, to sheet.Sink) error { return read(b, data, to, how) }
}
