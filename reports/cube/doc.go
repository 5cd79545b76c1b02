// Package cube is the one place that knows what a figure means: every number
// in a summary, a chart, a workbook or an export is asked for here, so that they
// never disagree.
//
// A [Query] names measures, the dimensions to cut them by, filters and a span of
// days; [Run] turns it into one SQL statement and returns a [Result]: one row a
// combination of the dimensions' values, in their order. Names come from the
// fixed lists below, values travel as parameters: nothing a caller writes gets
// into the SQL. The SQL keeps to what PostgreSQL and DuckDB both accept.
//
// # What counts
//
// Only facts of submissions that are loaded, with the mappings in force now:
// remapping a name changes every past figure and no fact.
//
//	quantity          secondary sales net of returns; a mapped row in base units of the
//	                  product (quantity of the report x factor of the mapping), an
//	                  unmapped one in the distributor's own unit
//	amount            money of secondary sales, net of returns
//	unmapped_amount   the part of amount whose item is tied to no product: no mapping
//	                  yet, or the verdict that the product is new
//	active_outlets    outlets with a net quantity above zero in the combination. A client
//	                  tied to no outlet counts as one; not additive
//	documents         sales documents: number and day of one distributor; rows without a
//	                  number are not counted
//	rows              rows of the reports, those of foreign goods too
//	primary_quantity  shipments of the manufacturer to the distributor, base units
//	primary_amount    their money
//	stock_quantity    closing stock: of the last day in the span (and in the combination's
//	                  day, month, ...) for which the distributor's warehouse was reported.
//	                  An item that is missing in that report has none left
//
// An item with the verdict not_ours is no sale of ours: it is left out of every
// measure but rows, which answers how much was read. A client with that verdict
// (a transfer, the distributor's own shop) is no outlet, so it is left out of
// active_outlets only; what it bought was sold.
//
// # What it is cut by
//
//	day month quarter year      2026-07-31, 2026-07, 2026-Q3, 2026
//	distributor product outlet rep channel    codes; empty where not mapped
//	brand category              of the product; empty where not mapped
//	item client agent           names as the distributor writes them
//	region                      of the outlet, else of the distributor
//	city                        of the outlet; empty where not mapped
//	rep                         who serves the outlet for this distributor on the day of
//	                            the sale (client base), else the one the agent is tied to
//	warehouse submission        as reported; the number of the submission
//
// Not every measure can be cut by everything: a shipment to a distributor has no
// outlet. Asking for it is a [*CutError], never a figure that looks like one.
//
// A filter keeps the rows whose dimension has one of the values; the empty value
// is "not mapped". Several filters hold together. A filter by anything but time,
// distributor and submission leaves untouched which report of a stock is the
// last: a brand that is not in it has no stock.
package cube
