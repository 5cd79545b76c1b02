package grid

import (
	"context"
	"errors"
	"fmt"
	"path"
	"strings"
)

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

// Read turns the bytes of one file into grids. The name is kept for errors and
// reports only: what the file is, is decided by its content. A file that opens
// has at least one sheet, though sheets may be without cells. Every error is a
// *ReadError.
func Read(ctx context.Context, name string, data []byte, opt Options) (file *File, err error) {
	b := newBudget(ctx, opt)
	defer func() {
		if p := recover(); p != nil {
			file, err = nil, &ReadError{Code: CodeBroken, Path: name, Err: fmt.Errorf("reader gave up: %v", p)}
		}
	}()
	file, err = readAny(b, name, data, 0)
	if err != nil {
		return nil, asReadError(name, err)
	}
	file.Name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	for i, s := range file.Sheets {
		s.Index = i + 1
	}
	return file, nil
}

// readAny reads a file or a member of an archive that lies depth archives deep.
func readAny(b *budget, name string, data []byte, depth int) (*File, error) {
	if err := b.alive(); err != nil {
		return nil, err
	}
	switch f := sniff(data); f {
	case formatEmpty:
		return nil, &ReadError{Code: CodeEmpty}
	case formatXLSX:
		return readWorkbook(b, data)
	case formatEncrypted:
		return readEncrypted(b, data)
	case formatZip:
		return readZip(b, data, depth)
	case formatGzip:
		return readGzip(b, name, data, depth)
	case formatText:
		return readText(b, data)
	case formatXLSEncrypted:
		return nil, &ReadError{Code: CodeEncrypted, Found: formatXLS}
	default:
		return nil, &ReadError{Code: CodeUnsupported, Found: f, Expected: "xlsx, csv"}
	}
}

// asReadError gives every error the type the package promises and the path it lacks.
func asReadError(name string, err error) *ReadError {
	var re *ReadError
	if errors.As(err, &re) {
		if re.Path == "" {
			re.Path = name
		}
		return re
	}
	code := CodeBroken
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		code = CodeCancelled
	}
	return &ReadError{Code: code, Path: name, Err: err}
}
