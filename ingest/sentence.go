package ingest

import (
	"encoding/json"
	"fmt"
	"math"

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
	s.wholeNumbers()
	return s, true
}

// wholeNumbers makes numbers of JSON count rows again: as floating point a
// millionth row would be printed with an exponent.
func (s *Sentence) wholeNumbers() {
	for name, arg := range s.Args {
		if f, ok := arg.(float64); ok && f == math.Trunc(f) && math.Abs(f) < 1<<53 {
			s.Args[name] = int(f)
		}
	}
}

// rawSentences is a list of sentences as it is kept; nil for none.
func rawSentences(list []Sentence) json.RawMessage {
	if len(list) == 0 {
		return nil
	}
	raw, err := json.Marshal(list)
	if err != nil {
		panic(fmt.Sprintf("sentences cannot be encoded: %v", err)) // arguments are texts and numbers
	}
	return raw
}

func parseSentences(raw json.RawMessage) []Sentence {
	var list []Sentence
	if len(raw) == 0 || json.Unmarshal(raw, &list) != nil {
		return nil
	}
	for i := range list {
		list[i].wholeNumbers()
	}
	return list
}
