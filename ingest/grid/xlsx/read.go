package xlsx

import (
	"errors"
	"fmt"
	"runtime"

	"github.com/distbase/distbase/ingest/grid/sheet"
)

// Read gives the sheets of a workbook. Errors are of code broken, too_big, empty
// (no sheet), encrypted (members under a password) or those of the budget.
func Read(b *sheet.Budget, data []byte, to sheet.Sink) error {
	return read(b, data, to, split{cores: runtime.GOMAXPROCS(0), size: pieceSize})
}

// read cuts the sheets as it is told; what comes out does not depend on it.
func read(b *sheet.Budget, data []byte, to sheet.Sink, by split) error {
	p, err := openPack(b, data)
	if err != nil {
		return err
	}
	w, err := openWorkbook(p)
	if err != nil {
		return err
	}
	if p.recovered {
		to.Warn(sheet.Warning{Code: "truncated"})
	}
	for _, part := range p.damaged {
		to.Warn(sheet.Warning{Code: "checksum", Text: part})
	}
	for _, part := range w.missing {
		to.Warn(sheet.Warning{Code: "part_missing", Text: part})
	}
	return w.readSheets(to, by)
}

// readSheets reads one sheet after the other. Those of which nothing is left are
// warned of as long as another one is left.
func (w *workbook) readSheets(to sheet.Sink, by split) error {
	var lost error
	alive := false
	for _, ref := range w.sheets {
		some, err := w.readSheet(ref, to, by)
		switch {
		case err == nil:
			alive = true
		case !isDamage(err):
			return inSheet(ref.name, err)
		case lost == nil:
			lost = inSheet(ref.name, err)
		}
		alive = alive || some
	}
	if !alive {
		return lost
	}
	return nil
}

// damage is why a part gives nothing more, where what came before may be given.
type damage struct{ err error }

func (d damage) Error() string { return d.err.Error() }
func (d damage) Unwrap() error { return d.err }

func isDamage(err error) bool {
	var d damage
	return errors.As(err, &d)
}

// inSheet says where an error arose.
func inSheet(name string, err error) error {
	var re *sheet.ReadError
	if errors.As(err, &re) {
		if re.Sheet == "" {
			re.Sheet = name
		}
		return re
	}
	return fmt.Errorf("read sheet %q: %w", name, err)
}
