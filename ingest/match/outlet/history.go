package outlet

import (
	"slices"
	"strings"
)

// history are the mappings that people confirmed, by what was asked, word by word, and by whom.
type history map[historyKey][]taught

// taught is an outlet and how many confirmations name it.
type taught struct {
	id    string
	times int
}

type historyKey struct{ text, distributor string }

// keyText is a query as the history keeps it: all its words in order. Queries
// that differ in a digit or letter are other queries.
func keyText(q Query) string {
	var b strings.Builder
	for _, field := range [...]string{q.Name, q.LegalName, q.INN, q.Address, q.City, q.Region} {
		for _, t := range tokenise(field) {
			b.WriteString(t.text)
			b.WriteByte(' ')
		}
		b.WriteByte('|')
	}
	return b.String()
}

// Remember takes a confirmed mapping into account from now on.
func (x *Index) Remember(c Confirmed) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.remember(c)
}

func (x *Index) remember(c Confirmed) {
	for _, k := range historyKeys(c.Query) {
		if i := slices.IndexFunc(x.history[k], func(t taught) bool { return t.id == c.ID }); i >= 0 {
			x.history[k][i].times++
			continue
		}
		x.history[k] = append(x.history[k], taught{c.ID, 1})
	}
}

// Forget takes one confirmation back; what others taught stays.
func (x *Index) Forget(c Confirmed) {
	x.mu.Lock()
	defer x.mu.Unlock()
	for _, k := range historyKeys(c.Query) {
		list := x.history[k]
		i := slices.IndexFunc(list, func(t taught) bool { return t.id == c.ID })
		if i < 0 {
			continue
		}
		if list[i].times--; list[i].times == 0 {
			list = slices.Delete(list, i, i+1)
		}
		if x.history[k] = list; len(list) == 0 {
			delete(x.history, k)
		}
	}
}

// historyKeys are the distributor's own memory and that of all.
func historyKeys(q Query) []historyKey {
	text := keyText(q)
	if q.Distributor == "" {
		return []historyKey{{text, ""}}
	}
	return []historyKey{{text, q.Distributor}, {text, ""}}
}

// confirmed gives the outlet that people confirmed for a query, and whether the
// distributor's own history says so; "" where none did, or several.
func (x *Index) confirmed(q Query) (id string, own bool) {
	for _, k := range historyKeys(q) {
		list := x.history[k]
		if len(list) == 1 {
			if _, there := x.byID[list[0].id]; there {
				return list[0].id, k.distributor == q.Distributor && q.Distributor != ""
			}
		}
		if len(list) > 0 {
			return "", false
		}
	}
	return "", false
}
