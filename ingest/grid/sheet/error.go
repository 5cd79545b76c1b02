package sheet

import "fmt"

// Codes of a ReadError.
const (
	CodeEncrypted   = "encrypted"   // a password is needed, or the one given is wrong
	CodeUnsupported = "unsupported" // a format that is not read; Found names it
	CodeBroken      = "broken"      // damaged, or not what it claims to be
	CodeEmpty       = "empty"       // no bytes, or no table in it
	CodeTooBig      = "too_big"     // over a bound; Found names the bound
	CodeCancelled   = "cancelled"   // the context ended
)

// ReadError is why a file, sheet or cell could not be read.
type ReadError struct {
	// Code is a machine word, one of the Code constants.
	Code string
	// Path is the file, or the path inside an archive.
	Path     string
	Sheet    string
	Row, Col int
	// Found and Expected are arguments of the sentence, machine words where they name formats or parts.
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
