package sheet

// Sink takes what a reader finds, as the reader finds it: Begin, the rows and End
// of one sheet, then those of the next. An error of it ends the read and is what
// the reader hands back.
type Sink interface {
	// Begin opens a sheet, of which name and visibility are known.
	Begin(s *Sheet) error
	// Row takes the next row. Its cells are the reader's own and good until the
	// call returns, their texts stay good. Rows come in the order of N unless the
	// file itself has them out of order; of two cells at one place the last counts.
	Row(r Row) error
	// End closes the sheet begun last, whose Merges and Warnings are whole by now.
	End(s *Sheet) error
	// Warn takes a warning about the file as a whole.
	Warn(w Warning)
}

// Book is a Sink that keeps everything.
type Book struct {
	Sheets   []*Sheet
	Warnings []Warning
}

// Begin keeps the sheet.
func (b *Book) Begin(s *Sheet) error {
	b.Sheets = append(b.Sheets, s)
	return nil
}

// Row appends the row to the sheet begun last.
func (b *Book) Row(r Row) error { return b.Sheets[len(b.Sheets)-1].Append(r) }

// End brings the rows into order.
func (b *Book) End(s *Sheet) error {
	s.order()
	s.texts.close()
	return nil
}

// Warn keeps the warning.
func (b *Book) Warn(w Warning) { b.Warnings = append(b.Warnings, w) }

// Draft is a sheet whose rows may still change: readers that lay a page out before
// they know its rows build one and send it on.
type Draft struct {
	Sheet
	Rows []Row
}

// Send hands the draft to a sink.
func (d *Draft) Send(to Sink) error {
	if err := to.Begin(&d.Sheet); err != nil {
		return err
	}
	for _, r := range d.Rows {
		if err := to.Row(r); err != nil {
			return err
		}
	}
	return to.End(&d.Sheet)
}

// Rows gives copies of all rows of a sheet, for whoever wants to go back and forth.
func (s *Sheet) Rows() []Row {
	out := make([]Row, s.Len())
	for i := range out {
		out[i] = s.RowAt(i, nil)
	}
	return out
}
