package cube

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// SQL is the statement of a query and its parameters: a column a dimension, then
// one a measure, rows in no order. It fails where the query asks for what the
// cube does not know.
func (q Query) SQL() (string, []any, error) {
	if err := q.check(); err != nil {
		return "", nil, err
	}
	b := &builder{query: q}
	var withs, branches []string
	for _, part := range []func() (string, []string, error){b.sales, b.stocks, b.primary} {
		with, selects, err := part()
		if err != nil {
			return "", nil, err
		}
		if with != "" {
			withs = append(withs, with)
		}
		branches = append(branches, selects...)
	}
	columns := b.keys("")
	for i := range q.Measures {
		columns = append(columns, fmt.Sprintf("coalesce(sum(m%d), 0) as m%d", i, i))
	}
	var sql strings.Builder
	if len(withs) > 0 {
		sql.WriteString("with " + strings.Join(withs, ",\n") + "\n")
	}
	sql.WriteString("select " + strings.Join(columns, ", ") + "\nfrom (\n" + strings.Join(branches, "\nunion all\n") + "\n) parts" + b.groupBy())
	if q.MaxRows > 0 {
		sql.WriteString("\nlimit " + strconv.Itoa(q.MaxRows+1))
	}
	return sql.String(), b.args, nil
}

// builder writes the parts of one statement; they share the parameters.
type builder struct {
	query Query
	args  []any
}

func (b *builder) arg(v any) string {
	b.args = append(b.args, v)
	return "$" + strconv.Itoa(len(b.args))
}

// sales is the formulas of what distributors sold.
func (b *builder) sales() (with string, selects []string, err error) {
	base := map[string]string{
		"quantity":        "sum(case when ours then quantity else 0 end)",
		"amount":          "sum(case when ours then amount else 0 end)",
		"unmapped_amount": "sum(case when ours and unmapped then amount else 0 end)",
		"documents":       "count(distinct case when ours then document end)",
		"rows":            "count(*)",
	}
	asked := b.asked(base)
	active := slices.Contains(b.query.Measures, "active_outlets")
	if len(asked) == 0 && !active {
		return "", nil, nil
	}
	s := saleSource()
	needs := []string{"s", "m"}
	columns := []string{
		"case when m.product_id is null then f.quantity else f.quantity * m.factor end as quantity",
		"f.amount as amount",
		"coalesce(m.verdict, '') <> 'not_ours' as ours",
		"m.product_id is null as unmapped",
		"cast(f.distributor_id as varchar) || '/' || cast(f.day as varchar) || '/' || f.document as document",
	}
	if active {
		needs = append(needs, "cm")
		columns = append(columns, "case when cm.verdict = 'not_ours' then null"+
			" when cm.outlet_id is not null then cast(cm.outlet_id as varchar)"+
			" else cast(f.distributor_id as varchar) || '/' || cast(f.client_id as varchar) end as buyer")
	}
	conditions, filterNeeds, err := b.filters(s, b.query.Where)
	if err != nil {
		return "", nil, err
	}
	conditions = append(b.span(), conditions...)
	if !slices.Contains(b.query.Measures, "rows") {
		conditions = append(conditions, "coalesce(m.verdict, '') <> 'not_ours'")
	}
	with = b.rows(s, columns, slices.Concat(needs, filterNeeds), conditions)
	if len(asked) > 0 {
		selects = append(selects, b.branch(asked, "sale_rows"))
	}
	if active {
		keys := strings.Join(append(b.keys(""), "buyer"), ", ")
		nets := "(select " + keys + ", sum(case when ours then quantity else 0 end) as net from sale_rows group by " + keys + ") nets"
		selects = append(selects, b.branch(map[string]string{
			"active_outlets": "sum(case when buyer is not null and net > 0 then 1 else 0 end)",
		}, nets))
	}
	return with, selects, nil
}

// stocks is the formula of what distributors have in stock.
func (b *builder) stocks() (with string, selects []string, err error) {
	asked := b.asked(map[string]string{"stock_quantity": "sum(quantity)"})
	if len(asked) == 0 {
		return "", nil, nil
	}
	s := stockSource()
	// What decides which report is the last stands in the conditions, all else is
	// looked at afterwards.
	var before, after []Filter
	for _, f := range b.query.Where {
		_, ofTime := timeColumn(f.Dimension)
		if ofTime || f.Dimension == "distributor" || f.Dimension == "submission" {
			before = append(before, f)
			continue
		}
		after = append(after, f)
	}
	conditions, beforeNeeds, err := b.filters(s, before)
	if err != nil {
		return "", nil, err
	}
	kept, afterNeeds, err := b.filters(s, after)
	if err != nil {
		return "", nil, err
	}
	kept = append(kept, "coalesce(m.verdict, '') <> 'not_ours'")
	last := []string{"f.distributor_id", "coalesce(f.warehouse, '')"}
	for _, d := range b.query.By {
		if sql, ok := timeColumn(d); ok {
			last = append(last, sql)
		}
	}
	columns := []string{
		"case when m.product_id is null then f.closing else f.closing * m.factor end as quantity",
		"f.day as report_day",
		"max(f.day) over (partition by " + strings.Join(last, ", ") + ") as last_day",
		"(" + strings.Join(kept, " and ") + ") as kept",
	}
	needs := slices.Concat([]string{"s", "m"}, beforeNeeds, afterNeeds)
	with = b.rows(s, columns, needs, slices.Concat([]string{s.when}, b.span(), conditions))
	return with, []string{b.branch(asked, "stock_rows where report_day = last_day and kept")}, nil
}

// primary is the formulas of what the manufacturer shipped.
func (b *builder) primary() (with string, selects []string, err error) {
	asked := b.asked(map[string]string{"primary_quantity": "sum(quantity)", "primary_amount": "sum(amount)"})
	if len(asked) == 0 {
		return "", nil, nil
	}
	s := primarySource()
	conditions, needs, err := b.filters(s, b.query.Where)
	if err != nil {
		return "", nil, err
	}
	with = b.rows(s, []string{"f.quantity as quantity", "f.amount as amount"}, needs, append(b.span(), conditions...))
	return with, []string{b.branch(asked, "primary_rows")}, nil
}

// asked keeps the formulas of the measures that the query names.
func (b *builder) asked(formulas map[string]string) map[string]string {
	asked := make(map[string]string)
	for _, m := range b.query.Measures {
		if f, ok := formulas[m]; ok {
			asked[m] = f
		}
	}
	return asked
}

// rows is the named subquery of a source: a fact a row, with the dimensions and
// what the formulas work on.
func (b *builder) rows(s source, columns, needs, conditions []string) string {
	var keys []string
	for i, d := range b.query.By {
		c, _ := s.dimension(d)
		keys = append(keys, fmt.Sprintf("coalesce(%s, '') as d%d", c.sql, i))
		needs = append(needs, c.needs...)
	}
	sql := s.name + "_rows as (\nselect " + strings.Join(append(keys, columns...), ", ") + "\nfrom " + s.from
	for _, j := range s.joined(needs) {
		sql += "\n" + j
	}
	if len(conditions) > 0 {
		sql += "\nwhere " + strings.Join(conditions, "\n  and ")
	}
	return sql + "\n)"
}

// branch is one part of the union: its own measures, 0 for those of the others.
func (b *builder) branch(formulas map[string]string, from string) string {
	columns := b.keys("")
	for i, m := range b.query.Measures {
		formula, ok := formulas[m]
		if !ok {
			formula = "0"
		}
		columns = append(columns, fmt.Sprintf("%s as m%d", formula, i))
	}
	return "select " + strings.Join(columns, ", ") + " from " + from + b.groupBy()
}

func (b *builder) keys(prefix string) []string {
	keys := make([]string, 0, len(b.query.By))
	for i := range b.query.By {
		keys = append(keys, fmt.Sprintf("%sd%d", prefix, i))
	}
	return keys
}

func (b *builder) groupBy() string {
	if len(b.query.By) == 0 {
		return ""
	}
	return " group by " + strings.Join(b.keys(""), ", ")
}

// span is the condition of the days.
func (b *builder) span() []string {
	var conditions []string
	if !b.query.From.IsZero() {
		conditions = append(conditions, "f.day >= cast("+b.arg(b.query.From.Format(time.DateOnly))+" as date)")
	}
	if !b.query.To.IsZero() {
		conditions = append(conditions, "f.day <= cast("+b.arg(b.query.To.Format(time.DateOnly))+" as date)")
	}
	return conditions
}

// filters are the conditions of filters on a source. Distributor and submission
// are compared by id, so that an index can serve them.
func (b *builder) filters(s source, filters []Filter) (conditions, needs []string, err error) {
	for _, f := range filters {
		c, _ := s.dimension(f.Dimension)
		left, right := "coalesce("+c.sql+", '')", ""
		values := make([]string, 0, len(f.Values))
		for _, v := range f.Values {
			if f.Dimension != "submission" {
				values = append(values, b.arg(v))
				continue
			}
			id, err := strconv.ParseInt(v, 10, 64)
			if err != nil {
				return nil, nil, fmt.Errorf("submission %q is no number", v)
			}
			values = append(values, b.arg(id))
		}
		right = strings.Join(values, ", ")
		switch f.Dimension {
		case "distributor":
			left, right = "f.distributor_id", "select id from distributor where code in ("+right+")"
		case "submission":
			left = "f.submission_id"
		default:
			needs = append(needs, c.needs...)
		}
		if len(values) == 0 {
			conditions = append(conditions, "1 = 0")
			continue
		}
		conditions = append(conditions, left+" in ("+right+")")
	}
	return conditions, needs, nil
}
