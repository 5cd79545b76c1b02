package ods

import (
	"bytes"
	"strings"

	"github.com/distbase/distbase/ingest/grid/sheet"
)

// maxText bounds the text of a cell; Excel and LibreOffice stop at 32,767 and
// 65,535 characters.
const maxText = 4 << 20

// textReader gathers the paragraphs of a cell (5.1, 6.1).
type textReader struct {
	d     *document
	buf   []byte
	count int  // paragraphs begun
	blank bool // a blank waits: it counts between characters only
	inked bool // the paragraph has text
	piece []byte
	err   error
}

// read takes the content of the open cell.
func (r *textReader) read(d *document) (string, error) {
	r.d, r.buf, r.count, r.err = d, r.buf[:0], 0, nil
	err := d.children(r.block)
	if err == nil {
		err = r.err
	}
	return string(r.buf), err
}

// block takes what can stand in a cell: paragraphs, also those of lists.
func (r *textReader) block(name string) error {
	switch name {
	case "p", "h":
		if r.count++; r.count > 1 {
			r.buf = append(r.buf, '\n')
		}
		r.blank, r.inked = false, false
		return r.d.content(r.inline, r.characters)
	case "list", "list-item", "list-header", "section":
		return r.d.children(r.block)
	}
	return nil
}

// notShown are elements of a paragraph whose text is none of the cell's: notes,
// shapes, hints of pronunciation.
const notShown = " annotation annotation-end note ruby-text frame g a11y custom-shape rect line polyline polygon regular-polygon path circle ellipse connector caption measure control page-thumbnail object script event-listeners tracked-changes desc title bibliography-mark-source "

func (r *textReader) inline(name string) error {
	switch {
	case name == "s":
		n := min(count(r.d.x.Attr("c")), maxText)
		r.put([]byte(strings.Repeat(" ", n)))
	case name == "tab", name == "tab-stop":
		r.put([]byte{'\t'})
	case name == "line-break":
		r.put([]byte{'\n'})
	case strings.Contains(notShown, " "+name+" "):
		return nil
	default:
		return r.d.content(r.inline, r.characters)
	}
	return r.err
}

// put adds text as it is, behind a blank that waits.
func (r *textReader) put(text []byte) {
	if r.blank && r.inked {
		r.buf = append(r.buf, ' ')
	}
	r.blank, r.inked = false, true
	r.buf = append(r.buf, text...)
	if len(r.buf) > maxText && r.err == nil {
		r.err = &sheet.ReadError{Code: sheet.CodeTooBig, Found: "text"}
	}
}

// characters takes text. OpenDocument makes one blank of white space of any length
// (6.1.2), but Calc writes and reads blanks as they are; so only white space with
// the end of a line or a tab in it, which lays the file out, is one blank.
func (r *textReader) characters() {
	r.piece = r.d.x.Unescaped(r.piece[:0])
	for rest := r.piece; len(rest) > 0; {
		n := bytes.IndexAny(rest, "\t\n\r")
		if n < 0 {
			r.put(rest)
			break
		}
		if before := bytes.TrimRight(rest[:n], " "); len(before) > 0 {
			r.put(before)
		}
		r.blank = true
		rest = bytes.TrimLeft(rest[n:], " \t\n\r")
	}
	if len(r.buf) > maxText {
		r.buf = r.buf[:maxText+1] // the error stands, more is not kept
	}
}
