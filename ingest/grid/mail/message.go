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

// message is one of Outlook: the storage it lies in and its code page.
type message struct {
	c        *compound
	v        *visitor
	storage  int
	codepage int
	within   []string
}

func (v *visitor) message(data []byte) error {
	c, ok := openCompound(data)
	if !ok {
		return &sheet.ReadError{Code: sheet.CodeBroken, Expected: v.format}
	}
	return v.storage(c, 0, nil, headMessage)
}

// storage visits the attachments of the message in a storage.
func (v *visitor) storage(c *compound, storage int, within []string, head int) error {
	m := &message{c: c, v: v, storage: storage, within: within}
	fixed := m.fixed(storage, head)
	if m.codepage = int(fixed[propCodepage]); m.codepage == 0 {
		m.codepage = int(fixed[propInternetCP])
	}
	var parts []int
	for _, i := range c.entries[storage].below {
		if e := c.entries[i]; e.kind == kindStorage && len(e.name) >= len(attachmentPrefix) && strings.EqualFold(e.name[:len(attachmentPrefix)], attachmentPrefix) {
			parts = append(parts, i)
		}
	}
	slices.SortStableFunc(parts, func(x, y int) int { return strings.Compare(c.entries[x].name, c.entries[y].name) })
	for _, i := range parts {
		if err := m.attachment(i); err != nil {
			return err
		}
	}
	return nil
}

// attachment visits one, or what it holds where it is a letter.
func (m *message) attachment(part int) error {
	name := m.name(part)
	if inner, ok := m.c.find(part, substg(propData, typeObject), kindStorage); ok {
		return m.embedded(inner, name)
	}
	data, ok, err := m.value(part, propData, typeBinary)
	if err != nil || !ok {
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
		Inline: id != "" || m.fixed(part, headPart)[propHidden] != 0,
	})
}

// embedded visits a letter inside; an object of OLE is none.
func (m *message) embedded(storage int, name string) error {
	if _, ok := m.c.find(storage, propertyStream, kindStream); !ok || len(m.within) >= maxDepth {
		return nil
	}
	if name == "" {
		name = base(m.text(storage, propSubject))
	}
	if name == "" {
		name = "letter"
	}
	return m.v.storage(m.c, storage, append(slices.Clone(m.within), name), headEmbedded)
}

// name is the long one where there is one.
func (m *message) name(part int) string {
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
func (m *message) text(storage, id int) string {
	const maxText = 4096
	if i, ok := m.c.find(storage, substg(id, typeUnicode), kindStream); ok {
		if b, err := io.ReadAll(io.LimitReader(m.c.stream(i), maxText)); err == nil {
			return utf16Text(b)
		}
	}
	if i, ok := m.c.find(storage, substg(id, typeString8), kindStream); ok {
		if b, err := io.ReadAll(io.LimitReader(m.c.stream(i), maxText)); err == nil {
			b, _, _ = bytes.Cut(b, []byte{0})
			return m.decode(b)
		}
	}
	return ""
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
	s, err := charset.Decode(page, b)
	if err != nil {
		return ""
	}
	return s
}

func codepage(c *charmap.Charmap, b []byte) string {
	out := make([]rune, len(b))
	for i, x := range b {
		out[i] = c.DecodeByte(x)
	}
	return string(out)
}

// value is a property of bytes. What it takes counts against the budget, since many
// properties may name the same sectors.
func (m *message) value(storage, id, kind int) ([]byte, bool, error) {
	i, ok := m.c.find(storage, substg(id, kind), kindStream)
	if !ok {
		return nil, false, nil
	}
	data, err := io.ReadAll(m.v.b.Unpack(m.c.stream(i), int64(len(m.c.data))))
	return data, true, err
}

// fixed are the properties of a storage that have a length of their own: numbers
// (MS-OXMSG 2.4.2).
func (m *message) fixed(storage, head int) map[int]uint32 {
	i, ok := m.c.find(storage, propertyStream, kindStream)
	if !ok {
		return nil
	}
	const line, maxLines = 16, 2000
	b, err := io.ReadAll(io.LimitReader(m.c.stream(i), int64(head+line*maxLines)))
	if err != nil || len(b) < head {
		return nil
	}
	out := map[int]uint32{}
	for b = b[head:]; len(b) >= line; b = b[line:] {
		out[int(binary.LittleEndian.Uint16(b[2:]))] = binary.LittleEndian.Uint32(b[8:])
	}
	return out
}

// substg is the name of the stream or storage of a property (MS-OXMSG 2.2.2).
func substg(id, kind int) string { return fmt.Sprintf("__substg1.0_%04X%04X", id, kind) }
