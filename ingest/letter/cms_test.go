package letter

import (
	"slices"
	"strings"
	"testing"
)

// der is an element of definite length, ber one of indefinite length.
func der(tag byte, content ...string) string {
	s := strings.Join(content, "")
	switch {
	case len(s) < 0x80:
		return string([]byte{tag, byte(len(s))}) + s
	case len(s) < 0x10000:
		return string([]byte{tag, 0x82, byte(len(s) >> 8), byte(len(s))}) + s
	}
	panic("too long for a test")
}

func ber(tag byte, content ...string) string {
	return string([]byte{tag, 0x80}) + strings.Join(content, "") + "\x00\x00"
}

// signedMessage wraps content as signed data, with the given way to write
// constructed elements.
func signedMessage(write func(byte, ...string) string, content ...string) string {
	return write(tagSequence, der(tagOID, oidSigned), write(tagContext0,
		write(tagSequence, der(0x02, "\x01"), write(0x31, write(tagSequence, der(tagOID, "\x2b\x0e"))),
			write(tagSequence, append([]string{der(tagOID, oidData)}, content...)...),
			write(0x31))))
}

func TestSignaturesAreTakenOff(t *testing.T) {
	t.Parallel()
	entity := "Content-Type: application/x; name=a.xls\r\nContent-Transfer-Encoding: base64\r\n\r\n" + wrapped("report")
	pieces := ber(tagOctets|tagConstructed, der(tagOctets, entity[:30]), ber(tagOctets|tagConstructed, der(tagOctets, entity[30:])))
	for _, c := range []struct {
		name, header, data string
		want               []string
	}{
		{"definite lengths", "Content-Type: application/pkcs7-mime; smime-type=signed-data; name=smime.p7m",
			signedMessage(der, der(tagContext0, der(tagOctets, entity))), []string{"smime.p7m", "a.xls"}},
		{"indefinite lengths, in pieces", "Content-Type: application/x-pkcs7-mime; name=smime.p7m",
			signedMessage(ber, ber(tagContext0, pieces)), []string{"smime.p7m", "a.xls"}},
		{"as octet-stream", "Content-Type: application/octet-stream; name=smime.P7M",
			signedMessage(der, der(tagContext0, der(tagOctets, entity))), []string{"smime.P7M", "a.xls"}},
		{"a bare file", "Content-Type: application/octet-stream; name=a.xls.sig",
			signedMessage(der, der(tagContext0, der(tagOctets, "report"))), []string{"a.xls.sig", "a.xls"}},
		{"armoured", "Content-Type: application/octet-stream; name=a.xls.p7m",
			"-----BEGIN PKCS7-----\n" + wrapped(signedMessage(der, der(tagContext0, der(tagOctets, "report")))) + "\n-----END PKCS7-----\n", []string{"a.xls.p7m", "a.xls"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			l := parse(t, mixed(filePart(c.header, c.data)))
			names := []string{}
			for _, a := range l.Attachments {
				names = append(names, a.Name)
			}
			reports := l.Reports()
			if !slices.Equal(names, c.want) || len(reports) != 1 || string(reports[0].Data) != "report" || l.Encrypted {
				t.Errorf("got %q, reports %+v", names, reports)
			}
		})
	}
}

func TestEnvelopesStayClosedAndAreMarked(t *testing.T) {
	t.Parallel()
	data := der(tagSequence, der(tagOID, oidEnveloped), der(tagContext0, der(tagSequence, der(0x02, "\x00"))))
	l := parse(t, "From: a@b.test\n"+filePart("Content-Type: application/pkcs7-mime; name=smime.p7m", data))
	if !l.Encrypted || len(l.Attachments) != 1 || !l.Attachments[0].Encrypted || len(l.Reports()) != 1 {
		t.Errorf("got %+v", l)
	}
}

func TestDetachedSignatureIsListedOnly(t *testing.T) {
	t.Parallel()
	l := parse(t, mixed(filePart("Content-Type: application/octet-stream; name=a.xls", "report"),
		filePart("Content-Type: application/octet-stream; name=a.xls.sig", signedMessage(der))))
	if got := listed(l); len(got) != 2 || len(l.Reports()) != 1 {
		t.Errorf("got %q", got)
	}
}
