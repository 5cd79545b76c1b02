package letter

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"strings"
)

// Attachment is one file of a letter.
type Attachment struct {
	Name      string   // decoded, without path parts; empty where the letter gives none
	Type      string   // media type as the letter states it, lower case
	Path      []string // names of the letters and containers around it, outermost first
	Data      []byte
	Inline    bool   // shown within the text: disposition inline, or related to it
	ContentID string // without its brackets
	Encrypted bool   // S/MIME or PGP: cannot be opened
	Unpacked  bool   // a container whose content is listed too: winmail.dat, a forwarded letter, a signature around a file
}

// SHA256 is the hash of the attachment's bytes.
func (a Attachment) SHA256() [sha256.Size]byte { return sha256.Sum256(a.Data) }

// NameOf is the attachment's name, or where the letter gives none
// "attachment-N.ext" with the extension told by its first bytes or its type.
func NameOf(a Attachment, n int) string {
	if a.Name != "" {
		return a.Name
	}
	return fmt.Sprintf("attachment-%d%s", n, extension(a.Data, a.Type))
}

// Reports are the attachments that may be reports: no pictures of a signature,
// no calendars, cards and signatures, no containers that were unpacked, nothing
// without bytes. What is encrypted is among them: somebody has to be told.
func (l *Letter) Reports() []Attachment {
	var out []Attachment
	for _, a := range l.Attachments {
		if len(a.Data) > 0 && !a.Unpacked && !decoration(a) {
			out = append(out, a)
		}
	}
	return out
}

// WriteAttachments prints the attachments of a letter as JSON Lines:
// {"name","type","size","sha256"}.
func WriteAttachments(w io.Writer, l *Letter) error {
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	for _, a := range l.Attachments {
		sum := a.SHA256()
		line := struct {
			Name   string `json:"name"`
			Type   string `json:"type"`
			Size   int    `json:"size"`
			SHA256 string `json:"sha256"`
		}{a.Name, a.Type, len(a.Data), hex.EncodeToString(sum[:])}
		if err := out.Encode(line); err != nil {
			return fmt.Errorf("write attachments: %w", err)
		}
	}
	return nil
}

// logoBytes is the size under which a picture without a name is taken for a logo.
const logoBytes = 100 << 10

// decoration reports whether an attachment comes with every letter of its sender
// and is no report.
func decoration(a Attachment) bool {
	if strings.HasPrefix(a.Type, "image/") {
		return a.Inline && a.ContentID != "" || a.Name == "" && len(a.Data) < logoBytes
	}
	if a.Encrypted {
		return false
	}
	name := strings.ToLower(a.Name)
	for _, end := range []string{".ics", ".vcf", ".p7s", ".asc", ".sig", ".sgn", ".emz", ".wmz"} {
		if strings.HasSuffix(name, end) {
			return true
		}
	}
	switch a.Type {
	case "text/calendar", "text/vcard", "text/x-vcard", "text/directory", "text/rfc822-headers", "text/x-amp-html",
		"application/ics", "application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature",
		"application/pgp-keys", "application/pgp-encrypted", "message/delivery-status", "message/disposition-notification",
		"message/feedback-report":
		return true
	}
	return name == "oledata.mso"
}
