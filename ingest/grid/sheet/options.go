package sheet

import "time"

// Options bounds a read. The zero value means sane defaults.
type Options struct {
	// MaxBytes bounds what a file unpacks to, all members together; 0 means 1 GiB.
	MaxBytes int64
	// MaxCells bounds the non-empty cells of a file; 0 means 5,000,000, which take about 1.1 GB.
	MaxCells int
	// MaxDepth bounds archives inside archives; 0 means 3.
	MaxDepth int
	// Password opens encrypted workbooks.
	Password string
	// Received is when the file came; it is a hint for dates without a year.
	Received time.Time
}
