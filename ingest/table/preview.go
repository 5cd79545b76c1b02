package table

import (
	"cmp"
	"crypto/sha256"
	"slices"
	"strings"
)

// Preview shows the first n records as they were understood: a row of roles, then
// the values, in the order of [Roles]: numbers with a point and without groups, however
// the sheet shows them. Roles without a value are left out.
func (t *Table) Preview(n int) [][]string {
	var roles []Role
	for _, r := range Roles() {
		if slices.ContainsFunc(t.Records[:min(previewLook, len(t.Records))], func(rec Record) bool { _, ok := rec.Get(r); return ok }) {
			roles = append(roles, r)
		}
	}
	head := make([]string, len(roles))
	for i, r := range roles {
		head[i] = string(r)
	}
	out := [][]string{head}
	for _, rec := range t.Records[:min(n, len(t.Records))] {
		row := make([]string, len(roles))
		for i, r := range roles {
			row[i] = rec.Text(r)
			if n, ok := rec.Decimal(r); ok && r.IsNumber() {
				row[i] = n.String()
			}
		}
		out = append(out, row)
	}
	return out
}

// previewLook is how many records are asked which roles they have.
const previewLook = 1000

// CanonicalHash is a hash of what the records mean: kind, period and values, not
// their rows, order, file or columns. The same content sent again in another file
// has the same hash.
func (t *Table) CanonicalHash() [32]byte {
	lines := make([]string, len(t.Records))
	for i, r := range t.Records {
		var b strings.Builder
		for _, role := range Roles() {
			v, ok := r.Get(role)
			if !ok {
				continue
			}
			s := strings.ToLower(strings.Join(strings.Fields(v.Text), " "))
			if role.IsNumber() {
				s = v.Number.String()
			}
			b.WriteString(string(role) + "=" + s + "\x00")
		}
		lines[i] = b.String()
	}
	slices.SortFunc(lines, cmp.Compare)
	head := string(t.Kind)
	if t.Period != nil {
		head += " " + t.Period.String()
	}
	return sha256.Sum256([]byte(head + "\n" + strings.Join(lines, "\n")))
}
