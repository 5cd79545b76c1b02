package letter

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"mime/quotedprintable"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestAnyFileUnderAnyNameComesBack is the room's promise: whatever bytes under
// whatever name, in each transfer encoding and each way to write the name.
func TestAnyFileUnderAnyNameComesBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		data := rapid.SliceOf(rapid.Byte()).Draw(t, "data")
		name := cleanName(rapid.StringN(1, 40, 120).Draw(t, "name"), 255)
		if name == "" {
			t.Skip("nothing is left of the name")
		}
		coding := rapid.SampledFrom([]string{"base64", "quoted-printable", "binary", "x-uuencode"}).Draw(t, "coding")
		naming := rapid.SampledFrom([]func(string) string{extendedName, piecedName, wordName}).Draw(t, "naming")
		breaks := rapid.SampledFrom([]string{"\r\n", "\n"}).Draw(t, "line end")
		if coding == "binary" && breaks == "\n" && bytes.HasSuffix(data, []byte("\r")) {
			t.Skip("nobody can tell whose the CR before an LF is")
		}
		head := "From: a@b.test\nContent-Type: multipart/mixed; boundary=\"==x7Qz\"\n\n--==x7Qz\n" +
			"Content-Type: application/octet-stream\nContent-Transfer-Encoding: " + coding + "\nContent-Disposition: attachment;\n " + naming(name) + "\n\n"
		raw := strings.ReplaceAll(head, "\n", breaks) + encode(coding, data, breaks) + strings.ReplaceAll("\n--==x7Qz--\n", "\n", breaks)
		l, err := Parse([]byte(raw), Limits{})
		if err != nil || len(l.Attachments) != 1 {
			t.Fatalf("error %v in %q", err, raw)
		}
		if a := l.Attachments[0]; a.Name != name || !bytes.Equal(a.Data, data) {
			t.Fatalf("got %q %q, want %q %q in %q", a.Name, a.Data, name, data, raw)
		}
	})
}

func encode(coding string, data []byte, breaks string) string {
	switch coding {
	case "base64":
		return strings.ReplaceAll(wrapped(string(data)), "\r\n", breaks)
	case "quoted-printable":
		var out bytes.Buffer
		w := quotedprintable.NewWriter(&out)
		w.Binary = true
		if _, err := w.Write(data); err != nil {
			panic(err)
		}
		if err := w.Close(); err != nil {
			panic(err)
		}
		return strings.ReplaceAll(out.String(), "\r\n", breaks)
	case "x-uuencode":
		return strings.ReplaceAll(uuencode(data), "\n", breaks)
	}
	return string(data)
}

func uuencode(data []byte) string {
	var b strings.Builder
	b.WriteString("begin 644 x\n")
	for len(data) > 0 {
		n := min(45, len(data))
		line := append([]byte(nil), data[:n]...)
		data = data[n:]
		b.WriteByte(byte(n) + ' ')
		for len(line)%3 != 0 {
			line = append(line, 0)
		}
		for i := 0; i < len(line); i += 3 {
			for _, v := range []byte{line[i] >> 2, line[i]<<4&63 | line[i+1]>>4, line[i+1]<<2&63 | line[i+2]>>6, line[i+2] & 63} {
				b.WriteByte("`!\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_"[v])
			}
		}
		b.WriteByte('\n')
	}
	return b.String() + "`\nend\n"
}

// extendedName writes a name by RFC 2231 in one piece.
func extendedName(name string) string { return "filename*=utf-8''" + percented(name) }

// piecedName writes it in pieces that split characters.
func piecedName(name string) string {
	var pieces []string
	for i := 0; len(name) > 0; i++ {
		n := min(7, len(name))
		start := ""
		if i == 0 {
			start = "utf-8''"
		}
		pieces = append(pieces, fmt.Sprintf("filename*%d*=%s%s", i, start, percented(name[:n])))
		name = name[n:]
	}
	return strings.Join(pieces, ";\n ")
}

func percented(s string) string {
	var b strings.Builder
	for i := range len(s) {
		fmt.Fprintf(&b, "%%%02X", s[i])
	}
	return b.String()
}

// wordName writes it in encoded words of base64 that split characters.
func wordName(name string) string { return `filename="` + words(name) + `"` }

func words(name string) string {
	var out []string
	for len(name) > 0 {
		n := min(9, len(name))
		out = append(out, "=?utf-8?B?"+base64.StdEncoding.EncodeToString([]byte(name[:n]))+"?=")
		name = name[n:]
	}
	return strings.Join(out, "\n ")
}
