package grid

import (
	"context"
	"errors"
	"fmt"
	"path"
	"strings"

	"github.com/distbase/distbase/ingest/grid/csv"
	"github.com/distbase/distbase/ingest/grid/dbf"
	"github.com/distbase/distbase/ingest/grid/dif"
	"github.com/distbase/distbase/ingest/grid/docx"
	"github.com/distbase/distbase/ingest/grid/html"
	"github.com/distbase/distbase/ingest/grid/mail"
	"github.com/distbase/distbase/ingest/grid/mxl"
	"github.com/distbase/distbase/ingest/grid/ods"
	"github.com/distbase/distbase/ingest/grid/ooxmlcrypt"
	"github.com/distbase/distbase/ingest/grid/pack"
	"github.com/distbase/distbase/ingest/grid/pdf"
	"github.com/distbase/distbase/ingest/grid/rtf"
	"github.com/distbase/distbase/ingest/grid/sheet"
	"github.com/distbase/distbase/ingest/grid/sylk"
	"github.com/distbase/distbase/ingest/grid/xls"
	"github.com/distbase/distbase/ingest/grid/xlsb"
	"github.com/distbase/distbase/ingest/grid/xlsx"
	"github.com/distbase/distbase/ingest/grid/xmlss"
)

// Read turns the bytes of one file into grids. The name is kept for errors and
// reports only: what the file is, is decided by its content. A file that opens
// has at least one sheet, though sheets may be without cells. Every error is a
// *ReadError.
func Read(ctx context.Context, name string, data []byte, opt Options) (*File, error) {
	book := &sheet.Book{}
	file, err := Stream(ctx, name, data, opt, book)
	if err != nil {
		return nil, err
	}
	file.Sheets, file.Warnings = book.Sheets, book.Warnings
	return file, nil
}

// Stream reads as [Read] does, but hands sheets and rows to a sink as they come; the
// file it gives has neither sheets nor warnings. After an error what the sink was
// given is to be thrown away.
func Stream(ctx context.Context, name string, data []byte, opt Options, to Sink) (file *File, err error) {
	b := sheet.NewBudget(ctx, opt)
	defer func() {
		if p := recover(); p != nil {
			file, err = nil, &ReadError{Code: CodeBroken, Path: name, Err: fmt.Errorf("reader gave up: %v", p)}
		}
	}()
	r := &run{b: b}
	file, err = r.read(name, data, &numbering{Sink: to}, 0)
	if err != nil {
		return nil, asReadError(name, err)
	}
	file.Name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	return file, nil
}

// numbering counts the sheets of all members.
type numbering struct {
	Sink
	n int
}

func (s *numbering) Begin(sh *Sheet) error {
	s.n++
	sh.Index = s.n
	return s.Sink.Begin(sh)
}

// readers are those of the formats that hold sheets and nothing else.
var readers = map[string]func(*sheet.Budget, []byte, Sink) error{
	formatXLSX:  xlsx.Read,
	formatXLSB:  xlsb.Read,
	formatXLS:   xls.Read,
	formatODS:   ods.Read,
	formatFODS:  ods.Read,
	formatSXC:   ods.Read,
	formatPDF:   pdf.Read,
	formatMXL:   mxl.Read,
	formatDocx:  docx.Read,
	formatRTF:   rtf.Read,
	formatDBF:   dbf.Read,
	formatXMLSS: xmlss.Read,
	formatSLK:   sylk.Read,
	formatDIF:   dif.Read,
	formatHTML:  html.Read,
	formatMHT:   html.ReadArchive,
}

// run is one read of a file with all that lies in it.
type run struct{ b *sheet.Budget }

// read reads a file or a member of an archive that lies depth archives deep.
func (r *run) read(name string, data []byte, to Sink, depth int) (*File, error) {
	if err := r.b.Alive(); err != nil {
		return nil, err
	}
	f, rows := sniff(data), r.b.Metered(to) // members of archives are metered one by one
	if read, ok := readers[f]; ok {
		return sheets(f, read(r.b, data, rows))
	}
	switch f {
	case formatEmpty:
		return nil, &ReadError{Code: CodeEmpty}
	case formatEncrypted:
		return r.readEncrypted(name, data, to, depth)
	case pack.Zip, pack.SevenZip, pack.Rar, pack.Tar, pack.Gzip, pack.Bzip2, pack.XZ, pack.Zstd:
		return r.readPack(f, name, data, to, depth)
	case mail.EML, mail.MSG, mail.TNEF:
		return r.readLetter(f, data, to, depth)
	case formatText:
		return r.readText(data, rows)
	}
	return nil, &ReadError{Code: CodeUnsupported, Found: f, Expected: "xlsx, csv"}
}

// readEncrypted opens a workbook with a password and reads what it is then.
func (r *run) readEncrypted(name string, data []byte, to Sink, depth int) (*File, error) {
	plain, err := ooxmlcrypt.Decrypt(r.b, data)
	if err != nil {
		return nil, err
	}
	if f := sniff(plain); f == formatEncrypted {
		return nil, &ReadError{Code: CodeBroken, Found: f}
	}
	return r.read(name, plain, to, depth)
}

// readText tells encoding and dialect beside the sheet.
func (r *run) readText(data []byte, rows Sink) (*File, error) {
	told, err := csv.ReadTold(r.b, data, rows)
	if err != nil {
		return nil, err
	}
	return &File{Format: formatText, Encoding: told.Encoding, Dialect: &told.Dialect}, nil
}

// sheets names the format of a file whose reader is done.
func sheets(format string, err error) (*File, error) {
	if err != nil {
		return nil, err
	}
	return &File{Format: format}, nil
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
