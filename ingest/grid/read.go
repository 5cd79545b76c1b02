package grid

import (
	"context"
	"errors"
	"fmt"
	"path"
	"strings"

	"github.com/distbase/distbase/ingest/grid/sheet"
)

// Read turns the bytes of one file into grids. The name is kept for errors and
// reports only: what the file is, is decided by its content. A file that opens
// has at least one sheet, though sheets may be without cells. Every error is a
// *ReadError.
func Read(ctx context.Context, name string, data []byte, opt Options) (file *File, err error) {
	b := sheet.NewBudget(ctx, opt)
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
func readAny(b *sheet.Budget, name string, data []byte, depth int) (*File, error) {
	if err := b.Alive(); err != nil {
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
