package table

import "strings"

// joinCatalogues gives names to records that carry codes only, from catalogue and
// client tables of the same file.
func joinCatalogues(tables []*Table) {
	products, clients := map[string]Value{}, map[string]Value{}
	for _, t := range tables {
		for _, r := range t.Records {
			switch t.Kind {
			case Catalogue, Pricelist:
				remember(products, r.Text(ProductCode), r, Product)
			case Clients:
				remember(clients, r.Text(ClientCode), r, Client)
			}
		}
	}
	for _, t := range tables {
		if t.Kind == Catalogue || t.Kind == Pricelist || t.Kind == Clients {
			continue
		}
		t.fillNames(ProductCode, Product, products)
		t.fillNames(ClientCode, Client, clients)
	}
}

func remember(names map[string]Value, code string, r Record, role Role) {
	if v, ok := r.Get(role); ok && code != "" {
		names[strings.ToLower(code)] = v
	}
}

// fillNames looks the codes of the records up. A table without a column of such
// codes may have one under a title that says nothing: its values tell.
func (t *Table) fillNames(code, name Role, names map[string]Value) {
	if _, ok := t.Columns[name]; ok || len(names) == 0 {
		return
	}
	if _, ok := t.Columns[code]; !ok && !t.findCodes(code, names) {
		return
	}
	t.src.joins[name] = join{code, names}
}

// findCodes takes the column without a role whose values are all codes of the other table.
func (t *Table) findCodes(code Role, names map[string]Value) bool {
	rd := t.src.rd
	for i := range rd.cols {
		c := &rd.cols[i]
		if c.role != "" || rd.cross.covers(c.col) || c.stats.filled == 0 || !allIn(c.stats.distinct, names) {
			continue
		}
		c.role = code
		t.Columns[code] = Column(c.col)
		t.src.columns[code] = c.col
		return true
	}
	return false
}

func allIn(values map[string]struct{}, names map[string]Value) bool {
	for v := range values {
		if _, ok := names[strings.ToLower(v)]; !ok {
			return false
		}
	}
	return len(values) > 0
}
