package table

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"

	"github.com/distbase/distbase/ingest/table/lines"
)

// linesIn and linesOut are one line each of the input and output of [WriteLines].
type linesIn struct {
	File  string     `json:"file"`
	Sheet string     `json:"sheet"`
	Rows  [][]string `json:"rows"`
}

type linesOut struct {
	File  string   `json:"file"`
	Sheet string   `json:"sheet"`
	Line  []string `json:"line"`
}

// WriteLines reads grids as JSON Lines and prints a label for every row of each, as
// package lines tells them: metadata, header, group, data, derived, notes or empty.
func WriteLines(r io.Reader, w io.Writer) error {
	dec := json.NewDecoder(bufio.NewReader(r))
	bw := bufio.NewWriter(w)
	enc := json.NewEncoder(bw)
	enc.SetEscapeHTML(false)
	for {
		var in linesIn
		if err := dec.Decode(&in); err == io.EOF {
			break
		} else if err != nil {
			return fmt.Errorf("read grid: %w", err)
		}
		out := linesOut{in.File, in.Sheet, make([]string, len(in.Rows))}
		labels, _ := lines.Learned().Labels(in.Rows)
		for i, l := range labels {
			out.Line[i] = l.String()
		}
		if err := enc.Encode(out); err != nil {
			return fmt.Errorf("write labels: %w", err)
		}
	}
	if err := bw.Flush(); err != nil {
		return fmt.Errorf("write labels: %w", err)
	}
	return nil
}
