package main

import (
	"errors"
	"fmt"
	"os"

	"github.com/distbase/distbase/ingest/letter"
)

type attachmentsCommand struct {
	File string `arg:"" help:"Letter as it came (.eml)."`
}

// Run lists the letter's attachments as JSON Lines.
func (c *attachmentsCommand) Run(e *environment) error {
	data, err := os.ReadFile(c.File)
	if err != nil {
		return fmt.Errorf("read letter: %w", err)
	}
	l, parseErr := letter.Parse(data, letter.Limits{})
	if l == nil {
		return parseErr
	}
	return errors.Join(letter.WriteAttachments(e.stdout, l), parseErr)
}
