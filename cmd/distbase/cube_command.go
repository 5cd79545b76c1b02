package main

import (
	"bufio"
	"errors"
	"fmt"
	"time"

	"github.com/distbase/distbase/cmd/distbase/config"
	"github.com/distbase/distbase/reports/cube"
)

type cubeCommand struct {
	Measures []string `required:"" help:"Measures, separated by commas." placeholder:"M,.."`
	By       []string `help:"Dimensions, separated by commas." placeholder:"D,.."`
	From     string   `help:"First day." placeholder:"YYYY-MM-DD"`
	To       string   `help:"Last day." placeholder:"YYYY-MM-DD"`
	Where    []string `sep:"none" help:"Only this value of a dimension; may be repeated." placeholder:"D=V"`
	JSON     bool     `name:"json" help:"Print JSON instead of CSV."`
}

// Run asks the cube for figures.
func (c *cubeCommand) Run(e *environment) error {
	query := cube.Query{Measures: c.Measures, By: c.By}
	var err error
	if query.Where, err = cube.ParseFilters(c.Where); err != nil {
		return usageError{err}
	}
	for _, day := range []struct {
		text string
		to   *time.Time
	}{{c.From, &query.From}, {c.To, &query.To}} {
		if day.text == "" {
			continue
		}
		if *day.to, err = time.Parse(time.DateOnly, day.text); err != nil {
			return usageError{fmt.Errorf("%q is no day like 2026-03-31", day.text)}
		}
	}
	if _, _, err := query.SQL(); err != nil {
		return usageError{err}
	}
	return e.withDatabase(func(_ config.Config, db *database) error {
		res, err := cube.Run(e.ctx, db.Pool(), query)
		if err != nil {
			return err
		}
		out := bufio.NewWriter(e.stdout)
		if c.JSON {
			return errors.Join(cube.WriteJSON(out, res), out.Flush())
		}
		return errors.Join(cube.WriteCSV(out, res), out.Flush())
	})
}
