package mail

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/ianaindex"

	"github.com/distbase/distbase/ingest/grid/charset"
	"github.com/distbase/distbase/ingest/grid/internal/cfb"
	"github.com/distbase/distbase/ingest/grid/sheet"
	"github.com/distbase/distbase/ingest/letter"
)

// Properties (MS-OXPROPS) and the types of their values (MS-OXCDATA 2.11.1).
const (
	propSubject     = 0x0037
	propDisplayName = 0x3001
	propData        = 0x3701
	propShortName   = 0x3704
	propLongName    = 0x3707
	propMIMETag     = 0x370E
	propContentID   = 0x3712
	propHidden      = 0x7FFE
	propCodepage    = 0x3FFD
	propInternetCP  = 0x3FDE

	typeObject  = 0x000D
	typeString8 = 0x001E
	typeUnicode = 0x001F
	typeBinary  = 0x0102
)

const (
	attachmentPrefix = "__attach_version1.0_"
	propertyStream   = "__properties_version1.0"
	// Heads of property streams (MS-OXMSG 2.4.1): of the message, of one in another,
	// of what belongs to a message.
	headMessage, headEmbedded, headPart = 32, 24, 8
)

// message is one of Outlook.
type message struct {
	v        *visitor
	size     int64 // of the file
	codepage int
	within   []string
}

func (v *visitor) message(data []byte) error {
	f, ok := cfb.Open(data)
	if !ok {
		return &sheet.ReadError{Code: sheet.CodeBroken, Expected: v.format}
	}
	m := &message{v: v, size: int64(len(data))}
	return m.attachments(f.Root(), headMessage)
}

// attachments visits those of the message in a storage.
func (m *message) attachments(in cfb.Entry, head int) error {
	numbers := numbers(in, head)
	if m.codepage = int(numbers[propCodepage]); m.codepage == 0 {
		m.codepage = int(numbers[propInternetCP])
	}
	var parts []cfb.Entry
	for _, e := range in.Storages() {
		if strings.HasPrefix(strings.ToLower(e.Name()), attachmentPrefix) {
			parts = append(parts, e)
		}
	}
	slices.SortStableFunc(parts, func(x, y cfb.Entry) int { return strings.Compare(x.Name(), y.Name()) })
	for _, e := range parts {
		if err := m.attachment(e); err != nil {
			return err
		}
	}
	return nil
}

// attachment visits one, or what it holds where it is a letter.
func (m *message) attachment(part cfb.Entry) error {
	name := m.name(part)
	if inner, ok := part.Storage(substg(propData, typeObject)); ok {
		return m.embedded(inner, name)
	}
	stream, ok := part.Stream(substg(propData, typeBinary))
	if !ok {
		return nil
	}
	data, err := io.ReadAll(m.v.b.Unpack(stream.Open(), m.size)) // counted, since many may lie in the same sectors
	if err != nil {
		return err
	}
	tag := strings.ToLower(m.text(part, propMIMETag))
	switch {
	case strings.HasPrefix(tag, "multipart/"): // a signed letter whole
		return m.v.letter(m.within, data)
	case tag == "application/pkcs7-mime", tag == "application/x-pkcs7-mime":
		return m.v.letter(m.within, wrapped(tag, "smime.p7m", data))
	}
	id := m.text(part, propContentID)
	return m.v.offer(m.within, letter.Attachment{
		Name: name, Type: tag, Data: data, ContentID: id,
		Inline: id != "" || numbers(part, headPart)[propHidden] != 0,
	})
}

// embedded visits a letter inside; an object of OLE is none.
func (m *message) embedded(in cfb.Entry, name string) error {
	if _, ok := in.Stream(propertyStream); !ok || len(m.within) >= maxDepth {
		return nil
	}
	if name == "" {
		name = base(m.text(in, propSubject))
	}
	if name == "" {
		name = "letter"
	}
	inner := &message{v: m.v, size: m.size, within: append(slices.Clone(m.within), name)}
	return inner.attachments(in, headEmbedded)
}

// name is the long one where there is one.
func (m *message) name(part cfb.Entry) string {
	for _, id := range []int{propLongName, propShortName, propDisplayName} {
		if name := base(m.text(part, id)); name != "" {
			return name
		}
	}
	return ""
}

// base takes folders and what no name has off a name.
func base(name string) string {
	name = strings.Map(func(r rune) rune {
		if r < 0x20 || r == 0x7F {
			return -1
		}
		return r
	}, name)
	name = path.Base(strings.ReplaceAll(strings.TrimSpace(name), `\`, "/"))
	if name == "." || name == ".." || name == "/" {
		return ""
	}
	return name
}

// text is a property of text, "" where there is none.
func (m *message) text(in cfb.Entry, id int) string {
	if b := head(in, substg(id, typeUnicode), maxText); b != nil {
		return cfb.Text(b)
	}
	b, _, _ := bytes.Cut(head(in, substg(id, typeString8), maxText), []byte{0})
	return m.decode(b)
}

// maxText is longer than any name.
const maxText = 4096

// head is the beginning of a stream, nil where there is none.
func head(in cfb.Entry, name string, n int64) []byte {
	e, ok := in.Stream(name)
	if !ok {
		return nil
	}
	b, err := io.ReadAll(io.LimitReader(e.Open(), n))
	if err != nil {
		return nil
	}
	return b
}

// decode reads text under the code page of the message, or what it looks like.
func (m *message) decode(b []byte) string {
	page := charset.Detect(b)
	if page != "utf-8" && m.codepage != 0 && m.codepage != 65001 {
		if e, err := ianaindex.MIME.Encoding(fmt.Sprintf("windows-%d", m.codepage)); err == nil && e != nil {
			if out, err := e.NewDecoder().Bytes(b); err == nil {
				return string(out)
			}
		}
		switch m.codepage {
		case 866:
			return codepage(charmap.CodePage866, b)
		case 20866:
			return codepage(charmap.KOI8R, b)
		}
	}
	return charset.DecodeHead(page, b)
}

func codepage(c *charmap.Charmap, b []byte) string {
	out := make([]rune, len(b))
	for i, x := range b {
		out[i] = c.DecodeByte(x)
	}
	return string(out)
}

// numbers are the properties of a storage that have a length of their own, behind
// the head of their stream (MS-OXMSG 2.4.2).
func numbers(in cfb.Entry, skip int) map[int]uint32 {
	const line, maxLines = 16, 2000
	b := head(in, propertyStream, int64(skip+line*maxLines))
	out := map[int]uint32{}
	for b = b[min(skip, len(b)):]; len(b) >= line; b = b[line:] {
		out[int(binary.LittleEndian.Uint16(b[2:]))] = binary.LittleEndian.Uint32(b[8:])
	}
	return out
}

// substg is the name of the stream or storage of a property (MS-OXMSG 2.2.2).
func substg(id, kind int) string { return fmt.Sprintf("__substg1.0_%04X%04X", id, kind) }
