package main

import (
	"encoding/json"
	"fmt"

	"github.com/distbase/distbase/cmd/distbase/config"
	"github.com/distbase/distbase/storage"
	"github.com/distbase/distbase/text"
)

type questionsCommand struct {
	JSON   bool `name:"json" help:"Print JSON Lines with everything a card shows."`
	ByKind bool `name:"by-kind" help:"Count the open questions by kind."`
}

// Run lists what the analyst is being asked.
func (c *questionsCommand) Run(e *environment) error {
	return e.withDatabase(func(s config.Config, db *database) error {
		if c.ByKind {
			return c.count(e, s, db)
		}
		open, err := storage.OpenQuestions(e.ctx, db.Pool(), 0)
		if err != nil {
			return err
		}
		enc := json.NewEncoder(e.stdout)
		enc.SetEscapeHTML(false)
		for _, q := range open {
			if c.JSON {
				line := map[string]any{"id": q.ID, "kind": q.Kind, "subject": q.Subject, "value": q.Value.String(), "version": q.Version, "card": q.Payload}
				if err := enc.Encode(line); err != nil {
					return fmt.Errorf("print question: %w", err)
				}
				continue
			}
			if _, err := fmt.Fprintf(e.stdout, "%d\t%s\t%s\t%s\n", q.ID, q.Kind, q.Subject, text.Money(s.Lang, q.Value)); err != nil {
				return fmt.Errorf("print question: %w", err)
			}
		}
		return nil
	})
}

// count prints kind, number and worth.
func (c *questionsCommand) count(e *environment, s config.Config, db *database) error {
	queue, err := storage.CountQueue(e.ctx, db.Pool())
	if err != nil {
		return err
	}
	enc := json.NewEncoder(e.stdout)
	for _, k := range queue {
		if c.JSON {
			err = enc.Encode(map[string]any{"kind": k.Kind, "open": k.Open, "held": k.Held, "value": k.Value.String()})
		} else {
			_, err = fmt.Fprintf(e.stdout, "%s\t%d\t%s\n", k.Kind, k.Open, text.Money(s.Lang, k.Value))
		}
		if err != nil {
			return fmt.Errorf("print count: %w", err)
		}
	}
	return nil
}
