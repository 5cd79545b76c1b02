package letter

import (
	"encoding/base64"
	"fmt"
	"strings"
	"testing"
)

// mixed is a letter of several parts, each given as its header and body.
func mixed(parts ...string) string {
	return multi("mixed", parts...)
}

func multi(kind string, parts ...string) string {
	var b strings.Builder
	b.WriteString("From: Иванов <ivanov@dist.test>\r\nSubject: test\r\nMIME-Version: 1.0\r\n")
	fmt.Fprintf(&b, "Content-Type: multipart/%s; boundary=\"=_b%d\"\r\n\r\npreamble\r\n", kind, len(parts))
	for _, p := range parts {
		fmt.Fprintf(&b, "--=_b%d\r\n%s\r\n", len(parts), p)
	}
	fmt.Fprintf(&b, "--=_b%d--\r\nepilogue\r\n", len(parts))
	return b.String()
}

// textPart is a plain text.
func textPart(text string) string {
	return "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" + text
}

// filePart is a file in base64 with the given lines of header.
func filePart(header, data string) string {
	return header + "\r\nContent-Transfer-Encoding: base64\r\n\r\n" + wrapped(data)
}

// wrapped is base64 in lines of 76 letters.
func wrapped(data string) string {
	all := base64.StdEncoding.EncodeToString([]byte(data))
	var b strings.Builder
	for len(all) > 76 {
		b.WriteString(all[:76] + "\r\n")
		all = all[76:]
	}
	return b.String() + all
}

func parse(t *testing.T, raw string) *Letter {
	t.Helper()
	l, err := Parse([]byte(raw), Limits{})
	if err != nil {
		t.Fatalf("parse: %v", err)
	}
	return l
}

// listed is each attachment as "name=data".
func listed(l *Letter) []string {
	out := []string{}
	for _, a := range l.Attachments {
		out = append(out, a.Name+"="+string(a.Data))
	}
	return out
}
