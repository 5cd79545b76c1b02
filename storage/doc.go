// Package storage is the ground floor: PostgreSQL records, queries, migrations
// and the job queue. It imports nothing of ours.
//
// One file holds one record type; SQL stands next to its method. Every
// function that writes takes a [Querier], so that a caller composes several
// writes, and the jobs they cause, in one transaction ([Store.InTx]).
//
// Facts (sales, stock, primary sales) carry the distributor in their primary
// key and point to the distributor's own item, client and agent by
// (distributor, id): the schema can be spread over many machines. They are
// partitioned by month; [Store.EnsureMonths] creates what a load needs.
//
// Money and quantities are numeric in the database and decimal.Decimal in Go.
package storage
