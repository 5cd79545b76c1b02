package match

import "slices"

// history is the IDs confirmed for a canonical name by a distributor, and how often by any of them.
type history map[historyKey][]string

type historyKey struct{ name, distributor string }

// anyone is the distributor under which all mappings are found.
const anyone = "\x00"

func (h history) find(name, distributor string) (own, others []string) {
	if distributor != "" {
		own = h[historyKey{name, distributor}]
	}
	return own, h[historyKey{name, anyone}]
}

// Remember takes a confirmed mapping into account from now on: the same name, but
// for its spelling, is mapped alike. A name that differs in a word or a size is not.
func (c *Catalog) Remember(h Confirmed) {
	name := Normalise(h.Name)
	if name == "" || h.ID == "" {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	own := historyKey{name, h.Distributor}
	if slices.Contains(c.history[own], h.ID) {
		return
	}
	c.history[own] = append(c.history[own], h.ID)
	// Among all, an ID stands once a distributor that confirmed it, so that forgetting one keeps the others.
	all := historyKey{name, anyone}
	c.history[all] = append(c.history[all], h.ID)
}

// Forget takes a mapping back.
func (c *Catalog) Forget(h Confirmed) {
	name := Normalise(h.Name)
	c.mu.Lock()
	defer c.mu.Unlock()
	own := historyKey{name, h.Distributor}
	if !slices.Contains(c.history[own], h.ID) {
		return
	}
	for _, k := range []historyKey{own, {name, anyone}} {
		i := slices.Index(c.history[k], h.ID)
		if c.history[k] = slices.Delete(c.history[k], i, i+1); len(c.history[k]) == 0 {
			delete(c.history, k)
		}
	}
}
