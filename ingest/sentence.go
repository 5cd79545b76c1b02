package ingest

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/distbase/distbase/ingest/grid"
	"github.com/distbase/distbase/text"
)

// Sentence is a message of the catalogue with its arguments, as it is kept until
// somebody reads it in their language.
type Sentence struct {
	Key  string         `json:"key"`
	Args map[string]any `json:"args,omitempty"`
}

// Text is the sentence in the printer's language.
func (s Sentence) Text(p *text.Printer) string { return p.Text(s.Key, s.Args) }

// HTML is the sentence for Telegram.
func (s Sentence) HTML(p *text.Printer) string { return p.HTML(s.Key, s.Args) }

func (s Sentence) raw() json.RawMessage {
	raw, err := json.Marshal(s)
	if err != nil {
		panic(fmt.Sprintf("sentence %s cannot be encoded: %v", s.Key, err)) // arguments are texts and numbers
	}
	return raw
}

func parseSentence(raw json.RawMessage) (Sentence, bool) {
	var s Sentence
	if len(raw) == 0 || json.Unmarshal(raw, &s) != nil || s.Key == "" {
		return Sentence{}, false
	}
	return s, true
}

// problemOf turns the reader's refusal of a file into a sentence for its sender.
func problemOf(file string, err error) Sentence {
	var re *grid.ReadError
	s := Sentence{Key: "problem.broken", Args: map[string]any{"File": file}}
	if !errors.As(err, &re) {
		return s
	}
	switch re.Code {
	case grid.CodeEncrypted:
		s.Key = "problem.encrypted"
	case grid.CodeEmpty:
		s.Key = "problem.empty"
	case grid.CodeTooBig:
		s.Key = "problem.too_big"
	case grid.CodeUnsupported:
		s.Key, s.Args["Found"] = "problem.unsupported", re.Found
	}
	return s
}
