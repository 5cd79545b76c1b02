package letter

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"strings"
)

// TNEF is the container that Outlook and Exchange put a letter's attachments in
// when they think that the reader has Outlook: winmail.dat (MS-OXTNEF).

const tnefSignature = "\x78\x9f\x3e\x22"

// Attributes of TNEF, by id (MS-OXTNEF 2.1.3.2).
const (
	attTransportName = 0x9001
	attRenderData    = 0x9002 // begins an attachment
	attMessageProps  = 0x9003
	attAttachment    = 0x9005 // its MAPI properties
	attCodepage      = 0x9007
	attSubject       = 0x8004
	attBody          = 0x800C
	attData          = 0x800F
	attTitle         = 0x8010
)

func isTNEF(mediaType, name string, data []byte) bool {
	if !bytes.HasPrefix(data, []byte(tnefSignature)) {
		return false
	}
	return strings.HasSuffix(mediaType, "ms-tnef") || strings.EqualFold(name, "winmail.dat") || mediaType == "application/octet-stream"
}

// tnefFile is one attachment of a TNEF container.
type tnefFile struct {
	title, transport string
	props            properties
	data             []byte
}

// tnefLetter is what a TNEF container holds.
type tnefLetter struct {
	codepage int
	subject  string
	body     string
	props    properties
	files    []*tnefFile
	broken   bool // it ends amid an attribute
}

// tnef lists a container and what is in it. A container that is broken stays
// among the reports, so that somebody hears of it.
func (w *walker) tnef(p part, data []byte) error {
	if !w.deeper(p) {
		w.add(p, data)
		return nil
	}
	t := readTNEF(data, w.lim.Parts)
	if t.broken {
		w.warn("winmail.dat ends too early")
	}
	w.add(p, data).Unpacked = !t.broken
	return w.tnefContent(p.at, t)
}

func (w *walker) tnefContent(at place, t tnefLetter) error {
	if text := t.text(); text != "" && len(w.bodies) == 0 {
		w.bodies = append(w.bodies, body{nested: len(at.path) > 0, text: tidy(text)})
	}
	for _, f := range t.files {
		if w.parts++; w.parts > w.lim.Parts {
			return fmt.Errorf("%w: more than %d parts", ErrLimit, w.lim.Parts)
		}
		if err := w.spend(len(f.data)); err != nil {
			return err
		}
		if err := w.tnefFile(at, t, f); err != nil {
			return err
		}
	}
	return nil
}

// tnefFile lists a file, or opens a letter that was attached to the letter.
func (w *walker) tnefFile(at place, t tnefLetter, f *tnefFile) error {
	name := cleanName(f.name(t.codepage), w.lim.NameBytes)
	p := part{name: name, at: at}
	p.contentType.main = "application/octet-stream"
	if tag := mainValue(f.props.text(propMIMETag, t.codepage)); strings.Contains(tag, "/") {
		p.contentType.main = tag
	}
	data := f.data
	object, isObject := f.props.bytes(propData)
	if data == nil && isObject {
		data = object
	}
	const classID = 16 // bytes in front of an embedded letter
	if isObject && len(object) > classID && bytes.HasPrefix(object[classID:], []byte(tnefSignature)) && w.deeper(p) {
		inner := readTNEF(object[classID:], w.lim.Parts)
		if name == "" {
			name = cleanName(inner.title(), w.lim.NameBytes)
		}
		return w.tnefContent(at.inside(name), inner)
	}
	if err := w.spend(len(data)); err != nil {
		return err
	}
	if isLetterFile(name, data) {
		return w.nestedFile(p, data)
	}
	a := w.add(p, data)
	a.ContentID = strings.Trim(f.props.text(propContentID, t.codepage), "<> ")
	a.Inline = a.ContentID != ""
	return nil
}

// name is the long name where there is one.
func (f *tnefFile) name(codepage int) string {
	for _, name := range []string{
		f.props.text(propLongName, codepage), f.transport, f.title,
		f.props.text(propShortName, codepage), f.props.text(propDisplayName, codepage),
	} {
		if name != "" {
			return name
		}
	}
	return ""
}

func (t tnefLetter) title() string {
	if s := t.props.text(propSubject, t.codepage); s != "" {
		return s
	}
	return t.subject
}

func (t tnefLetter) text() string {
	if s := t.props.text(propBody, t.codepage); s != "" {
		return s
	}
	if t.body != "" {
		return t.body
	}
	if page, ok := t.props.bytes(propHTML); ok {
		return stripHTML(toUTF8(page[:min(len(page), maxText)], metaCharset(page)))
	}
	return ""
}

// readTNEF reads attributes: level, id, type, length, data, check sum.
func readTNEF(data []byte, maxFiles int) tnefLetter {
	var t tnefLetter
	const start, head, sum = 6, 9, 2
	for rest := data[min(start, len(data)):]; len(rest) > 0; {
		if len(rest) < head {
			t.broken = true
			return t
		}
		id := binary.LittleEndian.Uint16(rest[1:])
		size := int64(binary.LittleEndian.Uint32(rest[5:]))
		rest = rest[head:]
		if size > int64(len(rest)) {
			t.broken = true
			size = int64(len(rest))
		}
		t.take(id, rest[:size], maxFiles)
		rest = rest[min(len(rest), int(size)+sum):]
	}
	return t
}

// take keeps one attribute.
func (t *tnefLetter) take(id uint16, data []byte, maxFiles int) {
	switch id {
	case attCodepage:
		if len(data) >= 4 {
			t.codepage = int(binary.LittleEndian.Uint32(data))
		}
	case attSubject:
		t.subject = t.string(data)
	case attBody:
		t.body = t.string(data)
	case attMessageProps:
		t.props = readProperties(data)
	case attRenderData:
		if len(t.files) <= maxFiles {
			t.files = append(t.files, &tnefFile{})
		}
	}
	if len(t.files) == 0 {
		return
	}
	switch f := t.files[len(t.files)-1]; id {
	case attTitle:
		f.title = t.string(data)
	case attTransportName:
		f.transport = t.string(data)
	case attData:
		f.data = data
	case attAttachment:
		f.props = readProperties(data)
	}
}

// string is text in the container's code page, up to its zero byte.
func (t *tnefLetter) string(data []byte) string {
	data, _, _ = bytes.Cut(data, []byte{0})
	return toUTF8(data, codepageName(t.codepage))
}
