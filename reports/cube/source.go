package cube

import "slices"

// source is a table of facts with what can be joined to it.
type source struct {
	name       string
	from       string
	joins      []join // in the order they depend on each other
	dimensions map[string]column
	when       string // condition that holds for every fact of it
}

// join is a table that is joined only where a dimension, filter or measure
// needs it.
type join struct {
	alias string
	sql   string
	needs []string // joins it refers to
}

// column is the SQL of a dimension and the joins it stands on.
type column struct {
	sql   string
	needs []string
}

// dimension is the column of a dimension; false where the facts do not know it.
func (s source) dimension(name string) (column, bool) {
	if sql, ok := timeColumn(name); ok {
		return column{sql: sql}, true
	}
	c, ok := s.dimensions[name]
	return c, ok
}

// timeColumn cuts the ISO form of the day, which both databases print.
func timeColumn(name string) (string, bool) {
	switch name {
	case "day":
		return "cast(f.day as varchar)", true
	case "month":
		return "substr(cast(f.day as varchar), 1, 7)", true
	case "quarter":
		return "substr(cast(f.day as varchar), 1, 4) || '-Q' || cast(extract(quarter from f.day) as varchar)", true
	case "year":
		return "substr(cast(f.day as varchar), 1, 4)", true
	}
	return "", false
}

// sourceOf is where a measure comes from.
func sourceOf(measure string) source {
	switch measure {
	case "primary_quantity", "primary_amount":
		return primarySource()
	case "stock_quantity":
		return stockSource()
	}
	return saleSource()
}

// reportJoins are what facts of a distributor's report are joined to.
func reportJoins() []join {
	return []join{
		{alias: "s", sql: "join submission s on s.id = f.submission_id and s.state = 'loaded'"},
		{alias: "d", sql: "join distributor d on d.id = f.distributor_id"},
		{alias: "i", sql: "join item i on i.distributor_id = f.distributor_id and i.id = f.item_id"},
		{alias: "m", sql: "left join item_mapping m on m.distributor_id = f.distributor_id and m.item_id = f.item_id and m.superseded_at is null"},
		{alias: "p", sql: "left join product p on p.id = m.product_id", needs: []string{"m"}},
	}
}

// reportColumns are the dimensions of facts of a distributor's report.
func reportColumns() map[string]column {
	return map[string]column{
		"distributor": {"d.code", []string{"d"}},
		"brand":       {"p.brand", []string{"p"}},
		"category":    {"p.category", []string{"p"}},
		"product":     {"p.code", []string{"p"}},
		"item":        {"i.name", []string{"i"}},
		"warehouse":   {"f.warehouse", nil},
		"submission":  {"cast(f.submission_id as varchar)", nil},
	}
}

func saleSource() source {
	s := source{name: "sale", from: "sale f", joins: append(reportJoins(),
		join{alias: "c", sql: "left join client c on c.distributor_id = f.distributor_id and c.id = f.client_id"},
		join{alias: "cm", sql: "left join client_mapping cm on cm.distributor_id = f.distributor_id and cm.client_id = f.client_id and cm.superseded_at is null"},
		join{alias: "o", sql: "left join outlet o on o.id = cm.outlet_id", needs: []string{"cm"}},
		join{alias: "ch", sql: "left join channel ch on ch.id = o.channel_id", needs: []string{"o"}},
		join{alias: "a", sql: "left join agent a on a.distributor_id = f.distributor_id and a.id = f.agent_id"},
		join{alias: "am", sql: "left join agent_mapping am on am.distributor_id = f.distributor_id and am.agent_id = f.agent_id and am.superseded_at is null"},
		// Who serves the outlet on the day of the sale: at most one, the table sees to it.
		join{alias: "os", sql: "left join outlet_serving os on os.outlet_id = cm.outlet_id and os.distributor_id = f.distributor_id" +
			" and os.valid_from <= f.day and (os.valid_to is null or f.day < os.valid_to)", needs: []string{"cm"}},
		join{alias: "r", sql: "left join rep r on r.id = coalesce(os.rep_id, am.rep_id)", needs: []string{"os", "am"}},
	)}
	s.dimensions = reportColumns()
	for name, c := range map[string]column{
		"outlet":  {"o.code", []string{"o"}},
		"client":  {"c.name", []string{"c"}},
		"agent":   {"a.name", []string{"a"}},
		"rep":     {"r.code", []string{"r"}},
		"channel": {"ch.code", []string{"ch"}},
		"region":  {"coalesce(o.region, d.region)", []string{"o", "d"}},
		"city":    {"o.city", []string{"o"}},
	} {
		s.dimensions[name] = c
	}
	return s
}

func stockSource() source {
	s := source{name: "stock", from: "stock f", joins: reportJoins(), dimensions: reportColumns(), when: "f.closing is not null"}
	s.dimensions["region"] = column{"d.region", []string{"d"}}
	return s
}

func primarySource() source {
	return source{
		name: "primary", from: "primary_sale f",
		joins: []join{
			{alias: "d", sql: "join distributor d on d.id = f.distributor_id"},
			{alias: "p", sql: "join product p on p.id = f.product_id"},
		},
		dimensions: map[string]column{
			"distributor": {"d.code", []string{"d"}},
			"region":      {"d.region", []string{"d"}},
			"brand":       {"p.brand", []string{"p"}},
			"category":    {"p.category", []string{"p"}},
			"product":     {"p.code", []string{"p"}},
		},
	}
}

// joined is the SQL of the joins that stand behind the named ones, in order.
func (s source) joined(needs []string) []string {
	wanted := make(map[string]bool)
	for _, n := range needs {
		wanted[n] = true
	}
	for _, j := range slices.Backward(s.joins) {
		if wanted[j.alias] {
			for _, n := range j.needs {
				wanted[n] = true
			}
		}
	}
	var sql []string
	for _, j := range s.joins {
		if wanted[j.alias] {
			sql = append(sql, j.sql)
		}
	}
	return sql
}
