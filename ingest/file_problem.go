package ingest

import (
	"errors"
	"path"

	"github.com/distbase/distbase/ingest/grid"
	"github.com/distbase/distbase/ingest/table"
	"github.com/distbase/distbase/storage"
	"github.com/distbase/distbase/text"
)

// maxFileNotes is how many warnings of one file are told one by one.
const maxFileNotes = 6

// problemOf turns the reader's refusal of a file into a sentence for its sender:
// what the file is, where it broke, and what to send instead.
func problemOf(file string, err error) Sentence {
	var re *grid.ReadError
	if !errors.As(err, &re) {
		return Sentence{Key: "problem.broken", Args: map[string]any{"File": file}}
	}
	if re.Path != "" && re.Path != file {
		file = path.Join(file, re.Path)
	}
	return refusal(file, re)
}

func refusal(file string, re *grid.ReadError) Sentence {
	s := Sentence{Key: "problem.broken", Args: map[string]any{"File": file}}
	switch re.Code {
	case grid.CodeEncrypted:
		s.Key = "problem.encrypted"
	case grid.CodeEmpty:
		s.Key = "problem.empty"
	case grid.CodeTooBig:
		s.Key = "problem.too_big"
	case grid.CodeUnsupported:
		s.Key = "problem.format." + re.Found
		if !text.For("").Has(s.Key) {
			s.Key = "problem.unsupported"
		}
	case grid.CodeBroken:
		if re.Row > 0 {
			s.Key = "problem.broken_at"
			s.Args["Sheet"], s.Args["Row"], s.Args["Column"] = re.Sheet, re.Row, ""
			if re.Col > 0 {
				s.Args["Column"] = grid.ColumnName(re.Col)
			}
		}
	}
	return s
}

// notesOf are the warnings of a reader that people should hear of. Those that
// change nothing in the figures are left to the log.
func notesOf(f *grid.File) []Sentence {
	var notes []Sentence
	more := 0
	add := func(s Sentence) {
		if len(notes) == maxFileNotes {
			more++
			return
		}
		notes = append(notes, s)
	}
	for _, w := range f.Warnings {
		if s, ok := noteOf(f.Name, w); ok {
			add(s)
		}
	}
	for _, sheet := range f.Sheets {
		for _, w := range sheet.Warnings {
			w.Sheet = sheet.FullName()
			if s, ok := noteOf(f.Name, w); ok {
				add(s)
			}
		}
	}
	if more > 0 {
		notes = append(notes, Sentence{Key: "warning.more", Args: map[string]any{"Count": more}})
	}
	return notes
}

func noteOf(file string, w grid.Warning) (Sentence, bool) {
	switch w.Code {
	case grid.CodeEncrypted, grid.CodeUnsupported, grid.CodeBroken, grid.CodeEmpty: // a member of an archive
		return refusal(path.Join(file, w.Sheet), &grid.ReadError{Code: w.Code, Found: w.Text}), true
	}
	s := Sentence{Key: "warning." + w.Code, Args: map[string]any{"File": file, "Sheet": w.Sheet, "Row": w.Row, "Column": "", "Found": cut(w.Text, 80)}}
	if w.Col > 0 {
		s.Args["Column"] = grid.ColumnName(w.Col)
	}
	return s, text.For("").Has(s.Key)
}

// DoubtTruncated is the doubt about a table of a file that breaks off: what could
// be read is shown, and loaded only with the analyst's word.
const DoubtTruncated = "file_truncated"

// doubtTruncated makes the tables of a file that breaks off uncertain.
func doubtTruncated(f *grid.File, tables []*table.Table) {
	if !breaksOff(f) {
		return
	}
	for _, t := range tables {
		t.Certain = false
		t.Doubts = append(t.Doubts, table.Issue{Code: DoubtTruncated, Sheet: t.Sheet})
	}
}

func breaksOff(f *grid.File) bool {
	cut := func(list []grid.Warning) bool {
		for _, w := range list {
			if w.Code == "truncated" || w.Code == "checksum" {
				return true
			}
		}
		return false
	}
	for _, s := range f.Sheets {
		if cut(s.Warnings) {
			return true
		}
	}
	return cut(f.Warnings)
}

// FileNotes are the sentences about a file that was read, but not whole or not
// without trouble.
func FileNotes(a storage.Attachment) []Sentence {
	if a.State == storage.AttachmentRefused || a.State == storage.AttachmentDuplicate {
		return nil
	}
	return parseSentences(a.Problem)
}
