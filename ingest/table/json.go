package table

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"

	"github.com/shopspring/decimal"
)

// tableJSON is the table object of the contract.
type tableJSON struct {
	File          string                   `json:"file"`
	Sheet         string                   `json:"sheet"`
	Kind          Kind                     `json:"kind"`
	HeaderRows    *[2]int                  `json:"header_rows"`
	FirstRow      int                      `json:"first_row"`
	LastRow       int                      `json:"last_row"`
	Columns       map[Role]ColumnRef       `json:"columns"`
	Period        *[2]string               `json:"period"`
	Rows          int                      `json:"rows"`
	Totals        map[Role]decimal.Decimal `json:"totals"`
	PrintedTotals map[Role]decimal.Decimal `json:"printed_totals"`
	Reconciled    *bool                    `json:"reconciled"`
	Certain       bool                     `json:"certain"`
	Skipped       []skippedJSON            `json:"skipped"`
}

type skippedJSON struct {
	Row    int    `json:"row"`
	Reason string `json:"reason"`
}

// WriteJSON prints tables as JSON Lines: an object a table, followed by one a record.
func WriteJSON(w io.Writer, tables []*Table) error {
	bw := bufio.NewWriter(w)
	enc := json.NewEncoder(bw)
	enc.SetEscapeHTML(false)
	for _, t := range tables {
		if err := enc.Encode(map[string]tableJSON{"table": t.json()}); err != nil {
			return fmt.Errorf("write table: %w", err)
		}
		for _, r := range t.Records {
			if _, err := bw.Write(r.appendJSON(nil)); err != nil {
				return fmt.Errorf("write table: %w", err)
			}
		}
	}
	if err := bw.Flush(); err != nil {
		return fmt.Errorf("write table: %w", err)
	}
	return nil
}

func (t *Table) json() tableJSON {
	j := tableJSON{File: t.File, Sheet: t.Sheet, Kind: t.Kind, FirstRow: t.FirstRow, LastRow: t.LastRow, Columns: t.Columns,
		Rows: len(t.Records), Totals: t.Totals, PrintedTotals: t.PrintedTotals, Reconciled: t.Reconciled, Certain: t.Certain, Skipped: []skippedJSON{}}
	if t.HeaderRows[0] > 0 {
		j.HeaderRows = &t.HeaderRows
	}
	if t.Period != nil {
		j.Period = &[2]string{isoDay(t.Period.From), isoDay(t.Period.To)}
	}
	for _, s := range t.Skipped {
		j.Skipped = append(j.Skipped, skippedJSON(s))
	}
	return j
}

// appendJSON writes the record as one line, roles in the order of [Roles].
func (r Record) appendJSON(b []byte) []byte {
	b = fmt.Appendf(b, `{"row":%d`, r.Row)
	for _, role := range Roles() {
		v, ok := r.Get(role)
		if !ok {
			continue
		}
		s := v.Text
		if role.IsNumber() {
			s = v.Number.String()
		}
		b = fmt.Appendf(b, `,%q:`, string(role))
		b = append(b, quoted(s)...)
	}
	return append(b, "}\n"...)
}

func quoted(s string) []byte {
	b, _ := json.Marshal(s) // a string always marshals
	return b
}
