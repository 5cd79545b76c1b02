package storage

import (
	"encoding/json"
	"strings"
	"unicode/utf8"
)

// clean makes text from outside fit for PostgreSQL, which takes neither invalid
// UTF-8 nor the zero character.
func clean(s string) string {
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, "\uFFFD")
	}
	return strings.ReplaceAll(s, "\x00", "")
}

// nullText is nil for empty text.
func nullText(s string) *string {
	if s = clean(s); s == "" {
		return nil
	}
	return &s
}

func jsonObject(raw json.RawMessage) json.RawMessage {
	if len(raw) == 0 {
		return json.RawMessage(`{}`)
	}
	return raw
}

func hashBytes(h *SHA256) []byte {
	if h == nil {
		return nil
	}
	return h[:]
}
