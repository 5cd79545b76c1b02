package mail

import (
	"bytes"
	"errors"
	"path"

	"github.com/distbase/distbase/ingest/grid/sheet"
	"github.com/distbase/distbase/ingest/letter"
)

// Formats of letters.
const (
	EML  = "eml"
	MSG  = "msg"
	TNEF = "tnef"
)

// maxDepth bounds letters in letters.
const maxDepth = 10

// Attachments calls visit for each file that a letter carries, in its order, with
// its path inside the letter: the names of the letters around it, then its own. An
// error of visit ends it and is handed back.
//
// It fails with code empty where the letter carries nothing that could be a report
// (Expected "attachment"), encrypted where all of it is enciphered, too_big where it
// exceeds a bound, broken where it is damaged. An error after calls of visit is
// about the rest of the letter: what was visited stands.
func Attachments(b *sheet.Budget, format string, data []byte, visit func(name string, data []byte) error) error {
	v := &visitor{b: b, format: format, visit: visit}
	var err error
	switch format {
	case EML:
		err = v.letter(nil, data)
	case MSG:
		err = v.message(data)
	case TNEF:
		err = v.tnef(data)
	default:
		return &sheet.ReadError{Code: sheet.CodeUnsupported, Found: format}
	}
	switch {
	case err != nil || v.visited > 0:
		return err
	case v.encrypted > 0:
		return &sheet.ReadError{Code: sheet.CodeEncrypted, Found: format}
	}
	return &sheet.ReadError{Code: sheet.CodeEmpty, Found: format, Expected: "attachment"}
}

// visitor is on its way through a letter.
type visitor struct {
	b         *sheet.Budget
	format    string
	visit     func(name string, data []byte) error
	seen      int // attachments, to number those without a name
	visited   int
	encrypted int
}

// offer visits an attachment, unless it cannot be a report.
func (v *visitor) offer(within []string, a letter.Attachment) error {
	v.seen++
	if err := v.b.Alive(); err != nil {
		return err
	}
	one := letter.Letter{Attachments: []letter.Attachment{a}}
	if len(one.Reports()) == 0 {
		return nil
	}
	if a.Encrypted {
		v.encrypted++
		return nil
	}
	v.visited++
	return v.visit(path.Join(path.Join(within...), path.Join(a.Path...), letter.NameOf(a, v.seen)), a.Data)
}

// tnefSignature begins winmail.dat (MS-OXTNEF 2.1.3.1).
const tnefSignature = "\x78\x9f\x3e\x22"

// tnef visits what a container carries. Package letter lists the container itself
// too, and as a report of its own where it is cut off.
func (v *visitor) tnef(data []byte) error {
	if !bytes.HasPrefix(data, []byte(tnefSignature)) {
		return &sheet.ReadError{Code: sheet.CodeBroken, Expected: v.format}
	}
	l, err := letter.Parse(wrapped("application/ms-tnef", "winmail.dat", data), letter.Limits{})
	if len(l.Attachments) == 0 {
		return tooBig(err)
	}
	cut := !l.Attachments[0].Unpacked
	l.Attachments = l.Attachments[1:]
	if err := v.all(nil, l, err); err != nil {
		return err
	}
	if cut {
		return &sheet.ReadError{Code: sheet.CodeBroken, Found: "truncated", Expected: v.format}
	}
	return nil
}

// letter visits what an internet message carries.
func (v *visitor) letter(within []string, data []byte) error {
	l, err := letter.Parse(data, letter.Limits{})
	if errors.Is(err, letter.ErrEmpty) {
		return nil
	}
	return v.all(within, l, err)
}

// all visits the attachments of a letter that was read up to an error.
func (v *visitor) all(within []string, l *letter.Letter, err error) error {
	for _, a := range l.Attachments {
		if verr := v.offer(within, a); verr != nil {
			return verr
		}
	}
	return tooBig(err)
}

func tooBig(err error) error {
	if err == nil {
		return nil
	}
	return &sheet.ReadError{Code: sheet.CodeTooBig, Found: "letter", Err: err}
}

// wrapped makes an internet message of one part.
func wrapped(mediaType, name string, data []byte) []byte {
	head := "MIME-Version: 1.0\r\nContent-Type: " + mediaType + "; name=\"" + name + "\"\r\nContent-Transfer-Encoding: binary\r\n\r\n"
	return append([]byte(head), data...)
}
