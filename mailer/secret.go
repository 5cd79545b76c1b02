package mailer

import "log/slog"

// Secret is a password or token. It prints as stars wherever it is formatted,
// logged or encoded.
type Secret string

// Reveal is the secret itself, for the wire alone.
func (s Secret) Reveal() string { return string(s) }

// String is a row of stars, or nothing where there is no secret.
func (s Secret) String() string {
	if s == "" {
		return ""
	}
	return "***"
}

// GoString hides the secret from %#v.
func (s Secret) GoString() string { return s.String() }

// LogValue hides the secret from slog.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }

// MarshalText hides the secret from encoders.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }
