package mail_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	utf16 "golang.org/x/text/encoding/unicode"

	"github.com/distbase/distbase/ingest/grid/internal/cfb"
	"github.com/distbase/distbase/ingest/grid/internal/gridtest"
	"github.com/distbase/distbase/ingest/grid/mail"
	"github.com/distbase/distbase/ingest/grid/sheet"
)

// visited lists what is visited as "name=data".
func visited(t *testing.T, format string, data []byte) ([]string, error) {
	t.Helper()
	var out []string
	err := mail.Attachments(sheet.NewBudget(context.Background(), sheet.Options{}), format, data, func(name string, data []byte) error {
		if len(data) > 20 {
			data = append(bytes.Clone(data[:20]), '~')
		}
		out = append(out, name+"="+string(data))
		return nil
	})
	return out, err
}

type dir = []cfb.Item

func stream(id, kind int, data string) cfb.Item {
	return cfb.Item{Name: fmt.Sprintf("__substg1.0_%04X%04X", id, kind), Data: []byte(data)}
}

func storage(name string, entries ...cfb.Item) cfb.Item {
	return cfb.Item{Name: name, Items: entries}
}

func attach(n int, entries ...cfb.Item) cfb.Item {
	return storage(fmt.Sprintf("__attach_version1.0_#%08X", n), entries...)
}

// properties is a stream of fixed ones: id and value by turns.
func properties(head int, values ...int) cfb.Item {
	b := make([]byte, head)
	for i := 0; i+1 < len(values); i += 2 {
		b = binary.LittleEndian.AppendUint16(b, 3)
		b = binary.LittleEndian.AppendUint16(b, uint16(values[i]))
		b = binary.LittleEndian.AppendUint32(b, 6)
		b = binary.LittleEndian.AppendUint64(b, uint64(values[i+1]))
	}
	return cfb.Item{Name: "__properties_version1.0", Data: b}
}

func wide(s string) string {
	return gridtest.Encoded(utf16.UTF16(utf16.LittleEndian, utf16.IgnoreBOM), s)
}

const (
	str8, unicode, bin, object = 0x1E, 0x1F, 0x102, 0xD
	long, short, content, mime = 0x3707, 0x3704, 0x3701, 0x370E
)

func outlook(entries ...cfb.Item) []byte {
	return cfb.Write(append(dir{properties(32, 0x3FFD, 1251)}, entries...)...)
}

func TestMessageOfOutlook(t *testing.T) {
	t.Parallel()
	big := strings.Repeat("report of many sectors ", 5000)
	inner := storage("__substg1.0_3701000D", properties(24), stream(0x37, unicode, wide("Пересылка: март")),
		attach(0, stream(content, bin, "inner"), stream(long, unicode, wide("in.xls"))),
		attach(1, storage("__substg1.0_3701000D", properties(24), attach(0, stream(content, bin, "deep"), stream(long, unicode, wide("deep.csv"))))))
	data := outlook(
		attach(10, stream(content, bin, "last"), stream(long, unicode, wide(`C:\docs\..\z.csv`))),
		attach(0, stream(content, bin, big), stream(short, unicode, wide("8351~1.XLS")), stream(long, unicode, wide("Отчёт за март.xlsx"))),
		attach(1, stream(content, bin, "ansi"), stream(long, str8, "\xce\xf2\xf7\xe5\xf2.xls\x00")),
		attach(2, stream(content, bin, "PK\x03\x04 nameless")),
		attach(3, inner),
		attach(4, stream(content, bin, "logo"), stream(long, unicode, wide("logo.png")), stream(mime, unicode, wide("image/png")), stream(0x3712, unicode, wide("1@x"))),
		attach(5, storage("__substg1.0_3701000D", cfb.Item{Name: "CONTENTS", Data: []byte("ole")})),
		attach(6, stream(content, bin, "Content-Type: multipart/signed; boundary=b\r\n\r\n--b\r\nContent-Disposition: attachment; filename=signed.csv\r\n\r\n1;2\r\n--b--\r\n"),
			stream(mime, unicode, wide("multipart/signed"))),
		storage("__recip_version1.0_#00000000", stream(long, unicode, "x")),
	)
	got, err := visited(t, mail.MSG, data)
	want := []string{
		"Отчёт за март.xlsx=report of many secto~", "Отчет.xls=ansi", "attachment-3.zip=PK\x03\x04 nameless",
		"Пересылка: март/in.xls=inner", "Пересылка: март/letter/deep.csv=deep", "signed.csv=1;2", "z.csv=last",
	}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("got %q, %v", got, err)
	}
}

func TestMessageWithRingsEnds(t *testing.T) {
	t.Parallel()
	data := outlook(attach(0, stream(content, bin, strings.Repeat("x", 9000)), stream(long, unicode, wide("a.csv"))))
	for at := 0; at+4 <= len(data); at += 4 {
		for _, v := range []uint32{0, 1, 5, 0xFFFFFFFE, 0x7FFFFFFF} {
			broken := bytes.Clone(data)
			binary.LittleEndian.PutUint32(broken[at:], v)
			visited(t, mail.MSG, broken)
		}
	}
	for n := 0; n < len(data); n += 97 {
		visited(t, mail.MSG, data[:n])
	}
}

func TestInternetMessage(t *testing.T) {
	t.Parallel()
	part := func(header, body string) string {
		return "--b\r\n" + header + "\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64.StdEncoding.EncodeToString([]byte(body)) + "\r\n"
	}
	head := "From: a@b.test\r\nSubject: s\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
	inner := head + part("Content-Disposition: attachment; filename=in.csv", "1;2") + "--b--\r\n"
	got, err := visited(t, mail.EML, []byte(head+
		part("Content-Type: application/octet-stream; name=\"=?utf-8?B?0J7RgtGH0ZHRgi54bHM=?=\"", "report")+
		part("Content-Type: text/calendar; name=a.ics", "BEGIN")+
		part("Content-Type: application/octet-stream", "PK\x03\x04")+
		"--b--\r\n"))
	if err != nil || !slices.Equal(got, []string{"Отчёт.xls=report", "attachment-3.zip=PK\x03\x04"}) {
		t.Errorf("got %q, %v", got, err)
	}
	nested, err := visited(t, mail.EML, []byte("From: a@b.test\r\nSubject: s\r\nContent-Type: multipart/mixed; boundary=outer\r\n\r\n--outer\r\nContent-Type: message/rfc822\r\n\r\n"+inner+"\r\n--outer--\r\n"))
	if err != nil || !slices.Equal(nested, []string{"s/in.csv=1;2"}) {
		t.Errorf("got %q, %v", nested, err)
	}
}

// attribute is one of a winmail.dat.
func attribute(level byte, id uint16, data string) string {
	b := binary.LittleEndian.AppendUint16([]byte{level}, id)
	b = binary.LittleEndian.AppendUint16(b, 6)
	b = binary.LittleEndian.AppendUint32(b, uint32(len(data)))
	return string(b) + data + "\x00\x00"
}

func winmail(attributes ...string) string {
	return "\x78\x9f\x3e\x22\x01\x00" + attribute(1, 0x9007, "\xe3\x04\x00\x00\x00\x00\x00\x00") + strings.Join(attributes, "")
}

func TestContainerOfExchange(t *testing.T) {
	t.Parallel()
	data := winmail(attribute(2, 0x9002, ""), attribute(2, 0x8010, "\xce\xf2\xf7\xe5\xf2.xls\x00"), attribute(2, 0x800F, "report"),
		attribute(2, 0x9002, ""), attribute(2, 0x8010, "b.csv\x00"), attribute(2, 0x800F, "1;2\r\n3;4"))
	got, err := visited(t, mail.TNEF, []byte(data))
	if err != nil || !slices.Equal(got, []string{"Отчет.xls=report", "b.csv=1;2\r\n3;4"}) {
		t.Errorf("got %q, %v", got, err)
	}
	got, err = visited(t, mail.TNEF, []byte(data[:len(data)-5]))
	if gridtest.Reason(err) != "broken truncated" || !slices.Equal(got, []string{"Отчет.xls=report", "b.csv=1;2\r\n"}) {
		t.Errorf("cut off: got %q, %v", got, err)
	}
}

func TestWhatGivesNothing(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, format, data, want string }{
		{"empty letter", mail.EML, " \r\n", "empty eml"},
		{"letter of text", mail.EML, "From: a@b.test\r\nSubject: x\r\n\r\nhello", "empty eml"},
		{"letter of ciphers", mail.EML, "From: a@b.test\r\nContent-Type: multipart/encrypted; protocol=\"application/pgp-encrypted\"; boundary=b\r\n\r\n" +
			"--b\r\nContent-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n--b\r\nContent-Type: application/octet-stream; name=e.asc\r\n\r\n-----BEGIN\r\n--b--\r\n", "encrypted eml"},
		{"message without attachments", mail.MSG, string(outlook(stream(0x1000, unicode, wide("body")))), "empty msg"},
		{"no message", mail.MSG, "text", "broken"},
		{"cut head", mail.MSG, string(outlook()[:700]), "broken"},
		{"no container", mail.TNEF, "text", "broken"},
		{"container of nothing", mail.TNEF, winmail(), "empty tnef"},
		{"other format", "fax", "text", "unsupported fax"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got, err := visited(t, c.format, []byte(c.data)); gridtest.Reason(err) != c.want || len(got) > 0 {
				t.Errorf("got %q, %v, want %s", got, err, c.want)
			}
		})
	}
}

func TestVisitEndsTheRead(t *testing.T) {
	t.Parallel()
	stop := errors.New("stop")
	data := outlook(attach(0, stream(content, bin, "a"), stream(long, unicode, wide("a.csv"))), attach(1, stream(content, bin, "b"), stream(long, unicode, wide("b.csv"))))
	n := 0
	err := mail.Attachments(sheet.NewBudget(context.Background(), sheet.Options{}), mail.MSG, data, func(string, []byte) error { n++; return stop })
	if !errors.Is(err, stop) || n != 1 {
		t.Errorf("%d visits, %v", n, err)
	}
	err = mail.Attachments(sheet.NewBudget(context.Background(), sheet.Options{MaxBytes: 1}), mail.MSG, outlook(attach(0, stream(content, bin, "abc"))), func(string, []byte) error { return nil })
	if gridtest.Reason(err) != "too_big unpacked" {
		t.Errorf("budget: %v", err)
	}
}

func TestCorpusOfLettersEnds(t *testing.T) {
	t.Parallel()
	files, _ := filepath.Glob("../../../../shared/corpus/eml/*.eml")
	if len(files) == 0 {
		t.Skip("no corpus here")
	}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		_, err = visited(t, mail.EML, data)
		switch code, _, _ := strings.Cut(gridtest.Reason(err), " "); code {
		case "none", "empty", "encrypted", "too_big":
		default:
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzAttachments(f *testing.F) {
	f.Add(byte(0), []byte("From: a@b.test\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Disposition: attachment; filename=a.csv\r\n\r\n1\r\n--b--"))
	f.Add(byte(1), outlook(attach(0, stream(content, bin, "a"), stream(long, str8, "\xce\xf2.csv")),
		attach(1, storage("__substg1.0_3701000D", properties(24), attach(0, stream(content, bin, strings.Repeat("x", 5000)))))))
	f.Add(byte(2), []byte(winmail(attribute(2, 0x9002, ""), attribute(2, 0x8010, "a.xls\x00"), attribute(2, 0x800F, "report"))))
	f.Fuzz(func(t *testing.T, format byte, data []byte) {
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		defer cancel()
		b := sheet.NewBudget(ctx, sheet.Options{MaxBytes: 8 << 20})
		n := 0
		err := mail.Attachments(b, []string{mail.EML, mail.MSG, mail.TNEF}[format%3], data, func(name string, data []byte) error {
			if name == "" || strings.HasPrefix(name, "/") || strings.Contains("/"+name+"/", "/../") {
				t.Errorf("name %q", name)
			}
			n++
			return nil
		})
		if err == nil && n == 0 {
			t.Error("neither attachments nor an error")
		}
	})
}
