package cube

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"slices"
)

// WriteCSV writes a header line of dimensions and measures, then a line a row;
// decimals with a point.
func WriteCSV(w io.Writer, r *Result) error {
	out := csv.NewWriter(w)
	if err := out.Write(slices.Concat(r.Dimensions, r.Measures)); err != nil {
		return fmt.Errorf("write CSV: %w", err)
	}
	for _, row := range r.Rows {
		line := slices.Clone(row.Keys)
		for _, v := range row.Values {
			line = append(line, v.String())
		}
		if err := out.Write(line); err != nil {
			return fmt.Errorf("write CSV: %w", err)
		}
	}
	out.Flush()
	if err := out.Error(); err != nil {
		return fmt.Errorf("write CSV: %w", err)
	}
	return nil
}

// WriteJSON writes an array of objects, an object a row: dimensions as strings,
// measures as numbers, in the order of the query.
func WriteJSON(w io.Writer, r *Result) error {
	out := bufio.NewWriter(w)
	_ = out.WriteByte('[')
	for n, row := range r.Rows {
		if n > 0 {
			_ = out.WriteByte(',')
		}
		_, _ = out.WriteString("\n{")
		for i, d := range r.Dimensions {
			key, err := json.Marshal(row.Keys[i])
			if err != nil {
				return fmt.Errorf("write JSON: %w", err)
			}
			_, _ = fmt.Fprintf(out, "%q:%s,", d, key)
		}
		for i, m := range r.Measures {
			if i > 0 {
				_ = out.WriteByte(',')
			}
			_, _ = fmt.Fprintf(out, "%q:%s", m, row.Values[i].String())
		}
		_ = out.WriteByte('}')
	}
	_, _ = out.WriteString("\n]\n")
	if err := out.Flush(); err != nil {
		return fmt.Errorf("write JSON: %w", err)
	}
	return nil
}
