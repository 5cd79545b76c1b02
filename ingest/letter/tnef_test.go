package letter

import (
	"encoding/binary"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"
)

// attribute is one attribute of a TNEF container.
func attribute(level byte, id uint16, data string) string {
	b := binary.LittleEndian.AppendUint16([]byte{level}, id)
	b = binary.LittleEndian.AppendUint16(b, 6)
	b = binary.LittleEndian.AppendUint32(b, uint32(len(data)))
	return string(b) + data + "\x00\x00"
}

func container(attributes ...string) string {
	return tnefSignature + "\x01\x00" + attribute(1, attCodepage, "\xe3\x04\x00\x00\x00\x00\x00\x00") + strings.Join(attributes, "")
}

// mapi is a property stream; each property comes ready made.
func mapi(props ...string) string {
	return string(binary.LittleEndian.AppendUint32(nil, uint32(len(props)))) + strings.Join(props, "")
}

func long(kind, id uint16, value string) string {
	b := binary.LittleEndian.AppendUint16(nil, kind)
	b = binary.LittleEndian.AppendUint16(b, id)
	b = binary.LittleEndian.AppendUint32(b, 1)
	b = binary.LittleEndian.AppendUint32(b, uint32(len(value)))
	return string(b) + value + strings.Repeat("\x00", (4-len(value)%4)%4)
}

func wide(s string) string {
	var b []byte
	for _, u := range utf16.Encode([]rune(s + "\x00")) {
		b = binary.LittleEndian.AppendUint16(b, u)
	}
	return string(b)
}

func TestWinmailIsUnpacked(t *testing.T) {
	t.Parallel()
	number := "\x03\x00\x05\x37\x01\x00\x00\x00"                                                                            // PR_ATTACH_METHOD
	named := "\x03\x00\x01\x80" + strings.Repeat("g", 16) + "\x01\x00\x00\x00\x04\x00\x00\x00n\x00\x00\x00\x07\x00\x00\x00" // a property with a name
	many := "\x02\x10\x02\x30\x03\x00\x00\x00a1\x00\x00b2\x00\x00c3\x00\x00"                                                // three short numbers
	inside := container(attribute(1, attSubject, "inner\x00"),
		attribute(2, attRenderData, ""), attribute(2, attTitle, "in.xls\x00"), attribute(2, attData, "inner report"))
	data := container(
		attribute(1, attMessageProps, mapi(long(typeUnicode, propBody, wide("Добрый день")))),
		attribute(2, attRenderData, ""), attribute(2, attTitle, "8351~1.XLS\x00"), attribute(2, attData, "report"),
		attribute(2, attAttachment, mapi(number, named, many, long(typeUnicode, propLongName, wide("Отчёт за март.xlsx")), long(typeString8, propMIMETag, "application/x-test\x00"))),
		attribute(2, attRenderData, ""), attribute(2, attTitle, "\xce\xf2\xf7\xe5\xf2.xls\x00"), attribute(2, attData, "second"),
		attribute(2, attRenderData, ""), attribute(2, attAttachment, mapi(long(typeObject, propData, strings.Repeat("i", 16)+inside))),
		attribute(2, attRenderData, ""), attribute(2, attTitle, "mail.eml\x00"), attribute(2, attData, inner()),
	)
	l := parse(t, mixed(filePart("Content-Type: application/ms-tnef; name=winmail.dat", data)))
	var got []string
	for _, a := range l.Attachments[1:] {
		got = append(got, strings.Join(a.Path, "/")+"|"+a.Name+"|"+a.Type)
	}
	want := []string{"|Отчёт за март.xlsx|application/x-test", "|Отчет.xls|application/octet-stream",
		"inner|in.xls|application/octet-stream", "|mail.eml|application/octet-stream", "mail.eml|a.xls|application/octet-stream"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
	if l.Text != "Добрый день" || !l.Attachments[0].Unpacked || len(l.Reports()) != 4 || string(l.Attachments[1].Data) != "report" {
		t.Errorf("text %q, attachments %+v", l.Text, l.Attachments)
	}
}

func TestWinmailThatIsCutOffStaysAReport(t *testing.T) {
	t.Parallel()
	data := container(attribute(2, attRenderData, ""), attribute(2, attTitle, "a.xls\x00"), attribute(2, attData, "0123456789"))
	l := parse(t, mixed(filePart("Content-Type: application/ms-tnef; name=winmail.dat", data[:len(data)-7])))
	if len(l.Reports()) != 2 || l.Attachments[0].Unpacked || string(l.Attachments[1].Data) != "01234" || len(l.Warnings) != 1 {
		t.Errorf("got %q, warnings %q", listed(l), l.Warnings)
	}
}
