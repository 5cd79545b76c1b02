package sheet

import "time"

// Options bounds a read. The zero value means sane defaults.
type Options struct {
	// MaxBytes bounds what a file unpacks to, all members together; 0 means 2 GiB.
	MaxBytes int64
	// MaxText bounds the text held in memory at once: shared strings of a workbook,
	// a member of an archive; 0 means 128 MiB.
	MaxText int64
	// MaxRatio bounds how much larger than packed a part may come out; 0 means 200.
	// Deflate reaches 1032, worksheets of real systems stay under 100.
	MaxRatio int64
	// MaxCells bounds the non-empty cells of a file; 0 means 20,000,000, which take
	// about 240 MB beside their text when kept, and nothing when streamed.
	MaxCells int
	// MaxMembers bounds the members of an archive and the sheets of a workbook; 0 means 10,000.
	MaxMembers int
	// MaxDepth bounds archives inside archives; 0 means 3.
	MaxDepth int
	// MaxTime bounds the whole read; 0 means five minutes.
	MaxTime time.Duration
	// Password opens encrypted files.
	Password string
	// Beside gives the bytes of the file that has the same name but this extension
	// (fpt, dbt, cpg, in lower case; the case of the file's does not matter), nil where
	// there is none. A table of dBase keeps its long texts there; without it these stay empty.
	Beside func(extension string) []byte
	// Received is when the file came; it is a hint for dates without a year.
	Received time.Time
}

func (o Options) withDefaults() Options {
	o.MaxBytes = orDefault(o.MaxBytes, 2<<30)
	o.MaxText = orDefault(o.MaxText, 128<<20)
	o.MaxRatio = orDefault(o.MaxRatio, 200)
	o.MaxCells = orDefault(o.MaxCells, 20_000_000)
	o.MaxMembers = orDefault(o.MaxMembers, 10_000)
	o.MaxDepth = orDefault(o.MaxDepth, 3)
	o.MaxTime = orDefault(o.MaxTime, 5*time.Minute)
	return o
}

func orDefault[N int | int64 | time.Duration](n, otherwise N) N {
	if n <= 0 {
		return otherwise
	}
	return n
}
