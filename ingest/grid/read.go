package grid

import (
	"context"
	"fmt"
)

// ReadError is why a file, sheet or cell could not be read.
type ReadError struct {
	// Code is a machine word: encrypted, unsupported, broken, empty, too_big.
	Code string
	// Path is the file, or the path inside an archive.
	Path     string
	Sheet    string
	Row, Col int
	// Found and Expected are arguments of the sentence, machine words where they name formats.
	Found, Expected string
	Err             error
}

// Error gives the technical text; what a person sees is phrased elsewhere from the fields.
func (e *ReadError) Error() string {
	s := "read"
	if e.Path != "" {
		s += fmt.Sprintf(" %q", e.Path)
	}
	if e.Sheet != "" {
		s += fmt.Sprintf(" sheet %q", e.Sheet)
	}
	if e.Row > 0 {
		s += fmt.Sprintf(" cell %s%d", ColumnName(e.Col), e.Row)
	}
	s += ": " + e.Code
	if e.Found != "" {
		s += ": found " + e.Found
	}
	if e.Expected != "" {
		s += ", expected " + e.Expected
	}
	if e.Err != nil {
		s += ": " + e.Err.Error()
	}
	return s
}

// Unwrap gives the cause.
func (e *ReadError) Unwrap() error { return e.Err }

// Read turns the bytes of one file into grids. The name is used in errors only:
// what the file is, is decided by its content. Every error is a *ReadError.
func Read(ctx context.Context, name string, data []byte, opt Options) (*File, error) {
	return nil, &ReadError{Code: "unsupported", Path: name, Found: "unknown"}
}
