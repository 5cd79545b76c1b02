package letter

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
)

// WriteAttachments writes what a letter carries as JSON Lines, one attachment
// each: name, type, size and sha256 of its bytes.
func WriteAttachments(out io.Writer, l *Letter) error {
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	for _, a := range l.Attachments {
		sum := a.SHA256()
		line := struct {
			Name   string `json:"name"`
			Type   string `json:"type"`
			Size   int    `json:"size"`
			SHA256 string `json:"sha256"`
		}{a.Name, a.Type, len(a.Data), hex.EncodeToString(sum[:])}
		if err := enc.Encode(line); err != nil {
			return fmt.Errorf("list attachments: %w", err)
		}
	}
	return nil
}

// NameOf is the attachment's name or, where the letter gives none, one made of
// its number and what its bytes look like.
func NameOf(a Attachment, n int) string {
	if a.Name != "" {
		return a.Name
	}
	return fmt.Sprintf("attachment-%d%s", n, endingOf(a.Data))
}
